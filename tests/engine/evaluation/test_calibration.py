from __future__ import annotations

import json
import math
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from alongside.engine import Calibration, Outcome, Suggestion, Weights, calibrate, from_dict, suggested_weights, to_dict
from alongside.engine.evaluation.calibration import SELECTION, reliability
from alongside.engine.evaluation.foretelling import area_under_curve, brier_score, somers_d
from alongside.engine.evaluation.intervals import Interval, Z
from alongside.engine.evaluation.learning import fitted, foretold, log_losses, turns

CRITERIA = tuple(name for name, weight in Weights().by_criterion().items() if weight)
OTHER = Weights(needs=10, text=40, sector=10, place=10, seniority=10, availability=10, preferences=10)


def past(size, truth, *, seed=1, slope=6.0, scored_by=None):
    """Return past pairs whose going on hangs on the weights `truth`, or on nothing where that is None."""
    draw = np.random.default_rng(seed)
    fits = draw.integers(0, 10_001, (size, len(CRITERIA)))
    scores = fits @ proportions(scored_by or Weights())
    matters = fits @ proportions(truth) / 10_000 - 0.5 if truth else np.zeros(size)
    went_on = draw.random(size) < 1 / (1 + np.exp(-slope * matters))
    return tuple(
        Outcome(round(score), tuple(zip(CRITERIA, own, strict=True)), came)
        for score, own, came in zip(scores.tolist(), fits.tolist(), went_on.tolist(), strict=True)
    )


def proportions(weights):
    values = np.array([weights.by_criterion()[name] for name in CRITERIA])
    return values / values.sum()


def measures(outcomes):
    return {measure.name: measure for measure in calibrate(tuple(outcomes)).measures}


# Measures, against numbers computed by hand and by others.


def test_the_brier_score_its_baseline_and_its_skill_are_as_by_hand():
    found = brier_score([0.8, 0.4], [True, False], [0.5, 0.5])
    # (0.2² + 0.4²) / 2 against 0.5².
    assert (found.score, found.baseline) == (pytest.approx(0.1), 0.25)
    assert found.skill.value == pytest.approx(0.6)
    assert brier_score([0.9, 0.9], [False, False], [0.5, 0.5]).skill.value < 0


def test_a_baseline_that_never_misses_is_refused():
    with pytest.raises(ValueError, match="nothing to do better"):
        brier_score([1, 1], [True, True], [1, 1])


def test_the_area_under_the_curve_counts_ties_half():
    # 3 beats 1 and 2; 2 beats 1 and ties with 2.
    assert area_under_curve([3, 2], [1, 2]).value == 3.5 / 4


@settings(deadline=None)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=12), st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_the_area_is_what_counting_all_pairs_gives_and_its_ends_solve_the_published_equation(events, others):
    found = area_under_curve(events, others)
    wins = [(a > b) + (a == b) / 2 for a, b in product(events, others)]
    assert found.value == pytest.approx(sum(wins) / len(wins))
    assert 0 <= found.low <= found.value <= found.high <= 1
    m, n = len(events), len(others)
    size = (m + n) / 2 - 1
    for end in {found.low, found.high} - {0.0, 1.0}:
        first, second = end / (2 - end) - end**2, 2 * end**2 / (1 + end) - end**2
        error = math.sqrt((end * (1 - end) + size * first + size * second) / (m * n))
        assert abs(found.value - end) == pytest.approx(Z * error, abs=1e-6)


def test_a_perfect_order_of_few_is_not_called_certain():
    # At 0.8 the variance is 0.16 / 100 * (1 + 9 * (0.2 / 1.2 + 0.8 / 1.8)) = 0.0104, and 1.96 * √0.0104 = 0.2.
    assert area_under_curve([2] * 10, [1] * 10).low == pytest.approx(0.8, abs=1e-3)
    perfect = somers_d(range(20), range(20))
    assert (perfect.value, perfect.high) == (1, 1)
    assert 0.5 < perfect.low < 0.8


def test_the_interval_of_the_area_holds_the_truth_about_95_times_of_100():
    draw = np.random.default_rng(5)
    truth = stats.norm.cdf(1 / math.sqrt(2))
    found = [area_under_curve(draw.normal(1, 1, 30), draw.normal(0, 1, 40)) for _ in range(300)]
    assert 0.92 <= np.mean([each.low <= truth <= each.high for each in found]) <= 0.98


