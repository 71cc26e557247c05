"""Which mentors a network wants most: a topic in a region, and why.

Where a worker matched a cohort, its prices say what one more mentor would add; elsewhere the gap does. A price is told
only of what several ask for by what may be shown of them, so that no price tells of one person.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _

from alongside.figures.measures import UNKNOWN
from alongside.finding.vocabulary import label, topic_of
from alongside.matching.calculations import recruits_of
from alongside.matching.models import Calculation
from alongside.matching.states import CalculationState
from alongside.organisations.models import Network
from alongside.places.gazetteer import find
from alongside.reports.supply_and_demand import Gap, gap_words, gaps


@dataclass(frozen=True)
class Wanted:
    """A kind of mentor: ``gap`` places are missing by what may be shown; None where only the prices say so.

    ``placed`` is in how many matchings one more such mentor would give somebody a mentor.
    """

    topic: str
    region: str
    gap: int | None
    words: str
    placed: int = 0


def wanted(network: Network, *, region: str = "", topics: Collection[str] = ()) -> list[Wanted]:
    """Return the kinds of mentors that are wanted, the most wanted first.

    :param region: one of the twelve; "" is all of them.
    :param topics: ids; none is all of them.
    """
    prices = _prices(network)
    found = [
        _wanted(each, prices.get((each.topic, each.region), 0) + prices.get((each.topic, ""), 0))
        for each in gaps(network)
        if UNKNOWN not in (each.topic, each.region)
        and region in ("", each.region)
        and (not topics or each.topic in topics)
        and each.demand.number
    ]
    return sorted(
        (each for each in found if each.placed or (each.gap or 0) > 0),
        key=lambda each: (-bool(each.placed), -(each.gap or 0), -each.placed),
    )


def _wanted(found: Gap, placed: int) -> Wanted:
    number = found.number
    said = {"topic": label("topics", found.topic), "region": found.region, "gap": gap_words(number)}
    if placed and (number or 0) > 0:
        words = _("%(topic)s, %(region)s: %(gap)s, and one more mentor would give somebody in a matching a mentor.")
    elif placed:
        words = _("%(topic)s, %(region)s: one more mentor would give somebody in a matching a mentor.")
    else:
        words = _("%(topic)s, %(region)s: %(gap)s.")
    return Wanted(found.topic, found.region, number, words % said, placed)


def _prices(network: Network) -> dict[tuple[str, str], int]:
    """Return in how many matchings one more mentor of a topic in a region ("" is anywhere) would place somebody."""
    rows = Calculation.unscoped.filter(organisation__network=network, state=CalculationState.DONE)
    on_board = rows.filter(version=F("matching__current")).order_by("matching", "-started_at")
    newest = {calculation.matching_id: calculation for calculation in reversed(on_board)}
    counts: dict[tuple[str, str], int] = {}
    for calculation in newest.values():
        kinds = {
            (topic, _region(recruit.place))
            for recruit in recruits_of(calculation)
            if recruit.people
            for topic in topic_of(recruit.skill)
        }
        for kind in kinds:
            counts[kind] = counts.get(kind, 0) + 1
    return counts


def _region(place: str) -> str:
    found = find(place) if place else None
    return found.region if found else ""
