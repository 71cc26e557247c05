"""Misspelt words find what was meant, and words that are right are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.finding.spelling import corrected, distance


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("finace", "finance"),
        ("buisness", "business"),
        ("recrutment", "recruitment"),
        ("councilor", "councillor"),
        ("bookeeping", "bookkeeping"),
        ("sunderlnd", "sunderland"),
        ("abergavany", "abergavenny"),
    ],
)
def test_a_misspelt_word_is_known(written: str, meant: str) -> None:
    assert corrected(written) == meant


@pytest.mark.parametrize(
    "word", ["finance", "house", "people", "trailer", "cooking", "shake", "xyz", "b2b", "london", ""]
)
def test_a_word_that_is_right_or_means_nothing_is_left_alone(word: str) -> None:
    assert corrected(word) == word


def test_after_near_a_place_is_likelier() -> None:
    assert corrected("boltan", place_first=True) == "bolton"


@given(st.text(alphabet="abcdef", max_size=9), st.text(alphabet="abcdef", max_size=9))
def test_the_distance_is_the_same_both_ways_and_nothing_only_from_itself(one: str, other: str) -> None:
    there, back = distance(one, other, 20), distance(other, one, 20)
    assert there == back
    assert (there == 0) == (one == other)


@given(st.text(alphabet="abcde", max_size=8), st.text(alphabet="abcde", max_size=8), st.integers(0, 3))
def test_stopping_early_never_changes_whether_two_words_are_near(one: str, other: str, most: int) -> None:
    assert (distance(one, other, most) <= most) == (distance(one, other, 99) <= most)


@given(st.text(max_size=30))
def test_correcting_never_fails(word: str) -> None:
    assert isinstance(corrected(word), str)
