"""A coordinator takes an offer back."""

from datetime import datetime

from django.db import transaction

from alongside.journeys import emails
from alongside.journeys.ask_mentors import serve_line
from alongside.matching import actions
from alongside.matching.models import Offer
from alongside.matching.states import RequestState
from alongside.people.models import Person


@transaction.atomic
def take_back_offer(offer: Offer, *, by: Person, at: datetime) -> None:
    """Close an offer, tell a mentor who was asked that no answer is needed, and let the next in line be served."""
    held = list(offer.requests.select_related("mentor__person"))
    asked = [request for request in held if request.state == RequestState.ASKED]
    actions.close_offer(offer, by=by, at=at)
    for request in asked:
        emails.tell_mentor_no_longer_needed(request, at=at)
    for request in held:
        serve_line(request.mentor, at=at)