def test_the_interval_of_somers_d_holds_the_truth_about_95_times_of_100():
    draw = np.random.default_rng(6)
    rho = 0.5
    truth = 2 / math.pi * math.asin(rho)
    found = []
    for _ in range(300):
        one = draw.normal(size=60)
        found.append(somers_d(one, rho * one + math.sqrt(1 - rho**2) * draw.normal(size=60)))
    assert 0.91 <= np.mean([each.low <= truth <= each.high for each in found]) <= 0.98


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 5)), min_size=5, max_size=30))
def test_somers_d_is_that_of_scipy(pairs):
    foretelling, came = zip(*pairs, strict=True)
    found = somers_d(foretelling, came)
    if found is not None:
        assert found.value == pytest.approx(stats.somersd(came, foretelling).statistic)
        assert -1 <= found.low <= found.value <= found.high <= 1


def test_somers_d_of_two_outcomes_is_twice_the_area_less_one():
    d, area = somers_d([1, 2, 2, 3], [0, 1, 0, 1]), area_under_curve([2, 3], [1, 2])
    assert d.value == 2 * area.value - 1


def test_outcomes_that_hardly_differ_are_compared_with_nothing():
    assert somers_d([1, 2, 3], [4, 4, 4]) is None
    assert somers_d([1, 2, 3], [4, 4, 5]) is None
    assert somers_d([2, 2, 2, 2], [1, 2, 3, 4]) is None


# The report on the score.


def test_the_curve_has_bins_of_like_size_with_wilson_intervals():
    bins = reliability([(score, score >= 3000) for score in range(0, 6000, 100)])
    assert [(each.low, each.high, each.pairs) for each in bins] == [
        (start, start + 900, 10) for start in range(0, 6000, 1000)
    ]
    assert [each.went_on for each in bins] == [0, 0, 0, 10, 10, 10]
    assert bins[0].share == Interval(0, 0, pytest.approx(0.2775, abs=1e-4))


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=150))
def test_every_bin_has_ten_pairs_and_every_pair_one_bin(known):
    bins = reliability(sorted(known))
    assert not bins or sum(each.pairs for each in bins) == len(known)
    assert all(each.pairs >= 10 for each in bins)
    assert all(one.high < other.low for one, other in pairwise(bins))
    assert len(bins) in range(11)
    assert len(bins) != 1


def test_a_score_that_foretells_is_told_from_one_that_does_not():
    good, noise = measures(past(600, Weights())), measures(past(600, None, seed=3))
    assert good["went_on"].estimate.low > 0.6
    assert good["brier_fitted"].estimate.low > 0
    assert "so it is better than the base rate" in good["brier_fitted"].sentence
    assert noise["went_on"].estimate.low < 0.5 < noise["went_on"].estimate.high
    assert noise["brier_fitted"].estimate.high < 0.05
    assert "that may be chance" in noise["went_on"].sentence


def test_ratings_and_months_are_compared_in_the_order_they_came_out():
    outcomes = [Outcome(score=100 * n, rating=1 + (n * 7 % 30) // 6, months=30.0 - n) for n in range(30)]
    found = measures(outcomes)
    assert found["months"].estimate.value == -1
    assert found["months"].sentence.startswith("Of two pairs, the one that lasted longer had the higher score in 0% of")
    assert abs(found["rating"].estimate.value) < 0.5
    assert found["rating"].pairs == 30


def test_too_little_data_is_said_with_the_number_that_is_needed():
    outcomes = [Outcome(5000, went_on=n < 7, rating=3 if n < 4 else None) for n in range(10)]
    found = calibrate(tuple(outcomes))
    assert found.reliability == ()
    assert [measure.estimate for measure in found.measures] == [None] * 5
    assert [measure.sentence for measure in found.measures][2:] == [
        "Not enough data: 10 pairs that went on and 10 that did not are needed; there are 7 and 3.",
        "Not enough data: 20 pairs of known rating are needed; there are 4.",
        "Not enough data: 20 pairs of known months are needed; there are 0.",
    ]


def test_one_rating_for_all_is_not_enough_to_compare():
    assert measures([Outcome(100 * n, rating=4) for n in range(30)])["rating"].estimate is None


def test_a_fit_of_the_score_asks_for_twice_the_data():
    found = measures([Outcome(100 * n, went_on=n % 2 == 0) for n in range(30)])
    assert found["brier"].estimate is not None
    assert found["brier_fitted"].estimate is None


def test_selection_is_always_said_and_early_figures_are_called_early():
    assert SELECTION in calibrate(()).notes
    assert any(note.startswith("Early figures") for note in calibrate(past(100, Weights())).notes)
    assert not any(note.startswith("Early figures") for note in calibrate(past(400, Weights())).notes)


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        ({"score": 10_001}, "score of a past pair is 10001"),
        ({"parts": (("needs", -1),)}, "needs of a past pair is -1"),
        ({"rating": 0}, "from 1 to 5"),
        ({"months": math.nan}, "0 or more"),
    ],
)
def test_an_outcome_that_cannot_be_is_refused(outcome, message):
    with pytest.raises(ValueError, match=message):
        Outcome(**{"score": 5000, **outcome})


