"""A made-up country of mentoring to be searched: organisations and their offers, the same for the same seed.

How many there are of what follows what is known or likely: regions by population, common topics far more often than
rare ones, one organisation in six made for somebody in particular, most of it free.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from alongside.finding.offers import Around, Cost, Offer, Standing
from alongside.finding.vocabulary import label, vocabulary
from alongside.places import Place, find

PEOPLE = {
    "London": 8.8, "South East": 9.3, "North West": 7.4, "East of England": 6.3, "West Midlands": 6.0,
    "South West": 5.7, "Yorkshire and The Humber": 5.5, "Scotland": 5.4, "East Midlands": 4.9, "Wales": 3.1,
    "North East": 2.6, "Northern Ireland": 1.9,
}  # fmt: skip
"""Millions of people by region (census of 2021 and 2022, rounded)."""

BUSINESS = (
    "starting", "finance", "customers", "strategy", "marketing", "people", "funding", "sales", "confidence",
    "digital", "career", "operations", "balance", "law", "export", "succession",
)  # fmt: skip
"""What is helped with, the most common first: each is a seventh rarer than the one before."""

WORK = ("career", "confidence", "people", "balance", "strategy", "funding")
COUNCIL = (
    "role", "scrutiny", "leading", "chamber", "portfolio", "casework", "group", "officers", "budget", "planning",
    "time", "media", "safety", "opposition", "partners", "standing",
)  # fmt: skip
SHARE_FOR_SOME, SHARE_OF_COUNCILS, SHARE_AT_WORK = 0.16, 0.06, 0.16
LANGUAGES = ("pl", "ur", "pa", "bn", "gu", "ro", "ar", "pt", "es", "bfi", "fr", "so")


def offers(organisations: int, seed: int = 2026) -> list[Offer]:
    """Return the offers of so many organisations, about three each."""
    draw = random.Random(seed)  # a made-up country, no secret
    return [offer for number in range(organisations) for offer in _organisation(draw, number)]


def _organisation(draw: random.Random, number: int) -> list[Offer]:
    region = draw.choices(list(PEOPLE), list(PEOPLE.values()))[0]
    home = draw.choices(*_towns(region))[0]
    kind = draw.random()
    council, at_work = kind < SHARE_OF_COUNCILS, kind < SHARE_OF_COUNCILS + SHARE_AT_WORK
    topics = COUNCIL if council else WORK if at_work else BUSINESS
    audiences = ("councillors",) if council else _for_some(draw)
    standing = draw.choices(list(Standing), [0.45, 0.1, 0.45])[0]
    languages = _languages(draw, region)
    days = draw.choice([None, 1.0, 3.0, 6.0, 12.0, 25.0])
    name = f"{home.name} {draw.choice(['Mentors', 'Alliance', 'Partnership', 'Trust', 'Network', 'Agency'])}"
    return [
        _offer(
            draw,
            f"{number}-{place}",
            f"{name} {number}",
            home,
            _some(draw, topics),
            audiences,
            standing,
            languages,
            days,
        )
        for place in range(draw.choices([1, 2, 3, 4, 5, 6], [2, 3, 4, 3, 2, 1])[0])
    ]


def _offer(
    draw: random.Random,
    ref: str,
    organisation: str,
    home: Place,
    topics: tuple[str, ...],
    audiences: tuple[str, ...],
    standing: Standing,
    languages: tuple[str, ...],
    days: float | None,
) -> Offer:
    in_person, online, regions, around = _where(draw, home)
    return Offer(
        ref=ref,
        organisation=organisation,
        name=f"{organisation}: {label('topics', topics[0]) if topics else 'mentoring'}",
        about=" ".join(label("topics", topic) for topic in topics),
        topics=topics,
        sectors=_rarely(draw, 0.22, [each.id for each in vocabulary().sectors])
        if "councillors" not in audiences
        else (),
        stages=_rarely(draw, 0.3, ["pre-start", "start-up", "growing", "established"]) if "starting" in topics else (),
        audiences=audiences,
        languages=languages,
        in_person=in_person,
        online=online,
        cost=draw.choices(list(Cost), [0.62, 0.2, 0.18])[0],
        regions=regions,
        around=around,
        standing=standing,
        open=draw.random() < 0.88,
        free_places=draw.choice([None, 0, 2, 5, 12]),
        days_to_answer=days,
    )


def _some(draw: random.Random, topics: Sequence[str]) -> tuple[str, ...]:
    """Draw one to five topics, common ones more often; one offer in twelve names none."""
    if draw.random() < 1 / 12:
        return ()
    chosen: dict[str, None] = {}
    for _ in range(draw.choice([1, 2, 2, 3, 4, 5])):
        chosen[draw.choices(topics, [0.86**place for place in range(len(topics))])[0]] = None
    return tuple(chosen)


def _for_some(draw: random.Random) -> tuple[str, ...]:
    ids = [each.id for each in vocabulary().audiences if each.id != "councillors"]
    weights = [0.85**place for place in range(len(ids))]
    return (draw.choices(ids, weights)[0],) if draw.random() < SHARE_FOR_SOME else ()


def _languages(draw: random.Random, region: str) -> tuple[str, ...]:
    own = {"Wales": ("cy", 0.4), "Scotland": ("gd", 0.12), "Northern Ireland": ("ga", 0.1)}.get(region, ("", 0.0))
    spoken = ["en", *([own[0]] if draw.random() < own[1] else [])]
    return (*spoken, *([draw.choice(LANGUAGES)] if draw.random() < 0.12 else []))


def _rarely(draw: random.Random, share: float, ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(draw.sample(list(ids), draw.choice([1, 1, 2, 3]))) if draw.random() < share else ()


def _where(draw: random.Random, home: Place) -> tuple[bool, bool, tuple[str, ...], tuple[Around, ...]]:
    """Draw how an offer is reached: around its home, in its region, online only, or everywhere."""
    kind = draw.random()
    online = draw.random() < 0.5
    if kind < 0.45:
        around = Around(home.name, home.latitude, home.longitude, draw.choice([15.0, 25.0, 40.0, 60.0]))
        return True, online, (), (around,)
    if kind < 0.75:
        return True, online, (home.region,), ()
    return (False, True, (), ()) if kind < 0.92 else (True, True, (), ())


@cache
def _towns(region: str) -> tuple[list[Place], list[int]]:
    """Return the towns of a region that a name finds again, with their people."""
    rows = (files("alongside.places") / "places.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows if not row.startswith("#")]
    found = [
        (find(f"{cell[0]}, {region}"), int(cell[6])) for cell in cells if cell[2] == region and int(cell[6]) > 5_000
    ]
    named = [(place, people) for place, people in found if place and place.region == region]
    return [place for place, _ in named], [people for _, people in named]
