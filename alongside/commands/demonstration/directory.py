"""The directory of the demonstration: 110 organisations over the twelve regions, most of which run elsewhere.

They are invented, and so are their addresses: example.org.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from alongside.directory import actions
from alongside.directory.models import Listing, Search
from alongside.finding.offers import Cost, Standing
from alongside.finding.vocabulary import choices, label
from alongside.organisations.models import Network, Organisation
from alongside.people.models import Person
from alongside.places.gazetteer import Place, towns_in
from alongside.places.regions import TILES
from alongside.programmes.models import Programme

ORGANISATIONS, SEARCHES, SEED = 110, 900, 110
# Roughly how many millions live in each region, so that a directory is spread as people are.
MILLIONS = {"Scotland": 5.5, "Northern Ireland": 1.9, "North East": 2.7, "North West": 7.5,
            "Yorkshire and The Humber": 5.5, "Wales": 3.1, "West Midlands": 6.0, "East Midlands": 4.9,
            "East of England": 6.4, "South West": 5.7, "South East": 9.4, "London": 8.9}  # fmt: skip
KINDS = [
    ("Enterprise Trust", "A charity", ["starting", "finance", "customers", "strategy"]),
    ("Business Mentors", "A company limited by guarantee", ["strategy", "finance", "sales", "people"]),
    ("Chamber of Trade", "A chamber of commerce", ["customers", "export", "people", "marketing"]),
    ("Start-up House", "A community interest company", ["starting", "funding", "marketing", "digital"]),
    ("Women in Business", "A charity", ["confidence", "starting", "funding", "people"]),
    ("Makers’ Guild", "A co-operative", ["sales", "operations", "marketing", "customers"]),
    ("Growth Network", "A university", ["strategy", "funding", "export", "operations"]),
    ("Rural Enterprise", "A charity", ["customers", "finance", "succession", "balance"]),
    ("Council Mentoring", "A council", ["confidence", "career", "strategy", "balance"]),
]
AUDIENCES = {"Women in Business": "women", "Council Mentoring": "councillors"}


@dataclass(frozen=True)
class Invented:
    """An organisation as a directory shows it."""

    name: str
    region: str
    listing: dict[str, Any]
    offerings: list[dict[str, Any]]
    standing: Standing


def invented(number: int, *, seed: int = SEED) -> Iterator[Invented]:
    """Yield different organisations, spread over the regions as people are; the same ones every time."""
    dice = random.Random(seed)  # noqa: S311  # invented, not secret
    taken: set[str] = set()
    for place in range(number):
        region = list(TILES)[place] if place < len(TILES) else dice.choices(list(TILES), list(MILLIONS.values()))[0]
        one = _organisation(dice, region, place // len(TILES), taken)
        taken.add(one.name)
        yield one


def fill_directory(network: Network, by: Person, *, now: datetime) -> None:
    """Put the invented organisations into a network's directory, as stewards would have."""
    for one in invented(ORGANISATIONS):
        organisation = Organisation.objects.create(network=network, name=one.name, region=one.region)
        listing = actions.write_listing(organisation, by=by, at=now, **one.listing)
        for said in one.offerings:
            actions.add_offering(listing, by=by, at=now, **said)
        show(listing, one.standing, by=by, now=now)
    _note_searches(network, now)


def show(listing: Listing, standing: Standing, *, by: Person, now: datetime) -> None:
    """Let a listing be seen, with what it was assessed as last year."""
    actions.move_listing(listing, "send", by=by, at=now)
    actions.move_listing(listing, "list", by=by, at=now)
    if standing != Standing.VISIBLE:
        since = (now - timedelta(days=200)).date()
        actions.set_standing(listing, standing, since=since, until=since + timedelta(days=1095), by=by, at=now)


