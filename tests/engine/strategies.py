"""Small cohorts of every shape, and the slow, plain answer to compare the engine with."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from hypothesis import strategies as st

from alongside.engine import Market, Objective, Person, Position, Problem, Rules, Topic, Weights

TOPICS = ["Pricing", "cash flow", "Finance", "exporting abroad", "Leadership", "zebra keeping"]
EXPERIENCE = ["Exporting", "selling abroad", "zebra keeping", "has led a council", "Hiring"]
REQUIRED = [(("party", "blue"),), (("rooms", "Step-free"),), (("rooms", "step-free"), ("rooms", "lift"))]
WEIGHTS = [
    Weights(),
    Weights(0, 0, 1, 0, 0, 0, 0),
    Weights(1, 2, 3, 4, 5, 6, 7),
    Weights(mode=20, experience=30),
    Weights(0, 0, 0, 0, 0, 0, 0, mode=1, experience=3),
]
IDS = {"mentee": ["a", "b", "c", "d"], "mentor": ["w", "x", "y", "z"]}


@st.composite
def people(draw, side, capacity=2, most=4):
    others = IDS["mentor" if side == "mentee" else "mentee"]
    return tuple(
        Person(
            id=identifier,
            capacity=draw(st.integers(0, capacity)),
            organisation=draw(st.sampled_from(["", "Harbour", "Mill"])),
            topics=tuple(
                Topic(label, draw(st.sampled_from([0.5, 1.0])))
                for label in draw(st.lists(st.sampled_from(TOPICS), max_size=3, unique=True))
            ),
            text=draw(st.sampled_from(["", "I bake bread and export it", "bread, prices and exports"])),
            sector=draw(st.sampled_from(["", "food", "hospitality", "law"])),
            position=draw(st.sampled_from([None, Position(51.5, 0), Position(51.6, 0.1), Position(55, -3)])),
            remote=draw(st.booleans()),
            availability=draw(st.frozensets(st.sampled_from(["mon-am", "tue-pm"]), max_size=2)),
            languages=draw(st.frozensets(st.sampled_from(["en", "cy"]), max_size=2)),
            seniority=draw(st.none() | st.integers(1, 4)),
            attributes=(
                *draw(st.sampled_from([(), (("party", "Blue"),), (("party", "green"),)])),
                *draw(st.sampled_from([(), (("rooms", "step-free"),), (("rooms", "Lift"),)])),
            ),
            cleared=draw(st.sampled_from([True, True, True, False])),
            prefers=tuple(draw(st.lists(st.sampled_from(others), max_size=2, unique=True))),
            avoids=tuple(draw(st.lists(st.sampled_from(others), max_size=1))),
            former=tuple(draw(st.lists(st.sampled_from(others), max_size=1))),
            conflicts=tuple(draw(st.lists(st.sampled_from(others), max_size=1))) if draw(st.booleans()) else (),
            requires=draw(st.sampled_from([(), (), (), *REQUIRED])),
            mode=draw(st.sampled_from(["", "in_person", "remote", "either"])),
            asks=tuple(draw(st.lists(st.sampled_from(EXPERIENCE), max_size=4))),
            experience=tuple(draw(st.lists(st.sampled_from(EXPERIENCE), max_size=3))),
        )
        for identifier in IDS[side][: draw(st.integers(0, most))]
    )


@st.composite
def problems(draw, capacity=2, most=4):
    mentees, mentors = draw(people("mentee", capacity, most)), draw(people("mentor", capacity, most))
    every = [(mentee.id, mentor.id) for mentee in mentees for mentor in mentors]
    chosen = draw(st.lists(st.sampled_from(every), max_size=4, unique=True)) if every else []
    rules = Rules(
        organisation=draw(st.sampled_from(["any", "any", "same", "different"])),
        languages=draw(st.booleans()),
        distance=draw(st.booleans()),
        availability=draw(st.booleans()),
        must_share=draw(st.sampled_from([(), (), ("party",)])),
        avoid=draw(st.booleans()),
        minimum_seniority_gap=draw(st.sampled_from([None, None, 1])),
        must_differ=draw(st.sampled_from([(), (), ("rooms",)])),
        former=draw(st.booleans()),
    )
    problem = Problem(
        mentees,
        mentors,
        rules,
        draw(st.sampled_from(WEIGHTS)),
        forbidden=frozenset(chosen[2:]),
        objective=draw(st.sampled_from(list(Objective))),
        opened=frozenset({"party"}),
    )
    return with_locks(problem, chosen[:2])


def with_locks(problem, pairs):
    """Require each of the pairs that can be."""
    market = Market.of(problem)
    for pair in pairs:
        try:
            market = market.with_pairs(required=market.problem.required | {pair})
        except ValueError:
            continue
    return market.problem


def arrangements(problem):
    """Yield every set of pairs that keeps the rules, the capacities and the locks."""
    market = Market.of(problem)
    possible = [
        (mentee.id, mentor.id)
        for mentee in problem.mentees
        for mentor in problem.mentors
        if market.allowed(mentee.id, mentor.id)
    ]
    room = Counter({("mentee", p.id): p.capacity for p in problem.mentees})
    room.update({("mentor", p.id): p.capacity for p in problem.mentors})
    most = min(sum(p.capacity for p in side) for side in (problem.mentees, problem.mentors))
    for size in range(most + 1):
        for pairs in combinations(possible, size):
            load = Counter(("mentee", mentee) for mentee, _ in pairs)
            load.update(("mentor", mentor) for _, mentor in pairs)
            if problem.required <= set(pairs) and all(load[who] <= room[who] for who in load):
                yield pairs


def worth(problem, pairs):
    """Return what an arrangement is worth, as something to compare: people, pairs, quality, or quality alone."""
    market = Market.of(problem)
    quality = sum(market.score(*pair) for pair in pairs)
    if problem.objective is Objective.QUALITY:
        return (quality,)
    return len({mentee for mentee, _ in pairs}), len(pairs), quality
