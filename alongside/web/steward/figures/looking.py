"""What a steward looks at: figures of one network, put together for a page and for a file."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from alongside.figures.measures import UNKNOWN
from alongside.figures.queries import months_of
from alongside.organisations.models import Network
from alongside.organisations.queries import networks_stewarded_by
from alongside.people.models import Person
from alongside.reports import supply_and_demand as figures
from alongside.reports.supply_and_demand import ASKED, SUPPLIED
from alongside.reports.suppression import Key, Shown, gap
from alongside.web.shared.lists import address_with
from alongside.web.shared.tiles import tiles_of
from alongside.web.steward.figures.forms import GAP, WHAT, LookForm, month_words

STEPS = 4
MINUS = "\N{MINUS SIGN}"


class Look:
    """One steward's look: the network and the month, what is counted, and what of."""

    def __init__(self, request: HttpRequest, person: Person) -> None:
        self.request = request
        networks = list(networks_stewarded_by(person).order_by("name"))
        wanted = request.GET.get("network", "")
        self.network: Network = next((each for each in networks if each.ref == wanted), networks[0])
        if wanted and self.network.ref != wanted:
            raise Http404
        self.months = months_of(self.network)
        self.form = LookForm(request.GET, networks=networks, months=self.months)
        self.form.is_valid()
        self.what, self.wished = self.form.said("what"), self.form.wished

    @cached_property
    def month(self) -> date | None:
        said = self.form.said("month")
        return date.fromisoformat(said) if said else None

    @property
    def title(self) -> str:
        return str(WHAT[self.what])

    @property
    def heading(self) -> str:
        """What is counted, and what of, in words."""
        of = [figures.called(name, value) for name, value in vars(self.wished).items() if value]
        return ", ".join([self.title, *of])

    def address(self, **changes: object) -> str:
        """Return the same look with some of it changed."""
        return address_with(self.request, **changes)

    def by(self, dimension: str) -> dict[str, tuple[int | None, str]]:
        """Return, by one dimension, a number to reckon with and how it is written; the total is under ""."""
        if self.month is None:
            return {}
        if self.what != GAP:
            found = figures.by(self.network, self.month, self.what, dimension, self.wished)
            return {name: (each.number, each.text) for name, each in found.items()}
        asked, supplied = (
            figures.by(self.network, self.month, what, dimension, self.wished) for what in (ASKED, SUPPLIED)
        )
        return {name: _gap(asked[name], supplied[name]) for name in asked}

    def over_time(self) -> list[tuple[date, int | None, str]]:
        """Return the figure of each month, the oldest first."""
        if self.what != GAP:
            rows = figures.over_time(self.network, self.what, self.wished)
            return [(month, each.number, each.text) for month, each in rows]
        asked, supplied = (figures.over_time(self.network, what, self.wished) for what in (ASKED, SUPPLIED))
        return [(month, *_gap(each, other)) for (month, each), (_same, other) in zip(asked, supplied, strict=True)]

    def tiles(self) -> list[dict[str, Any]]:
        """Return the map: what is looked at in each region, each tile a way into it."""
        found = self.by("region")
        return tiles_of(
            {name: float(max(0, number or 0)) for name, (number, _text) in found.items() if name},
            shown=lambda region: found[region][1] if region in found else _("not shown"),
            url=lambda region: self.address(region=None if region == self.wished.region else region),
            current=self.wished.region,
        )

    def lines(self, dimension: str) -> list[dict[str, Any]]:
        """Return a table by one dimension; what is nowhere is left out."""
        found = self.by(dimension)
        whole = found.get("", (None, ""))[0]
        return [
            {
                "name": figures.called(dimension, name),
                "text": text,
                "share": _share(number, whole) if self.what != GAP else "",
                "url": self.address(**{dimension: name}) if name != UNKNOWN else "",
            }
            for name, (number, text) in found.items()
            if name and text != "0"
        ]

    def heat(self) -> dict[str, Any]:
        """Return the gap of every need in every region, as the heat table has it."""
        if self.month is None:
            return {}
        asked, supplied = (
            figures.table_of(self.network, self.month, what, "topic", "region", self.wished)
            for what in (ASKED, SUPPLIED)
        )
        gaps = {key: _gap(asked[key], supplied[key]) for key in asked}
        most = max((number or 0 for (topic, region), (number, _t) in gaps.items() if topic and region), default=0)
        topics = [each for each in figures.names("topic") if _any((each, ""), asked, supplied)]
        regions = [each for each in figures.regions() if each != UNKNOWN or _any(("", each), asked, supplied)]
        return {
            "columns": [
                {"label": figures.called("region", each), "url": self.address(region=each) if each != UNKNOWN else ""}
                for each in regions
            ],
            "rows": [
                {
                    "label": figures.called("topic", topic),
                    "url": self.address(topic=topic) if topic != UNKNOWN else "",
                    "cells": [_cell(gaps[topic, region], most) for region in regions],
                    "total": gaps[topic, ""][1],
                }
                for topic in topics
            ],
        }

    def file_rows(self) -> list[list[object]]:
        """Return what the page shows, as a file has it."""
        found: list[list[object]] = []
        for dimension, words in (("region", _("Region")), ("topic", _("Need")), ("sector", _("Sector"))):
            for name, (number, text) in self.by(dimension).items():
                label = figures.called(dimension, name) if name else _("All")
                found.append([words, label, _filed(number, text)])
        return found + [[_("Month"), f"{when:%Y-%m}", _filed(number, text)] for when, number, text in self.over_time()]


def _gap(demand: Shown, supply: Shown) -> tuple[int | None, str]:
    number = gap(demand, supply)
    return number, _("not shown") if number is None else signed(number)


def signed(number: int) -> str:
    """Write a gap: with a plus where places are missing, a minus where there are some to spare."""
    return f"+{number:,}" if number > 0 else f"{MINUS}{-number:,}" if number else "0"


def _share(number: int | None, whole: int | None) -> str:
    """Return a share of a whole that is large enough for one to be told."""
    return f"{round(100 * number / whole)}%" if number and whole and whole >= 25 else ""


def _any(key: Key, *tables: Mapping[Key, Shown]) -> bool:
    return any(cells[key].text != "0" for cells in tables)


def _cell(found: tuple[int | None, str], most: int) -> dict[str, Any]:
    number, text = found
    if number is None:
        return {"text": text, "step": "none"}
    return {"text": text, "step": 0 if number <= 0 else min(STEPS, 1 + int(number / max(1, most) * STEPS - 1e-9))}


def _filed(number: int | None, text: str) -> object:
    return number if number is not None and text.lstrip(f"+{MINUS}").replace(",", "").isdigit() else text


def month_label(month: date) -> str:
    return month_words(month)
