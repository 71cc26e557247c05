"""How often a made-up network has each name, place, sector and topic: as real counts say, or by plain weights.

The counts are read where they lie, in a folder of reference data, and never kept here.
"""

from __future__ import annotations

import csv
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Generic, TypeVar

from alongside.commands.demonstration.directory import MILLIONS
from alongside.finding.vocabulary import choices
from alongside.places.gazetteer import towns_in

T = TypeVar("T")
Counts = Mapping[str, float]


class NoMarginals(Exception):
    """Say which file of counts is not where it was said to be."""


class Weighted(Generic[T]):
    """Things to draw from, each as often as its weight says."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.things = list(weights)
        self._edges = list(accumulate(weights.values()))

    def draw(self, dice: random.Random) -> T:
        return dice.choices(self.things, cum_weights=self._edges)[0]

    def several(self, dice: random.Random, number: int) -> list[T]:
        """Draw up to so many different ones."""
        return list(dict.fromkeys(dice.choices(self.things, cum_weights=self._edges, k=number)))


@dataclass(frozen=True)
class Town:
    """Where somebody is."""

    name: str
    region: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Lengths:
    """How long texts are: half of them up to the median, nineteen of twenty up to ``high``, none over ``most``."""

    median: int
    high: int
    most: int

    def draw(self, dice: random.Random) -> int:
        spread = math.log(self.high / self.median) / 1.645
        return max(20, min(self.most, round(self.median * math.exp(spread * dice.gauss(0, 1)))))


@dataclass(frozen=True)
class Marginals:
    """What people are drawn from. Topics and sectors are ids of the search's vocabulary."""

    regions: Weighted[str]
    towns: Mapping[str, Sequence[Town]]
    wanted: Weighted[str]
    offered: Weighted[str]
    sectors: Weighted[str]
    names: Weighted[tuple[tuple[str, ...], tuple[str, ...]]]
    asked: Lengths
    told: Lengths
    real: bool


# What the counted programmes call it, and what the vocabulary does.
MEANT = {
    "Product": "strategy", "Marketing": "marketing", "Software Engineering": "digital", "Founder": "starting",
    "Business Development/Partnerships": "customers", "Business Operations": "operations", "Sales": "sales",
    "HR/People": "people", "Customer Success": "customers", "Finance": "finance", "Analytics/Data": "digital",
    "Design": "marketing", "Recruiting/Talent": "people", "Community": "marketing", "Chief of Staff Role": "strategy",
    "Project Management": "operations", "Program Management": "operations", "Research": "strategy",
    "Operations (Manufacturing, Supply Chain, Logistics)": "operations", "Customer Support": "customers",
    "IT/Dev Ops/Security": "digital", "Legal": "law", "Entrepreneurship Coaching": "starting",
    "Sales & Business Development": "sales", "Marketing & Branding": "marketing", "Product Management": "strategy",
    "Business Model Development": "strategy", "Go to Market Strategy": "customers", "IT Consulting": "digital",
    "HR Consulting": "people", "Investing": "funding", "Training & Development": "people",
    "Business Finance": "finance", "Growth Strategy Formulation": "strategy", "Supply Chain Management": "operations",
    "Legal & Compliance": "law", "Digital Marketing": "marketing", "Strategic Planning": "strategy",
    "Digital Transformation": "digital", "Intellectual Property Advisory": "law", "E-commerce Management": "digital",
}  # fmt: skip
NOT_COUNTED = ["confidence", "balance", "career", "export", "succession", "funding", "finance"]
"""Topics that the counted programmes ask little or nothing about; each gets a fiftieth of the whole beside theirs."""
DIVISIONS = [
    (3, "land"), (9, "other"), (12, "food"), (33, "making"), (39, "other"), (43, "building"), (47, "shops"),
    (53, "other"), (55, "tourism"), (56, "food"), (60, "creative"), (63, "digital"), (71, "advice"), (72, "digital"),
    (74, "creative"), (75, "care"), (82, "advice"), (84, "public"), (85, "learning"), (88, "care"), (93, "tourism"),
    (94, "charity"), (96, "shops"), (99, "other"),
]  # fmt: skip
"""The last division (the first two digits of a code of SIC 2007) of each sector of the vocabulary."""
COUNTRIES = {
    "GB": 80,
    "IN": 4,
    "PL": 3,
    "IE": 3,
    "RO": 2,
    "BD": 1,
    "PT": 1,
    "IT": 1,
    "CN": 1,
    "UA": 1,
    "ES": 1,
    "FR": 1,
}
"""Of a hundred people, how many have names as they are common in a country."""
REGION_NAMES = {
    "South East England": "South East",
    "South West England": "South West",
    "North West England": "North West",
    "North East England": "North East",
    "Yorkshire and the Humber": "Yorkshire and The Humber",
}
FIRST = (
    "Ada", "Amir", "Bethan", "Callum", "Dilys", "Ewan", "Fatima", "George", "Hana", "Imran", "Jess", "Kofi", "Lena",
    "Mairi", "Niall", "Olwen", "Priya", "Rhys", "Sana", "Tom", "Una", "Victor", "Wanda", "Zofia",
)  # fmt: skip
LAST = (
    "Ahmed", "Bell", "Campbell", "Davies", "Evans", "Fraser", "Green", "Hughes", "Iqbal", "Jones", "Kaur", "Lewis",
    "Murphy", "Nowak", "Okafor", "Patel", "Quinn", "Roberts", "Smith", "Taylor", "Walker", "Young",
)  # fmt: skip


