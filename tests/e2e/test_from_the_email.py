"""A mentee chooses and a mentor answers, from the emails they were sent: by mouse, without JavaScript, by keyboard."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.fixtures import Settings

from alongside.kernel import clock
from alongside.matching.models import Offer
from alongside.notifications.models import Email
from tests.asked import last_email_to, offer
from tests.e2e.conftest import OpenPage
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def made(live_world: World) -> Offer:
    return offer(live_world.bea, live_world.maya, live_world.marcus, live_world.nia, at=clock.now())


def open_link(page: Page, email: Email) -> None:
    """The first click: the button in the email."""
    link = re.search(r"^http\S+", email.text, re.MULTILINE)
    assert link
    page.goto(link[0])


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_email_to_the_introduction(live_world: World, made: Offer, open_page: OpenPage, scripts: bool) -> None:
    mentee = open_page(scripts=scripts)
    open_link(mentee, last_email_to(live_world.bea))
    mentee.get_by_role("group", name="Marcus Moor is your").get_by_label("first choice").click()
    mentee.get_by_role("button", name="Send my choice").click()
    expect(mentee.get_by_role("heading", name="Thank you, your choice is in")).to_be_visible()

    mentor = open_page(scripts=scripts)
    open_link(mentor, last_email_to(live_world.marcus))
    mentor.get_by_role("button", name="Yes, introduce me to Bea Baker").click()
    expect(mentor.get_by_role("link", name="bea.baker@example.org")).to_be_visible()

    mentee.reload()
    expect(mentee.get_by_role("link", name="marcus.moor@example.org")).to_be_visible()
    for reader in (live_world.bea, live_world.marcus):
        assert last_email_to(reader).kind == "introduction"


def test_by_keyboard_alone(live_world: World, made: Offer, open_page: OpenPage) -> None:
    page = open_page()
    open_link(page, last_email_to(live_world.bea))
    tab_to(page, page.get_by_role("group", name="Maya Mentor is your").get_by_label("no choice"))
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    tab_to(page, page.get_by_role("button", name="Send my choice"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("We have asked Maya Mentor")).to_be_visible()


def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"The keyboard does not reach {wanted}")


def test_a_place_is_given_once(live_world: World, made: Offer, open_page: OpenPage) -> None:
    page = open_page()
    open_link(page, last_email_to(live_world.bea))
    for name in ("Maya Mentor", "Nia Nolan"):
        page.get_by_role("group", name=f"{name} is your").get_by_label("first choice").click()
    expect(page.get_by_role("group", name="Maya Mentor is your").get_by_label("no choice")).to_be_checked()


def test_a_problem_is_said_and_nothing_is_lost(live_world: World, made: Offer, open_page: OpenPage) -> None:
    page = open_page(scripts=False)
    open_link(page, last_email_to(live_world.bea))
    for name in ("Maya Mentor", "Nia Nolan"):
        page.get_by_role("group", name=f"{name} is your").get_by_label("second choice").click()
    page.get_by_role("button", name="Send my choice").click()
    expect(page.get_by_text("Two mentors are both your second choice")).to_be_visible()
    expect(page.get_by_role("group", name="Maya Mentor is your").get_by_label("second choice")).to_be_checked()


def test_none_of_these_without_javascript(live_world: World, made: Offer, open_page: OpenPage) -> None:
    page = open_page(scripts=False, width=320)
    open_link(page, last_email_to(live_world.bea))
    page.get_by_text("None of these is right for me").click()
    page.get_by_role("button", name="None of these, look again for me").click()
    expect(page.get_by_role("heading", name="We are looking again for you")).to_be_visible()


def test_by_the_link_in_the_sign_in_email_without_javascript(live_world: World, open_page: OpenPage) -> None:
    page = open_page(scripts=False)
    page.goto("/account/login/")
    page.get_by_label("Email address").fill("maya.mentor@example.org")
    page.get_by_role("button", name="Email me a code").click()
    open_link(page, Email.objects.get(kind="sign_in"))
    page.get_by_role("button", name="Sign in as Maya Mentor").click()
    expect(page.get_by_role("heading", name="Hello Maya")).to_be_visible()


def test_the_demonstration_leads_from_the_front_page_to_a_choice(
    live_world: World, made: Offer, open_page: OpenPage, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    page = open_page(scripts=False)
    page.goto("/")
    page.get_by_role("button", name="Try A mentee", exact=True).click()
    page.get_by_role("link", name="Read about them and choose").click()
    expect(page.get_by_role("heading", name="Choose your mentor")).to_be_visible()
