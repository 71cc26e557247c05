"""The pairs of the board as a list: its orders, its search, its pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from alongside.programmes.models import Participant
from alongside.web.coordinator.board.standing import Standing

A_PAGE = 50


@dataclass(frozen=True)
class Row:
    """A pair on the board with its two people."""

    mentee: Participant
    mentor: Participant
    score: int

    @property
    def id(self) -> str:
        return f"{self.mentee.ref}-{self.mentor.ref}"


ORDERS: dict[str, tuple[Any, Callable[[Row], tuple[Any, ...]]]] = {
    "weakest": (_("weakest first"), lambda row: (row.score, row.mentee.person.name)),
    "strongest": (_("strongest first"), lambda row: (-row.score, row.mentee.person.name)),
    "mentee": (_("by mentee"), lambda row: (row.mentee.person.name.casefold(), row.mentee.pk)),
    "mentor": (_("by mentor"), lambda row: (row.mentor.person.name.casefold(), row.mentor.pk, row.mentee.pk)),
}


class Listing:
    """The pairs that an address asks for; what it does not understand it leaves out."""

    def __init__(self, standing: Standing, query: Mapping[str, str]) -> None:
        self.order = query["order"] if query.get("order") in ORDERS else "weakest"
        self.words = query.get("q", "").strip()
        self._page = query.get("page", "1")
        rows = _rows(standing)
        if words := self.words.casefold():
            rows = [row for row in rows if words in f"{row.mentee.person.name}\n{row.mentor.person.name}".casefold()]
        self.rows = sorted(rows, key=ORDERS[self.order][1])

    @property
    def page(self) -> Page[Row]:
        return Paginator(self.rows, A_PAGE).get_page(self._page)

    def address(self, **more: object) -> str:
        """Return the query string that leads here again."""
        kept = {"order": self.order if self.order != "weakest" else "", "q": self.words, **more}
        return urlencode({name: value for name, value in kept.items() if value})

    def page_with(self, mentee: str) -> tuple[int, str]:
        """Return the page on which a mentee's pair stands, and its anchor."""
        for index, row in enumerate(self.rows):
            if row.mentee.ref == mentee:
                return index // A_PAGE + 1, f"pair-{row.id}"
        return 1, "left-over"


def _rows(standing: Standing) -> list[Row]:
    found = ((standing.person_of(mentee), standing.person_of(mentor), score)
             for mentee, mentor, score in standing.version.pairs)  # fmt: skip
    return [Row(mentee, mentor, score) for mentee, mentor, score in found if mentee and mentor]
