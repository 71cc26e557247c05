"""The search: which offers fit a need, in which order and why; and what else there is where none fits well."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from alongside.finding.columns import Flags, Ids, Numbers, Places, Reach
from alongside.finding.comparing import Compared, reasons_of
from alongside.finding.need import Need, Spot
from alongside.finding.offers import Cost, Offer, Standing
from alongside.finding.reasons import Reason
from alongside.finding.vocabulary import id_of
from alongside.finding.weights import (
    AGAINST,
    BONUS,
    FOR_EVERYBODY,
    LATER_TOPIC,
    NOTHING_SAID,
    PLACE,
    QUICK_DAYS,
    SHARES,
    TOO_FAR_KM,
    TOPICS_NOT_SAID,
    WEAK,
)
from alongside.finding.words import stem, stems

A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Result:
    """An offer, how well it fits (0 to 1), how far away it is, why it fits and what it lacks."""

    offer: Offer
    fit: float
    km: float | None
    reasons: tuple[Reason, ...]
    lacks: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results, best first, and how many there are in all.

    Where nothing fits well, or nothing that does is near, ``nearest`` is the closest offer in person that fits
    otherwise, and ``online`` the best one online.
    """

    results: tuple[Result, ...]
    total: int
    best_fit_is_weak: bool
    nothing_near: bool
    nearest: Result | None = None
    online: Result | None = None


