"""Ask without an account: the form, the limits nobody notices, the links, and that nobody else reads any of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.enquiries.actions import A_DAY
from alongside.enquiries.enquiry_links import confirm_token, follow_token, hold_token
from alongside.enquiries.models import Enquiry
from alongside.journeys import answer_enquiry as answering
from alongside.kernel import clock
from alongside.web.public.enquiries.limits import AN_HOUR, stamp
from alongside.web.public.enquiries.views import TRAP
from tests.applied import let_apply
from tests.enquired import again, begun, confirmed, current, directory, letters
from tests.paired import SECRET
from tests.world import NOW, World

SAYS = {"side": "mentee", "words": f"I bake. {SECRET}", "name": "Rhodri Visitor", "email": "rhodri@example.net"}


def said(**other: Any) -> dict[str, Any]:
    return {**SAYS, "shown": stamp(NOW - timedelta(minutes=1)), **other}


@pytest.fixture(autouse=True)
def _listed(world: World) -> None:
    directory(world)


def post(client: Client, **other: Any) -> str:
    answer = client.post("/enquire/harbour-enterprise/", said(**other))
    return "sent" if answer.status_code == 302 else answer.content.decode()


def test_what_was_looked_for_stands_in_the_form(client: Client) -> None:
    page = client.get(
        "/enquire/harbour-enterprise/?need=Cash+flow&topic=finance&topic=nonsense&sector=food&place=Swansea&online=yes"
    ).content.decode()
    assert "Cash flow</textarea>" in page
    assert 'value="Swansea"' in page
    assert page.count(" checked") == 3  # the side, the topic, how to meet
    assert 'value="food" selected' in page
    assert "nonsense" not in page


def test_what_is_sent_is_kept_and_asked_about_by_email(client: Client, world: World) -> None:
    assert post(client, topics=["finance"], place="SA1 1AA", online="yes", may_pass_on="on") == "sent"
    (kept,) = Enquiry.unscoped.all()
    assert (kept.organisation, kept.network, kept.state) == (world.harbour, world.network, "unconfirmed")
    assert (kept.topics, kept.region, kept.online, kept.may_pass_on) == (["finance"], "Wales", True, True)
    assert [each.to for each in letters("confirm_enquiry")] == ["rhodri@example.net"]


def test_it_can_be_asked_of_the_network(client: Client, world: World) -> None:
    assert client.post("/enquire/", said()).status_code == 302
    assert Enquiry.unscoped.get().organisation is None
    assert client.get("/enquire/?network=none").status_code == 404


def test_what_is_not_listed_cannot_be_asked(client: Client) -> None:
    assert client.get("/enquire/no-such-thing/").status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("email", "rhodri@gmial.com", "Did you mean rhodri@gmail.com?"),
        ("email", "rhodri", "Write a whole address"),
        ("words", " ", "Write a sentence or two"),
        ("name", "", "Write your name"),
        ("side", "boss", "Choose one of these"),
        ("topics", "nonsense", "Choose some of these"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_lost(client: Client, field: str, value: str, error: str) -> None:
    page = post(client, place="Swansea", **{field: value})
    assert error in page
    assert 'value="Swansea"' in page
    assert not Enquiry.unscoped.exists()


@pytest.mark.parametrize("changed", ["as it is", "left out", "forged", "cut short"])
def test_what_came_too_fast_is_asked_for_once_more_and_then_taken(client: Client, changed: str) -> None:
    shown = {"as it is": stamp(NOW), "left out": "", "forged": "forged:1:2", "cut short": stamp(NOW)[:-3]}[changed]
    page = post(client, shown=shown)
    assert "send it once more" in page
    assert SECRET in page
    handed = page.split('name="shown" value="')[1].split('"')[0]
    with clock.stopped(NOW + timedelta(seconds=4)):
        assert post(client, shown=handed) == "sent"


def test_the_trap_is_sprung_in_silence_and_a_steward_can_let_it_through(client: Client) -> None:
    assert post(client, **{TRAP: "Buy now"}) == "sent"
    assert Enquiry.unscoped.get().state == "held"
    assert not letters("confirm_enquiry")


def test_one_place_sends_so_many_an_hour(client: Client) -> None:
    for number in range(AN_HOUR):
        assert post(client, email=f"n{number}@example.net", words=f"Question {number}") == "sent"
    page = post(client, email="last@example.net")
    assert "Send it again in an hour" in page
    assert SECRET in page
    assert client.post("/enquire/", said(), REMOTE_ADDR="192.0.2.7").status_code == 302


def test_one_address_sends_so_many_a_day(client: Client) -> None:
    for number in range(A_DAY):
        assert post(client, words=f"Question {number}") == "sent"
    assert "send another tomorrow" in post(client)


def test_fetching_a_link_decides_nothing(client: Client, world: World) -> None:
    asked = begun(world, world.harbour)
    path = f"/enquiry/confirm/{confirm_token(asked)}/"
    assert SECRET in client.get(path).content.decode()
    assert again(asked).state == "unconfirmed"
    client.post(path, {"do": "confirm"})
    assert again(asked).state == "waiting"
    assert client.post(path, {"do": "confirm"}).status_code == 302
    assert len(letters("new_enquiry")) == 1


def test_whoever_did_not_write_it_deletes_it(client: Client, world: World) -> None:
    asked = begun(world, world.harbour)
    page = client.post(f"/enquiry/confirm/{confirm_token(asked)}/", {"do": "withdraw"}).content.decode()
    assert "It is deleted" in page
    assert (again(asked).words, again(asked).state) == ("", "withdrawn")
    assert client.get(f"/enquiry/confirm/{confirm_token(asked)}/").status_code == 404


def test_a_link_for_one_purpose_opens_nothing_else(client: Client, world: World) -> None:
    asked, other = confirmed(world, world.harbour), begun(world, world.quay, email="x@example.net", words="x")
    tokens = {"": follow_token(asked), "confirm/": confirm_token(other), "held/": hold_token(asked)}
    for where in tokens:
        for made_for, token in tokens.items():
            if where != made_for:
                assert client.get(f"/enquiry/{where}{token}/").status_code == 404, (where, made_for)
    for forged in (
        asked.thread,
        f"{asked.thread}:x",
        follow_token(asked)[:-1],
        follow_token(other)[:12] + follow_token(asked)[12:],
    ):
        answer = client.get(f"/enquiry/{forged}/")
        assert answer.status_code == 404
        assert SECRET not in answer.content.decode()


def test_the_page_says_what_happened_and_what_comes(client: Client, world: World) -> None:
    asked = confirmed(world, world.harbour)
    page = client.get(f"/enquiry/{follow_token(asked)}/").content.decode()
    assert "You hear from Harbour Enterprise by Monday 23 March" in page
    assert "It came to Harbour Enterprise" in page
    assert "Pass it on to Quay Partners" in page
    answering.acknowledge(asked, by=world.carys, at=NOW)
    answering.answer(asked, "Come by.", by=world.carys, at=NOW)
    page = client.get(f"/enquiry/{follow_token(asked)}/").content.decode()
    assert "Harbour Enterprise wrote" in page
    assert "Come by." in page


def test_the_visitor_adds_passes_on_and_takes_back(client: Client, world: World) -> None:
    asked = confirmed(world, world.harbour)
    path = f"/enquiry/{follow_token(asked)}/"
    assert "Write a sentence or two" in client.post(path, {"do": "word", "text": ""}).content.decode()
    client.post(path, {"do": "word", "text": "Cakes too."})
    client.post(path, {"do": "pass_on"})
    assert current(asked).organisation == world.quay
    page = client.get(path).content.decode()
    assert page.count("Cakes too.") == 1
    client.post(path, {"do": "withdraw"})
    assert current(asked).state == "withdrawn"
    assert client.post(path, {"do": "pass_on"}, follow=True).status_code == 200
    assert current(asked).organisation == world.quay
    assert client.post(path, {"do": "rob a bank"}).status_code == 302


def test_the_link_to_the_application_comes_again(client: Client, world: World) -> None:
    let_apply(world)
    asked = confirmed(world, world.harbour)
    answering.make_application(asked, answering.doors(asked, at=NOW)[0], by=world.carys, at=NOW)
    path = f"/enquiry/{follow_token(asked)}/"
    assert "Send me the link again" in client.get(path).content.decode()
    for _turn in range(5):
        client.post(path, {"do": "application"})
    assert len(letters("tell_enquiry_is_application")) == 3


def test_an_organisation_without_an_account_answers_by_its_link(client: Client, world: World) -> None:
    asked = confirmed(world, world.harbour)
    path = f"/enquiry/held/{hold_token(asked)}/"
    page = client.get(path).content.decode()
    assert SECRET in page
    assert "Turn it into an application" not in page
    client.post(path, {"do": "apply", "door": "x"})
    assert again(asked).state == "waiting"
    client.post(path, {"do": "answer", "text": "Yes."})
    assert again(asked).state == "answered"


def test_its_link_reads_nothing_once_it_was_passed_on(client: Client, world: World) -> None:
    asked = confirmed(world, world.harbour)
    answering.pass_on(asked, world.quay, by=world.carys, at=NOW)
    page = client.get(f"/enquiry/held/{hold_token(asked)}/").content.decode()
    assert SECRET not in page
    assert "Rhodri" not in page
