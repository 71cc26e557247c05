"""The figures of a network, counted once a month in a handful of reads, and frozen.

Every count is taken as whoever is counted stands now; what happened in the month is counted by its day. People are
read as rows of values, a few thousand at a time: nobody's row is kept.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby, product
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from alongside.directory.models import Search
from alongside.enquiries.models import Enquiry
from alongside.enquiries.states import EnquiryState, Wants
from alongside.figures import actions
from alongside.figures.actions import Cell, Counted
from alongside.figures.measures import EVERY, UNKNOWN
from alongside.figures.queries import ZONE, month_ended
from alongside.finding.vocabulary import sector_of, topic_of
from alongside.mentorships.models import Member
from alongside.mentorships.states import RUNNING
from alongside.organisations.models import Network
from alongside.places.gazetteer import find
from alongside.programmes.models import Participant
from alongside.programmes.states import ParticipantState, Side

AT_ONCE = 5000
"""How many rows are held at a time."""


class Seen(NamedTuple):
    """One row that is counted: whose it is (rows of one key count once), with whom, and what of."""

    key: Any
    organisation: int | None
    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    topics: tuple[str, ...]
    places: int = 1


def freeze_figures(network: Network, *, at: datetime) -> None:
    """Count the month that ended and keep it; a month that is kept stays as it is."""
    month = month_ended(at)
    first, after = _bounds(month)
    reading = _Reading()
    counts = {
        "mentors": _tally(reading.people(_mentors(network, after.date()))),
        "free_places": _tally(_free_places(network, after.date(), reading), of_people=False),
        "mentees": _tally(reading.people(_mentees(network, after.date()))),
        "waiting": _tally(reading.people(_waiting(network, after.date()))),
        "enquiries": _tally(reading.asked(_enquiries(network, Wants.MENTEE, first, after))),
        "would_mentor": _tally(reading.asked(_enquiries(network, Wants.MENTOR, first, after))),
        "searches": _tally(reading.searched(_searches(network, first, after, missed=False))),
        "missed": _tally(reading.searched(_searches(network, first, after, missed=True))),
        "begun": _tally(reading.mentored(_mentorships(network, introduced_at__gte=first, introduced_at__lt=after))),
        "running": _tally(reading.mentored(_running(network, after))),
    }
    try:
        actions.freeze_month(network, month, counts, at=at)
    except actions.FrozenAlready:  # another worker was first
        return


def _bounds(month: date) -> tuple[datetime, datetime]:
    """Return when a month begins and when the one after it does."""
    after = (month + timedelta(days=32)).replace(day=1)
    return tuple(datetime(day.year, day.month, 1, tzinfo=ZONE) for day in (month, after))  # type: ignore[return-value]


# What is counted


def _taking_part(network: Network, side: Side, day: date) -> QuerySet[Any, Any]:
    rows = Participant.objects.filter(organisation__network=network, side=side)
    rows = rows.exclude(cohort__ends_on__lt=day)
    found: QuerySet[Any, Any] = rows.annotate(home=Coalesce("brought_by", "organisation"))
    return found


def _mentors(network: Network, day: date) -> QuerySet[Any, Any]:
    return _taking_part(network, Side.MENTOR, day).filter(state=ParticipantState.READY)


def _mentees(network: Network, day: date) -> QuerySet[Any, Any]:
    return _taking_part(network, Side.MENTEE, day).exclude(state=ParticipantState.WITHDRAWN)


def _waiting(network: Network, day: date) -> QuerySet[Any, Any]:
    running = Member.objects.filter(participant=OuterRef("pk"), mentorship__state__in=RUNNING, left_at=None)
    return _taking_part(network, Side.MENTEE, day).filter(~Exists(running), state=ParticipantState.READY)


def _enquiries(network: Network, side: Wants, first: datetime, after: datetime) -> QuerySet[Any, Any]:
    """What arrived in a month and is no application; passed on, it is the same question."""
    rows = Enquiry.objects.filter(network=network, side=side, arrived_at__gte=first, arrived_at__lt=after)
    return rows.exclude(state=EnquiryState.APPLIED)


def _searches(network: Network, first: datetime, after: datetime, *, missed: bool) -> QuerySet[Any, Any]:
    rows = Search.objects.filter(network=network, on__gte=first.date(), on__lt=after.date())
    return rows.filter(Q(missed=True) | Q(found=0)) if missed else rows.filter(missed=False)


def _mentorships(network: Network, **when: Any) -> QuerySet[Any, Any]:
    on = {f"mentorship__{name}": value for name, value in when.items()}
    rows = Member.objects.filter(organisation__network=network, side=Side.MENTEE, **on)
    found: QuerySet[Any, Any] = rows.annotate(home=Coalesce("participant__brought_by", "organisation"))
    return found


def _running(network: Network, after: datetime) -> QuerySet[Any, Any]:
    """Those that ran as the month ended."""
    rows = _mentorships(network, introduced_at__lt=after)
    return rows.filter(Q(mentorship__ended_at=None) | Q(mentorship__ended_at__gte=after))


# How it is read


class _Reading:
    """What places and labels mean, each looked up once."""

    def __init__(self) -> None:
        self._regions: dict[str, tuple[str, ...]] = {}
        self._sectors: dict[str, tuple[str, ...]] = {}
        self._topics: dict[str, tuple[str, ...]] = {}

    def people(self, rows: QuerySet[Any, Any]) -> Iterator[Seen]:
        found = rows.order_by("person").values_list("person", "home", "place", "sector", "topics")
        return (self.seen(*row) for row in found.iterator(chunk_size=AT_ONCE))

    def mentored(self, rows: QuerySet[Any, Any]) -> Iterator[Seen]:
        names = ("mentorship", "home", "participant__place", "participant__sector", "participant__topics")
        found = rows.order_by("mentorship").values_list(*names)
        return (self.seen(*row) for row in found.iterator(chunk_size=AT_ONCE))

    def asked(self, rows: QuerySet[Any, Any]) -> Iterator[Seen]:
        names = ("thread", "organisation", "region", "sectors", "topics")
        for key, home, region, sectors, topics in rows.order_by("thread").values_list(*names).iterator(AT_ONCE):
            yield Seen(key, home, _named([region]), _named(sectors), _named(topics))

    def searched(self, rows: QuerySet[Any, Any]) -> Iterator[Seen]:
        for key, region, sectors, topics in rows.values_list("pk", "region", "sectors", "topics").iterator(AT_ONCE):
            yield Seen(key, None, _named([region]), _named(sectors), _named(topics))

    def seen(self, key: Any, home: int, place: str, sector: str, topics: list[Any], places: int = 1) -> Seen:
        return Seen(key, home, self.region(place), self.sector(sector), self.topics(topics), places)

    def region(self, place: str) -> tuple[str, ...]:
        if place not in self._regions:
            found = find(place) if place.strip() else None
            self._regions[place] = _named([found.region if found else ""])
        return self._regions[place]

    def sector(self, label: str) -> tuple[str, ...]:
        if label not in self._sectors:
            self._sectors[label] = _named(sector_of(label))
        return self._sectors[label]

    def topics(self, weighted: list[Any]) -> tuple[str, ...]:
        return _named(topic for label, *_weight in weighted for topic in self._topic(str(label)))

    def _topic(self, label: str) -> tuple[str, ...]:
        if label not in self._topics:
            self._topics[label] = topic_of(label)
        return self._topics[label]


def _named(names: Iterable[str]) -> tuple[str, ...]:
    """Return each once, and that it is not known where there is none."""
    return tuple(dict.fromkeys(name for name in names if name)) or (UNKNOWN,)


def _free_places(network: Network, day: date, reading: _Reading) -> Iterator[Seen]:
    """Yield each mentor's free places in each cohort; together never more than their total capacity leaves."""
    taken = _running_as_mentor("participant")
    taken_everywhere = _running_as_mentor("participant__person")
    names = ("person", "home", "place", "sector", "topics", "pk", "capacity", "person__mentor_capacity")
    rows = _mentors(network, day).order_by("person", "pk").values_list(*names).iterator(chunk_size=AT_ONCE)
    for person, theirs in groupby(rows, key=itemgetter(0)):
        left: int | None = None
        for _person, home, place, sector, topics, pk, capacity, total in theirs:
            if left is None and total is not None:
                left = max(0, total - taken_everywhere.get(person, 0))
            free = max(0, capacity - taken.get(pk, 0))
            free = free if left is None else min(free, left)
            left = None if left is None else left - free
            if free:
                yield reading.seen(person, home, place, sector, topics, free)


def _running_as_mentor(what: str) -> dict[int, int]:
    rows = Member.objects.filter(side=Side.MENTOR, mentorship__state__in=RUNNING, left_at=None).order_by()
    return dict(rows.values_list(F(what)).annotate(n=Count("pk")))


# How it is counted


def _tally(rows: Iterator[Seen], *, of_people: bool = True) -> dict[Cell, Counted]:
    """Count every combination of region, sector and topic, each also as "every"; rows of one key together."""
    counts: dict[Cell, int] = {}
    holders: dict[Cell, set[int]] = {}
    for _key, same in groupby(rows, key=itemgetter(0)):
        done: set[Cell] = set()
        for seen in same:
            for cell in _cells(seen):
                if seen.organisation is not None:
                    holders.setdefault(cell, set()).add(seen.organisation)
                if not of_people or cell not in done:
                    counts[cell] = counts.get(cell, 0) + seen.places
                    done.add(cell)
    return {cell: Counted(count, len(holders.get(cell, ()))) for cell, count in counts.items()}


def _cells(seen: Seen) -> Iterator[Cell]:
    return (Cell(*names) for names in product((EVERY, *seen.regions), (EVERY, *seen.sectors), (EVERY, *seen.topics)))
