import pytest
from django.test import Client

from alongside.exercises.models import Exercise
from alongside.journeys.fill_in import begin_exercise, fill_in
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import MentorshipState
from alongside.questionnaires.queries import definition_of
from alongside.reviews.actions import open_review
from tests.paired import SECRET, browser_of, inside, member_in, pair
from tests.queries import queries_of
from tests.world import NOW, World, set_rules

EXPECTATIONS = definition_of("expectations", 1)


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    return pair(world.maya, world.bea)


@pytest.fixture
def url(mentorship: Mentorship) -> str:
    return f"/mentorships/{mentorship.ref}/exercises/"


def filled(value: int = 1, **changes: int | str) -> dict[str, object]:
    """What a browser sends for all 27 statements."""
    answers = {item.id: value for item in EXPECTATIONS.questions}
    return {f"item-{name}": answer for name, answer in {**answers, **changes}.items()}


def begun(client: Client, url: str, name: str = "expectations") -> str:
    client.post(url, {"questionnaire": name})
    return f"{url}{Exercise.unscoped.get().ref}/"


def test_it_is_answered_apart_then_compared_with_the_differences_first(world: World, url: str) -> None:
    bea, maya = browser_of(world.bea), browser_of(world.maya)
    door = begun(bea, url)
    page = bea.post(door, {**filled(listen=2), "version": 0, "do": "done"}, follow=True).content.decode()
    assert "as soon as Maya Mentor is done" in page
    story = f"/mentorships/{url.split('/')[2]}/"
    assert "What we expect of a mentor" in maya.get("/me/").content.decode()
    before = maya.get(door).content.decode()
    assert "I am done" in before
    assert "Strongly agree</td>" not in before
    page = maya.post(door, {**filled(listen=0), "version": 0, "do": "done"}, follow=True).content.decode()
    first = page[page.index("Talk about these first") : page.index("In the round")]
    assert "hear the mentee’s ideas out" in first
    assert "Disagree</td>" in first
    assert "Strongly agree</td>" in first
    assert "Trusted adviser" in page
    assert "Compared: What we expect of a mentor" in bea.get(story).content.decode()


def test_it_is_saved_half_way_and_resumed(world: World, url: str) -> None:
    client = browser_of(world.bea)
    door = begun(client, url)
    client.post(door, {"item-listen": 2, "version": 0, "do": "save"})
    page = client.get(door).content.decode()
    assert 'name="item-listen" value="2" id="id_item-listen_2" checked' in page.replace(" required", "")
    assert 'name="version" value="1"' in page


def test_what_is_left_open_is_said_at_each_question_and_what_was_chosen_is_kept(world: World, url: str) -> None:
    client = browser_of(world.bea)
    door = begun(client, url)
    page = client.post(door, {"item-listen": 2, "version": 0, "do": "done"}).content.decode()
    assert "Answer “be a friend”. What you chose so far is saved." in page
    assert "Answer “hear the mentee’s ideas out" not in page
    with inside(Mentorship.unscoped.get()):
        assert Exercise.objects.get().fillings.get().answers == {"listen": 2}
    done = client.post(door, {**filled(), "version": 1, "do": "done"}, follow=True).content.decode()
    assert "as soon as Maya Mentor is done" in done


def test_an_older_window_is_told_and_loses_nothing(world: World, url: str) -> None:
    client = browser_of(world.bea)
    door = begun(client, url)
    client.post(door, {"item-listen": 2, "version": 0, "do": "save"})
    older = client.post(door, {"item-listen": 0, "version": 0, "do": "save"})
    assert older.status_code == 409
    assert "You saved this in another window meanwhile" in older.content.decode()
    assert 'value="1"' in older.content.decode()


def test_a_self_check_stays_with_its_author_until_shared(world: World, url: str) -> None:
    maya, bea = browser_of(world.maya), browser_of(world.bea)
    door = begun(maya, url, "mentor-self-check")
    check = definition_of("mentor-self-check", 1)
    answers = {f"item-{item.id}": 3 if item.kind == "scale" else SECRET for item in check.questions}
    assert SECRET in maya.post(door, {**answers, "version": 0, "do": "done"}, follow=True).content.decode()
    assert bea.get(door).status_code == 404
    assert "How do I mentor?" not in bea.get(url).content.decode()
    maya.post(f"{door}share/", {"shared": "yes"})
    assert SECRET in bea.get(door).content.decode()
    maya.post(f"{door}share/", {"shared": "no"})
    assert bea.get(door).status_code == 404
    assert bea.post(f"{door}share/", {"shared": "yes"}).status_code == 404


