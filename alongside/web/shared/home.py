from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.concerns.queries import hears_concerns
from alongside.organisations.queries import networks_stewarded_by, organisations_coordinated_by
from alongside.programmes.queries import participations_of
from alongside.web.shared.access import PersonRequest, signed_in


@signed_in
def home(request: PersonRequest) -> HttpResponse:
    """Take everybody to the page where their next step is."""
    if organisations_coordinated_by(request.person).exists():
        return redirect("queue")
    if networks_stewarded_by(request.person).exists():
        return redirect("network")
    if hears_concerns(request.person) and not participations_of(request.person).exists():
        return redirect("concerns")
    return redirect("participant_home")
