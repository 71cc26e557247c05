"""A mentee answers an offer."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from alongside.journeys.ask_mentors import ask_next_mentor, serve_line
from alongside.matching import actions
from alongside.matching.models import Offer, Request


@transaction.atomic
def choose_mentors(offer: Offer, wishes: Sequence[Request], *, at: datetime) -> None:
    """Note the mentee's order and ask the first mentor.

    :raises actions.NotAWish: if the choice does not fit the offer.
    :raises MoveNotAllowed: if the offer was answered or taken back.
    """
    actions.choose_mentors(offer, wishes, by=offer.mentee.person, at=at)
    ask_next_mentor(offer, at=at)


@transaction.atomic
def choose_nobody(offer: Offer, *, reason: str, at: datetime) -> None:
    """Note that none of the mentors is right; the coordinator sees it and looks again."""
    actions.decline_offer(offer, reason=reason, by=offer.mentee.person, at=at)
    for request in offer.requests.select_related("mentor__person"):
        serve_line(request.mentor, at=at)
