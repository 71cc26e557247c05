"""Words without their endings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.finding.words import MOST_CHARACTERS, SMALL, ordinary, stem, stems, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [("prices", "pricing"), ("invoice", "invoices"), ("planning", "plan"), ("company", "companies"), ("tax", "taxes")],
)
def test_forms_of_a_word_are_one(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("care", "car"), ("business", "bus"), ("boss", "bos"), ("string", "str")])
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_small_words_and_apostrophes_tell_nothing() -> None:
    assert stems("I can't pay my suppliers") == stems("cant pay suppliers") == ("cant", "pay", "supplier")


def test_a_word_knows_whether_it_began_large_and_whether_something_ends_after_it() -> None:
    first, second, third = tokens("Deal, in kent")
    assert (first.word, first.capital, first.ends) == ("deal", True, True)
    assert (second.small, second.ends) == (False, False)
    assert (third.capital, third.ends) == (False, True)


def test_small_words_are_no_words_to_be_corrected() -> None:
    assert "with" in SMALL
    assert "today" in ordinary()


@given(st.text(max_size=2_000))
def test_no_text_makes_more_words_than_fit_in_what_is_read(text: str) -> None:
    found = tokens(text)
    assert all(token.word for token in found)
    assert found == tokens(text[:MOST_CHARACTERS])
