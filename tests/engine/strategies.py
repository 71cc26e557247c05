"""Small cohorts of every shape, and the slow, plain answer to compare the engine with."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations

from hypothesis import strategies as st

from alongside.engine import Market, Objective, Person, Position, Problem, Quota, Rules, Topic, Weights

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


@st.composite
def limited(draw, most_quotas=2):
    """Draw problems with minimums, quotas (nested or crossing) and a least score; the required pairs keep them."""
    problem = draw(problems(most=3))
    mentors = tuple(replace(mentor, minimum=draw(st.integers(0, mentor.capacity))) for mentor in problem.mentors)
    bare = replace(problem, mentors=mentors, required=frozenset())
    sides = [(side, ids) for side, ids in (("mentee", bare.mentees), ("mentor", bare.mentors)) if ids]
    quotas = []
    for number in range(draw(st.integers(0, most_quotas)) if sides else 0):
        side, members = draw(st.sampled_from(sides))
        chosen = draw(st.lists(st.sampled_from([person.id for person in members]), min_size=1, unique=True))
        least = draw(st.integers(0, 2))
        most = draw(st.none() | st.integers(least, least + 1))
        quotas.append(Quota(f"quota {number}", side, frozenset(chosen), least, most))
    rules = replace(problem.rules, least_score=draw(st.sampled_from([0, 0, 4_000])))
    return with_locks(replace(bare, quotas=tuple(quotas), rules=rules), sorted(problem.required))


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
    """Yield every set of pairs that keeps the rules, the capacities, the quotas and the locks."""
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
            fits = problem.required <= set(pairs) and all(load[who] <= room[who] for who in load)
            if fits and all(quota.most is None or _held(quota, pairs) <= quota.most for quota in problem.quotas):
                yield pairs


def missing(problem, pairs):
    """Return how many pairs minimums and quotas still wait for."""
    load = Counter(mentor for _, mentor in pairs)
    short = [mentor.minimum - load[mentor.id] for mentor in problem.mentors]
    short += [quota.least - _held(quota, pairs) for quota in problem.quotas]
    return sum(max(0, each) for each in short)


def _held(quota, pairs):
    return sum(map(quota.holds, pairs))


def worth(problem, pairs):
    """Return what an arrangement is worth, as something to compare: what the objective looks at, in its order."""
    market = Market.of(problem)
    quality = sum(market.score(*pair) for pair in pairs)
    if problem.objective is Objective.QUALITY:
        return -missing(problem, pairs), quality
    chosen = tuple(sorted(market.score(*pair) for pair in pairs if pair not in problem.required))
    ends = {
        Objective.PLACE_FIRST: (quality,),
        Objective.FLOOR_FIRST: (chosen[:1], quality),
        Objective.LEXIMIN: (chosen,),
    }
    placed = len({mentee for mentee, _ in pairs})
    return placed, -missing(problem, pairs), len(pairs), *ends[problem.objective]
