"""Ask the mentors a mentee chose, one at a time, never more at once than a mentor has places."""

from datetime import datetime

from alongside.journeys import emails
from alongside.journeys.kinds import still_fits
from alongside.journeys.places import can_be_asked, free_places, hold_places
from alongside.matching import actions
from alongside.matching.models import Offer, Request
from alongside.matching.queries import offers_waiting_for, requests_in_line
from alongside.matching.states import OfferState, RequestState
from alongside.programmes.models import Participant
from alongside.programmes.states import ParticipantState


def ask_next_mentor(offer: Offer, *, at: datetime) -> None:
    """Ask the first mentor on the mentee's list who has a place.

    A mentor whose every free place has a question open already is not asked another: the offer stands in line for
    them. A mentor with no place left is passed over. When the list is empty the coordinator takes over. Where another
    worker was first, or somebody is asked already, nothing happens.
    """
    # Who is held by another worker is left to it: waiting for each other would stop both.
    waiting = Offer.objects.select_for_update(skip_locked=True).filter(pk=offer.pk, state=OfferState.CHOSEN)
    if not waiting or offer.requests.filter(state=RequestState.ASKED).exists():
        return
    for request in requests_in_line(offer):
        request.mentor = hold_places(request.mentor)
        if not _free(request.mentor) or not still_fits(request):
            actions.pass_over(request, at=at)
        elif can_be_asked(request.mentor):
            _ask(request, at=at)
            return
        else:
            return
    actions.exhaust_offer(offer, at=at)
    emails.tell_mentee_nobody_left(offer, at=at)


def serve_line(mentor: Participant, *, at: datetime) -> None:
    """Let the offers that stand in line for ``mentor`` try again, the earliest choice first."""
    for offer in offers_waiting_for(mentor):
        if offer.state == OfferState.CHOSEN:
            ask_next_mentor(offer, at=at)


def _ask(request: Request, *, at: datetime) -> None:
    actions.ask_mentor(request, at=at)
    emails.ask_mentor_by_email(request, at=at)
    emails.tell_mentee_who_is_asked(request, at=at)


def _free(mentor: Participant) -> int:
    if mentor.state != ParticipantState.READY:
        return 0
    return free_places([mentor])[mentor.ref]
