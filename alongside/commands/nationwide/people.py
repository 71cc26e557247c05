"""Invented people, by the marginals: who they are, where, what they want or know, and what they write about it."""

import random
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from alongside.commands.nationwide.marginals import Marginals
from alongside.finding.vocabulary import label
from alongside.people.models import Person
from alongside.programmes.availability import SLOTS
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import ParticipantState, Side

MINUTE = timedelta(minutes=1)
SORTED_SLOTS = sorted(SLOTS)
CAPACITIES = {1: 45, 2: 35, 3: 15, 4: 5}
NOT_READY, LEFT = 0.03, 0.04
"""Shares of those who have steps left to pass, where there are steps, and of those who left before any mentorship."""
SENTENCES = {
    Side.MENTEE: (
        "I started on my own and it has grown faster than I thought.",
        "I know my trade, but nobody ever taught me the rest of it.",
        "I would like to talk to somebody who has been through it and came out the other side.",
        "Most weeks I put out fires and never get to what matters.",
        "The bank asked for a forecast and I did not know where to begin.",
        "I have two people working for me and am not sure how to lead them.",
        "Evenings are easiest for me, and I am happy to meet online.",
        "I keep putting off the decision and would like somebody to think it through with.",
    ),
    Side.MENTOR: (
        "I ran a firm for eighteen years and sold it when my knees gave out.",
        "I have made most of the mistakes there are, and can usually say which one comes next.",
        "I listen first; advice is cheap, and yours is the business.",
        "I have taken on staff, let people go and been to court once.",
        "Somebody gave me an hour a month when I began, and I would like to pass that on.",
        "Numbers are not frightening once they are on one page.",
        "I can meet in the daytime, and I am used to working online.",
        "I know lenders from both sides of the desk.",
    ),
}
JOBS = {
    Side.MENTEE: ("Owner", "Founder", "Manager", "Sole trader", "Partner", "Team leader"),
    Side.MENTOR: ("Director", "Managing director", "Retired director", "Consultant", "Head of operations", "Owner"),
}


def person(marginals: Marginals, dice: random.Random, address: str, *, password: str, at: datetime) -> Person:
    """Invent somebody. ``address`` is what no other address begins with: it stands after their name.

    :param password: one that nobody can sign in with.
    """
    firsts, lasts = marginals.names.draw(dice)
    name = f"{_common(dice, firsts)} {_common(dice, lasts)}"
    return Person(email=f"{_plain(name)}.{address}", name=name, joined_at=at, password=password)


def participant(
    marginals: Marginals, dice: random.Random, cohort: Cohort, side: Side, person: Person, *, region: str, at: datetime
) -> Participant:
    """Invent how somebody takes part: eight of ten near their organisation, with their own topics and words."""
    home = region if dice.random() < 0.8 else marginals.regions.draw(dice)
    town = dice.choice(marginals.towns[home])
    topics = (marginals.wanted if side == Side.MENTEE else marginals.offered).several(dice, dice.randint(1, 4))
    sector = marginals.sectors.draw(dice)
    lengths = marginals.asked if side == Side.MENTEE else marginals.told
    return Participant(
        organisation_id=cohort.organisation_id,
        programme_id=cohort.programme_id,
        cohort=cohort,
        person=person,
        side=side.value,
        joined_at=at,
        capacity=PLACES[side](dice),
        employer=f"{person.name.split()[-1]} {label('sectors', sector)}",
        job_title=dice.choice(JOBS[side]),
        place=town.name,
        latitude=town.latitude,
        longitude=town.longitude,
        max_km=dice.choice([10, 25, 40, 60]),
        remote=dice.random() < 0.75,
        sector=label("sectors", sector),
        seniority=dice.randint(1, 4) if side == Side.MENTEE else dice.randint(3, 7),
        topics=[[label("topics", each), 1.0 if place == 0 else 0.5] for place, each in enumerate(topics)],
        availability=sorted(dice.sample(SORTED_SLOTS, dice.randint(2, 6))),
        languages=["English"] if dice.random() < 0.93 else ["English", dice.choice(["Welsh", "Polish", "Urdu"])],
        about=words(dice, side, lengths.draw(dice)),
        **_standing(dice, cohort, side),
    )


def words(dice: random.Random, side: Side, length: int) -> str:
    """Write about as many characters as somebody on this side does, in whole sentences."""
    said: list[str] = []
    while not said or sum(map(len, said)) < length:
        said.append(dice.choice(SENTENCES[side]))
    return " ".join(said)


def _standing(dice: random.Random, cohort: Cohort, side: Side) -> dict[str, Any]:
    """Ready with every step passed, not ready with one left, or gone."""
    gates = [gate.id for gate in cohort.rules.gates_of(side.value)]
    chance = dice.random()
    if chance < LEFT:
        return {"state": ParticipantState.WITHDRAWN.value, "gates_passed": gates}
    if gates and chance < LEFT + NOT_READY:
        return {"state": ParticipantState.WAITING.value, "gates_passed": gates[:-1]}
    return {"state": ParticipantState.READY.value, "gates_passed": gates}


def _capacity(dice: random.Random) -> int:
    return dice.choices(list(CAPACITIES), list(CAPACITIES.values()))[0]


PLACES: dict[Side, Callable[[random.Random], int]] = {Side.MENTOR: _capacity, Side.MENTEE: lambda dice: 1}


def _common(dice: random.Random, names: tuple[str, ...]) -> str:
    """Draw a name from a list that begins with the commonest."""
    return names[min(int(dice.expovariate(3 / len(names))), len(names) - 1)]


def _plain(name: str) -> str:
    """Return a name as an address has it: small letters of the Latin alphabet and dots."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return ".".join("".join(c for c in word if c.isalnum()) for word in letters.split()) or "somebody"
