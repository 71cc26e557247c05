"""A network in figures: what each organisation offers and how many take part, never who."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce

from alongside.mentorships.models import Member
from alongside.mentorships.states import RUNNING
from alongside.organisations.models import Network, Organisation
from alongside.programmes.models import Cohort, Participant, Partner, Programme
from alongside.programmes.states import ParticipantState, Side
from alongside.reports.suppression import suppressed


@dataclass
class OrganisationFigures:
    """What a steward sees of one organisation; counts of people are suppressed.

    A programme counts for its organisation and for each partner; people, and the mentorships of mentees, count for the
    organisation that brought them in.
    """

    organisation: Organisation
    programmes: int
    cohorts: int
    mentors: str
    mentees: str
    mentorships: str


def figures_of(network: Network) -> list[OrganisationFigures]:
    """Return the organisations of ``network`` by name, with their figures."""
    led, partnered = _count(Programme.objects.all()), _count(Partner.objects.all(), by="partner")
    cohorts = _count(Cohort.objects.all())
    people = _people()
    mentorships = _running()
    return [
        OrganisationFigures(
            organisation,
            led.get(organisation.pk, 0) + partnered.get(organisation.pk, 0),
            cohorts.get(organisation.pk, 0),
            suppressed(people.get((organisation.pk, Side.MENTOR), 0)),
            suppressed(people.get((organisation.pk, Side.MENTEE), 0)),
            suppressed(mentorships.get(organisation.pk, 0)),
        )
        for organisation in network.organisations.all()
    ]


def _people() -> dict[tuple[int, str], int]:
    """Return how many take part for each organisation that brought them in, by side; from an index alone."""
    rows = Participant.objects.exclude(state=ParticipantState.WITHDRAWN).order_by()
    rows = rows.annotate(home=Coalesce("brought_by", "organisation"))
    return {(home, side): n for home, side, n in rows.values_list("home", "side").annotate(n=Count("*"))}


def _running() -> Counter[int]:
    """Return how many mentees in running mentorships each organisation brought in.

    Few are brought in by a partner: everybody counts for the organisation of the programme first, then those move.
    """
    rows = Member.objects.filter(side=Side.MENTEE, mentorship__state__in=RUNNING).order_by()
    found = Counter(dict(rows.values_list("organisation").annotate(n=Count("*"))))
    brought = Participant.objects.filter(brought_by__isnull=False).values("pk")
    moved = rows.filter(participant__in=brought).values_list("organisation", "participant__brought_by")
    for organisation, home, n in moved.annotate(n=Count("*")):
        found[organisation] -= n
        found[home] += n
    return found


def _count(rows: QuerySet[Any], *, by: str = "organisation") -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))
