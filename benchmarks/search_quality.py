"""Measure whether the search finds what people need: `python -m benchmarks.search_quality [--misses]`.

360 needs in the words people use (`needs.toml`) are asked of a made-up country of 400 organisations. A need succeeds
when one of its first five results satisfies everything that was asked for at once. Prints the share that does, of the
needs that the words of the search were tuned with and of those held out, both for what whoever wrote the search wrote
and for what somebody else did who did not know it. Beside them: how often five offers drawn at random from those in
reach would, and what a search does that looks for the words alone. Then the time of 1,000 searches among 1,600 offers.
"""

from __future__ import annotations

import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alongside.finding.need import Need
from alongside.finding.offers import Cost, Offer
from alongside.finding.reading import understood
from alongside.finding.search import Index
from alongside.finding.words import stems
from alongside.places import Place, distance_km, find
from benchmarks.machine import machine
from benchmarks.populations.offers import offers

ORGANISATIONS, FIRST = 400, 5
OFFERS_TIMED, SEARCHES = 1_600, 1_000


@dataclass(frozen=True)
class Asked:
    """A need in somebody's words, and what an offer must have to be a right answer."""

    text: str
    topics: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    near: str = ""
    online: bool = False
    in_person: bool = False
    free: bool = False
    held_out: bool = False
    by_another: bool = False

    @property
    def tuned(self) -> bool:
        """Tell whether the words of the search were tuned with it."""
        return not self.held_out

    def answered_by(self, offer: Offer) -> bool:
        """Tell whether an offer is a right answer: it is open, and has everything that was asked for."""
        return offer.open and self.in_reach(offer) and self._is_for_them(offer) and self._has_what_they_need(offer)

    def in_reach(self, offer: Offer) -> bool:
        """Tell whether they can meet: online, or in person where they are."""
        if offer.online and not self.in_person:
            return True
        place = find(self.near) if self.near else None
        return offer.in_person and not self.online and (place is None or _reaches(offer, place))

    def _is_for_them(self, offer: Offer) -> bool:
        mine = {*self.audiences, *self.only_for}
        return (
            bool(mine & {*offer.audiences}) if self.only_for else not offer.audiences or bool(mine & {*offer.audiences})
        )

    def _has_what_they_need(self, offer: Offer) -> bool:
        either = ((self.sectors, offer.sectors), (self.stages, offer.stages))
        return (
            (not self.topics or bool({*self.topics} & {*offer.topics}))
            and all(not asked or not had or bool({*asked} & {*had}) for asked, had in either)
            and (not self.languages or bool({*self.languages} & {*offer.languages}))
            and (not self.free or offer.cost != Cost.PAID)
        )


def _reaches(offer: Offer, place: Place) -> bool:
    anywhere = not offer.regions and not offer.around
    near = any(distance_km(place, around) <= around.km for around in offer.around)
    return anywhere or near or place.region in offer.regions


def needs() -> list[Asked]:
    """Return all needs."""
    rows = tomllib.loads((Path(__file__).parent / "needs.toml").read_text(encoding="utf-8"))["needs"]
    return [Asked(**_frozen(row)) for row in rows]


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


@dataclass(frozen=True)
class Outcome:
    """What became of a need: where the first right answer stood (0: not among 30), what share of five were, and the
    chance that one of five drawn at random is.
    """

    need: Asked
    place: int
    right: float
    by_chance: float


def as_meant(text: str) -> Need:
    """Return a need as the search reads it."""
    return understood(text).need


def as_words(text: str) -> Need:
    """Return a need of which nothing is understood: its words, to be looked for in names and texts."""
    return Need(words=tuple(dict.fromkeys(stems(text))))


def outcome(
    need: Asked, index: Index, country: Sequence[Offer], read: Callable[[str], Need] = as_meant
) -> Outcome | None:
    """Return what the search makes of a need, or None where the country has no right answer to it."""
    reachable = [offer for offer in country if need.in_reach(offer)]
    right = sum(map(need.answered_by, reachable))
    if not right:
        return None
    answers = [need.answered_by(result.offer) for result in index.find(read(need.text)).results]
    place = answers.index(True) + 1 if any(answers) else 0
    return Outcome(need, place, sum(answers[:FIRST]) / FIRST, 1 - (1 - right / len(reachable)) ** FIRST)


def row(name: str, found: Sequence[Outcome]) -> str:
    """Return a row of the table."""
    success = statistics.fmean(0 < each.place <= FIRST for each in found)
    at_once = statistics.fmean(each.place == 1 for each in found)
    rank = statistics.fmean(1 / each.place if each.place else 0.0 for each in found)
    right = statistics.fmean(each.right for each in found)
    chance = statistics.fmean(each.by_chance for each in found)
    return f"| {name} | {len(found)} | {success:.1%} | {at_once:.1%} | {right:.1%} | {rank:.3f} | {chance:.1%} |"


def times(asked: Sequence[Asked]) -> str:
    """Return how long a need takes to be read and answered among 1,600 offers, and how long these to be prepared."""
    country = offers(ORGANISATIONS * 2)[:OFFERS_TIMED]
    start = time.perf_counter()
    index = Index(country)
    prepared = time.perf_counter() - start
    taken = []
    for number in range(SEARCHES):
        start = time.perf_counter()
        index.find(understood(asked[number % len(asked)].text).need)
        taken.append(1000 * (time.perf_counter() - start))
    p99 = statistics.quantiles(taken, n=100)[98]
    return (
        f"{SEARCHES:,} searches among {len(country):,} offers: median {statistics.median(taken):.1f} ms, "
        f"p99 {p99:.1f} ms, slowest {max(taken):.1f} ms; offers prepared in {1000 * prepared:.0f} ms"
    )


def main() -> None:
    """Print the table, and with `--misses` every tuned need that failed; never another."""
    country, asked = offers(ORGANISATIONS), needs()
    index = Index(country)
    found = [each for each in (outcome(need, index, country) for need in asked) if each]
    print(f"{machine(['numpy'])}; {len(country):,} offers of {ORGANISATIONS} organisations")
    print(f"{len(asked)} needs, of which {len(asked) - len(found)} have no right answer there\n")
    print(
        "| needs | answerable | success at 5 | first is right | of five right | mean reciprocal rank | five at random |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|")
    for name, by_another in (("by who wrote the search", False), ("by somebody else", True)):
        theirs = [each for each in found if each.need.by_another == by_another]
        print(row(f"{name}, tuned with", [each for each in theirs if each.need.tuned]))
        print(row(f"{name}, held out", [each for each in theirs if each.need.held_out]))
    print(row("**all**", found))
    by_words = [each for each in (outcome(need, index, country, as_words) for need in asked) if each]
    print(row("all, by words alone", by_words), end="\n\n")
    print(times(asked))
    if "--misses" in sys.argv:
        for each in found:
            if not 0 < each.place <= FIRST and each.need.tuned:
                print(each.place, each.need.text, understood(each.need.text).need)


if __name__ == "__main__":
    main()
