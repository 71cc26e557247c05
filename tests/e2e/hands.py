"""Two ways to use a page: with the mouse, and with the keyboard alone."""

import pytest
from playwright.sync_api import Locator, Page


class Mouse:
    """Clicks."""

    def press(self, page: Page, wanted: Locator) -> None:
        # A click returns before its page has come: whoever looks at once would see the old page go away under it.
        with page.expect_navigation():
            wanted.click()

    def write(self, page: Page, wanted: Locator, words: str) -> None:
        wanted.fill(words)

    def choose(self, page: Page, wanted: Locator) -> None:
        """Choose a radio button by its label."""
        wanted.check(force=True)


class Keyboard:
    """Reaches everything by Tab, and never touches what Tab does not reach."""

    def press(self, page: Page, wanted: Locator) -> None:
        self._reach(page, wanted)
        with page.expect_navigation():
            page.keyboard.press("Enter")

    def write(self, page: Page, wanted: Locator, words: str) -> None:
        self._reach(page, wanted)
        if wanted.get_attribute("type") == "date":
            year, month, day = words.split("-")
            page.keyboard.type(f"{day}{month}{year}")
        else:
            page.keyboard.press("Control+a")
            page.keyboard.type(words)
            assert wanted.input_value() == words

    def choose(self, page: Page, wanted: Locator) -> None:
        """Reach the group of the radio button, then go through it with the arrows."""
        name = wanted.get_attribute("name")
        self._reach_any(page, f'input[type=radio][name="{name}"]')
        for _ in range(8):
            if wanted.is_checked():
                return
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Space")
        assert wanted.is_checked()

    def _reach(self, page: Page, wanted: Locator) -> None:
        for _ in range(150):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            page.keyboard.press("Tab")
        pytest.fail(f"The keyboard does not reach {wanted}")

    def _reach_any(self, page: Page, selector: str) -> None:
        for _ in range(150):
            if page.evaluate("selector => !!document.activeElement?.matches(selector)", selector):
                return
            page.keyboard.press("Tab")
        pytest.fail(f"The keyboard does not reach {selector}")


Hand = Mouse | Keyboard