def list_programme(programme: Programme, said: dict[str, Any], *, by: Person, now: datetime) -> Listing:
    """Put the organisation of a programme that runs here into the directory, with the programme on its page."""
    same = {name: said[name] for name in ("topics", "in_person", "online", "regions", "languages")}
    about = {**same, "summary": said["summary"], "email": f"hello@{programme.organisation.ref}.example.org"}
    listing = actions.write_listing(programme.organisation, by=by, at=now, runs_here=True, **about)
    offered = {**said, "takes_mentees": True, "wants_mentors": True}
    actions.add_offering(listing, name=programme.name, programme=programme, by=by, at=now, **offered)
    show(listing, Standing.ASSESSED, by=by, now=now)
    return listing


def _organisation(dice: random.Random, region: str, round_: int, taken: set[str]) -> Invented:
    towns = towns_in(region)[:40]
    while True:
        town, (noun, run_by, topics) = dice.choice(towns), dice.choice(KINDS)
        name = f"{town.name} {noun}"
        if name not in taken:
            break
    helps = dice.sample(topics, k=dice.randint(2, len(topics)))
    helps += dice.sample([each for each, _label in choices("topics")[:16] if each not in helps], k=dice.randint(0, 2))
    said = _described(dice, town, helps, AUDIENCES.get(noun, ""))
    email = f"hello@{name.lower().replace(' ', '-').replace('’', '')}.example.org"
    listing = {
        **said,
        "summary": _summary(helps, town),
        "run_by": run_by,
        "email": email,
        "website": f"https://{email.partition('@')[2]}/",
        "cost_words": "£25 a month, free for the first three" if said["cost"] != Cost.FREE.value else "",
    }
    standing = dice.choices(list(Standing), [45, 10, 45])[0]
    return Invented(name, region, listing, list(_offerings(dice, town, helps, said)), standing)


def _described(dice: random.Random, town: Place, topics: list[str], audience: str) -> dict[str, Any]:
    sectors = [each for each, _label in choices("sectors")]
    around = {
        "name": town.name,
        "latitude": town.latitude,
        "longitude": town.longitude,
        "km": dice.choice([15, 25, 40]),
    }
    wide = dice.random() < 0.25
    return {
        "topics": topics,
        "sectors": dice.sample(sectors, k=2) if dice.random() < 0.25 else [],
        "audiences": [audience] if audience else [],
        "languages": ["en", "cy"] if town.region == "Wales" and dice.random() < 0.6 else ["en"],
        "in_person": True,
        "online": dice.random() < 0.55,
        "cost": dice.choices([Cost.FREE.value, Cost.BOTH.value, Cost.PAID.value], [75, 10, 15])[0],
        "regions": [town.region] if wide else [],
        "around": [] if wide else [around],
    }


def _offerings(dice: random.Random, town: Place, topics: list[str], said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for number in range(dice.choices([0, 1, 2, 3], [20, 40, 25, 15])[0]):
        main = topics[number % len(topics)]
        yield {
            **said,
            "name": f"{label('topics', main)}: {['one to one', 'evenings', 'over six months'][number]}",
            "summary": _summary([main], town),
            "topics": [main, *dice.sample(topics, k=1)],
            "takes_mentees": dice.random() < 0.9,
            "wants_mentors": dice.random() < 0.5,
        }


def _summary(topics: list[str], town: Place) -> str:
    first = label("topics", topics[0])
    return f"A mentor beside you for {first[0].lower() + first[1:]}, in and around {town.name}."


def _note_searches(network: Network, now: datetime) -> None:
    """What people looked for in the last year, more where more people live."""
    dice = random.Random(SEARCHES)  # noqa: S311
    topics = [each for each, _label in choices("topics")[:16]]
    Search.objects.bulk_create(
        Search(
            network=network,
            on=(now - timedelta(days=int(365 * dice.random() ** 1.5))).date(),
            region=dice.choices(list(MILLIONS), list(MILLIONS.values()))[0],
            topics=[topics[min(len(topics) - 1, int(dice.expovariate(0.25)))]],
            found=dice.choice([0, 1, 3, 8]),
        )
        for _each in range(SEARCHES)
    )
