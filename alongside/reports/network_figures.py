"""A network in figures: what each organisation offers and how many take part, never who."""

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
    taking_part = Participant.objects.exclude(state=ParticipantState.WITHDRAWN)
    taking_part = taking_part.annotate(home=Coalesce("brought_by", "organisation"))
    mentors, mentees = (_count(taking_part.filter(side=side), by="home") for side in (Side.MENTOR, Side.MENTEE))
    running = Member.objects.filter(side=Side.MENTEE, mentorship__state__in=RUNNING)
    running = running.annotate(home=Coalesce("participant__brought_by", "organisation"))
    mentorships = _count(running, by="home")
    return [
        OrganisationFigures(
            organisation,
            led.get(organisation.pk, 0) + partnered.get(organisation.pk, 0),
            cohorts.get(organisation.pk, 0),
            suppressed(mentors.get(organisation.pk, 0)),
            suppressed(mentees.get(organisation.pk, 0)),
            suppressed(mentorships.get(organisation.pk, 0)),
        )
        for organisation in network.organisations.all()
    ]


def _count(rows: QuerySet[Any], *, by: str = "organisation") -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))
