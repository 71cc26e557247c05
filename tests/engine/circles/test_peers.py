from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine.circles.peers import Together, pair_peers
from alongside.engine.values.problem import ProblemError

PEOPLE = tuple("abcdef")


@st.composite
def scored(draw: st.DrawFn) -> dict[tuple[str, str], int]:
    pairs = list(combinations(PEOPLE, 2))
    there = draw(st.lists(st.sampled_from(pairs), unique=True))
    return {pair: draw(st.integers(0, 10_000)) for pair in there}


def every_pairing(pairs: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Every way to choose pairs in which nobody is twice."""
    if not pairs:
        return [[]]
    first, *rest = pairs
    without = every_pairing(rest)
    apart = [pair for pair in rest if not set(pair) & set(first)]
    return without + [[first, *more] for more in every_pairing(apart)]


@given(scored())
@settings(max_examples=60, deadline=None)
def test_no_pairing_places_more_or_fits_better(scores: dict[tuple[str, str], int]) -> None:
    found = pair_peers(PEOPLE, scores)
    pairs = [each.members for each in found.together]
    best = max((len(each), sum(scores[pair] for pair in each)) for each in every_pairing(sorted(scores)))
    assert (len(pairs), sum(scores[pair] for pair in pairs)) == best  # type: ignore[index]
    assert found.proof.proven
    placed = [person for pair in pairs for person in pair]
    assert len(placed) == len(set(placed))
    assert sorted([*placed, *found.left]) == sorted(PEOPLE)


@given(scored())
@settings(max_examples=60, deadline=None)
def test_in_threes_each_may_be_with_both_others(scores: dict[tuple[str, str], int]) -> None:
    found = pair_peers(PEOPLE, scores, most=3)
    for each in found.together:
        assert len(each.members) <= 3
        assert all(pair in scores for pair in combinations(each.members, 2))
    assert len(found.left) <= len(pair_peers(PEOPLE, scores).left)


@given(scored())
@settings(max_examples=30, deadline=None)
def test_beyond_what_is_solved_it_is_a_pairing_all_the_same_and_its_bounds_hold(
    scores: dict[tuple[str, str], int],
) -> None:
    greedy, best = pair_peers(PEOPLE, scores, largest=0), pair_peers(PEOPLE, scores)
    people, fit = greedy.proof.goals
    assert people.bound >= best.proof.goals[0].value
    if people.value == best.proof.goals[0].value:
        assert fit.bound >= best.proof.goals[1].value
    assert not greedy.proof.exact or not scores


def test_the_one_left_over_joins_the_two_they_fit_best() -> None:
    scores = {("a", "b"): 9_000, ("a", "c"): 1_000, ("b", "c"): 2_000}
    assert pair_peers(("a", "b", "c"), scores).left == ("c",)
    assert pair_peers(("a", "b", "c"), scores, most=3).together == (Together(("a", "b", "c"), 4_000),)


def test_more_people_come_before_a_better_fit() -> None:
    scores = {("a", "b"): 10_000, ("a", "c"): 1, ("b", "d"): 1}
    assert [each.members for each in pair_peers(("a", "b", "c", "d"), scores).together] == [("a", "c"), ("b", "d")]


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ProblemError, match="twice"):
        pair_peers(("a", "a"), {})
    with pytest.raises(ProblemError, match="in order"):
        pair_peers(("a", "b"), {("b", "a"): 1})
    with pytest.raises(ProblemError, match="in order"):
        pair_peers(("a", "b"), {("a", "z"): 1})
