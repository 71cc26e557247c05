from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.change_details import change_details
from alongside.kernel import clock
from alongside.programmes.actions import update_participant
from alongside.programmes.queries import participations_of
from alongside.programmes.states import Side
from alongside.reports.who_sees_what import who_sees_applications, who_sees_profile
from alongside.reports.who_sees_what import who_sees_what as seen_of
from alongside.web.participant.profile.forms import DetailsForm, ProfileForm
from alongside.web.participant.profile.kinds import kinds_seen
from alongside.web.participant.profile.week import week_of
from alongside.web.shared.access import PersonRequest, get_or_404, signed_in
from alongside.web.shared.forms import sent


@signed_in
def my_account(request: PersonRequest) -> HttpResponse:
    """Let a person change what is theirs in every programme."""
    mentors = participations_of(request.person).filter(side=Side.MENTOR).exists()
    form = DetailsForm(sent(request), person=request.person, mentors=mentors)
    if form.is_valid():
        change_details(request.person, **form.details(request.person))
        messages.success(request, _("Your details are saved."))
        return redirect("my_account")
    return render(request, "participant/account.html", {"form": form})


@signed_in
def my_profile(request: PersonRequest, ref: str) -> HttpResponse:
    """Let a participant say who they are, and what of it the other side may see."""
    participant = get_or_404(participations_of(request.person), ref=ref)
    form = ProfileForm(sent(request), participant=participant)
    if form.is_valid():
        update_participant(participant, by=request.person, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("Saved. From now on others see what you ticked, and nothing else."))
        return redirect("my_profile", ref)
    page = {"participant": participant, "form": form, "week": week_of(form["availability"].value())}
    return render(request, "participant/profile.html", page)


@signed_in
def who_sees_what(request: PersonRequest) -> HttpResponse:
    """Show a person who can see what about them, by name."""
    person = request.person
    seen = seen_of(person)
    places = any(each.participation.cohort.rules.placing for each in seen)
    context = {"seen": seen, "places": places, "applications": who_sees_applications(person)}
    context |= {"mentor": who_sees_profile(person), **kinds_seen()}
    return render(request, "participant/who_sees_what.html", context)