# The weights.


def test_weights_that_truly_matter_are_found_again():
    found = suggested_weights(past(1500, OTHER, slope=12.0), Weights(), resamples=60)
    assert found.improvement.low > 0
    assert "Nothing changes until somebody decides it" in found.sentences[0]
    assert np.abs(proportions(found.weights) - proportions(OTHER)).max() < 0.06
    held = [each.suggested.low <= 100 * each_true <= each.suggested.high for each, each_true in truths(found, OTHER)]
    assert sum(held) >= 6


def truths(found, weights):
    return zip(found.intervals, proportions(weights), strict=True)


@pytest.mark.parametrize("seed", range(5))
def test_out_of_noise_no_weights_are_suggested(seed):
    found = suggested_weights(past(250, None, seed=seed), Weights(), resamples=5)
    assert found.weights is None
    assert found.sentences[0].startswith("No other weights foretold better")
    assert SELECTION in found.sentences


@pytest.mark.parametrize("seed", range(3))
def test_weights_that_are_right_already_are_left_alone(seed):
    assert suggested_weights(past(400, Weights(), seed=seed), Weights(), resamples=5).weights is None


def test_too_few_outcomes_for_the_number_of_criteria_suggest_nothing():
    found = suggested_weights(past(120, OTHER), Weights())
    assert found.weights is found.improvement is None
    assert found.sentences[0].startswith("Not enough data: 10 for each of 7 criteria, 70 pairs that went on and 70")


def test_criteria_that_were_not_measured_keep_their_weights():
    outcomes = tuple(
        Outcome(o.score, o.parts[:3], o.went_on) for o in past(800, Weights(10, 80, 10, 0, 0, 0, 0), slope=12.0)
    )
    found = suggested_weights(outcomes, Weights(), resamples=5).weights
    assert (found.place, found.seniority, found.availability, found.preferences) == (10, 10, 10, 5)
    assert found.needs + found.text + found.sector == pytest.approx(65, abs=0.2)
    assert found.text > 40


def test_pairs_of_unknown_criteria_or_outcome_suggest_nothing():
    assert suggested_weights((), Weights()).pairs == 0
    unknown = tuple(Outcome(5000, went_on=n % 2 == 0) for n in range(400))
    assert suggested_weights(unknown, Weights()).sentences[0].startswith("Not enough data: two criteria or more")


def test_the_order_of_outcomes_changes_nothing():
    outcomes = past(300, OTHER)
    assert suggested_weights(outcomes[::-1], Weights(), resamples=5) == suggested_weights(
        outcomes, Weights(), resamples=5
    )
    assert calibrate(outcomes[::-1]) == calibrate(outcomes)


def test_reports_and_suggestions_are_stored_and_read_back():
    outcomes = past(300, OTHER)
    report, suggestion = calibrate(outcomes), suggested_weights(outcomes, Weights(), resamples=5)
    assert from_dict(Calibration, json.loads(json.dumps(to_dict(report)))) == report
    assert from_dict(Suggestion, json.loads(json.dumps(to_dict(suggestion)))) == suggestion


# The regression under it.


def test_a_fit_without_bounds_in_its_way_sums_up_as_the_theory_says():
    draw = np.random.default_rng(2)
    features = draw.random((400, 2))
    came = (draw.random(400) < foretold(features, np.array([-2.0, 3.0, 1.0]))).astype(float)
    left = came - foretold(features, fitted(features, came))
    # At the best fit what is left over adds up to nothing, alone and weighed with each feature (the score equations).
    assert left.sum() == pytest.approx(0, abs=1e-2)
    assert features.T @ left == pytest.approx([0, 0], abs=2e-2)


def test_a_feature_that_speaks_against_gets_nothing_rather_than_less():
    features = np.linspace(0, 1, 40)[:, None]
    assert fitted(features, (features[:, 0] < 0.5).astype(float))[1] == 0


def test_outcomes_split_perfectly_keep_slopes_finite():
    features = np.linspace(0, 1, 40)[:, None]
    found = fitted(features, (features[:, 0] > 0.5).astype(float))
    assert np.isfinite(found).all()
    assert log_losses(foretold(features, found), (features[:, 0] > 0.5).astype(float)).max() < 1


def test_folds_are_of_like_size_and_hang_on_nothing_but_the_cases():
    cases = [f"case {number}" for number in range(23)]
    folds = turns(cases)
    assert sorted(np.bincount(folds).tolist()) == [4, 4, 5, 5, 5]
    assert turns(cases[::-1]).tolist() == folds[::-1].tolist()
