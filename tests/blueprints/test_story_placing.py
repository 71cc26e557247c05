"""Volunteers trained by one organisation and placed with another, from applying to a mentorship that ended well."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.applications import applying
from alongside.applications.standing import missing_to_accept
from alongside.blueprints.library import shipped
from alongside.journeys import apply as applications
from alongside.journeys.accept_application import accept_application
from alongside.journeys.after_meeting import note_first_meeting
from alongside.journeys.end_mentorship import end_for_all
from alongside.journeys.offer_mentors import offer_board
from alongside.journeys.pass_gate import pass_gate
from alongside.journeys.pool import pool_of
from alongside.journeys.run_clocks import run_clocks
from alongside.journeys.start_from_blueprint import start_from_blueprint
from alongside.kernel import clock, scope
from alongside.matching import board
from alongside.matching.models import Offer
from alongside.mentorships.states import Ending, MentorshipState
from alongside.notifications.models import Email
from alongside.organisations import actions as organisations
from alongside.people.models import Person
from alongside.placing.models import Ask, Call, Volunteer
from alongside.programmes.actions import enter_participant, open_cohort
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import ParticipantState, Side
from alongside.reports.placing_funnel import placed_of
from alongside.reports.queue import queue_of
from tests.blueprints.test_stories import Story, answered_yes, answers, introduced
from tests.world import NOW, World, person

DAY = timedelta(days=1)
PLACED = sorted(name for name, each in shipped().items() if each.rules.placing)


def test_there_is_one_at_least() -> None:
    assert PLACED


@pytest.mark.parametrize("name", PLACED)
def test_the_story_of_volunteers_for_others(name: str, world: World) -> None:
    blueprint = shipped()[name]
    placing = blueprint.rules.placing
    assert placing

    # An organisation starts it, and people apply who would like to mentor; nobody applies to be mentored.
    with scope.everywhere("a training organisation joins the network"):
        trainers = organisations.found_organisation(world.network, name="Trainers", region="London")
        tessa = person("Tessa Trainer")
        organisations.appoint_coordinator(tessa, trainers, at=NOW)
    with scope.within(scope.Scope.of(organisations=[trainers.pk])):
        programme = start_from_blueprint(blueprint, trainers, name="Volunteers", by=tessa, at=NOW)
        cohort = open_cohort(programme, name="First", starts_on=NOW.date(), by=tessa, at=NOW)
        with pytest.raises(applying.NotYet):
            applying.open_applications(cohort, "mentee", until=NOW.date() + 20 * DAY, by=tessa, at=NOW)
        applying.open_applications(cohort, "mentor", until=NOW.date() + 20 * DAY, by=tessa, at=NOW)
        story = Story(world, blueprint, cohort)
        volunteer = trained(story, taken_in(story, "Vera Volunteer", tessa), tessa)
        assert volunteer.cpd_hours == placing.cpd_hours
        figures = placed_of(programme, tessa, at=NOW)
        assert (figures.recruited, figures.trained, figures.asked) == (1, 1, 0)

        # Nobody is forgotten: after so many days the queue says so.
        due = NOW + placing.waiting_days * DAY
        assert "never_asked" not in kinds(tessa, at=due - timedelta(minutes=1))
        assert "never_asked" in kinds(tessa, at=due)

    # Another organisation calls, from a programme of its own that knows nothing of this one.
    world_cohort = plain_cohort(world)
    call = called(world, world_cohort, programme.ref)
    with scope.within(scope.Scope.of(organisations=[trainers.pk])):
        assert "call_for_mentors" in kinds(tessa, at=NOW)

    # She sees the call with whom to ask, and asks; whoever called sees a number.
    page = browser(tessa).get(reverse("call_answer", args=[call.ref])).content.decode()
    assert "Vera Volunteer" in page
    assert "Never asked" in page
    browser(tessa).post(reverse("call_ask", args=[call.ref]), {"ask": volunteer.ref})
    seen = browser(world.carys).get(reverse("call", args=[call.ref])).content.decode()
    assert "Somebody is being asked." in seen
    assert "Vera" not in seen

    # One click from the email, and Vera is a mentor there, with her training.
    letter = Email.objects.get(kind="ask_volunteer")
    path = re.search(r"/called/[^\s]+", letter.body.text)
    assert path
    assert Ask.unscoped.get().due_at == NOW + placing.days_to_answer * DAY
    Client().post(path[0], {"answer": "yes"})
    mentor = Participant.objects.select_related("cohort", "person").get(
        cohort=world_cohort, person__name="Vera Volunteer"
    )
    assert (mentor.brought_by, mentor.state) == (trainers, ParticipantState.READY)
    assert mentor.topics == volunteer.participant.topics
    assert "Vera Volunteer" in browser(world.carys).get(reverse("call", args=[call.ref])).content.decode()

    # They are matched there as anybody is, meet, go on, and it ends well.
    mentorship = introduced(offered(world, world_cohort))
    note_first_meeting(mentorship, by=world.carys, at=NOW + 3 * DAY)
    run_clocks(at=NOW + 8 * DAY)
    answered_yes(mentorship)
    with scope.within(scope.Scope.of(organisations=[trainers.pk])):
        running = placed_of(programme, tessa, at=NOW + 10 * DAY)
        assert (running.said_yes, running.serving, running.mentorships, running.ended) == (1, 1, 1, 0)
    mentorship.refresh_from_db()
    end_for_all(mentorship, ending=Ending.OBJECTIVES_MET, by=world.carys, at=NOW + 200 * DAY)
    mentorship.refresh_from_db()
    assert mentorship.state == MentorshipState.ENDED

    # What whoever trained her sees of it is numbers.
    with scope.within(scope.Scope.of(organisations=[trainers.pk])):
        after = placed_of(programme, tessa, at=NOW + 200 * DAY)
        assert (after.asked, after.said_yes, after.served, after.serving, after.ended) == (1, 1, 1, 0, 1)
    page = browser(tessa).get(reverse("volunteers", args=[programme.ref])).content.decode()
    assert "1 ended" in page
    assert "Tess Tomorrow" not in page


def taken_in(story: Story, name: str, by: Person) -> Participant:
    """Somebody applies, does what comes before a decision, and is accepted."""
    who = person(name)
    application = applications.begin(story.cohort, who, "mentor", at=NOW)
    said = {**answers(application.definition, "mentor"), "name": name}
    applying.save_answers(application, said, version=application.version, at=NOW)
    applications.send(application, by=who, at=NOW)
    rules = story.cohort.rules.applications.of("mentor")
    assert rules
    for step in rules.steps:
        applying.do_step(application, step.id, day=NOW.date(), by=by, at=NOW)
    assert not missing_to_accept(application)
    return accept_application(application, contact=by, by=by, at=NOW)


def trained(story: Story, participant: Participant, by: Person) -> Volunteer:
    """The course, in its order; only after the last part they are trained, and hear so once."""
    passed = 0
    while participant.gates_open:
        assert not Volunteer.objects.exists()
        assert participant.state == ParticipantState.WAITING
        pass_gate(participant, participant.gates_open[0].id, by=by, at=NOW)
        passed += 1
    assert passed == len(story.blueprint.rules.gates_of("mentor"))
    assert Email.objects.filter(kind="tell_trained").count() == 1
    found: Volunteer = Volunteer.objects.select_related("participant").get()
    return found


def plain_cohort(world: World) -> Cohort:
    """A programme of Harbour's own, from the plain blueprint, with one mentee who is ready."""
    programme = start_from_blueprint(shipped()["plain"], world.harbour, name="Plain", by=world.carys, at=NOW)
    cohort = open_cohort(programme, name="Spring", starts_on=NOW.date(), by=world.carys, at=NOW)
    mentee = enter_participant(
        cohort, person("Tess Tomorrow"), Side.MENTEE, by=world.carys, at=NOW, details={"topics": [["Pricing", 1.0]]}
    )
    while mentee.gates_open:
        pass_gate(mentee, mentee.gates_open[0].id, by=world.carys, at=NOW)
    return cohort


def called(world: World, cohort: Cohort, to: str) -> Call:
    """Carys calls on the page, as she would."""
    said = {
        "to": to,
        "cohort": cohort.ref,
        "wanted": "1",
        "topics": "Pricing",
        "words": "Owners of small shops, once a month.",
        "place": "Swansea",
        "remote": "on",
        "needed_by": (NOW + 60 * DAY).date().isoformat(),
    }
    answer = browser(world.carys).post(reverse("new_call", args=[cohort.programme.ref]), said)
    assert answer.status_code == 302, answer.content.decode()
    found: Call = Call.objects.get()
    return found


def offered(world: World, cohort: Cohort) -> Offer:
    """Every gate of Harbour's is passed, the board matches, and the mentee is offered Vera."""
    matching = board.start_matching(cohort, pool_of(cohort), by=world.carys, at=NOW)
    assert matching.current
    (made,) = offer_board(matching.current, pool_of(cohort), by=world.carys, at=NOW)
    return made


def browser(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def kinds(who: Person, *, at: datetime) -> set[str]:
    with clock.stopped(at):
        return {item.kind for item in queue_of(who, at=at)}
