from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine import Market
from alongside.engine.scanning import plain, scan
from alongside.engine.scanning.plan import BAN, columns_of
from alongside.engine.scanning.worth import columns_worth, seeds, worth_of
from alongside.engine.values.scores import shares
from benchmarks.populations import EXTREMES, cohort
from tests.engine.strategies import problems

NOBODY = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)


def by_forms(market):
    """Return what every pair scores, and whether it is allowed, by what each criterion and rule says itself."""
    rows, columns = (np.arange(size) for size in market.cohort.shape)
    points = np.zeros(market.cohort.shape, dtype=np.int64)
    for name, share in shares(market.problem.weights).items():
        points += market.criteria[name].points(share, rows, columns)
    allowed = np.ones(market.cohort.shape, dtype=np.bool_)
    for form in (form for rule in market.rules.values() for form in rule):
        allowed &= form.allows(rows, columns)
    allowed[market.cohort.places_of(market.problem.forbidden)] = False
    return points, allowed


def worth_in(market):
    n, m = market.cohort.shape
    ours, theirs = market.cohort.mentees, market.cohort.mentors
    named = seeds([person.id for person in ours]), seeds([person.id for person in theirs])
    return worth_of(10_001, 0, max(1, min(n, m)), *named, NOBODY)


def looked(kind, market, prices, above, most, worth=None):
    plan, worth, rows = market.plan, worth or worth_in(market), np.arange(len(market.cohort.mentees))
    shape = len(rows), most
    mentors, points = np.full(shape, -1, np.int32), np.zeros(shape, np.int32)
    outside, possible = above.copy(), np.zeros(len(rows), np.int32)
    coarse = (prices // worth.scale).astype(np.int32)
    kind(plan, worth, rows, rows, prices, coarse, True, mentors, points, outside, possible)
    return mentors.tolist(), points.tolist(), outside.tolist(), possible.tolist()


@settings(max_examples=150, deadline=None)
@given(problems())
def test_the_compiled_sums_are_those_of_the_criteria_and_rules(problem):
    market = Market.of(problem)
    points, allowed = by_forms(market)
    rows = np.arange(len(problem.mentees))
    for sums in (scan.scores(market.plan, rows), found_plainly(market, rows)):
        assert ((sums >= 0) == allowed).all()
        assert ((sums & (BAN - 1)) == points).all()


def found_plainly(market, rows):
    found = np.zeros((len(rows), market.plan.mentors), dtype=np.int32)
    plain.scores(market.plan, rows, found)
    return found


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 40), st.sampled_from([1, 3, 12]), st.sampled_from([0, 4_000]))
def test_the_compiled_scan_finds_what_the_plain_one_finds(seed, size, most, least):
    problem = cohort(size, 3 * size, seed=seed)
    market = Market.of(replace(problem, rules=replace(problem.rules, least_score=least)))
    draw = np.random.default_rng(seed)
    scale = worth_in(market).scale
    prices = draw.integers(0, 3_000, 3 * size) * scale + draw.integers(0, scale, 3 * size)
    above = (draw.integers(10_000, 18_000, size)) * scale
    compiled = looked(scan._scan, market, prices, above, most)
    assert compiled == looked(plain.scan, market, prices, above, most)


def nearly_all_ties(draw, written):
    """Return people who are alike but for a few who speak another language, and with the same texts if written."""
    problem = EXTREMES["all ties"](12, 900)
    text = "Growing a small business abroad, and leading a team from home." if written else ""
    sides = problem.mentees, problem.mentors
    languages = [np.where(draw.random(len(side)) < 0.1, "cy", "en").tolist() for side in sides]
    mentees, mentors = (
        tuple(
            replace(person, text=text, languages=frozenset({language}))
            for person, language in zip(side, spoken, strict=True)
        )
        for side, spoken in zip(sides, languages, strict=True)
    )
    return replace(problem, mentees=mentees, mentors=mentors)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**31),
    st.sampled_from([1, 3, 12]),
    st.booleans(),
    st.sampled_from([0, 1, 40]),
    st.sampled_from([0.0, 1e-9, 1.0]),
    st.booleans(),
)
def test_among_people_who_are_alike_the_compiled_scan_finds_what_the_plain_one_finds(
    seed, most, written, points, part, keeps
):
    draw = np.random.default_rng(seed)
    market = Market.of(nearly_all_ties(draw, written))
    worth, shape = worth_in(market), market.cohort.shape
    if keeps:
        rows = np.array([0, 0, 5])
        near = rows, draw.choice(shape[1], 3, replace=False)
        worth = worth_of(10_001, 0, shape[0], worth.our_seeds, worth.their_seeds, near)
    prices = draw.integers(0, points + 1, shape[1]) * worth.scale
    prices += draw.integers(0, max(1, int(part * worth.scale)), shape[1])
    above = np.where(draw.random(shape[0]) < 0.5, -(2**62), 17_000 * worth.scale)
    found = [looked(kind, market, prices, above, most, worth) for kind in (scan._scan, plain.scan)]
    assert found[0] == found[1]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([1, 4]), st.sampled_from([0, 4_000]))
