"""Where somebody is: places, postcodes and parts of the country named in the middle of a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import fmean

from alongside.finding.need import Spot
from alongside.finding.spelling import corrected
from alongside.finding.vocabulary import known_stems, vocabulary
from alongside.finding.words import SMALL, Token, ordinary, stem
from alongside.places.areas import AREA_TOWNS
from alongside.places.gazetteer import Place, find, gazetteer, key, regions
from alongside.places.postcodes import POSTCODE, outward_code

BEFORE_PLACES = frozenset(
    ("in", "near", "nr", "around", "outside", "from", "round", "by", "based",
     "yn", "ym", "yng", "ger", "o")
)  # fmt: skip
NO_POSTCODES = frozenset({"b2b", "b2c", "co2", "g7", "g8", "g20", "e10", "m6", "m25", "l1", "l2", "l3"})
"""What looks like the first half of a postcode and mostly is something else; with an end of it, it is one."""

# What the first letter of a Welsh name becomes after "yn" (in), undone: the longest first.
_MUTATED = (("ngh", "c"), ("mh", "p"), ("nh", "t"), ("ng", "g"), ("m", "b"), ("n", "d"))
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A place that was named: which, in which words, and how certainly (the more the likelier)."""

    spot: Spot
    first: int
    after: int
    certainty: int


def spot_named(text: str) -> Spot | None:
    """Return the place that a field for places names: a town, a postcode or a part of the country, misspelt or not."""
    place = find(text)
    if place:
        return _spot(place)
    words = [word for word in key(text[:200]).split() if word not in SMALL]
    part = _wide(" ".join(words))
    if part:
        return part
    right = " ".join(corrected(word, place_first=True) for word in words)
    place = find(right) if right else None
    return _spot(place) if place else None


def spot_in(tokens: Sequence[Token], words: Sequence[str]) -> Found | None:
    """Return the place somebody names in a text, or None.

    :param words: those of the tokens, spelling corrected.
    """
    found = [*_postcodes(tokens), *_towns(tokens, words), *_parts(words)]
    return max(found, key=lambda each: (each.certainty, each.after - each.first, each.first), default=None)


def _postcodes(tokens: Sequence[Token]) -> Iterator[Found]:
    for place, token in enumerate(tokens):
        pair = token.word + (" " + tokens[place + 1].word if place + 1 < len(tokens) else "")
        whole = outward_code(pair) if (match := POSTCODE.fullmatch(pair.upper())) and match["inward"] else None
        glued = POSTCODE.fullmatch(token.word.upper())
        outward = whole or (glued and glued["area"] in AREA_TOWNS and glued["outward"]) or None
        if outward and (whole or (glued and glued["inward"]) or _likely_alone(tokens, place)):
            town = find(outward)
            if town:
                yield Found(_spot(town), place, place + 1 + bool(whole and pair != token.word), 5)


def _likely_alone(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether the first half of a postcode is one: two letters mostly are, one letter where a place would be."""
    word = tokens[place].word
    said = place > 0 and tokens[place - 1].word in BEFORE_PLACES
    return said or (word not in NO_POSTCODES and (word[1].isalpha() or place == 0))


def _towns(tokens: Sequence[Token], words: Sequence[str]) -> Iterator[Found]:
    around = ", ".join(sorted(_nations() & _grams(words)))
    for first in range(len(words)):
        for after in range(min(first + _MOST_WORDS, len(words)), first, -1):
            name = " ".join(words[first:after])
            certainty = _certainty(tokens, words, first, after) if name in gazetteer() else 0
            place = find(f"{name}, {around}" if around else name) if certainty else None
            if place:
                yield Found(_spot(place), first, after, certainty)
                break
        else:
            yield from _welsh(words, first)


def _certainty(tokens: Sequence[Token], words: Sequence[str], first: int, after: int) -> int:
    """Return how surely words that may name a place do: 0 where they more likely mean what they say."""
    before = words[first - 1] if first else ""
    said = before in BEFORE_PLACES
    telling = any(word not in ordinary() and stem(word) not in known_stems() for word in words[first:after])
    telling = telling and not all(word in SMALL or len(word) < 3 for word in words[first:after])
    named = tokens[first].capital and (tokens[after - 1].ends or first > 0)
    if telling:
        return 4 if said else 3 if named else 2
    if said and (tokens[first].capital or stem(words[first]) not in known_stems()):
        return 3
    # "Deal, Kent": an ordinary word, written as a name and with what it lies in behind it.
    within = " ".join(words[after : after + 1])
    return 3 if tokens[first].capital and tokens[after - 1].ends and _wide(within) else 0


def _welsh(words: Sequence[str], first: int) -> Iterator[Found]:
    if first and words[first - 1] in ("yn", "ym", "yng"):
        for changed, plain in _MUTATED:
            name = plain + words[first][len(changed) :]
            place = find(name) if words[first].startswith(changed) and name in gazetteer() else None
            if place:
                yield Found(_spot(place), first, first + 1, 4)
                return


def _parts(words: Sequence[str]) -> Iterator[Found]:
    for first in range(len(words)):
        for after in range(first + 1, min(first + 4, len(words)) + 1):
            spot = _wide(" ".join(words[first:after]))
            if spot:
                yield Found(spot, first, after, 1)


def _grams(words: Sequence[str]) -> set[str]:
    return set(words) | {f"{one} {other}" for one, other in pairwise(words)}


@cache
def _nations() -> frozenset[str]:
    return frozenset({"england", "scotland", "wales", "northern ireland"} | {key(name) for name in regions()})


def _wide(name: str) -> Spot | None:
    """Return a part of the country: a county by its town, a region by its middle."""
    if name in vocabulary().parts:
        town = find(vocabulary().parts[name])
        return _spot(town, name.title()) if town else None
    return _regions().get(name)


@cache
def _regions() -> dict[str, Spot]:
    towns: dict[str, set[Place]] = {}
    for places in gazetteer().values():
        for place in places:
            towns.setdefault(place.region, set()).add(place)
    middles = {
        name: Spot(name, name, fmean(p.latitude for p in inside), fmean(p.longitude for p in inside))
        for name, inside in towns.items()
    }
    return {key(name): spot for name, spot in middles.items()}


def _spot(place: Place, name: str = "") -> Spot:
    return Spot(name or place.name, place.region, place.latitude, place.longitude)
