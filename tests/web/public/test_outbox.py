import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from alongside.journeys.answer_request import accept_request
from alongside.journeys.choose_mentors import choose_mentors
from alongside.notifications.actions import queue_email
from alongside.notifications.models import Body, Email
from tests.asked import offer, request_to
from tests.queries import queries_of
from tests.world import NOW, World


@pytest.fixture
def introduction(world: World, settings: Settings) -> Email:
    settings.DEMONSTRATION = True
    made = offer(world.bea, world.maya)
    choose_mentors(made, [request_to(made, world.maya)], at=NOW)
    accept_request(request_to(made, world.maya), at=NOW)
    return Email.objects.filter(kind="introduction").order_by("pk")[0]


def test_every_email_of_the_demonstration_can_be_read(introduction: Email, client: Client) -> None:
    assert introduction.subject in client.get("/outbox/").content.decode()
    page = client.get(f"/outbox/{introduction.ref}/").content.decode()
    assert "A first meeting, as a proposal" in page
    assert '<a href="http://testserver/meeting/' in page


def test_the_html_can_run_nothing(introduction: Email, client: Client) -> None:
    page = client.get(f"/outbox/{introduction.ref}/html/")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert page.content.decode() == introduction.html


def test_the_invitation_can_be_saved(introduction: Email, client: Client) -> None:
    page = client.get(f"/outbox/{introduction.ref}/meeting.ics")
    assert page.headers["Content-Type"].startswith("text/calendar")
    assert page.content.decode().startswith("BEGIN:VCALENDAR")


def test_outside_the_demonstration_there_is_no_outbox(
    introduction: Email, client: Client, as_olu: Client, settings: Settings
) -> None:
    settings.DEMONSTRATION = False
    for reader in (client, as_olu):
        for url in ("", f"{introduction.ref}/", f"{introduction.ref}/html/", f"{introduction.ref}/meeting.ics"):
            assert reader.get(f"/outbox/{url}").status_code == 404


def test_an_email_without_html_or_invitation_has_no_such_pages(introduction: Email, client: Client) -> None:
    bare = queue_email(Body("<script>"), kind="x", to="a@example.org", subject="Hello", at=NOW)
    assert "&lt;script&gt;" in client.get(f"/outbox/{bare.ref}/").content.decode()
    assert client.get(f"/outbox/{bare.ref}/html/").status_code == 404
    assert client.get(f"/outbox/{bare.ref}/meeting.ics").status_code == 404


def test_it_is_paged_and_takes_the_same_queries(introduction: Email, client: Client) -> None:
    few = queries_of(client, "/outbox/")
    for number in range(28):
        queue_email(Body("x"), kind="x", to="a@example.org", subject=f"Number {number}", at=NOW)
    assert queries_of(client, "/outbox/") == few
    first, second = client.get("/outbox/"), client.get("/outbox/?page=2")
    assert first.content.decode().count("/outbox/") == 30
    assert 'rel="prev"' in second.content.decode()
