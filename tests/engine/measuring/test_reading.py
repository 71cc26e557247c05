"""What a model reads in texts becomes words of which two texts share as many as their vectors are near."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine import Person, Problem, Reader, ReaderError
from alongside.engine.measuring.cohort import Cohort
from alongside.engine.measuring.criteria import Measured, criterion_in
from alongside.engine.measuring.reading import LONGEST, PLANES, TABLES, Readings, hyperplanes, meanings

many = settings(max_examples=300, deadline=None)
HERE = np.arange(1)


def angled(seed, length, degrees):
    """Return two vectors of different lengths at an angle, in a plane that lies anyhow in space."""
    draw = np.random.default_rng(seed)
    one, other = np.linalg.qr(draw.standard_normal((length, 2)))[0].T
    angle = math.radians(degrees)
    turned = math.cos(angle) * one + math.sin(angle) * other
    return np.stack([one, turned]) * np.exp(draw.normal(0, 5, (2, 1)))


def share(vectors):
    ours, theirs = meanings(vectors)
    return float(np.mean(ours == theirs))


@many
@given(st.integers(0, 2**32), st.integers(2, 64), st.floats(0, 180))
def test_the_share_of_words_estimates_the_angle_as_well_as_is_said(seed, length, degrees):
    expected = (1 - degrees / 180) ** PLANES
    error = math.sqrt(expected * (1 - expected) / TABLES)
    # Five standard errors, and a few tables where so few agree that these are no measure.
    assert abs(share(angled(seed, length, degrees)) - expected) <= 5 * error + 4 / TABLES


@pytest.mark.parametrize("degrees", [10, 30, 45, 60, 90, 120])
@pytest.mark.parametrize("length", [20, 300])
def test_over_many_pairs_the_share_errs_to_neither_side_and_by_its_standard_error(length, degrees):
    expected = (1 - degrees / 180) ** PLANES
    error = math.sqrt(expected * (1 - expected) / TABLES)
    errors = np.array([share(angled(seed, length, degrees)) - expected for seed in range(400)])
    # All pairs meet the same hyperplanes, so that their errors go together a little, most in few dimensions.
    assert abs(errors.mean()) < 0.2 * error
    assert 0.9 * error < np.sqrt(np.mean(errors**2)) < 1.1 * error


@many
@given(st.integers(0, 2**32), st.integers(1, 64), st.floats(1e-300, 1e300))
def test_the_length_of_a_vector_says_nothing_and_its_opposite_means_nothing_alike(seed, length, times):
    vector = np.random.default_rng(seed).standard_normal((1, length))
    assert share(np.concatenate([vector, vector])) == 1
    assert share(np.concatenate([vector, vector * 2.0 ** int(math.log2(times))])) == 1
    assert share(np.concatenate([vector, -vector])) < 0.02


def test_sums_of_sides_are_exact_in_whatever_order_they_are_added_up():
    vectors = np.random.default_rng(7).standard_normal((5, LONGEST // 16))
    planes = hyperplanes(LONGEST // 16)
    whole = np.rint(vectors / np.abs(vectors).max(axis=1, keepdims=True) * (2**15 - 1))
    exact = whole.astype(np.int64) @ planes.astype(np.int64)
    assert (exact == (whole @ planes).astype(np.int64)).all()
    assert (exact == (whole[:, ::-1] @ planes[::-1]).astype(np.int64)).all()
    assert np.abs(planes).max() * (2**15 - 1) * LONGEST < 2**53
    assert (planes % 2 == 1).all()


def test_hyperplanes_are_the_same_for_ever():
    """Another value here makes every certificate of a model belong to another problem."""
    assert hyperplanes(2)[:, :4].astype(int).tolist() == [
        [516459, -257017, 703733, 191579],
        [-883423, -570165, -481165, -318155],
    ]
    assert abs(hyperplanes(64).mean()) < 2**11
    assert hyperplanes(64).std() == pytest.approx(2 * 2**16 * math.sqrt(16 + 1 / 12), rel=0.01)


def told(ours, theirs, vectors):
    """Return the fit and the sentence of two texts, given what a model makes of each."""
    reader = Reader("made up 1", lambda texts: [vectors[text] for text in texts])
    mentee, mentor = Person("ann", "Ann", text=ours), Person("fay", "Fay", text=theirs)
    cohort = Cohort((mentee,), (mentor,), reader)
    fit = int(Measured(cohort)["text"].points(10_000, HERE, HERE)[0, 0])
    return fit, criterion_in(cohort, "text").sentence(mentee, mentor)


@pytest.mark.parametrize(
    ("degrees", "least", "most", "how"),
    [
        (0, 10_000, 10_000, "closely"),
        (25, 10_000, 10_000, "closely"),
        (55, 3_500, 6_000, "partly"),
        (90, 400, 2_100, "hardly"),
        (180, 0, 0, "hardly"),
    ],
)
def test_the_sentence_says_how_near_the_meanings_are_and_by_whose_reading(degrees, least, most, how):
    one, other = angled(1, 30, degrees)
    fit, sentence = told("cash flow", "finance", {"cash flow": one, "finance": other})
    assert least <= fit <= most
    assert sentence == f"What they wrote is {how} alike in meaning, as the model “made up 1” reads it"


def test_what_was_not_written_or_means_nothing_to_the_model_is_not_known():
    vectors = {"cash flow": [1, 2], "…": [0, 0]}
    assert told("cash flow", " ", vectors) == (5_000, "Own words not compared: Fay wrote none")
    assert told("", "…", vectors) == (5_000, "Own words not compared: Ann wrote none")
    unseen = "Own words not compared: the model “made up 1” saw no meaning in what {} wrote"
    assert told("cash flow", "…", vectors) == (5_000, unseen.format("Fay"))
    assert told("…", "…", vectors) == (5_000, unseen.format("Ann and Fay"))


def test_each_different_text_is_read_once_and_blank_ones_never():
    asked = []

    def read(texts):
        asked.append(list(texts))
        return np.ones((len(texts), 3))

    people = [Person(str(number), text=text) for number, text in enumerate(["b", "a", "", "b", "  "])]
    cohort = Cohort.of(Problem(tuple(people[:2]), tuple(people[2:])), Reader("x", read))
    assert Measured(cohort)["text"].points(10_000, np.arange(2), np.arange(3)).tolist() == [[5_000, 10_000, 5_000]] * 2
    assert cohort.digests == cohort.digests
    assert asked == [["a", "b"]]
    silent = Cohort((Person("a"),), (Person("b"),), Reader("x", read))
    assert Measured(silent)["text"].points(10_000, HERE, HERE).tolist() == [[5_000]]
    assert asked == [["a", "b"]]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([[1.0, 2.0]], "read 2 texts and gave 1 rows"),
        ([[1.0, math.nan], [1, 2]], "infinite or none at all, first for text 1 of 2"),
        ([[1.0, 2], [-math.inf, 2]], "infinite or none at all, first for text 2 of 2"),
        ([1.0, 2.0], "an array of 1 dimensions"),
        (np.ones((2, 3, 4)), "an array of 3 dimensions"),
        ([[1.0, 2], [3]], "something else than rows of numbers"),
        ([["one"], ["two"]], "something else than rows of numbers"),
        (None, "an array of 0 dimensions|something else than rows"),
        (np.ones((2, 0)), "gave 0 numbers for a text"),
        (np.ones((2, LONGEST + 1)), "1 to 16,384 can be compared"),
    ],
)
def test_what_a_model_may_not_give_is_said_in_plain_words(given, said):
    with pytest.raises(ReaderError, match=f"The model “x 2”.*(?:{said})"):
        Readings.of(Reader("x 2", lambda texts: given), ["a", "b"])


def test_a_model_needs_a_name():
    with pytest.raises(ReaderError, match="needs a name"):
        Reader(" ", lambda texts: np.ones((len(texts), 1)))


def test_what_was_read_is_known_by_the_name_the_texts_and_the_meanings():
    def digest(name, **vectors):
        return Readings.of(Reader(name, lambda texts: [vectors[text] for text in texts]), vectors).digest

    known = digest("x", a=[1, 2], b=[2, 1])
    assert known == digest("x", b=[4, 2], a=[1, 2])
    others = {digest("y", a=[1, 2], b=[2, 1]), digest("x", a=[1, -2], b=[2, 1]), digest("x", a=[1, 2], c=[2, 1])}
    assert len(others | {known, digest("x", a=[1, 2], b=[0, 0]), digest("x")}) == 6


def test_what_goes_wrong_in_a_model_is_its_own_to_say():
    def read(texts):
        raise ValueError("The model is not there.")

    with pytest.raises(ValueError, match="is not there") as raised:
        Readings.of(Reader("x", read), ["a"])
    assert raised.type is ValueError
