"""One offer beside one need: why it fits, and what it lacks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alongside.finding.columns import Flags, Numbers, Reach
from alongside.finding.need import Need
from alongside.finding.offers import Cost, Offer, Standing
from alongside.finding.reasons import Reason
from alongside.finding.vocabulary import id_of
from alongside.finding.words import stem, stems


@dataclass(frozen=True, slots=True)
class Compared:
    """Every offer beside a need: its fit, whether it is good wherever it is, whether it is ruled out."""

    fit: Numbers
    good: Flags
    ruled_out: Flags
    reach: Reach | None

    def km(self, row: int) -> float | None:
        """Return how far an offer's nearest place is, or None if it names none or nobody said where they are."""
        if self.reach is None or math.isnan(self.reach.km[row]):
            return None
        return float(self.reach.km[row])


def reasons_of(
    need: Need, offer: Offer, reach: Reach | None, row: int
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """Return why an offer fits a need, and what it lacks, both with what matters most first."""
    return (
        (*_fitting(need, offer), *_reached(need, offer, reach, row), *_in_any_case(offer)),
        (*_missing(need, offer), *_unreached(need, offer, reach, row), *_wanting(need, offer)),
    )


def _fitting(need: Need, offer: Offer) -> Iterator[Reason]:
    rows = (
        ("topics", need.topics, offer.topics),
        ("audiences", need.audiences, offer.audiences),
        ("sectors", need.sectors, offer.sectors),
        ("stage", (need.stage,), offer.stages),
        ("languages", need.languages, _languages(offer)),
    )
    for kind, wanted, had in rows:
        if both := _both(wanted, had):
            yield Reason(kind, both)
    words = set(stems(f"{offer.name} {offer.organisation} {offer.about}")) if need.words else set()
    if mentioned := tuple(word for word in need.words if stem(word) in words):
        yield Reason("words", mentioned)


def _missing(need: Need, offer: Offer) -> Iterator[Reason]:
    if need.topics and not offer.topics:
        yield Reason("no topics")
    elif missing := tuple(each for each in need.topics if each not in offer.topics):
        yield Reason("other topics", missing)
    rows = (
        ("other audiences", need.audiences or ("",), offer.audiences),
        ("other sectors", need.sectors, offer.sectors),
        ("other stage", (need.stage,) if need.stage else (), offer.stages),
    )
    for kind, wanted, had in rows:
        if wanted and had and not _both(wanted, had):
            yield Reason(kind, had)
    if "en" not in need.languages and need.languages and not _both(need.languages, _languages(offer)):
        yield Reason("other languages", need.languages)


def _reached(need: Need, offer: Offer, reach: Reach | None, row: int) -> Iterator[Reason]:
    if reach is not None and need.place and offer.in_person:
        if not math.isnan(reach.share[row]) and reach.share[row] <= 1.0:
            yield _nearest(need, offer, "near", float(reach.km[row]))
        elif reach.region[row]:
            yield Reason("region", place=need.place.region)
        elif reach.everywhere[row]:
            yield Reason("everywhere")
    if offer.online and need.online is not False:
        yield Reason("online")


def _unreached(need: Need, offer: Offer, reach: Reach | None, row: int) -> Iterator[Reason]:
    if need.online and not offer.online:
        yield Reason("in person only")
    if need.online is False and not offer.in_person:
        yield Reason("online only")
    elif reach is not None and offer.in_person and not reach.reached[row]:
        if math.isnan(reach.km[row]):
            yield Reason("far", place=" and ".join(offer.regions))
        else:
            yield _nearest(need, offer, "far", float(reach.km[row]))


def _nearest(need: Need, offer: Offer, kind: str, km: float) -> Reason:
    """Return a reason that names the place of an offer which is nearest."""
    spot = need.place
    if spot is None or not offer.around:
        return Reason(kind, km=km)
    squeeze = math.cos(math.radians(spot.latitude))

    def away(place: int) -> float:
        around = offer.around[place]
        return (around.latitude - spot.latitude) ** 2 + ((around.longitude - spot.longitude) * squeeze) ** 2

    return Reason(kind, km=km, place=offer.around[min(range(len(offer.around)), key=away)].name)


def _in_any_case(offer: Offer) -> Iterator[Reason]:
    if offer.cost != Cost.PAID:
        yield Reason("free" if offer.cost == Cost.FREE else "partly free")
    if offer.standing in (Standing.ASSESSED, Standing.CONDITIONAL):
        yield Reason(offer.standing.value)
    if offer.open and offer.free_places:
        yield Reason("free_places", number=float(offer.free_places))
    if offer.days_to_answer is not None:
        yield Reason("days", number=offer.days_to_answer)


def _wanting(need: Need, offer: Offer) -> Iterator[Reason]:
    if offer.cost == Cost.PAID and need.cost == Cost.FREE:
        yield Reason("paid")
    if not offer.open:
        yield Reason("closed")
    elif offer.free_places == 0:
        yield Reason("full")
    if offer.standing == Standing.VISIBLE:
        yield Reason("not assessed")


def _languages(offer: Offer) -> tuple[str, ...]:
    return tuple(id_of("languages", each) or each for each in offer.languages)


def _both(wanted: Sequence[str], had: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in wanted if each and each in had)
