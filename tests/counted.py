"""Figures of the cast's network: months that were frozen with numbers of a test's own."""

from collections.abc import Mapping
from datetime import date
from itertools import product

from alongside.figures.actions import Cell, Counted, freeze_month
from alongside.organisations.models import Network
from tests.world import NOW

FEBRUARY = date(2026, 2, 1)


def freeze(
    network: Network, month: date = FEBRUARY, *, organisations: int = 5, **counts: Mapping[tuple[str, str, str], int]
) -> None:
    """Freeze a month: for each measure, how many there are of (region, sector, topic), with all the totals."""
    freeze_month(network, month, {name: _with_totals(each, organisations) for name, each in counts.items()}, at=NOW)


def _with_totals(counts: Mapping[tuple[str, str, str], int], organisations: int) -> dict[Cell, Counted]:
    found: dict[Cell, int] = {}
    for (region, sector, topic), number in counts.items():
        for names in product({"", region}, {"", sector}, {"", topic}):
            found[Cell(*names)] = found.get(Cell(*names), 0) + number
    return {cell: Counted(number, organisations) for cell, number in found.items()}
