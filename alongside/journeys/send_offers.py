"""Offer the board to a cohort: at once where it is small, a few mentees at a time in a worker where it is large."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction

from alongside.journeys.offer_mentors import make_planned_offers, plan_offers
from alongside.journeys.pool import mentees_without_an_offer, pool_of
from alongside.matching import sendings
from alongside.matching.board import OutOfDate
from alongside.matching.models import Sending, Version
from alongside.matching.problem import Pool
from alongside.matching.states import SendingState
from alongside.people.models import Person

WHILE_SHE_WAITS = 120
AT_ONCE = 25

Lists = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Offered:
    """What came of offering a board: how many offers were made, or the sending a worker is to go on with."""

    made: int
    sending: Sending | None = None
    is_new: bool = False


@transaction.atomic
def offer_the_cohort(version: Version, pool: Pool, *, by: Person, at: datetime) -> Offered:
    """Make an offer to every mentee on the board who has none, or prepare the sending of many.

    :raises board.OutOfDate: if people joined, left or changed since this version was made.
    """
    lists = plan_offers(version, pool).lists
    if len(lists) <= WHILE_SHE_WAITS:
        return Offered(len(make_planned_offers(lists, version, pool, by=by, at=at)))
    return Offered(0, *sendings.start_sending(version, total=len(lists), by=by, at=at))


@dataclass
class Going:
    """A sending that a worker goes on with. Who has an offer in hand is not offered another, however often it runs."""

    sending: Sending

    def __post_init__(self) -> None:
        self.version: Version = self.sending.version
        self.cohort = self.version.matching.cohort
        self.kind = self.version.matching.kind
        self.pool = pool_of(self.cohort, self.kind)

    def batches(self) -> Iterator[Lists]:
        """Return what is left to offer, a few mentees at a time; a board out of date is refused in words."""
        try:
            rest = iter(plan_offers(self.version, self.pool).lists.items())
        except OutOfDate as refusal:
            sendings.refuse_sending(self._now(), str(refusal))
            return
        while some := dict(islice(rest, AT_ONCE)):
            yield some
        if (sending := self._now()).state == SendingState.RUNNING:
            sendings.finish_sending(sending)

    @transaction.atomic
    def send(self, lists: Lists, *, at: datetime) -> bool:
        """Make a few offers unless it was stopped; who left or was offered somebody meanwhile is passed over."""
        sending = self._now(lock=True)
        if sending.state != SendingState.RUNNING:
            return False
        free = {mentee.ref for mentee in mentees_without_an_offer(self.cohort, self.kind)}
        still = {ref: mentors for ref, mentors in lists.items() if ref in free}
        make_planned_offers(still, self.version, self.pool, by=sending.started_by, at=at)
        sending.made += len(lists)
        sending.save(update_fields=["made"])
        return True

    def refuse(self, words: str) -> None:
        """End it with the reason, unless it has ended; the rest can be offered again from the board."""
        if (sending := self._now()).state == SendingState.RUNNING:
            sendings.refuse_sending(sending, words)

    def _now(self, *, lock: bool = False) -> Sending:
        rows = Sending.objects.select_for_update() if lock else Sending.objects
        found: Sending = rows.get(pk=self.sending.pk)
        return found
