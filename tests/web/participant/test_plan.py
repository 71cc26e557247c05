from datetime import timedelta

import pytest
from django.test import Client

from alongside.kernel import clock
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import MentorshipState
from alongside.plans import actions
from alongside.plans.queries import actions_in, objectives_in
from tests.paired import SECRET, browser_of, inside, member_in, pair
from tests.queries import queries_of
from tests.world import NOW, World, set_rules

DAY = timedelta(days=1)


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    return pair(world.maya, world.bea, stage=MentorshipState.GOING_ON)


@pytest.fixture
def url(mentorship: Mentorship) -> str:
    return f"/mentorships/{mentorship.ref}/plan/"


def test_an_objective_is_set_by_one_and_read_by_the_other(world: World, url: str) -> None:
    page = browser_of(world.bea).post(
        f"{url}objectives/new/", {"what": SECRET, "how_known": "A signature", "by_when": "2026-06-01"}, follow=True
    )
    assert SECRET in page.content.decode()
    seen = browser_of(world.maya).get(url).content.decode()
    assert SECRET in seen
    assert "By Monday 1 June 2026" in seen
    assert "A signature" in seen


def test_nobody_else_reads_any_of_it(world: World, mentorship: Mentorship, url: str) -> None:
    with inside(mentorship):
        bea = member_in(mentorship, world.bea)
        objective = actions.set_objective(by=bea, what=SECRET, at=NOW)
        action = actions.add_action(by=bea, what=SECRET, at=NOW)
    pair(world.nia, world.dai, stage=MentorshipState.GOING_ON)
    doors = ["", "objectives/new/", f"objectives/{objective.ref}/", f"objectives/{objective.ref}/look/"]
    doors += [f"actions/{action.ref}/", f"actions/{action.ref}/back/"]
    for person in (world.carys, world.piotr, world.olu, world.stella, world.dai.person):
        client = Client()
        client.force_login(person)
        for door in doors:
            assert client.get(url + door).status_code == client.post(url + door, {"do": "done"}).status_code == 404
    for door in doors:
        assert Client().get(url + door).status_code == 302


def test_a_thing_of_another_mentorship_is_not_there(world: World, mentorship: Mentorship) -> None:
    with inside(mentorship):
        objective = actions.set_objective(by=member_in(mentorship, world.bea), what=SECRET, at=NOW)
    other = pair(world.maya, world.dai, stage=MentorshipState.GOING_ON)
    page = browser_of(world.maya).get(f"/mentorships/{other.ref}/plan/objectives/{objective.ref}/")
    assert page.status_code == 404


def test_of_two_who_save_at_once_the_second_sees_both_and_loses_nothing(
    world: World, mentorship: Mentorship, url: str
) -> None:
    with inside(mentorship):
        objective = actions.set_objective(by=member_in(mentorship, world.bea), what="Win a contract", at=NOW)
    door = f"{url}objectives/{objective.ref}/"
    browser_of(world.bea).post(door, {"what": "Win two contracts", "version": 1})
    second = browser_of(world.maya).post(door, {"what": "Win a tender", "version": 1})
    assert second.status_code == 409
    page = second.content.decode()
    assert "One of the others changed this while you were writing" in page
    assert "Win two contracts" in page
    assert "Win a tender" in page
    browser_of(world.maya).post(door, {"what": "Win two tenders", "version": 2})
    with inside(mentorship):
        assert objectives_in(mentorship).get().what == "Win two tenders"


