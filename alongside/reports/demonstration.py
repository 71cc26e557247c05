"""Whom a visitor of the demonstration can be: somebody of each kind, best with something to do."""

from django.db.models import QuerySet

from alongside.kernel import scope
from alongside.matching.models import Offer, Request
from alongside.matching.states import OfferState, RequestState
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import RUNNING
from alongside.people.models import Person
from alongside.plans.models import Objective
from alongside.programmes.models import Participant
from alongside.programmes.states import Side

KINDS = ("mentee", "mentor", "paired_mentee", "paired_mentor", "coordinator", "steward")


def somebody(kind: str) -> Person | None:
    """Return a person of ``kind``, or None where there is nobody or no such kind."""
    if kind not in KINDS:
        return None
    with scope.everywhere("the demonstration shows invented people only"):
        return next((person for people in _candidates(kind) if (person := people.first())), None)


def _candidates(kind: str) -> list[QuerySet[Person]]:
    people = Person.objects.filter(is_active=True).order_by("pk")
    offers = Offer.objects.filter(state=OfferState.OPEN).values("mentee__person")
    asked = Request.objects.filter(state=RequestState.ASKED).values("mentor__person")
    together = Member.objects.filter(mentorship__in=_written_in())
    return {
        "paired_mentee": [people.filter(pk__in=together.filter(side=Side.MENTEE).values("participant__person"))],
        "paired_mentor": [people.filter(pk__in=together.filter(side=Side.MENTOR).values("participant__person"))],
        "mentee": [people.filter(pk__in=offers), people.filter(pk__in=_on(Side.MENTEE))],
        "mentor": [people.filter(pk__in=asked), people.filter(pk__in=_on(Side.MENTOR))],
        "coordinator": [people.filter(roles__isnull=False)],
        "steward": [people.filter(stewardships__isnull=False)],
    }[kind]


def _written_in() -> QuerySet[Mentorship, dict[str, int]]:
    """The running mentorships with objectives: there is something to read in them."""
    running = Mentorship.objects.filter(state__in=RUNNING)
    return running.filter(pk__in=Objective.objects.values("mentorship")).values("pk")


def _on(side: Side) -> QuerySet[Participant, dict[str, int]]:
    return Participant.objects.filter(side=side).values("person")
