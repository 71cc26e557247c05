"""The search over all pairs: wherever it runs, in whatever order, and however it is stopped."""

from __future__ import annotations

import random
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from alongside.engine import Market, Objective, Stopped, Watch, Weights, to_dict, verify
from alongside.engine.scanning.worth import lot
from alongside.engine.solving import search
from benchmarks.matching.values import score_rows
from benchmarks.populations import EXTREMES, cohort

LARGE = cohort(260, 120, seed=11)


@pytest.fixture
def in_small_tasks(monkeypatch):
    """Divide even a small cohort into many tasks, and guess its prices from a sample, as for a country."""
    monkeypatch.setattr(search, "TASK", 700)
    monkeypatch.setattr(search, "ELSEWHERE", 10)
    monkeypatch.setattr(search, "LARGE", 1_000)


def answer(problem, **how):
    return to_dict(Market.of(problem).solve(**how))


def test_many_tasks_on_any_number_of_threads_give_the_same_bytes(in_small_tasks):
    answers = []
    for threads in (1, 2, 5):
        with ThreadPoolExecutor(threads) as executor:
            answers.append(answer(LARGE, executor=executor))
    assert answers[0] == answers[1] == answers[2]


def test_the_order_of_the_people_gives_the_same_bytes(in_small_tasks):
    draw = random.Random(5)
    mixed = replace(
        LARGE,
        mentees=tuple(draw.sample(LARGE.mentees, len(LARGE.mentees))),
        mentors=tuple(draw.sample(LARGE.mentors, len(LARGE.mentors))),
    )
    assert answer(mixed) == answer(LARGE)


def test_other_processes_look_at_pairs_as_well(in_small_tasks):
    with ProcessPoolExecutor(2) as executor:
        assert answer(LARGE, executor=executor) == answer(LARGE)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # Dask warns of ports and of its own deprecations
def test_the_workers_of_a_cluster_look_at_pairs_as_well(in_small_tasks):
    distributed = pytest.importorskip("distributed")
    settings = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with distributed.LocalCluster(**settings) as cluster, distributed.Client(cluster.scheduler_address) as client:
        assert answer(LARGE, executor=client.get_executor()) == answer(LARGE)


def test_a_sample_guesses_prices_and_changes_nothing_else(monkeypatch):
    plain = Market.of(LARGE).solve()
    monkeypatch.setattr(search, "LARGE", 1_000)
    guessed = Market.of(LARGE).solve()
    assert guessed == plain


def test_a_hint_saves_time_and_changes_nothing_else():
    market = Market.of(LARGE)
    plain = market.solve()
    assert market.solve(hint=plain.certificate) == plain


def drawn_by_lot(problem):
    """Return what the lots of the pairs made add up to, and the most they can among people who are all alike."""
    market = Market.of(problem)
    worth = market.stand(executor=ThreadPoolExecutor(1)).search.worth
    n, m = market.cohort.shape
    lots = np.array([[lot(worth, row, column) for column in range(m)] for row in range(n)])
    rows, columns = market.cohort.places_of((pair.mentee, pair.mentor) for pair in market.solve().solution.pairs)
    most = linear_sum_assignment(np.repeat(lots, market.places, axis=1), maximize=True)
    return lots[rows, columns].sum(), np.repeat(lots, market.places, axis=1)[most].sum()


