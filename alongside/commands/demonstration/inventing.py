"""Invent people: the same ones every time."""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alongside import places
from alongside.programmes.states import Side

DATA = Path(__file__).with_name("people.toml")
SLOTS = [f"{day}-{part}" for day in ("mon", "tue", "wed", "thu", "fri") for part in ("am", "pm", "eve")]
OTHER_LANGUAGES = ["Welsh", "Urdu", "Polish", "Punjabi", "Irish", "Arabic", "Portuguese", "Yoruba"]


@dataclass(frozen=True)
class Invented:
    """Somebody who does not exist, with what they would have written on a form."""

    name: str
    email: str
    details: dict[str, Any]


class Inventor:
    """Invents people from a seed; no two share a name."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - invented people need no secrecy
        self._data = tomllib.loads(DATA.read_text())
        self._names = self._all_names()

    def people(self, side: Side, number: int, *, capacities: list[int] | None = None) -> list[Invented]:
        """Invent ``number`` people of one side, over all regions in turn."""
        regions = list(self._data["places"])
        return [
            self._person(side, regions[index % len(regions)], capacities[index] if capacities else 1)
            for index in range(number)
        ]

    def _all_names(self) -> Iterator[str]:
        firsts, lasts = self._data["first_names"], self._data["last_names"]
        names = [f"{first} {last}" for first in firsts for last in lasts]
        self._random.shuffle(names)
        return iter(names)

    def _person(self, side: Side, region: str, capacity: int) -> Invented:
        choose = self._random
        name = next(self._names)
        trade = choose.choice(self._data["trades"])
        town = choose.choice(self._data["places"][region])
        place = places.find(town)
        business = choose.choice(trade["businesses"])
        words = choose.choice(self._data["words"][side.value]).format(business=business, place=town)
        details = {
            "sector": trade["sector"],
            "topics": self._topics(trade, side),
            "employer": f"{name.split()[-1]} {trade['sector'].split()[0]}",
            "job_title": "Owner" if side is Side.MENTEE else choose.choice(["Founder", "Director", "Chair"]),
            "place": town,
            "latitude": place.latitude if place else None,
            "longitude": place.longitude if place else None,
            "remote": choose.random() < 0.8,
            "seniority": choose.choice([2, 3, 3, 4]) if side is Side.MENTEE else choose.choice([4, 5, 5, 6]),
            "availability": sorted(choose.sample(SLOTS, choose.randint(5, 9))),
            "languages": ["English", *([choose.choice(OTHER_LANGUAGES)] if choose.random() < 0.25 else [])],
            "about": words[0].upper() + words[1:],
            "capacity": capacity,
        }
        return Invented(name, f"{name.lower().replace(' ', '.')}@example.org", details)

    def _topics(self, trade: dict[str, Any], side: Side) -> list[list[Any]]:
        """Two or three needs of her own trade for a mentee; for a mentor most of her trade and some of another."""
        choose = self._random
        own = choose.sample(trade["needs"], choose.randint(2, 3) if side is Side.MENTEE else 4)
        other = choose.choice(self._data["trades"])["needs"]
        borrowed = choose.sample(other, 3) if side is Side.MENTOR else []
        return [[label, 1.0 if index == 0 else 0.7] for index, label in enumerate(dict.fromkeys([*own, *borrowed]))]
