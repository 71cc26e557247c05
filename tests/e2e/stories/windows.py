"""A window somebody reads in; they find their way by the one button of the next step, whatever it is called."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page

from alongside.blueprints.rules import Rules

ENGLISH_DATES = re.compile(
    r"\b(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    r"|January|February|March|June|July|October|December)\b"
)
"""Days and months that are spelt otherwise in every other language we know."""

VERB = re.compile(r"\b(?:to|you|who|they|we|I) mentor\b|\bmentor each other\b", re.IGNORECASE)
"""What people do has no other word."""
PATIENCE = 40_000
"""In milliseconds: the first matching of a process loads its solver."""


def wrong_words(rules: Rules, text: str) -> list[str]:
    """Return our words in a text that a programme calls otherwise, and English dates where it speaks no English."""
    ours = [word for word, theirs in rules.words.said.items() if theirs]
    text = re.sub(VERB, "", text)
    found = re.findall(rf"\b(?:{'|'.join(ours)})\b", text, re.IGNORECASE) if ours else []
    if rules.language and not rules.language.startswith("en"):
        found += ENGLISH_DATES.findall(text)
    return found


@dataclass
class Window:
    """A page and whoever reads it. ``rules`` are those of the programme whose words must stand on it, if any."""

    page: Page
    rules: Rules | None = None
    wrong: list[str] = field(default_factory=list)
    looked: Callable[[Page], None] | None = None
    """What to do with every page that has come, such as taking a picture."""

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.wrong.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._heard)

    def _heard(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.wrong.append(f"{self.page.url}: the console says: {said.text}")

    def open(self, url: str) -> str:
        """Load a page and return what it says."""
        self.page.goto(url, wait_until="domcontentloaded")
        return self.text

    def press(self, wanted: Locator | str = "main .button--step") -> str:
        """Press a button or follow a link, that of the next step unless told otherwise; return what comes then."""
        found = self.page.locator(wanted).first if isinstance(wanted, str) else wanted
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            found.click()
        return self.text

    @property
    def text(self) -> str:
        """What the page says, in the words and the language of the programme, which are looked at."""
        text = self.page.inner_text("main")
        if self.looked:
            self.looked(self.page)
        if self.rules:
            where = f"{self.page.url}\n{text}"
            assert not (found := wrong_words(self.rules, text)), f"{found} stands on {where}"
            said = self.page.get_attribute("html", "lang") or ""
            assert said.startswith(self.rules.language or "en"), f"{said} is the language of {where}"
        return text

    def path(self) -> str:
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    def fill_in(self, told: Callable[[str], Any]) -> None:
        """Fill in every control of a questionnaire's page; one answer may bring up another question."""
        done: set[str] = set()
        for _round in range(3):
            controls = self.page.locator("main form [name^='item-']:visible").evaluate_all(CONTROLS)
            left = [each for each in controls if each["name"] not in done]
            for each in left:
                if each["name"] not in done:
                    done.add(each["name"])
                    self._answer(each, told(each["name"].removeprefix("item-")))
            if not left:
                return

    def _answer(self, control: Mapping[str, str], value: Any) -> None:
        name, kind = control["name"], control["type"]
        found = self.page.locator(f"main [name='{name}']")
        if value is None:
            return
        if kind in ("radio", "checkbox"):
            wanted = value[0] if isinstance(value, list) else value
            which = "" if wanted is True else f"[value='{wanted}']"
            self.page.locator(f"main [name='{name}']{which}").check(force=True)
        elif kind == "select-one":
            found.select_option(str(value[0] if isinstance(value, list) else value))
        elif kind == "file":
            found.set_input_files(value)
        else:
            found.fill(str(value))


CONTROLS = "all => all.map(each => ({name: each.name, type: each.type}))"