@pytest.mark.parametrize("places", [6, 30, 60, 72, 600])
def test_where_all_are_alike_the_lots_decide_whatever_the_supply(in_small_tasks, places):
    problem = EXTREMES["all ties"](60, 30)
    capacities = np.diff(np.arange(31) * places // 30).tolist()
    mentors = tuple(replace(one, capacity=n) for one, n in zip(problem.mentors, capacities, strict=True))
    found, most = drawn_by_lot(replace(problem, mentors=mentors))
    assert found == most


@pytest.mark.parametrize("name", ["FINER", "EXACTLY", "FEW_RIGHT", "MANY_WANTING", "BIDS"])
@pytest.mark.parametrize("people", ["all ties", "balanced", "two islands"])
def test_how_an_auction_goes_on_is_a_matter_of_speed_only(monkeypatch, name, people):
    market = Market.of(EXTREMES[people](120, 50))
    plain = market.solve().certificate
    monkeypatch.setattr(search, name, 1)
    other = market.solve().certificate
    assert (other.value, other.bound) == (plain.value, plain.bound) == (plain.bound, plain.bound)


@pytest.mark.parametrize("name", ["FIRST_LOOK", "LOOK", "MARGIN", "ROW", "STEP", "PERSON"])
def test_what_is_looked_at_first_is_a_matter_of_speed_only(monkeypatch, name):
    plain = answer(LARGE)
    monkeypatch.setattr(search, name, 1)
    assert answer(LARGE) == plain


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("deepest", [5, 2_000, 10**9])
def test_no_pair_worth_more_than_lower_prices_is_overlooked(seed, deepest):
    market, draw = Market.of(cohort(80, 40, seed=seed)), np.random.default_rng(seed)
    n, m = market.cohort.shape
    with ThreadPoolExecutor(2) as executor:
        standing = market.stand(executor=executor)
        standing.solve()
        found, scale = standing.search, standing.search.worth.scale
        least, theirs = -(-found.ours // scale), found.theirs // scale - draw.integers(0, deepest, m)
        while found.look_for(ours := _beyond_candidates(found, least, theirs), theirs):
            pass
    scores = score_rows(market, np.arange(n))
    assert not ((scores >= 0) & (found.worth.reward + scores > ours[:, None] + theirs)).any()


def _beyond_candidates(found, least, theirs):
    """Return potentials of mentees, in points, that no candidate contradicts."""
    ours = least.copy()
    np.maximum.at(ours, found.mentee, found.worth.reward + found.score - theirs[found.mentor])
    return ours


def test_looking_for_pairs_leaves_potentials_as_they_are():
    market = Market.of(LARGE)
    with ThreadPoolExecutor(2) as executor:
        standing = market.stand(executor=executor)
        standing.solve()
        proof = standing.proof()
        assert to_dict(market.result_of(standing)) == answer(LARGE)
        assert (standing.proof().prices == proof.prices).all()


def test_the_watch_hears_of_stages_and_how_far_they_are():
    heard = []
    Market.of(LARGE).solve(watch=Watch(report=lambda stage, share: heard.append((stage, share))))
    assert {stage for stage, _ in heard} == {"pairs", "pairing"}
    assert all(0 <= share <= 1 for _, share in heard)


def test_a_matching_that_is_cancelled_gives_nothing(in_small_tasks):
    with pytest.raises(Stopped):
        Market.of(LARGE).solve(watch=Watch(cancel=lambda: True))


def test_a_matching_that_is_stopped_gives_its_best_and_an_honest_bound(monkeypatch):
    monkeypatch.setattr(search, "FIRST_LOOK", 1)
    stopped = Market.of(LARGE).solve(watch=Watch(stop=lambda: True))
    best = Market.of(LARGE).solve()
    assert not stopped.certificate.proven
    assert stopped.certificate.value < best.certificate.value <= stopped.certificate.bound


@pytest.mark.parametrize("name", sorted(EXTREMES))
def test_cohorts_at_which_a_solver_may_stumble_are_proven(name):
    problem = EXTREMES[name](60, 30)
    result = Market.of(problem).solve()
    verify(problem, result.solution, result.certificate)


@pytest.mark.parametrize("size", [260, 300, 400])
@pytest.mark.parametrize("objective", [Objective.PLACE_FIRST, Objective.QUALITY])
def test_keeping_many_pairs_of_an_earlier_solution_leaves_room_for_exact_sums(size, objective):
    problem = replace(cohort(size, size, capacity=(1, 1), seed=3), objective=objective)
    market = Market.of(problem)
    best = market.solve()
    near = market.solve(near=best.solution)
    verify(problem, near.solution, near.certificate)
    assert near.solution.pairs == best.solution.pairs
    other = market.reweighted(Weights(needs=1, sector=5)).solve(near=best.solution)
    verify(replace(problem, weights=Weights(needs=1, sector=5)), other.solution, other.certificate)


def test_pairs_are_listed_up_to_where_each_list_ends():
    rows, mentors = np.array([7, 3]), np.array([[4, 2, -1], [-1, -1, -1]])
    listed = search._listed(rows, mentors, np.array([[90, 80, 0], [0, 0, 0]], np.int32))
    assert [each.tolist() for each in listed] == [[7, 7], [4, 2], [90, 80]]


def test_no_columns_are_no_work_and_coming_to_a_row_is_some():
    assert search._work(1_000, 0) == 0
    assert search._work(10, 1) == 10 * (1 + search.ROW)
