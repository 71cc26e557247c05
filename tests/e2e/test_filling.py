"""Filling in, in a real browser: with the keyboard alone on a small screen, and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from alongside.kernel import clock
from alongside.questionnaires.actions import bring_in
from alongside.questionnaires.library import shipped
from alongside.questionnaires.reading import check
from tests.e2e.conftest import OpenPage
from tests.e2e.hands import Keyboard
from tests.questionnaires.everything import EVERYTHING
from tests.world import World

pytestmark = pytest.mark.browser
RESILIENCE = shipped()["resilience", 1]


def look_at(page: Page, check_axe: Callable[[Page], None]) -> None:
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} scrolls sideways"


def own_check(world: World) -> str:
    """The address of an organisation's own check, with an item of nearly every kind: short enough for two pages."""
    table = EVERYTHING.model_dump(mode="json", by_alias=True)
    items = [item for item in table["items"] if item["kind"] not in ("file", "long_text")]
    definition = check({**table, "items": items, "audience": "anyone", "shown": "never"})
    key = bring_in(world.harbour, definition, by=world.carys, at=clock.now())
    return f"/check/{world.harbour.ref}/{key}/"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_long_one_is_filled_in_with_the_keyboard_on_a_small_screen(
    live_world: World, open_page: OpenPage, check_axe: Callable[[Page], None], scripts: bool
) -> None:
    page, hands = open_page(width=320, axe=scripts, scripts=scripts), Keyboard()
    page.goto("/check/resilience/")
    for items in RESILIENCE.pages:
        if scripts:
            look_at(page, check_axe)
        for item in items:
            for question in RESILIENCE.of_item[item.id]:
                hands.choose(page, page.locator(f'[name="item-{question.id}"][value="3"]'))
        hands.press(page, page.locator("button.button--step"))
    expect(page.get_by_role("heading", level=1)).to_have_text("What it comes to")
    if scripts:
        look_at(page, check_axe)


def test_what_follows_up_on_an_answer_is_there_at_once(
    live_world: World, open_page: OpenPage, check_axe: Callable[[Page], None]
) -> None:
    page = open_page(axe=True)
    page.goto(own_check(live_world))
    look_at(page, check_axe)
    which, years = page.locator("#q-which"), page.locator("#q-since-when")
    expect(which).to_be_hidden()
    page.get_by_label("Yes", exact=True).check()
    expect(which).to_be_visible()
    which.get_by_role("textbox").fill("Bread")
    expect(years).to_be_hidden()
    page.get_by_label("How many people work with you?").fill("4")
    expect(years).to_be_visible()
    page.get_by_label("No", exact=True).check()
    expect(which).to_be_hidden()
    expect(years).to_be_hidden()
    page.get_by_label("Yes", exact=True).check()
    expect(which.get_by_role("textbox")).to_have_value("Bread")
    page.get_by_label("What do you do?").fill("Baker")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="How it is")).to_be_visible()


def test_what_follows_up_on_a_day_is_there_at_once(live_world: World, open_page: OpenPage) -> None:
    since = {"id": "since", "kind": "date", "text": "Since when?"}
    last = {"id": "last", "kind": "text", "text": "What was first?"}
    limits = {"item": "since", "at_least": "2020-01-01", "at_most": "2020-12-31"}
    frame = {"id": "days", "version": 1, "title": "Days", "about": "Days.", "audience": "anyone", "shown": "never"}
    definition = check({**frame, "items": [since, {**last, "shown_if": [limits]}]})
    key = bring_in(live_world.harbour, definition, by=live_world.carys, at=clock.now())
    page = open_page()
    page.goto(f"/check/{live_world.harbour.ref}/{key}/")
    for day, visible in (("2019-12-31", False), ("2020-01-01", True), ("2020-12-31", True), ("2021-01-01", False)):
        page.get_by_label("Since when?").fill(day)
        expect(page.locator("#q-last")).to_be_visible(visible=visible)


def test_without_javascript_it_is_there_once_the_page_was_sent(live_world: World, open_page: OpenPage) -> None:
    page = open_page(scripts=False, width=320)
    page.goto(own_check(live_world))
    page.get_by_label("What do you do?").fill("Baker")
    page.get_by_label("Yes", exact=True).check()
    expect(page.locator("#q-which")).to_be_hidden()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#q-which")).to_be_visible()
    expect(page.get_by_label("What do you do?")).to_have_value("Baker")
    page.locator("#q-which").get_by_role("textbox").fill("Bread")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="How it is")).to_be_visible()


@pytest.mark.parametrize("look", [{}, {"width": 320, "dark": True}], ids=str)
def test_what_is_wrong_is_said_above_and_leads_to_its_question(
    live_world: World, open_page: OpenPage, check_axe: Callable[[Page], None], look: dict[str, object]
) -> None:
    page = open_page(axe=True, **look)
    page.goto(own_check(live_world))
    page.get_by_label("How many people work with you?").fill("many")
    for place in (1, 2):
        page.get_by_label(f"Place {place}").select_option("calm")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("link", name="has two places")).to_be_visible()
    look_at(page, check_axe)
    page.get_by_role("link", name="has two places").click()
    expect(page.get_by_label("Place 1")).to_be_focused()