def test_nobody_else_reads_any_of_it(world: World, mentorship: Mentorship, url: str) -> None:
    with inside(mentorship):
        exercise = begin_exercise(definition_of("first-meeting", 1), by=member_in(mentorship, world.bea), at=NOW)
        fill_in(exercise, {"else": SECRET}, by=member_in(mentorship, world.bea), version=0, done=False, at=NOW)
    pair(world.nia, world.dai)
    for person in (world.carys, world.piotr, world.olu, world.stella, world.dai.person):
        client = Client()
        client.force_login(person)
        for door in ("", f"{exercise.ref}/", f"{exercise.ref}/share/"):
            assert client.get(url + door).status_code == client.post(url + door).status_code == 404
    assert SECRET not in browser_of(world.maya).get(f"{url}{exercise.ref}/").content.decode()


def test_a_questionnaire_that_is_not_offered_cannot_be_begun(world: World, url: str) -> None:
    client = browser_of(world.bea)
    for name in ("mentor-self-check", "nothing", ""):
        assert client.post(url, {"questionnaire": name}).status_code == 404
    assert not Exercise.unscoped.exists()


def test_an_answer_that_is_no_answer_is_refused(world: World, url: str) -> None:
    client = browser_of(world.bea)
    door = begun(client, url)
    page = client.post(door, {"item-listen": 7, "version": 0, "do": "save"}).content.decode()
    assert "Choose one of the answers offered." in page


def test_it_takes_no_more_queries_with_three_than_with_one(world: World, mentorship: Mentorship, url: str) -> None:
    client = browser_of(world.bea)

    def add() -> None:
        with inside(mentorship):
            exercise = begin_exercise(EXPECTATIONS, by=member_in(mentorship, world.bea), at=NOW)
            answers = {item.id: 1 for item in EXPECTATIONS.questions}
            for participant in (world.bea, world.maya):
                fill_in(exercise, answers, by=member_in(mentorship, participant), version=0, done=True, at=NOW)

    add()
    few = queries_of(client, url), queries_of(client, f"/mentorships/{mentorship.ref}/")
    add()
    add()
    assert (queries_of(client, url), queries_of(client, f"/mentorships/{mentorship.ref}/")) == few


def test_a_programme_suggests_an_exercise_when_its_time_has_come_and_not_once_it_is_begun(
    world: World, url: str
) -> None:
    story = url.removesuffix("exercises/")
    wanted = [
        {"questionnaire": "first-meeting", "when": "ending"},
        {"questionnaire": "expectations", "when": "agreement"},
    ]
    set_rules(world, exercises=wanted)
    mentorship = Mentorship.unscoped.get()
    Mentorship.unscoped.update(state=MentorshipState.GOING_ON, agreed_at=None)
    client = browser_of(world.bea)
    assert "Your programme suggests this exercise now" not in client.get(story).content.decode()
    Mentorship.unscoped.update(state=MentorshipState.ACTIVE, agreed_at=mentorship.introduced_at)
    page = client.get(story).content.decode()
    assert "Your programme suggests this exercise now" in page
    assert "What we expect of a mentor" in page
    begun(client, url)
    assert "Your programme suggests this exercise now" not in client.get(story).content.decode()


def test_a_programme_suggests_to_a_mentee_to_ask_those_around_her_until_she_has(world: World) -> None:
    set_rules(world, exercises=[{"questionnaire": "leadership-360", "when": "agreement"}])
    made = pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)
    title = definition_of("leadership-360", 1).title
    assert title in browser_of(world.bea).get("/me/").content.decode()
    assert title not in browser_of(world.maya).get("/me/").content.decode(), "a mentor asks nobody"
    with inside(made):
        open_review(definition_of("leadership-360", 1), by=member_in(made, world.bea), at=NOW)
    assert "Your programme suggests" not in browser_of(world.bea).get("/me/").content.decode()
