"""Look at a page wide and at 320 px, light and dark, without loading it again.

Wide and dark together are left out: every rule of width was looked at in light, every colour at 320 px.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

from alongside.people.models import Person

HEIGHTS = {1280: 900, 320: 640}

AXE = Axe().axe_script
Scheme = Literal["light", "dark"]
LOOKS: list[tuple[int, Scheme, dict[str, Any]]] = [
    (1280, "light", {}),
    (320, "dark", {}),
    (320, "light", {"runOnly": ["color-contrast"]}),  # the rest does not depend on colours
]
OF_PAGES = {"landmark-one-main", "page-has-heading-one", "region"}
"""What axe asks of a page, and not of an email."""


@dataclass
class Watched:
    """A page somebody reads, and what is wrong with what was shown on it."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.wrong.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._heard)

    def _heard(self, said: ConsoleMessage) -> None:
        """Note what the console is told, but not that a page which says itself that there is nothing is a 404."""
        if said.type in {"error", "warning"} and said.location["url"] != self.page.url:
            self.wrong.append(f"{self.page.url}: the console says: {said.text}")

    def open(self, url: str) -> None:
        """Load a page and look at it in every look."""
        self.page.goto(url)
        self.look()

    def look(self) -> None:
        """Look at what is shown now, in every look."""
        self.page.evaluate(AXE)
        for width, scheme, options in LOOKS:
            self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            where = f"{self.page.url} ({width} px, {scheme})"
            found = self.page.evaluate(f"axe.run({json.dumps({'resultTypes': ['violations'], **options})})")
            problems = [
                each for each in found["violations"] if each["id"] not in OF_PAGES or not self._shows_an_email()
            ]
            self.wrong += [f"{where}: {_words(each)}" for each in problems]
            if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                self.wrong.append(f"{where} scrolls sideways")

    def _shows_an_email(self) -> bool:
        return "/outbox/" in self.page.url and self.page.url.endswith("/html/")


Reader = Callable[[Person | None], Watched]


def _words(problem: dict[str, Any]) -> str:
    places = "; ".join(" ".join(node["target"]) for node in problem["nodes"][:5])
    return f"{problem['id']} ({problem['impact']}): {problem['help']}: {places}"
