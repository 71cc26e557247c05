"""Programmes with kinds of mentors as stories: every mentee has one of each, all in one mentorship that ends well.

Every blueprint of the library that has kinds, by its own numbers, and a programme of three kinds, made of rules alone.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from alongside.applications import applying
from alongside.blueprints.blueprint import Blueprint
from alongside.blueprints.library import shipped
from alongside.blueprints.rules import Rules
from alongside.journeys import apply as applications
from alongside.journeys.accept_application import accept_application
from alongside.journeys.after_meeting import note_first_meeting
from alongside.journeys.answer_request import accept_request
from alongside.journeys.choose_mentors import choose_mentors
from alongside.journeys.end_mentorship import end_for_all
from alongside.journeys.go_on import answer_going_on
from alongside.journeys.offer_mentors import offer_board
from alongside.journeys.pool import pool_of, waiting_by_kind
from alongside.journeys.run_clocks import run_clocks
from alongside.journeys.start_from_blueprint import start_from_blueprint
from alongside.kernel import scope
from alongside.kernel.working_days import after_working_days
from alongside.matching import board
from alongside.matching.models import Offer, Request
from alongside.mentorships.clocks import ZONE, months_after
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import Ending, GoingOn, MentorshipState
from alongside.notifications.models import Email
from alongside.places.public_holidays import days_off
from alongside.programmes.actions import open_cohort, pass_gate, start_programme
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import ParticipantState, Side
from tests.blueprints.test_stories import answers
from tests.kinds import entered
from tests.world import NOW, World, person

MENTEES = ("Tess Tomorrow", "Tom Today")
OF_KINDS = sorted(name for name, each in shipped().items() if each.rules.shape.kinds)
THREE = Rules().changed(
    {
        "shape": {
            "kinds": [
                {"id": "meister", "title": "Meisterin"},
                {"id": "kaufmann", "title": "Kauffrau", "matching": {"weights": {"needs": 70}}},
                {"id": "vorbild", "title": "Vorbild", "matching": {"rules": {"organisation": "different"}}},
            ]
        },
        "meetings": {"rhythm_days": 14},
        "words": {"mentor": "Begleiterin", "mentors": "Begleiterinnen"},
    }
)


@pytest.fixture(params=OF_KINDS)
def blueprint(request: pytest.FixtureRequest) -> Blueprint:
    return shipped()[request.param]


@pytest.fixture
def story(world: World, blueprint: Blueprint) -> Iterator[Cohort]:
    """The first cohort of a programme started from a blueprint; people can apply."""
    with scope.within(world.harbour_scope):
        programme = start_from_blueprint(blueprint, world.harbour, name="A story", by=world.carys, at=NOW)
        cohort = open_cohort(programme, name="First", starts_on=NOW.date(), by=world.carys, at=NOW)
        for side in Side:
            until = (NOW + timedelta(days=20)).date()
            applying.open_applications(cohort, side, until=until, by=world.carys, at=NOW)
        yield cohort


def taken_in(world: World, cohort: Cohort, name: str, side: Side, kind: str = "") -> Participant:
    """Somebody applies, as one of the kinds of mentors, does every step, and is accepted."""
    application = applications.begin(cohort, person(name), side, at=NOW)
    said = answers(application.definition, side)
    applying.save_answers(application, said, version=application.version, at=NOW)
    if kind:
        with pytest.raises(applying.NotYet, match="which kind of mentor"):
            applications.send(application, by=application.person, at=NOW)
        applying.choose_kind(application, kind, at=NOW)
    applications.send(application, by=application.person, at=NOW)
    for step in application.rules.steps:
        applying.do_step(application, step.id, day=NOW.date(), by=world.carys, at=NOW)
    application.refresh_from_db()
    participant = accept_application(application, contact=world.carys, by=world.carys, at=NOW)
    assert participant.kind == kind
    assert {gate.id for gate in participant.gates_left} == {gate.id for gate in cohort.rules.gates_of(side)}
    while participant.gates_open:
        assert participant.state == ParticipantState.WAITING
        pass_gate(participant, participant.gates_open[0].id, by=world.carys, at=NOW)
    assert participant.state == ParticipantState.READY
    return participant


def matched_and_offered(world: World, cohort: Cohort, kind: str) -> list[Offer]:
    matching = board.start_matching(cohort, pool_of(cohort, kind), by=world.carys, at=NOW)
    assert matching.current is not None
    assert matching.current.placed == len(MENTEES), "everybody gets somebody of each kind"
    return offer_board(matching.current, pool_of(cohort, kind), by=world.carys, at=NOW)


def said_yes(offer: Offer) -> Mentorship:
    choose_mentors(offer, list(offer.requests.order_by("position")), at=NOW)
    rows = Request.objects.select_related("offer__mentee__person", "mentor__person")
    return accept_request(rows.get(offer=offer, state="asked"), at=NOW)


def walked(world: World, cohort: Cohort) -> None:
    """From the boards of all kinds to mentorships that ended well."""
    rules = cohort.rules
    kinds = list(rules.shape.matched)
    offers = [offer for kind in kinds for offer in matched_and_offered(world, cohort, kind)]
    assert len(offers) == len(kinds) * len(MENTEES)
    for offer in offers:
        assert offer.due_at == NOW + timedelta(days=rules.choice.days_to_answer)
        letter = Email.objects.filter(kind="mentee_offer", participant_id=offer.mentee_id).order_by("pk")
        assert any(f"({rules.shape.title_of(offer.kind)})" in each.subject for each in letter)
    for offer in offers:
        mentorship = said_yes(offer)
    assert Mentorship.objects.filter(cohort=cohort).count() == len(MENTEES)
    mentors = Member.objects.filter(mentorship=mentorship, side=Side.MENTOR)
    assert sorted(mentors.values_list("participant__kind", flat=True)) == sorted(kinds)
    assert waiting_by_kind(cohort) == dict.fromkeys(kinds, 0)
    mentorship.refresh_from_db()
    assert mentorship.planned_end_on == months_after(NOW, rules.length.months)
    _slept_on(world, mentorship)
    for member in Member.objects.filter(mentorship=mentorship).select_related("participant__person", "mentorship"):
        answer_going_on(member, GoingOn.YES, at=NOW + timedelta(days=10))
    mentorship.refresh_from_db()
    assert mentorship.state == MentorshipState.GOING_ON
    end_for_all(mentorship, ending=Ending.OBJECTIVES_MET, by=world.carys, at=NOW + timedelta(days=240))
    mentorship.refresh_from_db()
    assert (mentorship.state, mentorship.ending) == (MentorshipState.ENDED, Ending.OBJECTIVES_MET)
    assert waiting_by_kind(cohort) == dict.fromkeys(kinds, 0), "nobody is offered another after a good ending"


def _slept_on(world: World, mentorship: Mentorship) -> None:
    """All are asked whether to go on after so many working days as the rules say, and not before."""
    note_first_meeting(mentorship, by=world.carys, at=NOW + timedelta(days=3))
    mentorship.refresh_from_db()
    assert mentorship.met_at is not None
    days, off = mentorship.cohort.rules.start.cooling_off_days, days_off(world.harbour.region)
    due = after_working_days(mentorship.met_at, days, ZONE, off=off)
    everybody = Member.objects.filter(mentorship=mentorship)
    for moment, number in ((due - timedelta(minutes=1), 0), (due, everybody.count())):
        run_clocks(at=moment)
        assert everybody.filter(asked_at__isnull=False).count() == number, moment


def test_the_story_of_a_blueprint_with_kinds(world: World, blueprint: Blueprint, story: Cohort) -> None:
    assert story.rules == blueprint.rules
    for name in MENTEES:
        taken_in(world, story, name, Side.MENTEE)
    for kind in story.rules.shape.matched:
        for place, _name in enumerate(MENTEES):
            taken_in(world, story, f"{kind.title()} Number {'ab'[place]}", Side.MENTOR, kind)
    walked(world, story)


def test_there_is_one() -> None:
    assert OF_KINDS


def test_a_programme_of_three_kinds_needs_no_line_of_code(world: World) -> None:
    with scope.within(world.harbour_scope):
        programme = start_programme(world.harbour, name="Drei an der Seite", rules=THREE, by=world.carys, at=NOW)
        cohort = open_cohort(programme, name="Herbst", starts_on=NOW.date(), by=world.carys, at=NOW)
        for name in MENTEES:
            entered(world, cohort, name, Side.MENTEE, employer="Hier")
        for kind in cohort.rules.shape.matched:
            entered(world, cohort, f"{kind.title()} Eins", Side.MENTOR, kind=kind, capacity=2, employer="Dort")
        walked(world, cohort)
        letter = Email.objects.filter(kind="mentee_offer").latest("pk")
        assert "Begleiterin" in letter.body.text
