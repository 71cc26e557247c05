from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Min, Q, QuerySet

from alongside.applications.queries import months_before
from alongside.enquiries.clocks import SHORTEST
from alongside.enquiries.models import Enquiry, Said
from alongside.enquiries.states import KEPT_MONTHS, OPEN, UNSEEN, EnquiryState
from alongside.organisations.models import Network, Organisation
from alongside.organisations.queries import networks_stewarded_by, organisations_coordinated_by
from alongside.people.models import Person

FEWEST = 5
"""Enquiries below which it is not said how long an answer takes."""


def enquiries_held_by(person: Person) -> QuerySet[Enquiry]:
    """The enquiries that reached the organisations ``person`` coordinates."""
    rows = Enquiry.objects.filter(organisation__in=organisations_coordinated_by(person)).exclude(state__in=UNSEEN)
    return rows.filter(arrived_at__isnull=False).select_related("organisation", "network")


def has_enquiries(person: Person) -> bool:
    """Tell whether anything ever reached the organisations ``person`` coordinates; asked before any scope is made."""
    there = Enquiry.unscoped.filter(organisation__in=organisations_coordinated_by(person), arrived_at__isnull=False)
    return there.exists()


def enquiries_stewarded_by(person: Person) -> QuerySet[Enquiry]:
    """The enquiries that came to the networks ``person`` looks after, and to no organisation."""
    rows = Enquiry.objects.filter(network__in=networks_stewarded_by(person), organisation=None)
    return rows.exclude(state__in=UNSEEN).filter(arrived_at__isnull=False).select_related("network")


def held_pile(person: Person) -> QuerySet[Enquiry]:
    """The doubtful enquiries of the networks ``person`` looks after, whomever they are for: nothing was sent yet.

    Past the scope on purpose: nobody has received them, and a steward decides whether anybody does.
    """
    rows = Enquiry.unscoped.filter(network__in=networks_stewarded_by(person), state=EnquiryState.HELD)
    return rows.select_related("organisation", "network").order_by("sent_at", "pk")


def waiting(rows: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    """Those that wait for an answer, the oldest clock first."""
    return rows.filter(state__in=OPEN).order_by("since", "pk")


def waiting_by_organisation(network: Network) -> list[tuple[str, int, datetime]]:
    """Return how many enquiries wait at each organisation of a network, and since when, the oldest first.

    Counts and clocks alone, which is all that a steward learns of what organisations hold.
    """
    rows = Enquiry.unscoped.filter(network=network, organisation__isnull=False, state__in=OPEN).order_by()
    counted = rows.values_list("organisation__name").annotate(n=Count("pk"), oldest=Min("since"))
    return [(name, n, oldest) for name, n, oldest in counted.order_by("oldest")]


def enquiry_of_thread(thread: str) -> Enquiry | None:
    """Return where a visitor's question is now. Their signed link names it, so it asks no scope."""
    return rows_of_thread(thread).last()


def enquiries_of_threads(threads: Iterable[str]) -> dict[str, Enquiry]:
    """Return where each of a visitor's own questions is now, by thread: for that visitor."""
    rows = Enquiry.unscoped.filter(thread__in=list(threads), emptied_at=None)
    return {each.thread: each for each in rows.select_related("organisation", "network").order_by("pk")}


def rows_of_thread(thread: str) -> QuerySet[Enquiry]:
    """Everywhere a visitor's question was, in order: for that visitor."""
    rows = Enquiry.unscoped.filter(thread=thread, emptied_at=None)
    return rows.select_related("organisation", "network").order_by("pk")


def enquiry_named(ref: str) -> Enquiry | None:
    """Return the one enquiry that the signed link of whoever holds it names."""
    rows = Enquiry.unscoped.filter(ref=ref, emptied_at=None).select_related("organisation", "network")
    return rows.first()


def said_in_thread(thread: str) -> QuerySet[Said]:
    """Everything the visitor wrote and was written: for that visitor."""
    return Said.unscoped.filter(enquiry__thread=thread).select_related("enquiry__organisation", "enquiry__network")


def had_it(thread: str) -> set[int]:
    """The organisations that had a visitor's question, by primary key."""
    rows = Enquiry.unscoped.filter(thread=thread, organisation__isnull=False)
    return set(rows.values_list("organisation_id", flat=True))


def sent_from(email: str, *, since: datetime) -> int:
    """How many enquiries were begun from an address; passed on, one is still one."""
    rows = Enquiry.unscoped.filter(email=email, sent_at__gte=since)
    return rows.values("thread").distinct().count()


def sent_alike(fingerprint: str, *, since: datetime) -> int:
    """How many enquiries of the same words were begun, by anybody; none where there is no fingerprint."""
    if not fingerprint:
        return 0
    rows = Enquiry.unscoped.filter(fingerprint=fingerprint, sent_at__gte=since)
    return rows.values("thread").distinct().count()


def enquiries_with_a_clock(at: datetime) -> QuerySet[Enquiry]:
    """The enquiries in which something may have fallen due."""
    rows = Enquiry.objects.filter(state__in=OPEN | UNSEEN, since__lte=at - timedelta(days=SHORTEST))
    return rows.select_related("organisation", "network").order_by("since", "pk")


def enquiries_to_empty(at: datetime) -> QuerySet[Enquiry]:
    """The enquiries that were closed so long ago that they are to name nobody any more."""
    rows = Enquiry.objects.filter(emptied_at=None, closed_at__lte=months_before(at, KEPT_MONTHS))
    return rows.order_by("closed_at", "pk")


def days_to_answer(organisation: Organisation, *, since: datetime) -> float | None:
    """Return the median of the days until an organisation answered; None below `FEWEST` enquiries."""
    return days_to_answer_of([organisation], since=since).get(organisation.pk)


def days_to_answer_of(organisations: Iterable[Organisation], *, since: datetime) -> dict[int, float]:
    """Return the medians of several organisations by primary key, in one query; of too few enquiries none.

    What was never answered counts with the days until it was passed on, so silence never makes anybody look quick.
    Whoever took an enquiry back before it was answered does not count, nor does what still waits.
    """
    rows = Enquiry.unscoped.filter(organisation__in=list(organisations), arrived_at__gte=since)
    settled = rows.filter(Q(answered_at__isnull=False) | Q(closed_at__isnull=False)).exclude(
        answered_at=None, state=EnquiryState.WITHDRAWN
    )
    days: dict[int, list[float]] = defaultdict(list)
    for pk, arrived, answered, closed in settled.order_by().values_list(
        "organisation", "arrived_at", "answered_at", "closed_at"
    ):
        days[pk].append(((answered or closed) - arrived) / timedelta(days=1))
    return {pk: median(each) for pk, each in days.items() if len(each) >= FEWEST}
