"""A survey answered from its link, without an account, page by page; and read by nobody whom it is not for."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.kernel import clock
from alongside.mentorships.member_links import member_token
from alongside.mentorships.models import Member
from alongside.mentorships.states import MentorshipState
from alongside.surveys.clocks import ANSWERABLE
from alongside.surveys.models import Response
from tests.paired import browser_of, pair
from tests.surveyed import ASKED, AT_START, asked_at, chosen, let_ask
from tests.world import World


@pytest.fixture
def asked(world: World) -> Response:
    let_ask(world, AT_START)
    pair(world.maya, world.bea, stage=MentorshipState.GOING_ON)
    (found,) = asked_at(ASKED)
    return found


def token(asked: Response, member: Member | None = None) -> str:
    return member_token("survey", asked.ref, member or asked.member)


def door(asked: Response) -> str:
    return reverse("survey", args=[token(asked)])


def fill_in(client: Client, asked: Response) -> str:
    """Answer every page, and return the address to which the last one leads."""
    to = client.post(door(asked)).headers["Location"]
    filled = {f"item-{key}": value for key, value in chosen(asked).items()}
    while "/check/" not in to:
        version = Response.objects.get(pk=asked.pk).version
        to = client.post(to, {**filled, "version": version}).headers["Location"]
    return to


def test_somebody_answers_from_the_email_without_signing_in(world: World, client: Client, asked: Response) -> None:
    with clock.stopped(ASKED):
        page = client.get(door(asked)).content.decode()
        assert "Where I stand now" in page
        assert "counted together with others and never as yours" in page
        check = fill_in(client, asked)
        page = client.get(check).content.decode()
        assert "Send my answers" in page
        sent = client.post(check, {"version": Response.objects.get(pk=asked.pk).version})
        assert sent.headers["Location"] == door(asked)
        assert "Your answers have arrived" in client.get(door(asked)).content.decode()
    asked.refresh_from_db()
    assert asked.done_at == ASKED
    assert len(asked.answers) == 12


def test_reading_the_page_begins_nothing(client: Client, asked: Response) -> None:
    with clock.stopped(ASKED):
        client.get(door(asked))
    asked.refresh_from_db()
    assert asked.version == 0


def test_what_is_open_is_said_and_what_was_answered_is_kept(client: Client, asked: Response) -> None:
    with clock.stopped(ASKED):
        to = client.post(door(asked)).headers["Location"]
        first = asked.definition.questions[0]
        page = client.post(to, {f"item-{first.id}": 2, "version": 0}).content.decode()
    assert "What you wrote so far is saved." in page
    asked.refresh_from_db()
    assert asked.answers == {first.id: 2}


def test_whoever_signs_in_finds_it_among_what_comes_next(world: World, asked: Response) -> None:
    client = browser_of(world.bea)
    with clock.stopped(ASKED):
        assert "Where I stand now" in client.get("/me/").content.decode()
        led = client.get(reverse("mentorship_survey", args=[asked.mentorship.ref, asked.ref]))
        assert led.headers["Location"] == door(asked)
        assert client.get(led.headers["Location"]).status_code == 200


def test_when_it_was_asked_too_long_ago_it_says_so(client: Client, asked: Response) -> None:
    with clock.stopped(asked.asked_at + ANSWERABLE + timedelta(minutes=1)):
        for url in (door(asked), reverse("survey_page", args=[token(asked), 1])):
            assert "This survey is closed" in client.get(url).content.decode()
            assert "This survey is closed" in client.post(url, {"version": 0}).content.decode()


def test_the_other_side_cannot_open_it(world: World, client: Client, asked: Response) -> None:
    other = Member.objects.get(mentorship=asked.mentorship_id, participant=world.maya)
    with clock.stopped(ASKED):
        assert client.get(reverse("survey", args=[token(asked, other)])).status_code == 404
        page = browser_of(world.maya).get(reverse("mentorship_survey", args=[asked.mentorship.ref, asked.ref]))
    assert page.status_code == 404


@pytest.mark.parametrize("name", ["survey", "survey_check"])
def test_a_link_that_was_not_made_here_opens_nothing(client: Client, asked: Response, name: str) -> None:
    assert client.get(reverse(name, args=["made-up:token"])).status_code == 404
