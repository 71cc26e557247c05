"""A network in figures: what each organisation offers and how many take part, never who."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import RUNNING
from alongside.organisations.models import Network, Organisation
from alongside.programmes.models import Cohort, Participant, Programme
from alongside.programmes.states import ParticipantState, Side
from alongside.reports.suppression import suppressed


@dataclass
class OrganisationFigures:
    """What a steward sees of one organisation; counts of people are suppressed."""

    organisation: Organisation
    programmes: int
    cohorts: int
    mentors: str
    mentees: str
    mentorships: str


def figures_of(network: Network) -> list[OrganisationFigures]:
    """Return the organisations of ``network`` by name, with their figures."""
    programmes, cohorts = _count(Programme.objects.all()), _count(Cohort.objects.all())
    taking_part = Participant.objects.exclude(state=ParticipantState.WITHDRAWN)
    mentors, mentees = (_count(taking_part.filter(side=side)) for side in (Side.MENTOR, Side.MENTEE))
    mentorships = _count(Mentorship.objects.filter(state__in=RUNNING))
    return [
        OrganisationFigures(
            organisation,
            programmes.get(organisation.pk, 0),
            cohorts.get(organisation.pk, 0),
            suppressed(mentors.get(organisation.pk, 0)),
            suppressed(mentees.get(organisation.pk, 0)),
            suppressed(mentorships.get(organisation.pk, 0)),
        )
        for organisation in network.organisations.all()
    ]


def _count(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.order_by().values_list("organisation").annotate(n=Count("pk")))
