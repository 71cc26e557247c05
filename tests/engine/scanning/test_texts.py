from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine import Market
from alongside.engine.scanning.texts import (
    GROUPS,
    UNIT,
    lay_out,
    sketches,
    take_away,
    text_points,
    text_points_at_most,
)
from benchmarks.populations import cohort

WORDS = st.sampled_from(["pricing", "export", "bakery", "hiring", "cash", "tender", "lease", "brand"])
TEXTS = st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=4, max_size=4)


@settings(max_examples=30, deadline=None)
@given(TEXTS, TEXTS)
def test_no_two_texts_earn_more_than_their_sketches_allow(ours, theirs):
    problem = cohort(4, 4)
    mentees = tuple(replace(person, text=text) for person, text in zip(problem.mentees, ours, strict=True))
    mentors = tuple(replace(person, text=text) for person, text in zip(problem.mentors, theirs, strict=True))
    words = Market.of(replace(problem, mentees=mentees, mentors=mentors)).plan.words
    mine, share = np.zeros(len(words.most), np.int16), words.share[0]
    for mentee in range(4):
        lay_out(words.our_starts, words.ours, mentee, mine)
        for mentor in range(4):
            points = text_points(words.their_starts, words.theirs, share, mentor, mine)
            assert points <= text_points_at_most(words.our_sketch[mentee], words.their_sketch[mentor], share)
            assert points <= text_points_at_most(words.our_sketch[mentee], words.longest, share)
        take_away(words.our_starts, words.ours, mentee, mine)
        assert not mine.any()


@settings(max_examples=30, deadline=None)
@given(TEXTS, TEXTS)
def test_a_sketch_holds_how_long_a_text_is_in_each_group_and_a_little_more(ours, theirs):
    problem = cohort(4, 4)
    mentees = tuple(replace(person, text=text) for person, text in zip(problem.mentees, ours, strict=True))
    mentors = tuple(replace(person, text=text) for person, text in zip(problem.mentors, theirs, strict=True))
    texts = Market.of(replace(problem, mentees=mentees, mentors=mentors)).criteria["text"]
    for table, sketch in zip((texts.ours, texts.theirs), sketches(texts.ours, texts.theirs), strict=True):
        lengths = np.sqrt((table.toarray().astype(np.float64) ** 2).sum(axis=1))
        told = np.sqrt((sketch.astype(np.float64) ** 2).sum(axis=1)) * UNIT
        assert sketch.shape == (4, GROUPS)
        assert (told >= lengths).all()
        assert (told <= lengths + UNIT * np.sqrt(GROUPS)).all()
