from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.engine.words import weighed, words

ODD = "aΣ'’._-\u0301\u0345\u1abe\u200b\u00a8\ufb01İŁ½① \n\t\x1f\x85\u00a0\u2003\u3000中\ud800"
TEXTS = (
    st.text() | st.text(st.sampled_from(ODD)) | st.sampled_from(["", "I bake bread and export it", "breads, prices"])
)


@given(TEXTS)
def test_a_text_has_the_words_of_its_pieces(text):
    assert [word for piece in text.split() for word in words(piece)] == words(text)


@given(st.lists(TEXTS, max_size=4), st.lists(TEXTS, max_size=4))
def test_texts_are_weighed_by_how_often_and_how_rare_their_words_are(ours, theirs):
    counts = [Counter(words(text)) for text in (*ours, *theirs)]
    spread = Counter(word for bag in counts[: len(ours)] for word in bag)
    columns = list(dict.fromkeys(word for text in (*ours, *theirs) for word in words(text)))
    for bag, row in zip(counts, np.vstack([side.toarray() for side in weighed(ours, theirs, bits=12)]), strict=True):
        rarity = {word: np.log((1 + len(ours)) / (1 + spread[word])) + 1 for word in bag}
        weights = np.array([(1 + np.log(bag[word])) * rarity[word] if word in bag else 0.0 for word in columns])
        expected = weights / (np.sqrt((weights**2).sum()) or 1) * 2**12
        assert row[: len(columns)].tolist() == pytest.approx(expected.tolist(), abs=1)


def test_nobody_has_written_anything():
    assert [side.shape for side in weighed([], [], bits=12)] == [(0, 1), (0, 1)]
    assert [side.nnz for side in weighed([""], [" ", "the"], bits=12)] == [0, 0]
