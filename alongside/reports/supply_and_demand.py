"""What mentoring there is in a network and what is asked for: by region, sector and topic, from the frozen months.

Nothing here is of the month that runs: a figure that changed daily would tell, from one day to the next, who came.
Every figure is one that may be shown; the exact counts stay in here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.figures.measures import DEMAND, EVERY, MEASURES, SUPPLY, UNKNOWN
from alongside.figures.models import Figure, Target
from alongside.figures.queries import months_of, targets_of
from alongside.finding.vocabulary import choices, label
from alongside.organisations.models import Network
from alongside.places.regions import TILES
from alongside.reports.suppression import Key, Shown, Table, gap, published, shown

DIMENSIONS = ("region", "sector", "topic")
SUPPLIED, ASKED = "supply", "demand"
"""Beside the measures: what a gap is made of."""
OF = {SUPPLIED: SUPPLY, ASKED: DEMAND, **{each: (each,) for each in MEASURES}}


@dataclass(frozen=True)
class Wished:
    """Which figures are looked at: "" is whatever it be."""

    region: str = EVERY
    sector: str = EVERY
    topic: str = EVERY


@dataclass(frozen=True)
class Gap:
    """How many more places are wanted than there are for a topic in a region, from what may be shown of both."""

    region: str
    topic: str
    demand: Shown
    supply: Shown

    @property
    def number(self) -> int | None:
        return gap(self.demand, self.supply)

    @property
    def words(self) -> str:
        return gap_words(self.number)


@dataclass(frozen=True)
class Progress:
    """How far a target is."""

    target: Target
    now: Shown
    words: str

    @property
    def label(self) -> str:
        return str(MEASURES[self.target.measure].label)

    @property
    def percent(self) -> int:
        return min(100, round(100 * (self.now.number or 0) / self.target.number)) if self.target.number else 100


def gap_words(number: int | None) -> str:
    """Say a gap in words."""
    if number is None:
        return _("not shown")
    if number > 0:
        return ngettext("%(n)s place is missing", "%(n)s places are missing", number) % {"n": f"{number:,}"}
    if number < 0:
        return ngettext("%(n)s place to spare", "%(n)s places to spare", -number) % {"n": f"{-number:,}"}
    return _("about even")


def regions() -> tuple[str, ...]:
    """The twelve regions, and where it was not said."""
    return (*TILES, UNKNOWN)


def names(dimension: str) -> tuple[str, ...]:
    """Every value of a dimension, as figures have it."""
    if dimension == "region":
        return regions()
    return (*(each for each, _label in choices("topics" if dimension == "topic" else "sectors")), UNKNOWN)


def called(dimension: str, name: str) -> str:
    """What a value of a dimension is called."""
    if name == UNKNOWN:
        return _("Not said")
    if dimension == "region":
        return name
    return label("topics" if dimension == "topic" else "sectors", name)


def newest(network: Network) -> date | None:
    """The last month that was counted; None where there is none yet."""
    months = months_of(network)
    return months[-1] if months else None


def by(network: Network, month: date, what: str, dimension: str, wished: Wished) -> dict[str, Shown]:
    """Return figures by one dimension, with the total under ""; what is wished of that dimension itself is put aside.

    A total is counted for itself: somebody with two topics is in it once.
    """
    exact = _exact(network, month, what, wished, [dimension])
    made = published(Table((), names(dimension), {("", name): count for (name,), count in exact.items()}))
    return {name: figure for (_all, name), figure in made.items()}


def table_of(network: Network, month: date, what: str, rows: str, columns: str, wished: Wished) -> dict[Key, Shown]:
    """Return figures by two dimensions, with their totals under ""."""
    exact = _exact(network, month, what, wished, [rows, columns])
    return published(Table(names(rows), names(columns), {(row, column): n for (row, column), n in exact.items()}))


def gaps(network: Network, *, wished: Wished | None = None, month: date | None = None) -> list[Gap]:
    """Return the gap of each topic in each region, the widest first; those that are not shown stand last."""
    when = month or newest(network)
    if when is None:
        return []
    demand, supply = (
        table_of(network, when, what, "region", "topic", wished or Wished()) for what in (ASKED, SUPPLIED)
    )
    found = [Gap(*key, demand[key], supply[key]) for key in demand if all(key)]
    return sorted(found, key=lambda each: (each.number is None, -(each.number or 0), -(each.demand.number or 0)))


def over_time(network: Network, what: str, wished: Wished) -> list[tuple[date, Shown]]:
    """Return one figure in each month that was counted, the oldest first."""
    rows = Figure.objects.filter(network=network, measure__in=OF[what], **vars(wished)).order_by()
    counts = dict(rows.values_list("month").annotate(n=Sum("steady")))
    return [(month, shown(counts.get(month, 0))) for month in months_of(network)]


def progress(network: Network) -> list[Progress]:
    """Return how far each target is by the last month that was counted."""
    month = newest(network)
    targets = [target for target in targets_of(network) if target.measure in MEASURES]
    rows = Figure.objects.filter(network=network, region=EVERY, sector=EVERY, topic=EVERY)
    counts = dict(rows.filter(month=month).values_list("measure", "steady")) if month else {}
    return [_progress(target, shown(counts.get(target.measure, 0)), month) for target in targets]


def _progress(target: Target, now: Shown, month: date | None) -> Progress:
    if month is None:
        return Progress(target, now, _("Nothing was counted yet."))
    left = target.number - (now.number or 0)
    if left <= 0:
        return Progress(target, now, _("Reached: %(now)s of %(wanted)s.") % _numbers(target, now))
    months = (target.by.year - month.year) * 12 + target.by.month - month.month
    if months <= 0:
        words = _("%(now)s of %(wanted)s; the day it was wanted by is over.")
        return Progress(target, now, words % _numbers(target, now))
    words = _("%(now)s of %(wanted)s. To be there in time, about %(each)s more are needed each month.")
    return Progress(target, now, words % {**_numbers(target, now), "each": f"{-(-left // months):,}"})


def _numbers(target: Target, now: Shown) -> dict[str, str]:
    return {"now": now.text, "wanted": f"{target.number:,}"}


def _exact(
    network: Network, month: date, what: str, wished: Wished, dimensions: Collection[str]
) -> dict[tuple[str, ...], int]:
    """Read the counts that may be rounded for showing, with their totals under ""."""
    fixed = {name: value for name, value in vars(wished).items() if name not in dimensions}
    rows = Figure.objects.filter(network=network, month=month, measure__in=OF[what], **fixed).order_by()
    found = rows.values_list(*dimensions).annotate(n=Sum("steady"))
    return {tuple(row[:-1]): row[-1] for row in found}
