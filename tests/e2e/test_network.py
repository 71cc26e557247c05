"""The network, in a browser: a baker from a need to an application, and an organisation from nothing to listed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from alongside.applications import applying
from alongside.applications.models import Application
from alongside.kernel import clock, scope
from alongside.notifications.models import Email
from tests.e2e.conftest import OpenPage, SignIn
from tests.listed import list_organisation
from tests.world import World, set_rules

pytestmark = pytest.mark.browser

BAKER = "bakery@example.net"


def last_letter(to: str, kind: str, *, towards: str = "/") -> str:
    """An address in somebody's latest letter of a kind: the first, or that of a page."""
    email = Email.objects.filter(to=to, kind=kind).latest("pk")
    return next(word for word in email.body.text.split() if word.startswith("http") and towards in word)


def let_in(world: World) -> None:
    """Harbour is in the directory, with people from Elsewhere beside it, and takes applications."""
    set_rules(world, applications={"mentee": {"form": "mentee-application"}})
    with scope.within(world.harbour_scope):
        world.cohort.refresh_from_db()
        until = (clock.now() + timedelta(days=30)).date()
        applying.open_applications(world.cohort, "mentee", until=until, by=world.carys, at=clock.now())
    list_organisation(world, sectors=["food"], regions=["Wales"])
    list_organisation(world, world.elsewhere, topics=["export"], regions=["Scotland"], online=False)


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (False, 320)])
def test_a_baker_comes_from_a_need_to_an_answer_and_an_application(
    live_world: World,
    open_page: OpenPage,
    as_person: SignIn,
    check_axe: Callable[[Page], None],
    scripts: bool,
    width: int,
) -> None:
    let_in(live_world)
    page = open_page(scripts=scripts, width=width, axe=scripts)
    page.goto("/")
    page.get_by_label("What would you like help with?").fill("cashflo in my bakery near Swansea")
    page.get_by_role("button", name="Find mentoring").click()
    first = page.locator(".find").first
    expect(first).to_contain_text("Harbour Enterprise")
    expect(first).to_contain_text("Helps with: Cash flow and finance")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if scripts:
        check_axe(page)
    first.get_by_role("link", name="Ask them").click()
    expect(page.get_by_role("heading", name="Ask Harbour Enterprise")).to_be_visible()
    expect(page.get_by_label("What would you like to ask?")).to_have_value("cashflo in my bakery near Swansea")
    expect(page.get_by_label("Cash flow and finance")).to_be_checked()
    page.get_by_label("Your name").fill("Bryn Baker")
    page.get_by_label("Your email address").fill(BAKER)
    page.wait_for_timeout(3_500)  # a form that comes back faster than people write waits for a steward
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="Look in your inbox")).to_be_visible()
    page.goto(last_letter(BAKER, "confirm_enquiry"))
    page.get_by_role("button", name="Yes, send it").click()
    expect(page.get_by_role("heading", name="Your enquiry to Harbour Enterprise")).to_be_visible()

    carys = as_person(open_page(), live_world.carys)
    carys.goto("/queue/")
    expect(carys.get_by_text("Bryn Baker").first).to_be_visible()
    carys.goto("/enquiries/")
    carys.get_by_role("link", name="Bryn Baker").click()
    carys.get_by_label("Your answer").fill("Yes. Come by on Monday, and apply meanwhile.")
    carys.get_by_role("button", name="Send your answer").click()
    expect(carys.get_by_text("Come by on Monday").first).to_be_visible()
    carys.get_by_role("button", name="Begin their application").click()
    expect(carys.locator("body")).to_contain_text("application")

    page.goto(last_letter(BAKER, "tell_enquiry_answered"))
    expect(page.get_by_text("Come by on Monday").first).to_be_visible()
    page.goto(last_letter(BAKER, "tell_enquiry_is_application", towards="/apply/begin/"))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/me/applications/**")
    application = Application.unscoped.get(person__email=BAKER)
    assert application.answers["topics"][0] == "finance"
    assert application.answers["name"] == "Bryn Baker"


def test_an_organisation_comes_from_nothing_to_listed(
    live_world: World, open_page: OpenPage, as_person: SignIn, check_axe: Callable[[Page], None]
) -> None:
    page = open_page(width=320, axe=True)
    page.goto("/")
    page.get_by_role("link", name="Put your organisation into the directory").click()
    page.get_by_label("What is your organisation called?").fill("Copper Kettle Mentors")
    page.get_by_label("Your name").fill("Ana Silva")
    page.get_by_label("Your email address").fill("ana@kettle.example.org")
    check_axe(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Look at your email")).to_be_visible()
    page.goto(last_letter("ana@kettle.example.org", "confirm_joining"))
    page.get_by_role("button", name="Begin").click()
    for part, write in (
        ("What you do", lambda: page.get_by_label("What you do, in a sentence").fill("Tea and accounts.")),
        ("For whom", lambda: page.get_by_label("Cash flow and finance").check()),
        ("Where and how", lambda: page.get_by_label("Or around which towns?").fill("Hexham, 40")),
    ):
        page.get_by_role("link", name=part, exact=True).click()
        write()
        check_axe(page)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
    check_axe(page)
    page.get_by_role("button", name="Send it to the network").click()
    expect(page.get_by_text("Sent. A steward looks at it")).to_be_visible()

    stella = as_person(open_page(axe=True), live_world.stella)
    stella.goto("/network/")
    stella.get_by_role("link", name="The directory").click()
    check_axe(stella)
    stella.get_by_role("link", name="Copper Kettle Mentors").first.click()
    check_axe(stella)
    stella.get_by_role("button", name="Put it in the directory").click()
    expect(stella.get_by_text("The organisation is told by email.")).to_be_visible()

    page.goto(last_letter("ana@kettle.example.org", "tell_listed"))
    expect(page.get_by_role("heading", name="Copper Kettle Mentors")).to_be_visible()
    check_axe(page)
    page.goto("/find/?q=accounts&place=Hexham")
    expect(page.locator(".find").first).to_contain_text("Copper Kettle Mentors")
    check_axe(page)
