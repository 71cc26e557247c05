"""The figures of the demonstration: a year of months.

They are invented, all twelve: the demonstration has a few hundred people, which is too few for a map of a country. No
person stands behind them. They rise slowly, as a network's would, and more is asked for than there is. The months that
end while the demonstration runs are counted from its people, as anywhere.
"""

import random
from datetime import date, datetime, timedelta
from itertools import product

from alongside.commands.demonstration.directory import MILLIONS
from alongside.figures import actions
from alongside.figures.actions import Cell, Counted
from alongside.figures.queries import month_ended
from alongside.finding.vocabulary import choices
from alongside.organisations.models import Network
from alongside.people.models import Person

MONTHS, SEED, GROWTH, TARGET = 12, 40, 0.03, 40_000
TOPICS, SECTORS = 12, 6
"""How many of the most asked for are invented."""
# Roughly how many there are for each million people, in the last month.
A_MILLION = {"mentors": 90, "free_places": 45, "mentees": 120, "waiting": 40, "enquiries": 22, "would_mentor": 9,
             "searches": 300, "missed": 30, "begun": 12, "running": 70}  # fmt: skip
ORGANISATIONS = 12


def fill_figures(network: Network, by: Person, *, now: datetime) -> None:
    """Freeze a year of invented months, with a target, surveys and a campaign beside them."""
    month = month_ended(now)
    for back in range(MONTHS - 1, -1, -1):
        when = _months_before(month, back)
        actions.freeze_month(network, when, _invented(back), at=now - timedelta(days=30 * back))
    actions.set_target(network, "mentors", TARGET, until=date(now.year + 4, 3, 31), by=by, at=now)
    for back, aware in ((10, 212), (5, 251), (1, 268)):
        on = _months_before(month, back)
        actions.note_awareness(
            network, on=on, aware=aware, asked=1004, source="Small Firms Panel (invented)", by=by, at=now
        )
    _campaign(network, by, now)


def _invented(back: int) -> dict[str, dict[Cell, Counted]]:
    dice = random.Random(SEED)  # noqa: S311  # invented, not secret; the same leanings in every month
    grown = (1 - GROWTH) ** back
    counts: dict[str, dict[Cell, Counted]] = {}
    for measure, many in A_MILLION.items():
        found: dict[Cell, int] = {}
        for cell, share in _shares(dice):
            number = round(MILLIONS[cell.region] * many * share * grown)
            for names in product(("", cell.region), ("", cell.sector), ("", cell.topic)):
                found[Cell(*names)] = found.get(Cell(*names), 0) + number
        counts[measure] = {cell: Counted(number, ORGANISATIONS) for cell, number in found.items() if number}
    return counts


def _shares(dice: random.Random) -> list[tuple[Cell, float]]:
    """Split each region into sectors and topics, with leanings of its own; the shares of a region make 1."""
    topics = [each for each, _label in choices("topics")[:TOPICS]]
    sectors = [each for each, _label in choices("sectors")[:SECTORS]]
    found = []
    for region in MILLIONS:
        by_topic, by_sector = _split(dice, topics), _split(dice, sectors)
        found += [
            (Cell(region, sector, topic), by_sector[sector] * by_topic[topic]) for sector in sectors for topic in topics
        ]
    return found


def _split(dice: random.Random, names: list[str]) -> dict[str, float]:
    weights = [dice.uniform(0.4, 1.6) for _name in names]
    return {name: weight / sum(weights) for name, weight in zip(names, weights, strict=True)}


def _campaign(network: Network, by: Person, now: datetime) -> None:
    wordings = ["Somebody has done this before. Ask them.", "Find a mentor near you.", "An hour a month with a mentor."]
    campaign = actions.begin_campaign(network, "Spring posters", wordings, by=by, at=now - timedelta(days=40))
    dice = random.Random(SEED)  # noqa: S311
    for lean, wording in enumerate(campaign.wordings.all()):
        for day in range(40):
            for _visit in range(dice.randint(0, 2 + lean)):
                actions.count_visit(wording, on=(now - timedelta(days=day)).date())


def _months_before(month: date, back: int) -> date:
    number = month.year * 12 + month.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)
