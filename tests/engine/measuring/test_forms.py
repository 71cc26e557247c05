"""What the forms say of a block of pairs is what the compiled scan adds up, pair by pair."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine import Market, Person, Problem
from alongside.engine.measuring.cohort import Cohort
from alongside.engine.measuring.criteria import Measured
from alongside.engine.scanning.plan import BAN, draw_up
from alongside.engine.scanning.scan import scores
from alongside.engine.values.scores import shares
from tests.engine.strategies import problems

few = settings(max_examples=150, deadline=None)


def added_up(market, rows, columns):
    """Return the points of a block of pairs, and which of them every rule allows, by the forms alone."""
    points = np.zeros((len(rows), len(columns)), dtype=np.int64)
    for name, share in shares(market.problem.weights).items():
        points += market.criteria[name].points(share, rows, columns)
    allowed = np.ones(points.shape, dtype=np.bool_)
    for form in (form for rule in market.rules.values() for form in rule):
        allowed &= form.allows(rows, columns)
    return points, allowed


def block(draw, size):
    return np.array(sorted(draw(st.sets(st.integers(0, size - 1), min_size=1))), dtype=np.int64)


@few
@given(problems(), st.data())
def test_the_scan_adds_up_what_the_forms_say(problem, data):
    market = Market.of(problem)
    n, m = market.cohort.shape
    if not n or not m:
        return
    rows, columns = block(data.draw, n), block(data.draw, m)
    points, allowed = added_up(market, rows, columns)
    forbidden = np.zeros((n, m), dtype=np.bool_)
    forbidden[market.cohort.places_of(problem.forbidden)] = True
    found = scores(market.plan, rows)[:, columns]
    assert (found & (BAN - 1) == points).all()
    assert ((found >= 0) == allowed & ~forbidden[np.ix_(rows, columns)]).all()


@few
@given(problems(), st.data())
def test_a_block_of_pairs_is_judged_as_each_pair_alone(problem, data):
    market = Market.of(problem)
    n, m = market.cohort.shape
    if not n or not m:
        return
    rows, columns = block(data.draw, n), block(data.draw, m)
    points, allowed = added_up(market, rows, columns)
    for at, row in enumerate(rows):
        for beside, column in enumerate(columns):
            alone, may = added_up(market, np.array([row]), np.array([column]))
            assert (alone[0, 0], may[0, 0]) == (points[at, beside], allowed[at, beside])


ALIKE = st.dictionaries(st.sampled_from(["party", "rooms", "line"]), st.integers(0, 40), max_size=3)


@few
@given(problems(), ALIKE)
def test_attributes_that_should_be_alike_are_added_up_and_explained_as_every_criterion_is(problem, alike):
    weighed = tuple((name, float(weight)) for name, weight in alike.items())
    weights = replace(problem.weights, needs=problem.weights.needs + 1, alike=weighed)
    before = Market.of(problem)
    market = replace(before, criteria=Measured(before.cohort)).reweighted(weights)
    rows, columns = np.arange(len(problem.mentees)), np.arange(len(problem.mentors))
    points, _ = added_up(market, rows, columns)
    assert (scores(market.plan, rows) & (BAN - 1) == points).all()
    for row, mentee in enumerate(market.cohort.mentees):
        for column, mentor in enumerate(market.cohort.mentors):
            explained = market.explain(mentee.id, mentor.id)
            assert sum(part.points for part in explained.contributions) == explained.score == points[row, column]
            named = {part.criterion for part in explained.contributions if part.criterion.startswith("alike:")}
            assert named == {f"alike:{name}" for name, share in alike.items() if shares(weights)[f"alike:{name}"]}


LABELS = st.frozensets(st.integers(0, 90).map(str), max_size=6)


@few
@given(st.lists(LABELS, min_size=1, max_size=5), st.lists(LABELS, min_size=1, max_size=5))
def test_labels_are_counted_alike_however_many_there_are(ours, theirs):
    """Each label that both sides name has a bit of its own, so that more than one word of bits is needed."""
    rare = frozenset(str(number) for number in range(100, 170))
    people = [
        tuple(Person(f"{side}{at}", languages=said) for at, said in enumerate(all_said))
        for side, all_said in (("a", [*ours, rare]), ("m", [*theirs, rare]))
    ]
    cohort = Cohort.of(Problem(*people))
    times = cohort.times(lambda person: person.languages, enough=3)
    rows, columns = (np.arange(len(side)) for side in people)
    expected = [[min(3, len(a.languages & b.languages)) for b in people[1]] for a in people[0]]
    spoken = np.array([[bool(a.languages and b.languages) for b in people[1]] for a in people[0]])
    assert (times.common(rows, columns)[spoken] == np.array(expected)[spoken]).all()
    assert times.allows(rows, columns)[~spoken].all()
    everything = draw_up(cohort.shape, [(times, 10_000)], [times], apart=cohort.places_of(()))
    found = scores(everything, rows)
    assert (found & (BAN - 1) == times.points(10_000, rows, columns)).all()
    assert ((found >= 0) == times.allows(rows, columns)).all()
