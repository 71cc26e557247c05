from __future__ import annotations

import json
import math
from collections import defaultdict
from itertools import combinations, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from alongside.engine import (
    Certificate,
    FairnessReport,
    Interval,
    Pair,
    Person,
    Problem,
    QuotasImpossible,
    Result,
    Solution,
    cost_of_equality,
    equal_quotas,
    fairness_report,
    from_dict,
    to_dict,
)
from alongside.engine.evaluation.disclosure import hidden, in_words, rounded, total
from alongside.engine.evaluation.equality import Price
from alongside.engine.evaluation.intervals import difference_of_means, difference_of_shares, mean, wilson


def result_of(pairs):
    ids = {pair.mentee for pair in pairs}
    return Result(
        Solution(tuple(sorted(pairs)), (), ()),
        Certificate(len(ids), sum(pair.score for pair in pairs), 0, 0, (), (), ""),
    )


def cohort(**scores):
    """Return a problem, its result and the groups, given the score of each person of a group, None without a mentor."""
    people = [(f"{label} {number}", label, score) for label, own in scores.items() for number, score in enumerate(own)]
    problem = Problem(tuple(Person(person) for person, _, _ in people), (Person("m", capacity=1000),))
    pairs = [Pair(person, "m", score) for person, _, score in people if score is not None]
    return problem, result_of(pairs), {person: label for person, label, _ in people}


def by_label(report):
    return {figures.label: figures for figures in report.groups}


# What each group got.


def test_a_group_is_described_by_hand_computed_figures():
    problem, result, groups = cohort(Women=[6000] * 20 + [8000] * 20 + [None] * 10, Men=[7000] * 30 + [None] * 30)
    figures = by_label(fairness_report(problem, result, groups))
    women = figures["Women"]
    assert women.people == 50
    assert women.placed == Interval(80, 67, 89)
    assert (women.score.value, women.median) == (70, 70)
    # The variance is 40 * 1000² / 39, so the reach is 2.0227 * 1000 / √39 = 324, which is 3.2 points.
    assert (women.score.low, women.score.high) == (67, 73)
    assert women.sentence == (
        "Women: about 50 people. With a mentor: 80% (95% interval 67% to 89%). "
        "Fit: 70 of 100 on average (95% interval 67 to 73), median 70."
    )
    assert figures["Men"].placed == Interval(50, 38, 62)


def test_the_gap_between_groups_comes_with_an_interval_and_no_advice():
    problem, result, groups = cohort(Men=[7000] * 56 + [None] * 14, Women=[5000] * 48 + [None] * 32)
    report = fairness_report(problem, result, groups)
    placed, score = report.gaps
    assert placed.difference == Interval(20, 5, 33)
    assert placed.sentence == (
        "Men had a mentor 20 points more often than Women (95% interval 5 to 33). "
        "The interval does not include 0: chance alone would seldom make such a difference."
    )
    assert score.difference == Interval(20, 20, 20)
    assert score.sentence.startswith("Men fitted their mentors 20 points better than Women")


def test_a_gap_that_chance_could_make_is_said_to_be_one():
    problem, result, groups = cohort(A=[7000] * 20 + [None] * 20, B=[7000] * 20 + [None] * 22)
    (placed, score) = fairness_report(problem, result, groups).gaps
    assert placed.difference.holds_zero
    assert "chance alone could make such a difference" in placed.sentence
    assert "as much as" in score.sentence


def test_a_person_with_several_mentors_counts_once_and_one_who_is_to_have_none_not_at_all():
    mentees = (*(Person(f"a{n}") for n in range(10)), Person("two", capacity=2), Person("none", capacity=0))
    problem = Problem(mentees, (Person("m"), Person("n")))
    pairs = [*(Pair(f"a{n}", "m", 5000) for n in range(10)), Pair("two", "m", 2000), Pair("two", "n", 8000)]
    everyone = fairness_report(problem, result_of(pairs), {}).everyone
    assert everyone.people == rounded(11) == 10
    assert everyone.score == Interval(50, 50, 50)


def test_a_report_is_stored_and_read_back():
    report = fairness_report(*cohort(A=[7000] * 20 + [None] * 20, B=[6000] * 20 + [None] * 22, C=[1]))
    assert from_dict(FairnessReport, json.loads(json.dumps(to_dict(report)))) == report


