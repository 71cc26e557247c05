"""Every email of the way from an offer to an introduction, made by the journeys that send it."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest

from alongside.journeys.answer_request import accept_request, decline_request
from alongside.journeys.choose_mentors import choose_mentors
from alongside.journeys.run_clocks import run_clocks
from alongside.notifications.models import Email
from tests.asked import offer, request_to
from tests.world import LEAK, NOW, World

DAY = timedelta(days=1)


def offered(world: World) -> None:
    offer(world.bea, world.maya, world.marcus, world.nia)


def reminded(world: World) -> None:
    offered(world)
    run_clocks(at=NOW + 2 * DAY)


def asked(world: World) -> None:
    made = offer(world.bea, world.maya, world.marcus)
    choose_mentors(made, [request_to(made, world.maya), request_to(made, world.marcus)], at=NOW)


def mentor_reminded(world: World) -> None:
    asked(world)
    run_clocks(at=NOW + 2 * DAY)


def lapsed(world: World) -> None:
    asked(world)
    run_clocks(at=NOW + 5 * DAY)


def nobody_left(world: World) -> None:
    made = offer(world.bea, world.maya)
    choose_mentors(made, [request_to(made, world.maya)], at=NOW)
    decline_request(request_to(made, world.maya), reason="No time", at=NOW)


def introduced(world: World) -> None:
    made = offer(world.bea, world.maya)
    choose_mentors(made, [request_to(made, world.maya)], at=NOW)
    accept_request(request_to(made, world.maya), at=NOW)


WAYS: dict[str, Callable[[World], None]] = {
    "mentee_offer": offered,
    "mentee_reminder": reminded,
    "mentor_request": asked,
    "mentee_asked": asked,
    "mentor_reminder": mentor_reminded,
    "mentor_released": lapsed,
    "mentee_nobody_left": nobody_left,
    "introduction": introduced,
}
every_email = pytest.mark.parametrize("kind", WAYS)


def send(kind: str, world: World) -> Email:
    WAYS[kind](world)
    found: Email | None = Email.objects.filter(kind=kind).order_by("pk").first()
    assert found is not None
    return found


def words(html: str) -> str:
    """What a reader of the HTML reads."""
    body = re.sub(r"<style.*?</style>|<title.*?</title>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@every_email
def test_the_plain_text_is_as_good_as_the_html(world: World, kind: str) -> None:
    email = send(kind, world)
    html = re.sub(r"\W+", " ", words(email.html))
    for line in filter(None, (re.sub(r"\W+", " ", line).strip() for line in email.text.splitlines())):
        assert line in html
    assert set(re.findall(r"http://testserver/\S+", email.text)) == set(
        re.findall(r'href="(http://testserver/[^"]+)"', email.html)
    )


@every_email
def test_it_greets_and_says_why_it_came_and_whom_to_ask(world: World, kind: str) -> None:
    email = send(kind, world)
    first_name = "Bea" if "bea" in email.to else "Maya"
    for text in (email.text, words(email.html)):
        assert f"Hello {first_name}," in text
        assert "You get this because you take part in First Steps" in text
        assert "carys.coordinator@example.org" in text
        assert "Sent by Harbour Enterprise" in text
        assert "{{" not in text
        assert "{%" not in text
    assert "First Steps" in email.subject
    assert "\n\n\n" not in email.text


@every_email
def test_nothing_is_said_that_was_not_shared(world: World, kind: str) -> None:
    for participant in (*world.mentees, *world.mentors):
        participant.shares = []
        participant.save()
    email = send(kind, world)
    others = {"Bea Baker", "Maya Mentor", "Marcus Moor", "Nia Nolan"} - {
        "Bea Baker" if "bea" in email.to else "Maya Mentor"
    }
    said = email.subject + email.text + email.html
    if kind != "introduction":
        assert not [name for name in others if name in said]
    assert f"{LEAK} what" not in said
    assert "Pricing" not in said
    assert "Same sector" not in said


@every_email
def test_hostile_names_do_no_harm(world: World, kind: str) -> None:
    for participant in (world.bea, world.maya, world.marcus):
        participant.person.name = "<script>alert(1)</script>\r\nBcc: all@example.org O'Neill"
        participant.person.save()
    world.programme.name = "<b>First Steps</b> & \n more"
    world.programme.save()
    email = send(kind, world)
    assert "\n" not in email.subject
    assert "\r" not in email.subject
    assert "<script>" not in email.html
    assert "<b>First" not in email.html
    assert "&amp;" not in email.subject + email.text
    assert "&#x27;" not in email.subject + email.text


def test_a_long_name_still_fits_into_a_subject(world: World) -> None:
    world.programme.name = "Steps " * 33
    world.programme.save()
    world.maya.person.name = "Maya " * 39
    world.maya.person.save()
    assert len(send("introduction", world).subject) <= 300


def test_times_are_in_the_zone_of_the_reader(world: World) -> None:
    world.maya.person.time_zone = "America/New_York"
    world.maya.person.save()
    world.bea.availability = ["thu-pm"]
    world.bea.save()
    introduced(world)
    to_bea = Email.objects.get(kind="introduction", to="bea.baker@example.org")
    to_maya = Email.objects.get(kind="introduction", to="maya.mentor@example.org")
    assert "Thursday 19 March, 14:00 to 15:00" in to_bea.text
    assert "Thursday 19 March, 10:00 to 11:00" in to_maya.html


def test_the_subject_says_who_and_what(world: World) -> None:
    introduced(world)
    subjects = dict(Email.objects.values_list("kind", "subject"))
    programme = f"First Steps {LEAK}"
    assert subjects["mentee_offer"] == f"{programme}: would you like Maya Mentor as your mentor?"
    assert subjects["mentor_request"] == f"Bea Baker would like you as a mentor ({programme})"
    assert subjects["mentee_asked"] == f"{programme}: we have asked Maya Mentor for you"


@pytest.mark.parametrize("kind", ["mentor_request", "mentor_reminder", "mentor_released", "mentee_offer"])
def test_no_email_but_the_introduction_gives_an_address_away(world: World, kind: str) -> None:
    email = send(kind, world)
    known = {email.to, "carys.coordinator@example.org"}
    assert set(re.findall(r"[\w.]+@example\.org", email.text + email.html)) <= known