def plain() -> Marginals:
    """Return weights that are plain guesses, for where no counts are at hand."""
    topics = [each for each, _label in choices("topics")[:16]]
    falling = {topic: 1 / (place + 2) for place, topic in enumerate(topics)}
    return Marginals(
        regions=Weighted(MILLIONS),
        towns={
            region: [Town(t.name, region, t.latitude, t.longitude) for t in towns_in(region)] for region in MILLIONS
        },
        wanted=Weighted(falling),
        offered=Weighted(dict(zip(topics, reversed(falling.values()), strict=True))),
        sectors=Weighted({each: 1.0 for each, _label in choices("sectors")}),
        names=Weighted({(FIRST, LAST): 1.0}),
        asked=Lengths(200, 600, 2000),
        told=Lengths(200, 600, 2000),
        real=False,
    )


def read(folder: Path) -> Marginals:
    """Read the counts of a folder of reference data.

    :raises NoMarginals: if one of its files is not there.
    """
    real = folder / "applications" / "real_programme_marginals"
    startup, business = (json.loads(_text(real / f"{name}.json")) for name in ("startup_programme", "business_mentors"))
    expertise = Counter(business["Primary Expertise"]) + Counter(business["Secondary Expertise"])
    return Marginals(
        regions=Weighted(_people_by_region(folder)),
        towns=_towns(folder),
        wanted=_topics(startup["mentees"]["Function"]),
        offered=_topics(Counter(startup["mentors"]["Function"]) + expertise),
        sectors=_sectors(folder),
        names=_names(folder),
        asked=_lengths(startup["mentees"]),
        told=_lengths(startup["mentors"]),
        real=True,
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise NoMarginals(str(path)) from error


def _rows(path: Path, *, between: str = ",") -> Iterable[dict[str, str]]:
    return csv.DictReader(_text(path).splitlines(), delimiter=between)


def _people_by_region(folder: Path) -> Counts:
    found: Counter[str] = Counter()
    for row in _rows(folder / "reference" / "local_authorities" / "uk_local_authorities.csv"):
        if row["current-authority"] == "True" and row["lower-or-unitary"] == "True":
            found[row["region"]] += round(float(row["pop-2020"] or 0))
    return {region: people for region, people in found.items() if region in MILLIONS and people}


def _towns(folder: Path) -> dict[str, list[Town]]:
    """Every postcode district as a place, by region: where more people live there are more of them."""
    found: dict[str, list[Town]] = defaultdict(list)
    for row in _rows(folder / "reference" / "postcode_districts" / "gibbs_outcodes.csv"):
        region = REGION_NAMES.get(row["uk_region"], row["uk_region"])
        if region in MILLIONS and row["town"]:
            found[region].append(Town(row["town"], region, float(row["latitude"]), float(row["longitude"])))
    return dict(found)


def _topics(counts: Counts) -> Weighted[str]:
    found: Counter[str] = Counter()
    for words, number in counts.items():
        if words in MEANT:
            found[MEANT[words]] += int(number)
    few = max(1, found.total() // 50)
    return Weighted({**found, **{topic: found[topic] + few for topic in NOT_COUNTED}})


def _sectors(folder: Path) -> Weighted[str]:
    """Companies by sector: of the codes, those of SIC 2007, which have five digits."""
    found: Counter[str] = Counter()
    rows = _rows(folder / "reference" / "sic2007" / "companies_house_usage_counts.tsv", between="\t")
    for row in rows:
        code = row["industrial-classification"]
        if len(code) == 5:
            found[next(sector for last, sector in DIVISIONS if int(code[:2]) <= last)] += int(row["count"])
    return Weighted(found)


def _names(folder: Path) -> Weighted[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Names by country, in letters of the Latin alphabet; countries without both lists are left out."""
    here = folder / "robustness" / "names_by_country"
    first, last = (
        _by_country(here / "common-forenames-by-country.csv"),
        _by_country(here / "common-surnames-by-country.csv"),
    )
    return Weighted({(first[each], last[each]): n for each, n in COUNTRIES.items() if each in first and each in last})


def _by_country(path: Path) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in _rows(path):
        if name := row["Romanized Name"] or row["Localized Name"]:
            found[row["Country"]].append(name)
    return {country: tuple(dict.fromkeys(names)) for country, names in found.items()}


def _lengths(side: Mapping[str, Mapping[str, int]]) -> Lengths:
    counted = [value for name, value in side.items() if name.startswith("length of") and value["n"]]
    longest = counted[0]
    return Lengths(longest["median"], longest["p95"], longest["max"])
