"""A steward, in a browser: an organisation through its assessment, then the map of what is asked for and offered."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from alongside.kernel import clock
from alongside.people.models import Person
from tests.assessed import begun
from tests.counted import freeze
from tests.e2e.conftest import OpenPage, SignIn
from tests.listed import list_organisation
from tests.world import World

pytestmark = pytest.mark.browser

ASSESSORS = [("Ada Assessor", "ada.assessor@example.org"), ("Ben Assessor", "ben.assessor@example.org")]


def test_a_steward_takes_an_organisation_through_its_assessment(
    live_world: World, open_page: OpenPage, as_person: SignIn, check_axe: Callable[[Page], None]
) -> None:
    list_organisation(live_world)
    now = clock.now()
    assessed = begun(live_world, at=now).filled()

    carys = as_person(open_page(axe=True, width=320), live_world.carys)
    carys.goto("/quality/")
    check_axe(carys)
    carys.goto(f"/assessments/{assessed.assessment.ref}/")
    check_axe(carys)
    assessed.sent(now)

    stella = as_person(open_page(axe=True), live_world.stella)
    stella.goto("/network/")
    stella.get_by_role("link", name="Assessments").click()
    check_axe(stella)
    stella.get_by_role("link", name="Harbour Enterprise").first.click()
    for name, address in ASSESSORS:
        stella.get_by_label("Their name").fill(name)
        stella.get_by_label("Their email address").fill(address)
        stella.keyboard.press("Enter")
        expect(stella.get_by_text(name).first).to_be_visible()
    check_axe(stella)

    for _name, address in ASSESSORS:
        _score(as_person(open_page(axe=True, width=320), Person.objects.get(email=address)), check_axe)

    stella.reload()
    stella.get_by_role("link", name="See the scores side by side, and decide").click()
    check_axe(stella)
    stella.get_by_label("What you write to the organisation").fill("Well run, and warm. Go on like this.")
    stella.get_by_role("button", name="Decide").click()
    expect(stella.get_by_text("Assessed").first).to_be_visible()
    check_axe(stella)

    visitor = open_page(scripts=False, width=320)
    visitor.goto("/organisations/harbour-enterprise/")
    expect(visitor.get_by_text("Two independent assessors judged its evidence. It met the standard.")).to_be_visible()
    assert visitor.evaluate("document.documentElement.scrollWidth") <= 320


def _score(page: Page, check_axe: Callable[[Page], None]) -> None:
    """One assessor: no conflict, every criterion met, handed in."""
    page.goto("/assessing/")
    page.get_by_role("link", name="Harbour Enterprise").click()
    page.get_by_label("No. I do not work for them").check()
    check_axe(page)
    page.get_by_role("button", name="Send").click()
    page.get_by_role("link", name="1 ", exact=False).first.click()
    check_axe(page)
    for _criterion in range(30):
        keep = page.get_by_role("button", name="Keep it and go on")
        if not keep.count():
            break
        page.locator("input[type=radio][value='2']").check()
        page.locator("textarea").first.fill("Shown by what they sent.")
        keep.click()
    expect(page.get_by_role("button", name="Hand in my scores")).to_be_visible()
    check_axe(page)
    page.get_by_role("button", name="Hand in my scores").click()
    expect(page.get_by_text("You have handed in.")).to_be_visible()


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (False, 320)])
def test_a_steward_reads_the_map_and_drills_down(
    live_world: World,
    open_page: OpenPage,
    as_person: SignIn,
    check_axe: Callable[[Page], None],
    scripts: bool,
    width: int,
) -> None:
    month = (clock.now().date().replace(day=1) - timedelta(days=1)).replace(day=1)
    counts = {("Wales", "food", "finance"): 40, ("Scotland", "shops", "finance"): 60, ("London", "food", "export"): 80}
    freeze(live_world.network, month, waiting=counts, free_places={("Wales", "food", "finance"): 20})
    page = as_person(open_page(scripts=scripts, width=width, axe=scripts), live_world.stella)
    page.goto("/network/")
    page.get_by_role("link", name="Supply and demand").click()
    tile = page.locator(".tiles__tile", has_text="Wales")
    expect(tile).to_be_visible()
    if scripts:
        check_axe(page)
    tile.get_by_role("link").click()
    expect(page.locator("h2").first).to_contain_text("Wales")
    page.goto("/network/figures/gap/")
    expect(page.locator("table").first).to_contain_text("Wales")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if scripts:
        check_axe(page)