def test_an_action_is_added_ticked_off_and_taken_off_with_an_undo(
    world: World, mentorship: Mentorship, url: str
) -> None:
    client = browser_of(world.bea)
    client.post(url, {"do": "add", "what": "Ring the bank", "who": "", "by_when": "", "remind_days": ""})
    with inside(mentorship):
        action = actions_in(mentorship).get()
    assert "All of you" in client.get(url).content.decode()
    door = f"{url}actions/{action.ref}/"
    assert "One thing done" in client.post(door, {"do": "done"}, follow=True).content.decode()
    client.post(door, {"do": "undo"})
    page = client.post(door, {"do": "remove"}, follow=True).content.decode()
    assert f"{door}back/" in page
    assert "Ring the bank" not in page
    assert "Ring the bank" in client.post(f"{door}back/", follow=True).content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"what": ""}, "Say what will be done."),
        ({"what": "x", "by_when": "soon"}, "Write the day like 2027-03-01."),
        ({"what": "x", "remind_days": "1"}, "A reminder needs a day."),
        ({"what": "x", "who": "999999"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_explained_and_what_was_typed_stays(
    world: World, url: str, sent: dict[str, str], said: str
) -> None:
    page = browser_of(world.bea).post(url, {"do": "add", **sent}).content.decode()
    assert said in page
    assert f'value="{sent["what"]}"' in page or not sent["what"]


def test_the_story_and_the_home_ask_for_a_first_objective_and_then_for_what_is_due(
    world: World, mentorship: Mentorship, url: str
) -> None:
    client = browser_of(world.bea)
    story = f"/mentorships/{mentorship.ref}/"
    assert "Set a first objective" in client.get(story).content.decode()
    with inside(mentorship):
        bea, maya = member_in(mentorship, world.bea), member_in(mentorship, world.maya)
        actions.set_objective(by=bea, what="Win a contract", at=NOW)
        actions.add_action(by=bea, what="Ring the bank", who=bea, by_when=NOW.date() + DAY, at=NOW)
        actions.add_action(by=bea, what="Find the form", who=maya, by_when=NOW.date() + DAY, at=NOW)
    for page in (client.get(story).content.decode(), client.get("/me/").content.decode()):
        assert "One thing on your plan is due" in page
        assert "Ring the bank" in page
        assert "Find the form" not in page


def test_what_was_reached_stands_in_the_story(world: World, mentorship: Mentorship, url: str) -> None:
    with inside(mentorship):
        objective = actions.set_objective(by=member_in(mentorship, world.bea), what="Win a contract", at=NOW)
    client = browser_of(world.maya)
    client.post(f"{url}objectives/{objective.ref}/look/", {"outcome": "met", "note": "Signed today"})
    assert "Reached: Win a contract" in client.get(f"/mentorships/{mentorship.ref}/").content.decode()
    assert "Signed today" in client.get(url).content.decode()


def test_a_day_after_the_planned_end_and_too_many_at_once_bring_advice(world: World, url: str) -> None:
    client = browser_of(world.bea)
    late = client.post(f"{url}objectives/new/", {"what": "x", "by_when": "2030-01-01"}, follow=True).content.decode()
    assert "after the end you planned" in late
    for _ in range(5):
        page = client.post(f"{url}objectives/new/", {"what": "x"}, follow=True).content.decode()
    assert "more than 5 objectives" in page


def test_where_the_programme_scales_the_attainment_is_shown(world: World, mentorship: Mentorship, url: str) -> None:
    set_rules(world, objectives={"scaled": True})
    client = browser_of(world.bea)
    weights = {"importance": "2", "difficulty": "2", "start_level": "-1"}
    client.post(f"{url}objectives/new/", {"what": "Win", **weights})
    with inside(mentorship):
        objective = objectives_in(mentorship).get()
    client.post(f"{url}objectives/{objective.ref}/look/", {"outcome": "met", "level": "1"})
    assert "40 when you set out, 60 now" in client.get(url).content.decode()


def test_the_plan_takes_no_more_queries_with_three_of_everything(
    world: World, mentorship: Mentorship, url: str
) -> None:
    client = browser_of(world.bea)

    def add() -> None:
        with inside(mentorship), clock.stopped(NOW):
            bea = member_in(mentorship, world.bea)
            objective = actions.set_objective(by=bea, what="Win", at=NOW)
            actions.review_objective(objective, actions.Outcome.GOING_ON, by=bea, at=NOW)
            actions.add_action(by=bea, what="Ring", who=bea, at=NOW)
            actions.note_learning(by=bea, learned="A lot", used="", at=NOW)

    add()
    few = queries_of(client, url)
    add()
    add()
    assert queries_of(client, url) == few
