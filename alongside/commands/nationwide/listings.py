"""How a made-up organisation is called, and what its page in the directory says."""

import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from alongside.commands.demonstration.directory import AUDIENCES, KINDS
from alongside.commands.nationwide.marginals import Marginals, Town
from alongside.directory import actions
from alongside.directory.models import Listing
from alongside.finding.offers import Cost, Standing
from alongside.finding.vocabulary import label
from alongside.journeys.measure_listings import measure_listing
from alongside.organisations.models import Organisation
from alongside.people.models import Person
from alongside.programmes.models import Programme

STANDINGS = {Standing.ASSESSED: 45, Standing.CONDITIONAL: 10, Standing.VISIBLE: 45}
STATES = {"listed": 94, "waiting": 3, "draft": 1, "hidden": 1, "suspended": 1}
MOVES = {
    "draft": (),
    "waiting": ("send",),
    "listed": ("send", "list"),
    "hidden": ("send", "list", "hide"),
    "suspended": ("send", "list", "suspend"),
}
ABOUT = (
    "We bring people together who would not have met. A mentor has done what you want to do, and has time for you.",
    "You meet about once a month for an hour or so, where it suits you both. What is said stays between you.",
    "We began around a kitchen table. Today volunteers from most trades mentor with us, and a coordinator knows each.",
    "Before you meet anybody we talk with you, so that you choose between people who fit what you are looking for.",
    "If it is not right, say so: you choose again, and nobody is blamed. After a year most people no longer need us.",
    "Mentors are trained before they begin, meet each other twice a year and have somebody to ask when it gets hard.",
)


def named(marginals: Marginals, dice: random.Random, taken: set[str]) -> tuple[str, Town, int]:
    """Return a name that is not taken, the town it is in, and the place of its kind among all kinds."""
    while True:
        town = dice.choice(marginals.towns[marginals.regions.draw(dice)])
        kind = dice.randrange(len(KINDS))
        name = f"{town.name} {KINDS[kind][0]}"
        if name not in taken:
            return name, town, kind


def put_in_directory(
    organisation: Organisation,
    programmes: Sequence[Programme],
    town: Town,
    kind: int,
    dice: random.Random,
    *,
    by: Person,
    now: datetime,
) -> tuple[Listing, Standing]:
    """Write an organisation's page with its programmes, move it as far as it is, and measure it where it is listed."""
    noun, run_by, topics = KINDS[kind]
    said = _described(dice, town, dice.sample(topics, k=dice.randint(2, len(topics))), AUDIENCES.get(noun, ""))
    listing = actions.write_listing(
        organisation, by=by, at=now, **said, runs_here=True, run_by=run_by,
        summary=_summary(said["topics"], town), about="\n\n".join(dice.sample(ABOUT, k=dice.randint(2, len(ABOUT)))),
        email=f"hello@organisation-{organisation.pk}.example.org",
        website=f"https://organisation-{organisation.pk}.example.org/",
        cost_words="" if said["cost"] == Cost.FREE.value else "£25 a month, free for the first three",
    )  # fmt: skip
    for programme in programmes:
        offered = {**said, "topics": _of_programme(dice, said["topics"])}
        actions.add_offering(
            listing, name=programme.name, programme=programme, summary=_summary(offered["topics"], town),
            takes_mentees=dice.random() < 0.9, wants_mentors=dice.random() < 0.5, by=by, at=now, **offered,
        )  # fmt: skip
    state = dice.choices(list(STATES), list(STATES.values()))[0]
    for move in MOVES[state]:
        actions.move_listing(listing, move, by=by, at=now)
    if state == "listed":
        measure_listing(listing, at=now)
    return listing, dice.choices(list(STANDINGS), list(STANDINGS.values()))[0]


def _of_programme(dice: random.Random, topics: Sequence[str]) -> list[str]:
    return dice.sample(topics, k=dice.randint(1, min(3, len(topics))))


def _described(dice: random.Random, town: Town, topics: list[str], audience: str) -> dict[str, Any]:
    around = {
        "name": town.name,
        "latitude": town.latitude,
        "longitude": town.longitude,
        "km": dice.choice([15, 25, 40]),
    }
    wide = dice.random() < 0.25
    return {
        "topics": topics,
        "audiences": [audience] if audience else [],
        "languages": ["en", "cy"] if town.region == "Wales" and dice.random() < 0.6 else ["en"],
        "in_person": True,
        "online": dice.random() < 0.55,
        "cost": dice.choices([Cost.FREE.value, Cost.BOTH.value, Cost.PAID.value], [75, 10, 15])[0],
        "regions": [town.region] if wide else [],
        "around": [] if wide else [around],
    }


def _summary(topics: Sequence[str], town: Town) -> str:
    first = label("topics", topics[0])
    return f"A mentor beside you for {first[0].lower() + first[1:]}, in and around {town.name}."
