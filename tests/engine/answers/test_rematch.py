from __future__ import annotations

from dataclasses import replace
from itertools import product

from hypothesis import given, settings

from alongside.engine import Market, Person, Problem, Topic, Weights
from alongside.engine.answers import rematch
from alongside.engine.answers.rematch import Kept, rematch_one
from benchmarks.populations import cohort
from tests.engine.strategies import problems

NEEDS = Weights(1, 0, 0, 0, 0, 0, 0)


def person(identifier, *topics, **more):
    return Person(identifier, topics=tuple(Topic(topic) for topic in topics), **more)


def test_she_gets_the_best_free_place_and_nobody_else_moves():
    mentors = (person("mia", "Tax"), person("nia", "Tax"), person("oda", "Hiring"))
    market = Market.of(Problem((person("ann", "Tax"),), mentors, weights=NEEDS))
    result = market.solve()
    had = result.solution.pairs[0].mentor
    first, *_ = rematch_one(Kept(market, result), "ann", had).repairs
    assert [(move.mentee, move.from_mentor, move.to_mentor) for move in first.moves] == [
        ("ann", had, {"mia": "nia", "nia": "mia"}[had])
    ]
    assert (first.gain, first.others, first.exact) == (10_000, 0, True)


def test_one_other_moves_where_that_gains_more():
    mentees = (person("ann", "Tax"), person("bea", "Tax", "Hiring"))
    mentors = (person("mia", "Tax"), person("nia", "Tax"), person("oda", "Hiring"))
    market = Market.of(Problem(mentees, mentors, weights=NEEDS, required=frozenset({("ann", "mia")})))
    result = market.with_pairs(required=frozenset()).solve(near=market.solve().solution)
    kept = Kept(market.with_pairs(required=frozenset()), result)
    had = next(pair.mentor for pair in result.solution.pairs if pair.mentee == "ann")
    repairs = rematch_one(kept, "ann", had).repairs
    assert repairs[-1].gain >= repairs[0].gain


def test_the_mentor_hears_of_who_waits_for_somebody_like_her():
    mentees = (person("ann", "Tax"), person("bea", "Tax"), person("cat", "Hiring"))
    market = Market.of(Problem(mentees, (person("mia", "Tax"),), weights=NEEDS))
    result = market.solve()
    placed = result.solution.pairs[0].mentee
    waiting = rematch_one(Kept(market, result), placed, "mia").waiting
    assert waiting == ({"ann": "bea", "bea": "ann"}[placed], 10_000)


@settings(max_examples=200, deadline=None)
@given(problems(capacity=2))
def test_no_other_chain_gains_more(problem):
    problem = replace(problem, quotas=(), mentors=tuple(replace(mentor, minimum=0) for mentor in problem.mentors))
    market = Market.of(problem)
    result = market.solve()
    kept = Kept(market, result)
    for pair in result.solution.pairs:
        if sum(other.mentee == pair.mentee for other in result.solution.pairs) > 1:
            continue
        repairs = rematch_one(kept, pair.mentee, pair.mentor, others=1).repairs
        assert all(repair.exact for repair in repairs)
        assert max((repair.gain for repair in repairs), default=None) == best_by_hand(market, result, pair)


def best_by_hand(market, result, ended):
    """Return what the best repair with one other at most gains: she takes a place, and who had it takes a free one."""
    pairs = {(pair.mentee, pair.mentor) for pair in result.solution.pairs} - {(ended.mentee, ended.mentor)}
    mentors = [mentor.id for mentor in market.problem.mentors]
    room = {m.id: m.capacity - sum(mentor == m.id for _, mentor in pairs) for m in market.problem.mentors}
    gains = [
        market.score(ended.mentee, mentor)
        for mentor in mentors
        if room[mentor] > 0 and mentor != ended.mentor and market.allowed(ended.mentee, mentor)
    ]
    for (other, held), to in product(pairs, mentors):
        movable = sum(mentee == other for mentee, _ in pairs) == 1 and (other, held) not in market.problem.required
        allowed = market.allowed(ended.mentee, held) and market.allowed(other, to) and held != ended.mentor
        if movable and allowed and other != ended.mentee and to != held and room[to] > 0 and room[held] == 0:
            gains.append(market.score(ended.mentee, held) - market.score(other, held) + market.score(other, to))
    return max(gains, default=None)


def test_a_repair_is_not_called_the_best_where_some_mentors_were_passed_over(monkeypatch):
    market = Market.of(cohort(60, 30, capacity=(2, 2), seed=4))
    result = market.solve()
    kept = Kept(market, result)
    exact = {pair: rematch_one(kept, pair.mentee, pair.mentor, others=1).repairs for pair in result.solution.pairs}
    monkeypatch.setattr(rematch, "WIDE", 1)
    narrow = {pair: rematch_one(kept, pair.mentee, pair.mentor, others=1).repairs for pair in result.solution.pairs}
    for pair, repairs in narrow.items():
        for repair in repairs:
            best = max((each.gain for each in exact[pair] if each.others <= 1), default=None)
            assert not (repair.others == 1 and repair.exact) or repair.gain == best
    assert any(not repair.exact for repairs in narrow.values() for repair in repairs)