def test_nobody_at_all_is_reported_without_a_stumble():
    report = fairness_report(Problem((), ()), result_of([]), {})
    assert report.groups == report.gaps == ()
    assert report.everyone.people is None


# Who must not be found.


def test_a_small_group_is_not_shown_and_says_so_in_words():
    report = fairness_report(*cohort(A=[7000] * 40, B=[6000] * 30, C=[9000] * 9))
    small = by_label(report)["C"]
    assert (small.people, small.placed, small.score, small.median) == (None,) * 4
    assert small.sentence == "C: fewer than 10 people, or not shown so that fewer than 10 cannot be worked out."


def test_a_small_group_cannot_be_worked_out_from_the_total():
    report = fairness_report(*cohort(A=[7000] * 40, B=[6000] * 30, C=[9000] * 9))
    figures = by_label(report)
    assert figures["B"].people is None
    assert figures["B"].sentence[1:] == figures["C"].sentence[1:]
    assert figures["A"].people == 40
    assert report.everyone.people == 80
    assert report.gaps == ()


def test_those_who_have_not_said_are_a_group_like_the_others_for_the_subtraction_but_compared_with_nobody():
    report = fairness_report(*cohort(A=[7000] * 40, B=[6000] * 30, **{"": [9000] * 9}))
    assert by_label(report)["Not said"].people is None
    assert by_label(report)["B"].people is None
    large = fairness_report(*cohort(A=[7000] * 40, B=[6000] * 30, **{"": [9000] * 30}))
    assert {(gap.one, gap.other) for gap in large.gaps} == {("A", "B")}


def test_a_group_where_everyone_has_a_mentor_does_not_say_so_of_each():
    report = fairness_report(*cohort(A=[7000] * 40, B=[6000] * 20 + [None] * 15, C=[6000] * 20 + [None] * 16))
    figures = by_label(report)
    assert figures["A"].placed is None
    assert "fewer than 10 people have one or have none" in figures["A"].sentence
    assert figures["A"].score is not None
    # B goes with it, since the total less B and C would give A away.
    assert figures["B"].placed is None


def test_a_mean_of_few_is_not_shown_however_low_the_limit():
    report = fairness_report(*cohort(A=[7000] * 7 + [None] * 30, B=[6000] * 40), least=5)
    assert by_label(report)["A"].score is None
    assert by_label(report)["B"].score is None
    assert report.everyone.score is not None


def test_no_one_person_changes_a_count():
    assert {rounded(count) for count in range(13, 18)} == {15}
    assert [in_words(count, 10) for count in (0, 9, 26)] == ["nobody", "fewer than 10 people", "about 25 people"]


def test_a_limit_that_is_none_is_refused():
    with pytest.raises(ValueError, match="3 or more"):
        fairness_report(*cohort(A=[1]), least=2)


def seen(rows, least):
    """Return all that a reader can at most learn: who is hidden, every other figure without rounding, the total."""
    unseen = hidden(rows, least)
    return unseen, tuple(sorted((label, rows[label]) for label in rows.keys() - unseen)), total(rows)


def splits(count, parts):
    if parts == 1:
        yield (count,)
        return
    for first in range(count + 1):
        for others in splits(count - first, parts - 1):
            yield (first, *others)


def explanations(report, least):
    """Return every table of which a reader who knows the rule would have been shown the same."""
    unseen, shown, everyone = report
    rest = [count - sum(cells[place] for _, cells in shown) for place, count in enumerate(everyone)]
    for cells in product(*(splits(count, len(unseen)) for count in rest)):
        rows = dict(shown) | dict(zip(sorted(unseen), zip(*cells, strict=True), strict=True))
        if seen(rows, least) == report:
            yield rows


def gives_away(report, least):
    """Tell whether a hidden group has the same count in every table that explains a report."""
    unseen, possible = report[0], defaultdict(set)
    for rows in explanations(report, least):
        for label in unseen:
            possible[label].add(rows[label])
        if all(len(possible[label]) > 1 for label in unseen):
            return False
    return True