class Index:
    """Offers, prepared so that a search over all of them takes a millisecond or two."""

    def __init__(self, offers: Iterable[Offer]) -> None:
        # In the order of names, so that what fits alike always stands in the same order.
        self.offers = sorted(offers, key=lambda offer: (offer.name.casefold(), offer.ref))
        self._topics = Ids.of(self.offers, lambda offer: offer.topics)
        self._sectors = Ids.of(self.offers, lambda offer: offer.sectors)
        self._stages = Ids.of(self.offers, lambda offer: offer.stages)
        self._audiences = Ids.of(self.offers, lambda offer: offer.audiences)
        self._languages = Ids.of(self.offers, lambda offer: [_language(each) for each in offer.languages])
        self._texts = Ids.of(self.offers, _words_of)
        self._places = Places(self.offers)
        self._online = self._flags(offer.online for offer in self.offers)
        self._in_person = self._flags(offer.in_person for offer in self.offers)
        self._open = self._flags(offer.open for offer in self.offers)
        self._paid = self._flags(offer.cost == Cost.PAID for offer in self.offers)
        self._reached_from: dict[Spot, Flags] = {}
        self._bonus = np.array([_bonus(offer) for offer in self.offers])

    def find(self, need: Need, *, limit: int = A_PAGE, skip: int = 0) -> Found:
        """Return the offers that fit a need, best first; those that cost where it must be free after all others.

        Nothing is left out but what the need rules out: to somebody who meets in person only, what is online only or
        farther than any journey.
        """
        compared = self._compare(need)
        order = self._order(need, compared)
        page = [self._result(need, compared, row) for row in order[skip : skip + limit].tolist()]
        weak = not len(order) or bool(compared.fit[order[0]] < WEAK)
        near = compared.good & compared.reach.reached if compared.reach else compared.good
        nothing_near = need.place is not None and not near.any()
        if not (weak or nothing_near):
            return Found(tuple(page), len(order), weak, nothing_near)
        nearest, online = self._nearest(compared), self._best_online(compared, order)
        found = [None if row is None else self._result(need, compared, row) for row in (nearest, online)]
        return Found(tuple(page), len(order), weak, nothing_near, *found)

    def reaching(self, spots: Sequence[Spot], need: Need) -> list[int]:
        """Return how many open offers that fit a need reach each of some places in person, wherever the need is."""
        good = self._compare(replace(need, place=None)).good & self._in_person
        return [int((good & self._reached(spot)).sum()) for spot in spots]

    def _reached(self, spot: Spot) -> Flags:
        if spot not in self._reached_from:
            self._reached_from[spot] = self._places.reach(spot).reached
        return self._reached_from[spot]

    def _order(self, need: Need, compared: Compared) -> np.ndarray:
        """Return the rows that are not ruled out, best first; equal ones stay in the order of their names."""
        after = self._paid if need.cost == Cost.FREE else np.zeros(len(self.offers), dtype=bool)
        order = np.lexsort((-np.round(compared.fit, 9), after))
        return order[~compared.ruled_out[order]]

    def _compare(self, need: Need) -> Compared:
        """Compare every offer with a need: see `weights.py` for what counts how much."""
        reach = self._places.reach(need.place) if need.place else None
        shares = dict(self._shares(need))
        against = self._against(need)
        whole = sum(SHARES[name] for name in shares)
        base = sum((SHARES[name] * share for name, share in shares.items()), np.zeros(len(self.offers)))
        otherwise = base / whole if whole else np.full(len(self.offers), NOTHING_SAID)
        good = (otherwise * against >= WEAK) & self._open
        if reach:
            place = self._place_share(need, reach)
            base, whole = base + SHARES["place"] * place, whole + SHARES["place"]
            against = against * self._out_of_reach(need, reach)
        fit = base / whole if whole else otherwise
        top = 1.0 + sum(BONUS.values())
        ruled_out = self._ruled_out(need, reach)
        return Compared((fit * against + self._bonus) / top, good, ruled_out, reach)

    def _shares(self, need: Need) -> Iterator[tuple[str, Numbers]]:
        """Yield how much each offer has of each thing that was said, 0 to 1; nothing for what was not said."""
        if need.topics:
            weights = {
                topic: LATER_TOPIC**place * self._topics.rarity(topic) for place, topic in enumerate(need.topics)
            }
            yield "topics", self._or_everybody(self._topics.shares(weights), self._topics, TOPICS_NOT_SAID)
        for name, column, ids in self._plain(need):
            share = column.any_of(ids).astype(float)
            yield name, self._or_everybody(share, column, FOR_EVERYBODY[name])
        if languages := _other_than_english(need):
            yield "language", self._languages.any_of(languages).astype(float)
        if words := [stem(word) for word in need.words]:
            yield "words", self._texts.shares({word: self._texts.rarity(word) for word in words})

    def _plain(self, need: Need) -> Iterator[tuple[str, Ids, Sequence[str]]]:
        rows = (
            ("sector", self._sectors, need.sectors),
            ("stage", self._stages, [need.stage] if need.stage else []),
            ("audience", self._audiences, need.audiences),
        )
        yield from ((name, column, ids) for name, column, ids in rows if ids)

    def _or_everybody(self, share: Numbers, column: Ids, for_everybody: float) -> Numbers:
        """Give offers that are for everybody in a respect the share they have in it."""
        return np.where(column.none, for_everybody, share)

    def _place_share(self, need: Need, reach: Reach) -> Numbers:
        edge = PLACE["region"]
        near = np.where(reach.share <= 1.0, 1.0 - (1.0 - edge) * np.nan_to_num(reach.share), PLACE["far"])
        share = np.maximum(near, np.where(reach.region, PLACE["region"], 0.0))
        share = np.maximum(share, np.where(reach.everywhere, PLACE["everywhere"], 0.0))
        if need.online is not False:
            share = np.maximum(share, np.where(self._online, 1.0 if need.online else PLACE["online"], 0.0))
        return share

    def _against(self, need: Need) -> Numbers:
        """Return what speaks against each offer wherever it is, as a factor."""
        factor = np.where(self._open, 1.0, AGAINST["closed"])
        mine = self._audiences.none | self._audiences.any_of(need.audiences)
        factor *= np.where(mine, 1.0, AGAINST["other audience" if need.audiences else "an audience"])
        if languages := _other_than_english(need):
            factor *= np.where(self._languages.any_of(languages), 1.0, AGAINST["other language"])
        if need.topics:
            factor *= np.where(self._topics.none | self._topics.any_of(need.topics), 1.0, AGAINST["no topic"])
        if need.online:
            factor *= np.where(self._online, 1.0, AGAINST["in person"])
        return factor

    def _out_of_reach(self, need: Need, reach: Reach) -> Numbers:
        online = np.zeros(len(self.offers), dtype=bool) if need.online is False else self._online
        return np.where(reach.reached | online, 1.0, AGAINST["far"])

    def _ruled_out(self, need: Need, reach: Reach | None) -> Flags:
        """Return what somebody who meets in person only cannot use: online only, or farther than any journey."""
        if need.online is not False:
            return np.zeros(len(self.offers), dtype=bool)
        too_far = ~self._in_person
        if reach:
            too_far = too_far | (~reach.reached & ~(np.nan_to_num(reach.km, nan=np.inf) <= TOO_FAR_KM))
        return too_far

    def _nearest(self, compared: Compared) -> int | None:
        """Return the closest offer in person that fits otherwise, one that names no place only if none does."""
        if compared.reach is None:
            return None
        able = compared.good & self._in_person & ~np.isnan(compared.reach.km)
        return int(np.argmin(np.where(able, compared.reach.km, np.inf))) if able.any() else None

    def _best_online(self, compared: Compared, order: np.ndarray) -> int | None:
        rows = np.argsort(-compared.fit, kind="stable")
        return next((int(row) for row in rows if self._online[row] and compared.good[row]), None)

    def _result(self, need: Need, compared: Compared, row: int) -> Result:
        offer = self.offers[row]
        fit = float(min(1.0, max(0.0, compared.fit[row])))
        reasons, lacks = reasons_of(need, offer, compared.reach, row)
        return Result(offer, fit, compared.km(row), reasons, lacks)

    def _flags(self, values: Iterable[bool]) -> Flags:
        return np.fromiter(values, dtype=bool, count=len(self.offers))


def _other_than_english(need: Need) -> list[str]:
    """Return the languages that tell: mentoring is in English wherever nothing else is said."""
    return [_language(each) for each in need.languages if each != "en"] if "en" not in need.languages else []


def _language(each: str) -> str:
    return id_of("languages", each) or each


def _words_of(offer: Offer) -> tuple[str, ...]:
    return stems(f"{offer.name} {offer.organisation} {offer.about}")


def _bonus(offer: Offer) -> float:
    """Return what speaks for an offer whatever was asked for."""
    quick = offer.days_to_answer is not None and not math.isnan(offer.days_to_answer)
    return (
        {Standing.ASSESSED: BONUS["assessed"], Standing.CONDITIONAL: BONUS["conditional"]}.get(offer.standing, 0.0)
        + BONUS["open"] * offer.open
        + BONUS["free_places"] * bool(offer.free_places)
        + BONUS["quick"] * bool(quick and (offer.days_to_answer or 0.0) <= QUICK_DAYS)
        + BONUS["free"] * (offer.cost != Cost.PAID)
    )
