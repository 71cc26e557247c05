"""What a volunteer sees: the question by one click, and where they stand."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.kernel import clock, scope
from alongside.notifications.models import Email
from alongside.placing import actions
from alongside.placing.ask_links import ask_token
from alongside.placing.models import Ask, Placement, Volunteer
from alongside.placing.states import AskState
from alongside.programmes.models import Participant
from tests.placed import UNSEEN, School, again, asked, called, fresh, school, trained
from tests.queries import queries_of
from tests.world import LEAK, NOW, World

DAY = timedelta(days=1)


@pytest.fixture
def there(world: World) -> School:
    return school(world)


@pytest.fixture
def vera(there: School) -> Volunteer:
    return trained(there)


@pytest.fixture
def ask(there: School, vera: Volunteer) -> Ask:
    (made,) = asked(there, called(there, place="Swansea", words="Owners of small shops."))
    return made


def browser(volunteer: Volunteer) -> Client:
    client = Client()
    client.force_login(volunteer.participant.person)
    return client


def link(ask: Ask) -> str:
    return reverse("answer_call", args=[ask_token(ask)])


def page(client: Client, volunteer: Volunteer) -> str:
    answer = client.get(reverse("volunteering", args=[volunteer.ref]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_who_asks_what_for_where_and_how_long(ask: Ask) -> None:
    text = Client().get(link(ask)).content.decode()
    for words in (
        "Harbour Enterprise needs mentors",
        "Owners of small shops.",
        "Pricing",
        "Swansea, or at a distance",
        "About 9 meetings of 90 minutes, over 12 months",
        "Monday 16 March",
        "sees only that somebody is being asked",
    ):
        assert words in text, words


def test_looking_decides_nothing_and_a_yes_decides_once(ask: Ask) -> None:
    Client().get(link(ask))
    assert again(ask).state == AskState.ASKED
    Client().post(link(ask), {"answer": "yes"})
    assert again(ask).state == AskState.ACCEPTED
    answer = Client().post(link(ask), {"answer": "no"}, follow=True)
    assert "This was answered before" in answer.content.decode()
    assert again(ask).state == AskState.ACCEPTED
    assert Placement.unscoped.count() == 1


def test_after_the_yes_it_says_whom_to_turn_to(ask: Ask) -> None:
    Client().post(link(ask), {"answer": "yes"})
    text = Client().get(link(ask)).content.decode()
    assert "You mentor with Harbour Enterprise now" in text
    assert "carys.coordinator@example.org" in text


def test_a_no_with_a_reason(ask: Ask) -> None:
    answer = Client().post(link(ask), {"answer": "no", "reason": "too_far"}, follow=True)
    assert "Thank you for your answer" in answer.content.decode()
    assert again(ask).reason == "It is too far, or does not work online"


def test_an_answer_that_is_none_is_said(ask: Ask) -> None:
    assert "Say yes or no." in Client().post(link(ask), {"answer": "perhaps"}).content.decode()
    assert again(ask).state == AskState.ASKED


def test_a_training_that_ran_out_is_said_and_the_question_stays(ask: Ask) -> None:
    Volunteer.unscoped.update(valid_until=NOW.date() - DAY)
    answer = Client().post(link(ask), {"answer": "yes"}, follow=True)
    assert "to be refreshed first" in answer.content.decode()
    assert again(ask).state == AskState.ASKED
    assert not Placement.unscoped.exists()


@pytest.mark.parametrize("token", ["nonsense", "abc:def"])
def test_a_link_that_was_not_made_here_does_not_work(db: None, token: str) -> None:
    answer = Client().get(reverse("answer_call", args=[token]))
    assert answer.status_code == 404
    assert "This link does not work" in answer.content.decode()


def test_it_stands_on_their_home_until_it_is_answered(vera: Volunteer, ask: Ask) -> None:
    client = browser(vera)
    assert "Would you mentor with Harbour Enterprise?" in client.get(reverse("participant_home")).content.decode()
    client.post(link(ask), {"answer": "no"})
    home = client.get(reverse("participant_home")).content.decode()
    assert "Would you mentor with Harbour Enterprise?" not in home
    assert "Asked once so far." in home


def test_they_see_where_they_stand_and_what_they_can_do(vera: Volunteer) -> None:
    text = page(browser(vera), vera)
    for words in ("You are trained until 9 March 2028", "Not asked yet: what you can do", "at least three things",
                  "at least two times of the week", "6 hours"):  # fmt: skip
        assert words in text, words


def test_whoever_said_everything_is_given_no_advice(there: School) -> None:
    whole = trained(
        there,
        "Wanda Whole",
        topics=[["A", 1.0], ["B", 1.0], ["C", 1.0]],
        availability=["mon-am", "tue-am"],
        place="Swansea",
        about="I ran a shop.",
        remote=True,
    )
    text = page(browser(whole), whole)
    assert "what you can do" not in text
    assert "That says nothing about you" in text


def test_they_pause_and_are_asked_again(there: School, vera: Volunteer) -> None:
    client, url = browser(vera), reverse("pause_volunteering", args=[vera.ref])
    client.post(url, {"do": "pause"})
    assert fresh(vera).paused_at == NOW
    assert "You pause: nobody asks you" in page(client, vera)
    client.post(url, {"do": "pause"})
    client.post(url, {"do": "resume"})
    assert fresh(vera).paused_at is None


def test_a_training_that_ran_out_is_said_on_their_page(vera: Volunteer) -> None:
    with clock.stopped(NOW + 800 * DAY):
        client = browser(vera)
        assert "Your training is to be refreshed" in page(client, vera)
        assert "to be refreshed before you are asked" in client.get(reverse("participant_home")).content.decode()


def test_they_get_their_certificate(vera: Volunteer) -> None:
    answer = browser(vera).get(reverse("training_certificate", args=[vera.ref]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_nobody_else_opens_their_page(world: World, there: School, vera: Volunteer) -> None:
    other = trained(there, "Viktor Volunteer")
    people = [world.carys, there.tessa, world.olu, world.stella, world.maya.person, other.participant.person]
    names = ["volunteering", "training_certificate"]
    for person in people:
        client = Client()
        client.force_login(person)
        for name in names:
            assert client.get(reverse(name, args=[vera.ref])).status_code == 404, (person, name)
        assert client.post(reverse("pause_volunteering", args=[vera.ref])).status_code == 404
    for name in names:
        assert Client().get(reverse(name, args=[vera.ref])).status_code == 302
    assert fresh(vera).paused_at is None


def test_who_left_has_no_such_page(there: School, vera: Volunteer) -> None:
    Participant.unscoped.filter(pk=vera.participant_id).update(state="withdrawn")
    assert browser(vera).get(reverse("volunteering", args=[vera.ref])).status_code == 404


def test_the_question_shows_nothing_that_only_harbour_knows(world: World, ask: Ask) -> None:
    """But for what the call itself says, which whoever called wrote for volunteers to read."""
    text = Client().get(link(ask)).content.decode().replace(world.programme.name, "")
    assert LEAK not in text
    letter = Email.objects.get(kind="ask_volunteer").body.text.replace(world.programme.name, "")
    assert LEAK not in letter


def test_three_questions_take_no_more_queries_than_one(there: School, vera: Volunteer, ask: Ask) -> None:
    Participant.unscoped.filter(pk=vera.participant_id).update(capacity=9)
    client = browser(vera)
    urls = [reverse("volunteering", args=[vera.ref]), reverse("participant_home")]
    before = [queries_of(client, url) for url in urls]
    for _ in range(2):
        call = called(there)
        with scope.within(there.scope):
            actions.ask_volunteer(call, fresh(vera), reasons=[], due_at=NOW + DAY, by=there.tessa, at=NOW)
    assert [queries_of(client, url) for url in urls] == before


def test_what_is_not_shared_does_not_go_along_in_words_either(ask: Ask) -> None:
    assert UNSEEN not in Client().get(link(ask)).content.decode()


def test_who_sees_what_says_it_to_volunteers_alone(world: World, vera: Volunteer) -> None:
    words = "who you are only after your yes"
    assert words in browser(vera).get(reverse("who_sees_what")).content.decode()
    client = Client()
    client.force_login(world.maya.person)
    assert words not in client.get(reverse("who_sees_what")).content.decode()