@pytest.mark.parametrize(("least", "counts"), [((5,), range(1, 16)), ((3, 3), range(6))])
def test_whoever_knows_the_rule_the_total_and_every_other_figure_cannot_work_out_a_hidden_one(least, counts):
    tables = (dict(zip("abc", t, strict=True)) for t in product(product(counts, repeat=len(least)), repeat=3))
    reports = {report for rows in tables if (report := seen(rows, least))[0]}
    shown = [r for r in reports if all(count >= limit for count, limit in zip(r[2], least, strict=True))]
    assert len(shown) > 200
    assert [report for report in shown if gives_away(report, least)] == []


def test_the_counts_as_they_are_shown_leave_a_hidden_group_many_sizes():
    possible = defaultdict(lambda: defaultdict(set))
    for counts in product(range(1, 31), repeat=3):
        rows = {label: (count,) for label, count in zip("abc", counts, strict=True)}
        unseen, everyone = hidden(rows, (10,)), sum(counts)
        shown = tuple((label, rounded(rows[label][0])) for label in sorted(rows.keys() - unseen))
        # Above 60 together, sizes over 30 would explain what is shown too.
        if everyone in range(10, 61):
            for label in unseen:
                possible[unseen, shown, rounded(everyone)][label] |= set(rows[label])
    assert min(len(sizes) for report in possible.values() for sizes in report.values()) >= 7


@given(st.dictionaries(st.text(max_size=3), st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_what_is_hidden_is_never_one_group_alone_nor_few_people_unless_all_are_hidden(rows):
    unseen = hidden(rows, (10, 10))
    assert {label for label, cells in rows.items() if min(cells) < 10} <= unseen
    if unseen and unseen != rows.keys():
        assert len(unseen) > 1
        assert min(total(rows, unseen)) >= 10


# The price of equal rates.


def everything(problem, scores, quotas, groups):
    """Return the best result under quotas by trying everything: most people, then quality."""
    mentees, mentors = [p.id for p in problem.mentees], [p.id for p in problem.mentors]
    best = None
    for size in range(min(len(mentees), len(mentors)), -1, -1):
        for chosen in combinations(mentees, size):
            placed = [groups.get(mentee, "") for mentee in chosen]
            if any(placed.count(label) < least for label, least in quotas.items()):
                continue
            for own in permutations(mentors, size):
                pairs = list(zip(chosen, own, strict=True))
                worth = (size, sum(scores.get(pair, -100_000) for pair in pairs))
                if worth[1] >= 0 and (best is None or worth > best[0]):
                    best = worth, [Pair(*pair, scores[pair]) for pair in pairs]
    if best is None:
        raise QuotasImpossible("No arrangement has so many of each group.")
    return result_of(best[1])


def asked(scores, groups, mentors="xy"):
    problem = Problem(tuple(map(Person, groups)), tuple(map(Person, mentors)))
    result = everything(problem, scores, {}, groups)
    return problem, result, groups, lambda quotas: everything(problem, scores, quotas, groups)


def test_equal_rates_cost_what_they_cost_by_hand():
    groups = {"a1": "A", "a2": "A", "b1": "B", "b2": "B"}
    scores = {(mentee, mentor): 9000 if mentee[0] == "a" else 6000 for mentee in groups for mentor in "xy"}
    price = cost_of_equality(*asked(scores, groups), least=1)
    # Both places went to A for 18,000; one of each group makes 15,000.
    assert (price.quality, price.points_per_pair, price.people) == (3000, 15.0, 0)
    assert (price.rate, price.equal) == (50, True)
    assert price.sentences == (
        "At equal rates the mean pair would fit 15.00 points less well (of 100), "
        "and as many people as now would have a mentor.",
        "Every group compared would have a mentor at the same rate, about 50%.",
    )


def test_rates_that_are_equal_already_cost_nothing():
    groups = {"a": "A", "b": "B"}
    price = cost_of_equality(*asked(dict.fromkeys(product("ab", "xy"), 5000), groups), least=1)
    assert (price.quality, price.points_per_pair, price.people, price.rate, price.equal) == (0, 0.0, 0, 100, True)


def test_where_the_rules_shut_a_group_out_nobody_is_held_back_and_it_is_said():
    groups = {"a1": "A", "a2": "A", "b1": "B", "b2": "B"}
    scores = {("a1", "x"): 5000, ("a2", "y"): 5000}
    price = cost_of_equality(*asked(scores, groups), least=1)
    assert (price.people, price.rate, price.equal) == (0, 25, False)
    assert price.sentences[1:] == (
        "Under the rules as they are, 25% is the highest rate that every group can reach together.",
        "Above it there would be fewer than 3 people; "
        "the same rate for all could only be had without mentors for them.",
    )


def test_groups_too_small_to_show_are_given_no_quota():
    problem, result, groups = cohort(A=[5000] * 40, B=[5000] * 30 + [None] * 10, C=[None] * 2, **{"": [None] * 12})

    def solve(quotas):
        assert sorted(quotas) == ["A", "B"]
        return result

    assert cost_of_equality(problem, result, groups, solve).equal is False


def test_fewer_than_two_groups_have_no_price():
    problem, result, groups = cohort(A=[5000] * 40, B=[5000] * 3)
    price = cost_of_equality(problem, result, groups, lambda quotas: result)
    assert price.quality is price.rate is None
    assert price.sentences == ("Fewer than two groups have 10 people to be compared.",)
    assert from_dict(Price, json.loads(json.dumps(to_dict(price)))) == price


def test_the_rate_asked_for_is_the_highest_every_group_can_reach():
    problem, result, groups = cohort(A=[5000] * 40, B=[5000] * 10 + [None] * 30)
    calls = []

    def solve(quotas):
        calls.append(quotas)
        if quotas["B"] > 13:
            raise QuotasImpossible("Only 13 of B can have a mentor.")
        return cohort(A=[5000] * 37, B=[5000] * 13 + [None] * 27)[1]

    price = cost_of_equality(problem, result, groups, solve)
    assert price.rate == 100 * 27 // 80
    assert len(calls) <= 1 + math.ceil(math.log2(80)) + 1
    assert "about 25 people" in price.sentences[2]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=4), st.data())
