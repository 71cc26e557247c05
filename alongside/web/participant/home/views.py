from django.http import HttpResponse
from django.shortcuts import render

from alongside.kernel import clock
from alongside.web.participant.home.steps import home_of
from alongside.web.shared.access import PersonRequest, signed_in


@signed_in
def participant_home(request: PersonRequest) -> HttpResponse:
    """Show what is wanted of this person, and what they have: their mentorships and where things stand."""
    return render(request, "participant/home.html", home_of(request.person, at=clock.now()))
