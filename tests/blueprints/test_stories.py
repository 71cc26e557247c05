"""Each blueprint as a story: from its start to a mentorship that ended, in the order and with the numbers it says.

The same walk for all of them: what differs is read from the rules, so a blueprint whose rules nobody keeps fails here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from alongside.applications import applying
from alongside.applications.applying import Referee
from alongside.applications.fills import tell
from alongside.applications.models import Application
from alongside.applications.standing import missing_to_accept, wants_referees
from alongside.blueprints.blueprint import Blueprint
from alongside.blueprints.library import shipped
from alongside.journeys import apply as applications
from alongside.journeys.accept_application import accept_application
from alongside.journeys.after_meeting import note_first_meeting
from alongside.journeys.answer_request import accept_request
from alongside.journeys.choose_mentors import choose_mentors
from alongside.journeys.end_mentorship import end_for_all
from alongside.journeys.go_on import answer_going_on
from alongside.journeys.offer_mentors import offer_board
from alongside.journeys.pool import pool_of
from alongside.journeys.run_clocks import run_clocks
from alongside.journeys.start_from_blueprint import start_from_blueprint
from alongside.kernel import scope
from alongside.kernel.working_days import after_working_days
from alongside.matching import board
from alongside.matching.models import Matching, Offer
from alongside.mentorships.clocks import ZONE, months_after
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import Ending, GoingOn, MentorshipState
from alongside.notifications.models import Email
from alongside.places.public_holidays import days_off
from alongside.programmes.actions import enter_participant, open_cohort, pass_gate
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import ParticipantState, Side
from alongside.questionnaires.definition import Definition, Question
from alongside.questionnaires.queries import newest_definition
from tests.world import NOW, World, person

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PEOPLE = {"mentor": ("Maeve Mentor", "Mina Guide", "Mo Adviser"), "mentee": ("Tess Tomorrow", "Tom Today")}
WHERE = {"employer": {"mentor": "Elsewhere", "mentee": "Here"}}


@dataclass
class Story:
    """A programme started from a blueprint, and the cohort that goes through it."""

    world: World
    blueprint: Blueprint
    cohort: Cohort

    def participants(self, side: str) -> list[Participant]:
        rows = Participant.objects.filter(cohort=self.cohort, side=side).select_related("cohort", "person", "programme")
        return list(rows.order_by("pk"))


MATCHED_HERE = sorted(
    name
    for name, each in shipped().items()
    if each.rules.shape.of == "pair" and not each.rules.shape.kinds and not each.rules.placing
)
"""The others have stories of their own beside this one."""


@pytest.fixture(params=MATCHED_HERE)
def story(request: pytest.FixtureRequest, world: World) -> Iterator[Story]:
    blueprint = shipped()[request.param]
    with scope.within(world.harbour_scope):
        programme = start_from_blueprint(blueprint, world.harbour, name="A story", by=world.carys, at=NOW)
        cohort = open_cohort(programme, name="First", starts_on=NOW.date(), by=world.carys, at=NOW)
        until = (NOW + timedelta(days=20)).date()
        for side in Side:
            if cohort.rules.applications.of(side):
                applying.open_applications(cohort, side, until=until, by=world.carys, at=NOW)
        yield Story(world, blueprint, cohort)


def an_answer(question: Question, side: str) -> Any:
    """Something that fits, of every kind of question; the workplace is another for each side."""
    if question.item.fills in WHERE:
        return WHERE[question.item.fills][side]
    item: Any = question.item
    return {
        "text": "Something",
        "long_text": "Something longer",
        "number": 2,
        "date": "2026-01-01",
        "place": "Swansea",
        "consent": True,
        "scale": question.steps[-1 if side == "mentor" else 0].value if question.steps else None,
        "one": item.options[0].id if hasattr(item, "options") else None,
        "many": [item.options[0].id] if hasattr(item, "options") else None,
        "ranked": [item.options[0].id] if hasattr(item, "options") else None,
    }[question.kind]


def answers(definition: Definition, side: str) -> dict[str, Any]:
    return {question.id: an_answer(question, side) for question in definition.questions if question.kind != "file"}


def applied(story: Story, name: str, side: str) -> Application:
    """Somebody applies with everything that is asked for."""
    application = applications.begin(story.cohort, person(name), side, at=NOW)
    said = answers(application.definition, side)
    applying.save_answers(application, said, version=application.version, at=NOW)
    rules = story.cohort.rules.applications.of(side)
    assert rules is not None
    for document in rules.documents:
        applying.add_document(application, document.id, name=f"{document.id}.pdf", content=PDF, at=NOW)
    if wants_referees(application):
        applying.name_referees(application, [Referee("Rae Referee", "rae@example.org")], at=NOW)
    applications.send(application, by=application.person, at=NOW)
    application.refresh_from_db()
    assert application.due_at == NOW + timedelta(days=rules.days_to_decide)
    return application


def brought_in(story: Story, name: str, side: str) -> Participant:
    """Somebody of a side that cannot apply comes in as coordinators bring them."""
    form = newest_definition(f"{side}-application")
    details = tell(form, answers(form, side)).details
    return enter_participant(story.cohort, person(name), Side(side), by=story.world.carys, at=NOW, details=details)


def taken_in(story: Story, name: str, side: str) -> Participant:
    if story.cohort.rules.applications.of(side) is None:
        return brought_in(story, name, side)
    return accepted(story, applied(story, name, side))


def accepted(story: Story, application: Application) -> Participant:
    """A coordinator does the steps in their order, then accepts; before the last nobody can be accepted."""
    rules = story.cohort.rules.applications.of(application.side)
    assert rules is not None
    for step in rules.steps:
        assert missing_to_accept(application)
        applying.do_step(application, step.id, day=NOW.date(), by=story.world.carys, at=NOW)
    assert not missing_to_accept(application)
    return accept_application(application, contact=story.world.carys, by=story.world.carys, at=NOW)


def ready(story: Story, participant: Participant) -> None:
    """The gates of their side, in their order; only after the last are they in the pool."""
    gates = story.cohort.rules.gates_of(participant.side)
    participant.refresh_from_db()
    assert [gate.id for gate in participant.gates_left] == [gate.id for gate in gates]
    while participant.gates_open:
        assert participant.state == ParticipantState.WAITING
        pass_gate(participant, participant.gates_open[0].id, by=story.world.carys, at=NOW)
    assert participant.state == ParticipantState.READY


def matched(story: Story) -> list[Offer]:
    matching: Matching = board.start_matching(story.cohort, pool_of(story.cohort), by=story.world.carys, at=NOW)
    assert matching.current is not None
    assert len(matching.current.pairs) == len(PEOPLE["mentee"]), "everybody gets somebody"
    return offer_board(matching.current, pool_of(story.cohort), by=story.world.carys, at=NOW)


def test_the_story_of_a_blueprint(story: Story) -> None:
    rules = story.cohort.rules
    assert rules == story.blueprint.rules
    for side, names in PEOPLE.items():
        for name in names:
            ready(story, taken_in(story, name, side))

    offers = matched(story)
    for offer in offers:
        shown = offer.requests.count()
        assert shown == 1 if rules.choice.shape == "one" else 1 <= shown <= rules.choice.mentors_offered
        assert offer.due_at == NOW + timedelta(days=rules.choice.days_to_answer)
    letter = Email.objects.filter(kind="mentee_offer").first()
    assert letter is not None
    if rules.words.mentor:
        assert rules.words.mentor in letter.body.text
        assert "mentor" not in letter.body.text.replace("Maeve Mentor", "").lower()

    mentorship = introduced(offers[0])
    assert mentorship.planned_end_on == months_after(NOW, rules.length.months)
    slept_on(story, mentorship)
    answered_yes(mentorship)
    mentorship.refresh_from_db()
    assert mentorship.state == MentorshipState.GOING_ON
    end_for_all(mentorship, ending=Ending.OBJECTIVES_MET, by=story.world.carys, at=NOW + timedelta(days=200))
    mentorship.refresh_from_db()
    assert (mentorship.state, mentorship.ending) == (MentorshipState.ENDED, Ending.OBJECTIVES_MET)


def introduced(offer: Offer) -> Mentorship:
    """The mentee chooses, the mentor says yes."""
    choose_mentors(offer, list(offer.requests.order_by("position")), at=NOW)
    request = offer.requests.select_related("offer__mentee__person", "mentor__person").get(state="asked")
    accept_request(request, at=NOW)
    return Mentorship.objects.select_related("cohort", "programme__organisation").latest("pk")


def slept_on(story: Story, mentorship: Mentorship, *, everybody: int = 2) -> None:
    """They meet; each is asked whether to go on after so many working days as the rules say, and not before."""
    met = NOW + timedelta(days=3)
    note_first_meeting(mentorship, by=story.world.carys, at=met)
    mentorship.refresh_from_db()
    assert mentorship.met_at is not None
    off = days_off(story.world.harbour.region)
    days = story.cohort.rules.start.cooling_off_days
    due = after_working_days(mentorship.met_at, days, ZONE, off=off)
    for moment, number in ((due - timedelta(minutes=1), 0), (due, everybody)):
        run_clocks(at=moment)
        assert asked(mentorship) == number, moment


def asked(mentorship: Mentorship) -> int:
    return Member.objects.filter(mentorship=mentorship, asked_at__isnull=False).count()


def answered_yes(mentorship: Mentorship) -> None:
    at: datetime = NOW + timedelta(days=9)
    for member in Member.objects.filter(mentorship=mentorship).select_related("participant__person", "mentorship"):
        answer_going_on(member, GoingOn.YES, at=at)