def test_equal_quotas_share_every_place_and_never_fall_as_places_rise(counts, data):
    groups = {str(number): count for number, count in enumerate(counts)}
    people = data.draw(st.integers(0, sum(counts)))
    quotas = equal_quotas(groups, people)
    assert sum(quotas.values()) == people
    assert all(quotas[label] <= groups[label] for label in groups)
    if people:
        fewer = equal_quotas(groups, people - 1)
        assert all(fewer[label] <= quotas[label] for label in groups)


def test_more_places_than_people_are_refused():
    with pytest.raises(ValueError, match="cannot be shared"):
        equal_quotas({"A": 2}, 3)


# The intervals, against published and hand-computed numbers.


def approximately(low, high):
    return pytest.approx((low, high), abs=5e-5)


def test_shares_have_the_intervals_of_wilson():
    for counts, expected in {(8, 10): (0.4902, 0.9433), (0, 10): (0, 0.2775), (81, 263): (0.2553, 0.3662)}.items():
        assert (wilson(*counts).low, wilson(*counts).high) == approximately(*expected)


def test_differences_of_shares_have_the_intervals_newcombe_published():
    for one, other, expected in (((56, 70), (48, 80), (0.0524, 0.3339)), ((9, 10), (3, 10), (0.1705, 0.8090))):
        found = difference_of_shares(one, other)
        assert (found.low, found.high) == approximately(*expected)


def test_means_have_the_intervals_of_student_and_welch():
    assert (mean([1, 2, 3]).low, mean([1, 2, 3]).high) == approximately(2 - 2.48414, 2 + 2.48414)
    # Squared errors 1/3 and 4/3: an error of √(5/3) = 1.2910, 50/17 = 2.941 degrees of freedom.
    found = difference_of_means([1, 2, 3], [2, 4, 6])
    referee = stats.ttest_ind([1, 2, 3], [2, 4, 6], equal_var=False).confidence_interval()
    assert found.value == -2
    assert (found.low, found.high) == pytest.approx((referee.low, referee.high))
    assert found.high - found.value == pytest.approx(1.2910 * stats.t.ppf(0.975, 50 / 17), abs=1e-3)


def test_a_share_of_nobody_and_the_spread_of_one_value_are_refused():
    with pytest.raises(ValueError, match="no share"):
        wilson(0, 0)
    with pytest.raises(ValueError, match="two values"):
        mean([1])
