"""Small cohorts of every shape, and the slow, plain answer to compare the engine with."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
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


@lru_cache(maxsize=None, typed=True)
def one(*options):
    """Return the strategy that draws one of these, the same for the same: making it takes longer than drawing."""
    return st.sampled_from(options)


@lru_cache(maxsize=None, typed=True)
def few(*options, most, unique=False):
    """Return the strategy that draws a few of these."""
    return st.lists(one(*options), max_size=most, unique=unique)


@lru_cache
def up_to(most):
    return st.integers(0, most)


SENIORITY = st.none() | st.integers(1, 4)
SLOTS = st.frozensets(one("mon-am", "tue-pm"), max_size=2)
LANGUAGES = st.frozensets(one("en", "cy"), max_size=2)
YES_OR_NO = st.booleans()


@st.composite
def people(draw, side, capacity=2, most=4):
    others = IDS["mentor" if side == "mentee" else "mentee"]
    return tuple(
        Person(
            id=identifier,
            capacity=draw(up_to(capacity)),
            organisation=draw(one("", "Harbour", "Mill")),
            topics=tuple(Topic(label, draw(one(0.5, 1.0))) for label in draw(few(*TOPICS, most=3, unique=True))),
            text=draw(one("", "I bake bread and export it", "bread, prices and exports")),
            sector=draw(one("", "food", "hospitality", "law")),
            position=draw(one(None, Position(51.5, 0), Position(51.6, 0.1), Position(55, -3))),
            remote=draw(YES_OR_NO),
            availability=draw(SLOTS),
            languages=draw(LANGUAGES),
            seniority=draw(SENIORITY),
            attributes=(
                *draw(one((), (("party", "Blue"),), (("party", "green"),))),
                *draw(one((), (("rooms", "step-free"),), (("rooms", "Lift"),))),
            ),
            cleared=draw(one(True, True, True, False)),
            prefers=tuple(draw(few(*others, most=2, unique=True))),
            avoids=tuple(draw(few(*others, most=1))),
            former=tuple(draw(few(*others, most=1))),
            conflicts=tuple(draw(few(*others, most=1))) if draw(YES_OR_NO) else (),
            requires=draw(one((), (), (), *REQUIRED)),
            mode=draw(one("", "in_person", "remote", "either")),
            asks=tuple(draw(few(*EXPERIENCE, most=4))),
            experience=tuple(draw(few(*EXPERIENCE, most=3))),
        )
        for identifier in IDS[side][: draw(up_to(most))]
    )


@st.composite
def problems(draw, capacity=2, most=4):
    mentees, mentors = draw(people("mentee", capacity, most)), draw(people("mentor", capacity, most))
    every = [(mentee.id, mentor.id) for mentee in mentees for mentor in mentors]
    chosen = draw(few(*every, most=4, unique=True)) if every else []
    rules = Rules(
        organisation=draw(one("any", "any", "same", "different")),
        languages=draw(YES_OR_NO),
        distance=draw(YES_OR_NO),
        availability=draw(YES_OR_NO),
        must_share=draw(one((), (), ("party",))),
        avoid=draw(YES_OR_NO),
        minimum_seniority_gap=draw(one(None, None, 1)),
        must_differ=draw(one((), (), ("rooms",))),
        former=draw(YES_OR_NO),
    )
    problem = Problem(
        mentees,
        mentors,
        rules,
        draw(one(*WEIGHTS)),
        forbidden=frozenset(chosen[2:]),
        objective=draw(one(*Objective)),
        opened=frozenset({"party"}),
    )
    return with_locks(problem, chosen[:2])


@st.composite
def limited(draw, most_quotas=2):
    """Draw problems with minimums, quotas (nested or crossing) and a least score; the required pairs keep them."""
    problem = draw(problems(most=3))
    mentors = tuple(replace(mentor, minimum=draw(up_to(mentor.capacity))) for mentor in problem.mentors)
    bare = replace(problem, mentors=mentors, required=frozenset())
    sides = [(side, ids) for side, ids in (("mentee", bare.mentees), ("mentor", bare.mentors)) if ids]
    quotas = []
    for number in range(draw(up_to(most_quotas)) if sides else 0):
        side, members = draw(st.sampled_from(sides))
        chosen = draw(st.lists(one(*(person.id for person in members)), min_size=1, unique=True))
        least = draw(up_to(2))
        most = draw(st.none() | st.integers(least, least + 1))
        quotas.append(Quota(f"quota {number}", side, frozenset(chosen), least, most))
    rules = replace(problem.rules, least_score=draw(one(0, 0, 4_000)))
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
