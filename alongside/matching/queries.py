from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from alongside.matching.models import Calculation, Matching, Offer, Request, Sending, Version
from alongside.matching.states import OFFERS_FOR_THE_COORDINATOR, OFFERS_IN_HAND, OfferState, RequestState
from alongside.people.models import Person
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.queries import run_by

KIND_AFTER = "~"


def board_ref(cohort: Cohort, kind: str = "") -> str:
    """Return what names the board of a cohort in an address: the cohort, and, where there are kinds, the kind."""
    return f"{cohort.ref}{KIND_AFTER}{kind}" if kind else str(cohort.ref)


def matchings_run_by(person: Person) -> QuerySet[Matching]:
    return Matching.objects.filter(programme__in=run_by(person)).select_related("cohort", "current")


def versions_run_by(person: Person) -> QuerySet[Version]:
    return Version.objects.filter(programme__in=run_by(person)).select_related("matching", "made_by")


def sendings_run_by(person: Person) -> QuerySet[Sending]:
    return Sending.objects.filter(programme__in=run_by(person)).select_related("matching__cohort__programme")


def calculations_run_by(person: Person) -> QuerySet[Calculation]:
    rows = Calculation.objects.filter(programme__in=run_by(person))
    return rows.select_related("matching__cohort__programme")


def offers_run_by(person: Person) -> QuerySet[Offer]:
    rows = Offer.objects.filter(programme__in=run_by(person))
    return with_people(rows)


def with_people(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """The same offers, with everything a page says about them in three queries."""
    requests = Request.objects.select_related("mentor__person", "mentor__cohort").order_by("wish", "position")
    return offers.select_related("mentee__person", "mentee__cohort", "programme", "cohort").prefetch_related(
        Prefetch("requests", queryset=requests)
    )


def offers_for_the_coordinator(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    return offers.filter(state__in=OFFERS_FOR_THE_COORDINATOR)


def offers_in_hand(cohort: Cohort, kind: str = "") -> QuerySet[Offer]:
    return Offer.objects.filter(cohort=cohort, kind=kind, state__in=OFFERS_IN_HAND)


def requests_in_line(offer: Offer) -> QuerySet[Request]:
    """The mentors a mentee chose who have not been asked yet, in the mentee's order."""
    rows = Request.objects.filter(offer=offer, state=RequestState.IN_LINE).select_related(
        "mentor__person", "mentor__cohort"
    )
    return rows.order_by("wish")


def asked_counts(mentors: Iterable[Participant]) -> dict[int, int]:
    """How many questions each mentor has open right now, by primary key; those with none are not listed."""
    rows = Request.objects.filter(mentor__in=[mentor.pk for mentor in mentors], state=RequestState.ASKED)
    return dict(rows.values_list("mentor").annotate(n=Count("pk")))


def held_counts(mentors: Iterable[Participant]) -> dict[int, int]:
    """On how many lists in mentees' hands each mentor stands, by primary key; those on none are not listed."""
    held = [RequestState.OFFERED, RequestState.IN_LINE, RequestState.ASKED]
    rows = Request.objects.filter(
        mentor__in=[mentor.pk for mentor in mentors], state__in=held, offer__state__in=OFFERS_IN_HAND
    )
    return dict(rows.values_list("mentor").annotate(n=Count("pk")))


def said_no(cohort: Cohort) -> frozenset[tuple[str, str]]:
    """The pairs, as refs of mentee and mentor, of which one said not this time.

    That is a mentor who declined a mentee, or a mentee who wanted none of the mentors on a list. That the coordinator
    took the offer back afterwards changes nothing about the answer.
    """
    chosen = Request.objects.filter(offer=OuterRef("offer"), wish__isnull=False)
    wanted_none = Q(offer__state__in=[OfferState.DECLINED, OfferState.CLOSED], offer__answered_at__isnull=False)
    rows = Request.objects.filter(offer__cohort=cohort).filter(
        Q(state=RequestState.DECLINED) | (wanted_none & ~Exists(chosen))
    )
    return frozenset(rows.order_by().values_list("offer__mentee__ref", "mentor__ref"))


def asked_everywhere(people: Iterable[int]) -> dict[int, int]:
    """How many questions each person has open as a mentor over all programmes of all organisations.

    A count, never from whom: it is what a total capacity is held against.
    """
    rows = Request.unscoped.filter(mentor__person__in=list(people), state=RequestState.ASKED)
    return dict(rows.values_list("mentor__person").annotate(n=Count("pk")))


def offers_waiting() -> QuerySet[Offer]:
    """The offers that stand in line and have nobody asked, the earliest choice first."""
    asked = Request.objects.filter(state=RequestState.ASKED).values("offer")
    rows = Offer.objects.filter(state=OfferState.CHOSEN).exclude(pk__in=asked)
    return rows.order_by("answered_at", "pk")


def offers_waiting_for(mentor: Participant) -> QuerySet[Offer]:
    """The offers that stand in line for a mentor and have nobody asked, the earliest choice first."""
    in_line = Request.objects.filter(mentor=mentor, state=RequestState.IN_LINE).values("offer")
    return offers_waiting().filter(pk__in=in_line)


def open_offers_of(person: Person) -> QuerySet[Offer]:
    """What ``person`` is asked to choose, anywhere. A person's own, so it asks no scope."""
    rows = Offer.unscoped.filter(
        mentee__person=person, state__in=[OfferState.OPEN, OfferState.LAPSED, OfferState.CHOSEN]
    )
    return rows.select_related("programme", "mentee", "cohort")


def open_requests_to(person: Person) -> QuerySet[Request]:
    """The questions a mentor has open, anywhere. A person's own, so it asks no scope."""
    rows = Request.unscoped.filter(mentor__person=person, state=RequestState.ASKED)
    return rows.select_related("programme", "mentor", "offer__mentee__person", "offer__mentee__cohort", "offer__cohort")


def offers_past_due(at: datetime) -> QuerySet[Offer]:
    return Offer.objects.filter(state=OfferState.OPEN, due_at__lte=at)


def requests_past_due(at: datetime) -> QuerySet[Request]:
    return Request.objects.filter(state=RequestState.ASKED, due_at__lte=at)
