"""Which mentors are wanted most: by the figures of a network and its matchings, or, until there are any, by what people
looked for less the places there are. Counts alone, never who looked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.utils.translation import gettext as _

from alongside.directory.models import Search
from alongside.directory.queries import offerings_listed
from alongside.finding.vocabulary import id_of, label
from alongside.kernel import clock
from alongside.organisations.models import Network
from alongside.reports.supply_and_demand import gap_words
from alongside.reports.suppression import roughly
from alongside.reports.wanted import Wanted as Counted
from alongside.reports.wanted import wanted as counted_as_wanted

SEASON = timedelta(days=90)
SOMETHING_ELSE = "other"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of mentor that is wanted: for what, where ("" is anywhere), how much is missing, and that in words."""

    topic: str
    region: str
    gap: int
    words: str


def wanted(network: Network, *, region: str = "", topics: Sequence[str] = ()) -> list[Wanted]:
    """Return what mentors are wanted for in a network, what is missing most first; each topic once.

    :param region: only there; everywhere if empty.
    :param topics: only these, if any are named.
    """
    counted: dict[str, Wanted] = {}
    for each in counted_as_wanted(network, region=region, topics=topics):
        counted.setdefault(each.topic, Wanted(each.topic, each.region, each.gap or 0, _counted_words(each)))
    return list(counted.values()) or looked_for(network, region=region, topics=topics)


def _counted_words(each: Counted) -> str:
    """Say where and how much is missing; the topic stands beside it."""
    if each.placed or not each.gap:
        return each.words
    return _("%(region)s: %(gap)s.") % {"region": each.region, "gap": gap_words(each.gap)}


def looked_for(network: Network, *, region: str = "", topics: Sequence[str] = ()) -> list[Wanted]:
    """Return what people looked for more often than there are free places for it, the widest gap first.

    :param region: only what was looked for there, held against what reaches it; everywhere if empty.
    :param topics: only these, if any are named.
    """
    asked, free = _asked(network, region), _free(network, region)
    found = [
        Wanted(topic, region, number - free[topic], _words(number, free[topic]))
        for topic, number in asked.items()
        if number > free[topic] and (not topics or topic in topics)
    ]
    return sorted(found, key=lambda each: (-each.gap, label("topics", each.topic)))


def _asked(network: Network, region: str) -> Counter[str]:
    rows = Search.objects.filter(network=network, on__gte=(clock.now() - SEASON).date())
    rows = rows.filter(region=region) if region else rows
    asked: Counter[str] = Counter()
    for topics, number in rows.order_by().values_list("topics").annotate(n=Count("pk")):
        for topic in {id_of("topics", each) for each in topics} - {"", SOMETHING_ELSE}:
            asked[topic] += number
    return asked


def _free(network: Network, region: str) -> Counter[str]:
    """Count the places that are free for each topic, where they are reported."""
    free: Counter[str] = Counter()
    rows = offerings_listed().filter(listing__network=network, takes_mentees=True, free_places__gt=0)
    for topics, regions, places in rows.order_by().values_list("topics", "regions", "free_places"):
        if not (region and regions) or region in regions:
            free.update(dict.fromkeys(topics, places))
    return free


def _words(asked: int, free: int) -> str:
    words = {"asked": roughly(asked), "free": roughly(free)}
    return _("Looked for %(asked)s times in three months. Free places: %(free)s.") % words
