"""The figures that everybody may have: by month, region and topic or sector, suppressed twice.

Of what may be shown to stewards, only numbers of five and more are told, and only where at least three organisations
are in them: of fewer, a figure would tell of one. Where one figure of a line is left out for that, the next smallest
goes with it. What is left out is not in the file at all, be it none, few or not told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from alongside.figures.measures import EVERY, MEASURES
from alongside.figures.models import Figure
from alongside.figures.queries import months_of
from alongside.organisations.models import Network
from alongside.reports.supply_and_demand import called, names
from alongside.reports.suppression import Key, Table, published

FEWEST_ORGANISATIONS = 3
MONTHS = 36
"""How far back a file reaches."""


@dataclass(frozen=True)
class Dataset:
    """One file: every measure by region and by one thing more."""

    name: str
    title: str | Promise
    column: str


DATASETS = {
    each.name: each
    for each in (
        Dataset("mentoring-by-topic", gettext_lazy("Mentoring by region and need"), "topic"),
        Dataset("mentoring-by-sector", gettext_lazy("Mentoring by region and sector"), "sector"),
    )
}


@dataclass(frozen=True)
class Row:
    """One figure that everybody may have; "" in a region or a name is whatever it be."""

    network: str
    month: date
    measure: str
    region: str
    name: str
    figure: int


def rows_of(network: Network, dataset: Dataset) -> Iterator[Row]:
    """Yield the figures of a dataset that may be told, the newest month first."""
    for month in reversed(months_of(network)[-MONTHS:]):
        exact = _exact(network, month, dataset)
        for measure, cells in exact.items():
            for (region, name), figure in _told(measure, cells, dataset):
                yield Row(network.name, month, measure, region, name, figure)


def _told(measure: str, cells: Mapping[Key, tuple[int, int]], dataset: Dataset) -> Iterator[tuple[Key, int]]:
    rows, columns = names("region"), names(dataset.column)
    table = Table(rows, columns, {key: count for key, (count, _organisations) in cells.items()})
    alone = _alone(table, cells) if MEASURES[measure].of_organisations else set()
    for key, figure in published(table, hidden=alone).items():
        if figure.number:
            yield key, figure.number


def _alone(table: Table, cells: Mapping[Key, tuple[int, int]]) -> set[Key]:
    """Return what is with too few organisations, and what goes with it so that it cannot be got by taking away."""
    alone = {key for key, (count, organisations) in cells.items() if count and organisations < FEWEST_ORGANISATIONS}
    while more := {key for line in _lines(table) for key in _with_it(line, table, alone)}:
        alone |= more
    return alone


def _with_it(line: list[Key], table: Table, alone: set[Key]) -> Iterable[Key]:
    """Return the next smallest of a line of which one figure alone is left out."""
    if sum(key in alone for key in line) != 1:
        return []
    others = [key for key in line if key not in alone and table.cells.get(key, 0)]
    return [min(others, key=lambda key: (table.cells[key], key))] if others else []


def _lines(table: Table) -> Iterator[list[Key]]:
    yield from ([(row, column) for column in table.columns] for row in ("", *table.rows))
    yield from ([(row, column) for row in table.rows] for column in ("", *table.columns))


def _exact(network: Network, month: date, dataset: Dataset) -> dict[str, dict[Key, tuple[int, int]]]:
    other = "sector" if dataset.column == "topic" else "topic"
    rows = Figure.objects.filter(network=network, month=month, **{other: EVERY})
    found: dict[str, dict[Key, tuple[int, int]]] = {measure: {} for measure in MEASURES}
    values = rows.values_list("measure", "region", dataset.column, "steady", "organisations")
    for measure, region, name, steady, organisations in values:
        if measure in found:
            found[measure][region, name] = (steady, organisations)
    return found


def columns_of(dataset: Dataset) -> list[str]:
    """Return what stands over the columns of a file."""
    return ["network", "month", "measure", "what", "region", dataset.column, "label", "figure"]


def values_of(row: Row, dataset: Dataset) -> list[object]:
    """Return a row as a file has it, with labels beside ids; "all" is whatever it be."""
    label = called(dataset.column, row.name) if row.name else "all"
    month = row.month.strftime("%Y-%m")
    what = str(MEASURES[row.measure].label)
    return [row.network, month, row.measure, what, row.region or "all", row.name or "all", label, row.figure]
