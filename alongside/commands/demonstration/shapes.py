"""Programmes of the demonstration that do not work in pairs of one mentor and one mentee.

**Founders in Pairs** belongs to the lead of WeMentor: people who mentor each other. **New Councillors** belongs to the
trust: each has an experienced councillor and an officer.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from alongside.blueprints.library import blueprint_of
from alongside.commands.demonstration.inventing import Invented, Inventor
from alongside.journeys import answer_request, choose_mentors, offer_mentors
from alongside.journeys.ask_group import ask_group, make_group, say_yes
from alongside.journeys.group_fits import suggest_peers
from alongside.journeys.pool import pool_of
from alongside.journeys.start_from_blueprint import start_from_blueprint
from alongside.matching import board
from alongside.matching.models import Offer, Request
from alongside.organisations.models import Organisation
from alongside.people.actions import find_or_create_people
from alongside.people.models import Person
from alongside.programmes import actions as programmes
from alongside.programmes.actions import Entry
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import Side

ASKED_ALSO = 2
"""Of the groups that are suggested, how many are asked; of those the first has begun."""


def founders_in_pairs(lead: Organisation, by: Person, inventor: Inventor, now: datetime) -> None:
    """Eleven founders: two mentor each other, two are asked whether they would, the others are in no group yet."""
    at = now - timedelta(days=20)
    cohort = _opened("peer-pairs", lead, "Founders in Pairs", by=by, at=at)
    _join(cohort, Side.MENTEE, inventor.people(Side.MENTEE, 11), by=by, at=at)
    suggested = suggest_peers(cohort).together[:ASKED_ALSO]
    for number, pair in enumerate(suggested):
        group = make_group(cohort, pair.members, name=f"Pair {number + 1}", by=by, at=at + timedelta(days=14))
        asked = ask_group(group, by=by, at=at + timedelta(days=15 + number * 2))
        for ask in asked if number == 0 else asked[:1]:
            say_yes(ask, at=ask.asked_at + timedelta(hours=9))


def new_councillors(trust: Organisation, by: Person, inventor: Inventor, now: datetime) -> None:
    """Six new councillors: all have been offered both kinds of mentors, and some have said yes to one or both."""
    at = now - timedelta(days=15)
    cohort = _opened("council-induction", trust, "New Councillors", by=by, at=at)
    _join(cohort, Side.MENTEE, inventor.people(Side.MENTEE, 6), by=by, at=at)
    for place, kind in enumerate(cohort.rules.shape.kinds):
        _join(cohort, Side.MENTOR, inventor.people(Side.MENTOR, 6), by=by, at=at, kind=kind.id)
        for offer in _offered(cohort, kind.id, by=by, at=at + timedelta(days=9 + place))[: 4 - place]:
            choose_mentors.choose_mentors(offer, list(offer.requests.order_by("position")), at=offer.offered_at)
            for request in Request.objects.filter(offer=offer, state="asked").select_related("offer__mentee__cohort"):
                answer_request.accept_request(request, at=offer.offered_at + timedelta(hours=20))


def _offered(cohort: Cohort, kind: str, *, by: Person, at: datetime) -> list[Offer]:
    """Match one kind of mentor and offer the board."""
    matching = board.start_matching(cohort, pool_of(cohort, kind), by=by, at=at)
    if matching.current is None:
        raise RuntimeError("A matching that was just started has a version.")
    return offer_mentors.offer_board(matching.current, pool_of(cohort, kind), by=by, at=at)


def _opened(blueprint: str, organisation: Organisation, name: str, *, by: Person, at: datetime) -> Cohort:
    programme = start_from_blueprint(blueprint_of(blueprint), organisation, name=name, by=by, at=at)
    return programmes.open_cohort(programme, name="This year", starts_on=at.date(), by=by, at=at)


def _join(
    cohort: Cohort, side: Side, invented: Sequence[Invented], *, by: Person, at: datetime, kind: str = ""
) -> None:
    """Bring people in, and let them pass what comes before matching."""
    people = find_or_create_people({one.email: one.name for one in invented}, at=at)
    more = {"key_contact": by, "brought_by": cohort.organisation, **({"kind": kind} if kind else {})}
    entries = [Entry(people[one.email], side, {**one.details, **more}) for one in invented]
    programmes.enter_participants(cohort, entries, by=by, at=at)
    for participant in Participant.objects.filter(cohort=cohort, side=side).select_related("cohort", "person"):
        for gate in participant.gates_left:
            programmes.pass_gate(participant, gate.id, by=by, at=at + timedelta(days=7))
