"""Texts cut into pieces: compiled or not, the same words in the same order."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import example, given, settings

from alongside.engine import pieces as cutting
from alongside.engine.numbering import Numbers
from alongside.engine.pieces import pieces, plain_pieces
from alongside.engine.words import words

WRITTEN = st.lists(
    st.text(st.sampled_from("abé ΣσАñ\u0301 \t\n\x00\x1f\u00a0\u2003-.'\ud800\U0001f600"), max_size=30), max_size=8
)


def read(found):
    """Return the words of each text by the numbers of the different words, and these words in order."""
    said, numbers, at = [], Numbers(), 0
    for length in found.lengths:
        own = found.numbers[at : at + length].tolist()
        said.append([numbers[word] for piece in own for word in words(found.different[piece])])
        at += length
    assert at == len(found.numbers)
    return said, list(numbers)


@settings(deadline=None)
@given(WRITTEN)
@example([])
@example(["", " ", "\x00"])
def test_compiled_or_not_the_same_words_are_found(texts):
    assert read(pieces(texts)) == read(plain_pieces(texts))


@settings(deadline=None)
@given(WRITTEN)
def test_what_is_found_are_the_words_of_the_texts(texts):
    said, different = read(pieces(texts))
    assert [[different[word] for word in each] for each in said] == [words(text) for text in texts]


def test_each_different_piece_is_named_once():
    found = pieces(["to be or not to be", "", "be it so"])
    assert found.different == ["to", "be", "or", "not", "it", "so"]
    assert found.numbers.tolist() == [0, 1, 2, 3, 0, 1, 1, 4, 5]
    assert found.lengths == [6, 0, 3]


@pytest.mark.parametrize("size", [2, 8, 64])
def test_more_different_pieces_than_expected_are_numbered_all_the_same(monkeypatch, size):
    monkeypatch.setattr(cutting, "FEW", size)
    draw = np.random.default_rng(size)
    texts = [" ".join(f"word{number}" for number in draw.integers(0, 300, 40)) for _ in range(20)]
    assert read(pieces(texts)) == read(plain_pieces(texts))
