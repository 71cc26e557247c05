"""A cohort in which every mentee has two mentors: an experienced councillor and an officer.

Ann, Ben and Cat are new councillors. Cora and Carl are experienced councillors, Olga and Omar officers; Olga has two
places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from alongside.blueprints.rules import Rules
from alongside.journeys.answer_request import accept_request
from alongside.journeys.choose_mentors import choose_mentors
from alongside.journeys.offer_mentors import offer_mentors
from alongside.journeys.pool import pool_of
from alongside.kernel import scope
from alongside.matching import board
from alongside.matching.actions import Candidate
from alongside.matching.models import Matching, Offer, Request
from alongside.mentorships.models import Mentorship
from alongside.programmes import actions as programmes
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import Side
from tests.asked import REASONS
from tests.world import LEAK, NOW, World, person

KINDS: list[dict[str, Any]] = [
    {"id": "councillor", "title": "experienced councillor", "about": "Knows the **role**."},
    {"id": "officer", "title": "officer", "matching": {"weights": {"needs": 60}}},
]


@dataclass
class Kinds:
    """The cast of this cohort by name."""

    world: World
    cohort: Cohort
    ann: Participant
    ben: Participant
    cat: Participant
    cora: Participant
    carl: Participant
    olga: Participant
    omar: Participant

    @property
    def mentees(self) -> list[Participant]:
        return [self.ann, self.ben, self.cat]

    @property
    def mentors(self) -> list[Participant]:
        return [self.cora, self.carl, self.olga, self.omar]


def rules_with(kinds: Sequence[dict[str, Any]], **sections: Any) -> Rules:
    return Rules().changed({"shape": {"kinds": list(kinds)}, **sections})


def cohort_with(world: World, kinds: Sequence[dict[str, Any]] = KINDS, **sections: Any) -> Cohort:
    """A new cohort of the programme of the cast that has kinds of mentors."""
    with scope.everywhere("a test changes the rules"):
        programmes.change_rules(world.programme, rules_with(kinds, **sections), cohorts=[], by=None, at=NOW)
        return programmes.open_cohort(
            world.programme, name=f"Council {LEAK}", starts_on=date(2026, 3, 1), by=world.carys, at=NOW
        )


def entered(world: World, cohort: Cohort, name: str, side: Side, **details: Any) -> Participant:
    details = {"topics": [["Budget", 1.0]], "key_contact": world.carys, "about": f"{LEAK} of {name}", **details}
    programmes.enter_participant(cohort, person(name), side, by=world.carys, at=NOW, details=details)
    rows = Participant.unscoped.select_related("person", "cohort__programme", "programme", "key_contact")
    found: Participant = rows.get(cohort=cohort, person__name=name, side=side)
    return found


def build(world: World, **sections: Any) -> Kinds:
    """Build this cast; the caller declares a scope."""
    cohort = cohort_with(world, **sections)
    mentees = {key: entered(world, cohort, name, Side.MENTEE) for key, name in MENTEES.items()}
    mentors = {key: entered(world, cohort, name, Side.MENTOR, **details) for key, (name, details) in MENTORS.items()}
    return Kinds(world, cohort, **mentees, **mentors)


MENTEES = {"ann": "Ann Able", "ben": "Ben Bold", "cat": "Cat Clear"}
MENTORS: dict[str, tuple[str, dict[str, Any]]] = {
    "cora": ("Cora Clark", {"kind": "councillor"}),
    "carl": ("Carl Cole", {"kind": "councillor"}),
    "olga": ("Olga Olsen", {"kind": "officer", "capacity": 2}),
    "omar": ("Omar Orr", {"kind": "officer"}),
}


def matched(cohort: Cohort, kind: str, *, at: datetime = NOW) -> Matching:
    """The board of a kind, matched."""
    return board.start_matching(cohort, pool_of(cohort, kind), by=None, at=at)


def offered(mentee: Participant, *mentors: Participant, at: datetime = NOW) -> Offer:
    """Offer mentors of one kind to a mentee."""
    candidates = [Candidate(mentor, 8000 - 100 * place, REASONS) for place, mentor in enumerate(mentors)]
    return offer_mentors(mentee, candidates, kind=mentors[0].kind, by=None, at=at)


def asked(mentee: Participant, mentor: Participant, *, at: datetime = NOW) -> Request:
    """Offer one mentor, let the mentee choose them, and return the question the mentor is asked."""
    made = offered(mentee, mentor, at=at)
    choose_mentors(made, list(made.requests.all()), at=at)
    return question(made)


def question(made: Offer) -> Request:
    rows = Request.objects.select_related("offer__mentee__person", "offer__cohort", "mentor__person", "programme")
    found: Request = rows.get(offer=made, state="asked")
    return found


def introduced(mentee: Participant, mentor: Participant, *, at: datetime = NOW) -> Mentorship:
    """Both have said yes."""
    return accept_request(asked(mentee, mentor, at=at), at=at)