def test_the_mentees_listed_for_a_mentor_gain_what_is_said_of_them(seed, most, least):
    problem = cohort(30, 70, seed=seed)
    market = Market.of(replace(problem, rules=replace(problem.rules, least_score=least)))
    profits = np.random.default_rng(seed).integers(-5_000, 5_000, 30).astype(np.int32)
    found = scan.best_mentees(market.plan, np.arange(30), profits, most)
    scored = scan.scores(market.plan, np.arange(30))
    mentor, place = np.nonzero(found.mentees >= 0)
    mentee = found.mentees[mentor, place]
    assert (found.scores[mentor, place] == scored[mentee, mentor]).all()
    assert (found.gains[mentor, place] == scored[mentee, mentor] - profits[mentee]).all()
    assert (scored[mentee, mentor] >= least).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([1, 4]))
def test_without_texts_the_mentees_listed_for_a_mentor_are_those_who_would_gain_most(seed, most):
    problem = cohort(30, 70, seed=seed)
    market = Market.of(replace(problem, weights=replace(problem.weights, text=0)))
    profits = np.random.default_rng(seed).integers(-5_000, 5_000, 30).astype(np.int32)
    scored = scan.scores(market.plan, np.arange(30))
    gains = np.where(scored >= 0, scored - profits[:, None], scan.LOWEST)
    best = -np.sort(-gains, axis=0)[:most].T
    assert (scan.best_mentees(market.plan, np.arange(30), profits, most).gains == best).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([1, 4]), st.sampled_from([0, 4_000]))
def test_the_compiled_search_for_mentees_finds_what_the_plain_one_finds(seed, most, least):
    problem = cohort(40, 90, seed=seed)
    plan = Market.of(replace(problem, rules=replace(problem.rules, least_score=least))).plan
    profits = np.random.default_rng(seed).integers(-5_000, 5_000, 40).astype(np.int32)
    compiled, plainly = ([np.full((90, most), start, np.int32) for start in (-1, 0, scan.LOWEST)] for _ in range(2))
    scan._seek(plan, np.arange(40), profits, *compiled)
    plain.seek(plan, np.arange(40), profits, *plainly)
    assert [each.tolist() for each in compiled] == [each.tolist() for each in plainly]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31))
def test_a_few_columns_are_worth_what_they_are_among_all(seed):
    market = Market.of(cohort(20, 90, seed=seed))
    columns = np.flatnonzero(np.random.default_rng(seed).random(90) < 0.3)
    rows = np.arange(20)
    few = scan.scores(columns_of(market.plan, columns), rows)
    assert (few == scan.scores(market.plan, rows)[:, columns]).all()
    worth = worth_in(market)
    assert (columns_worth(worth, columns).their_seeds == worth.their_seeds[columns]).all()


def test_without_compiling_the_result_is_the_same_bit_for_bit():
    script = (
        "from benchmarks.populations import cohort\n"
        "from alongside.engine import Market, to_dict\n"
        "import hashlib, json\n"
        "found = [to_dict(Market.of(cohort(*size)).solve()) for size in ((60, 40), (90, 30))]\n"
        "print(hashlib.sha256(json.dumps(found).encode()).hexdigest())"
    )
    answers = {run(script, compiled) for compiled in "01"}
    assert len(answers) == 1


def run(script, compiled):
    environment = {**os.environ, "ALONGSIDE_COMPILED": compiled}
    answer = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, env=environment)
    return answer.stdout
