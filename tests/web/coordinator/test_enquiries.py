"""The inbox of an organisation: what waits, everything that can be done, and that nobody else reads a word."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.enquiries.models import Enquiry
from alongside.journeys import answer_enquiry as answering
from alongside.kernel import clock
from tests.applied import let_apply
from tests.enquired import again, begun, confirmed, current, directory, letters
from tests.paired import SECRET
from tests.queries import queries_of
from tests.world import NOW, World


@pytest.fixture
def asked(world: World) -> Enquiry:
    directory(world)
    return confirmed(world, world.harbour)


@pytest.fixture
def others(world: World, as_olu: Client, client: Client) -> list[Client]:
    """Another organisation of the network, a partner, the steward, a mentor, and somebody signed out."""
    signed_in = []
    for person in (world.piotr, world.stella, world.maya.person):
        browser = Client()
        browser.force_login(person)
        signed_in.append(browser)
    return [as_olu, *signed_in, Client()]


def page(client: Client, asked: Enquiry) -> str:
    return client.get(f"/enquiries/{asked.ref}/").content.decode()


def do(client: Client, asked: Enquiry, what: str, **said: Any) -> str:
    return client.post(f"/enquiries/{asked.ref}/", {"do": what, **said}, follow=True).content.decode()


def test_nobody_else_reads_a_word(world: World, asked: Enquiry, others: list[Client]) -> None:
    for other in others:
        for path in (
            "/enquiries/",
            f"/enquiries/{asked.ref}/",
            "/queue/",
            "/network/enquiries/",
            f"/network/enquiries/{asked.ref}/",
        ):
            for answer in (other.get(path), other.post(path, {"do": "answer", "text": "Hello"})):
                assert SECRET not in answer.content.decode(), path
                assert "Rhodri" not in answer.content.decode(), path
    assert again(asked).state == "waiting"


def test_one_cannot_be_opened_by_anybody_else(asked: Enquiry, others: list[Client]) -> None:
    assert [other.get(f"/enquiries/{asked.ref}/").status_code for other in others] == [404, 404, 404, 404, 302]


def test_what_is_not_confirmed_is_not_there(world: World, as_carys: Client) -> None:
    new = begun(world, world.harbour)
    assert as_carys.get(f"/enquiries/{new.ref}/").status_code == 404
    assert SECRET not in as_carys.get("/enquiries/").content.decode()
    assert "Rhodri" not in as_carys.get("/queue/").content.decode()


def test_the_inbox_has_the_oldest_clock_first(world: World, asked: Enquiry, as_carys: Client) -> None:
    confirmed(world, world.harbour, name="Later Visitor", email="l@example.net", words="l", at=NOW + timedelta(days=1))
    with clock.stopped(NOW + timedelta(days=3)):
        text = as_carys.get("/enquiries/").content.decode()
    assert text.index("Rhodri Visitor") < text.index("Later Visitor")
    assert "waits for 3 days" in text
    assert "2 enquiries wait" in text
    assert "due in 11 days" in text


def test_it_stands_in_the_queue_and_in_the_navigation(world: World, asked: Enquiry, as_carys: Client) -> None:
    text = as_carys.get("/queue/").content.decode()
    assert "Rhodri Visitor asks something" in text
    assert 'href="/enquiries/"' in text
    assert SECRET not in text
    answering.answer(asked, "Yes", by=world.carys, at=NOW)
    assert "Rhodri Visitor asks" not in as_carys.get("/queue/").content.decode()


def test_where_nobody_asked_the_navigation_says_nothing(world: World, as_carys: Client) -> None:
    assert 'href="/enquiries/"' not in as_carys.get("/queue/").content.decode()


def test_more_enquiries_take_no_more_queries(world: World, asked: Enquiry, as_carys: Client) -> None:
    paths = ["/enquiries/", "/queue/"]
    few = [queries_of(as_carys, path) for path in paths]
    for number in range(3):
        confirmed(world, world.harbour, email=f"{number}@example.net", words=str(number))
    assert [queries_of(as_carys, path) for path in paths] == few


def test_everything_that_was_looked_for_is_there(asked: Enquiry, as_carys: Client) -> None:
    text = page(as_carys, asked)
    for each in (
        "Cash flow and finance",
        "Selling and pricing",
        "Food and drink",
        "Swansea (Wales)",
        "online will do",
        SECRET,
    ):
        assert each in text


def test_she_says_that_she_read_it_and_answers(asked: Enquiry, as_carys: Client) -> None:
    assert "They hear that you have read it" in do(as_carys, asked, "acknowledge")
    assert "Write a sentence or two" in do(as_carys, asked, "answer", text=" ")
    assert "on its way" in do(as_carys, asked, "answer", text="Come by on Monday.")
    assert [each.to for each in letters("tell_enquiry_answered")] == ["rhodri@example.net"]
    assert "Come by on Monday." in page(as_carys, asked)


def test_no_more_answer_is_needed_only_after_one(asked: Enquiry, as_carys: Client) -> None:
    assert "Nobody has answered yet" in do(as_carys, asked, "settle")
    assert again(asked).state == "waiting"


def test_she_declines_with_drafted_words(asked: Enquiry, as_carys: Client) -> None:
    text = page(as_carys, asked)
    assert "Dear Rhodri Visitor" in text
    do(as_carys, asked, "decline", text="Dear Rhodri, we cannot.")
    assert again(asked).state == "declined"
    assert len(letters("tell_enquiry_declined")) == 1


def test_she_passes_it_on_to_one_she_chooses_and_reads_it_no_more(
    world: World, asked: Enquiry, as_carys: Client
) -> None:
    assert "Choose an organisation" in do(as_carys, asked, "pass_on")
    assert "Choose one of these" in do(as_carys, asked, "pass_on", to="none")
    text = do(as_carys, asked, "pass_on", to=world.elsewhere.ref)
    assert current(asked).organisation == world.elsewhere
    for shown in (text, as_carys.get("/enquiries/").content.decode()):
        assert SECRET not in shown
        assert "Rhodri" not in shown
    assert as_carys.get(f"/enquiries/{current(asked).ref}/").status_code == 404


def test_without_consent_there_is_no_choice_and_a_forged_one_is_refused(world: World, as_carys: Client) -> None:
    directory(world)
    asked = confirmed(world, world.harbour, may_pass_on=False)
    assert "have not agreed to be passed on" in page(as_carys, asked)
    do(as_carys, asked, "pass_on", to=world.quay.ref)
    assert current(asked).organisation == world.harbour


def test_one_click_makes_an_application(world: World, asked: Enquiry, as_carys: Client) -> None:
    assert "Nobody can apply just now" in page(as_carys, asked)
    let_apply(world)
    text = do(as_carys, asked, "apply", door=f"{world.cohort.ref}-mentee")
    assert "Their application is begun" in text
    assert len(letters("tell_enquiry_is_application")) == 1


def test_somebody_quicker_is_told_and_nothing_happens_twice(world: World, asked: Enquiry, as_carys: Client) -> None:
    answering.decline(asked, "No.", by=world.carys, at=NOW)
    do(as_carys, asked, "acknowledge")
    assert again(asked).state == "declined"
    assert as_carys.post(f"/enquiries/{asked.ref}/", {"do": "dance"}).status_code == 200
