from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.questionnaires.queries import definition_of
from alongside.questionnaires.scoring import band_of, compare, limits_of, role_scores, together
from tests.paired import SECRET
from tests.questionnaires.everything import EVERYTHING

EXPECTATIONS = definition_of("expectations", 1)
ANSWERS = st.fixed_dictionaries({item.id: st.integers(0, 2) for item in EXPECTATIONS.questions})


def all_at(value: int) -> dict[str, int]:
    return {item.id: value for item in EXPECTATIONS.questions}


def test_a_role_is_the_mean_of_its_counted_items() -> None:
    assert set(role_scores(EXPECTATIONS, all_at(0)).values()) == {0}
    assert set(role_scores(EXPECTATIONS, all_at(1)).values()) == {50}
    assert set(role_scores(EXPECTATIONS, all_at(2)).values()) == {100}
    friend = {"standing": 2, "challenge": 1, "hard-questions": 0}
    assert role_scores(EXPECTATIONS, all_at(0) | friend)["friend"] == 50


def test_friendship_and_learning_both_ways_are_asked_and_not_counted() -> None:
    assert role_scores(EXPECTATIONS, all_at(0) | {"be-a-friend": 2, "learn": 2})["adviser"] == 0
    assert role_scores(EXPECTATIONS, all_at(0) | {"be-a-friend": 2, "learn": 2})["knowledge"] == 0


def test_a_role_of_which_too_little_was_answered_has_no_figure() -> None:
    two_of_three = {"standing": 2, "challenge": 2}
    assert role_scores(EXPECTATIONS, two_of_three)["friend"] == 100
    assert role_scores(EXPECTATIONS, {"standing": 2})["friend"] is None


def test_what_lies_furthest_apart_comes_first_and_the_rest_as_it_was_asked() -> None:
    theirs = all_at(1) | {"listen": 2, "solutions": 0}
    ours = all_at(1) | {"listen": 0, "solutions": 2}
    compared = compare(EXPECTATIONS, [ours, theirs])
    assert [(each.question.id, each.gap) for each in compared[:3]] == [("listen", 2), ("solutions", 2), ("role", 0)]
    assert [compared[0].label(n) for n in (0, 1)] == ["Disagree", "Strongly agree"]


def test_what_one_of_them_left_open_is_no_difference() -> None:
    compared = {each.question.id: each for each in compare(EXPECTATIONS, [{"listen": 2}, {}])}
    assert compared["listen"].gap == 0
    assert compared["listen"].label(1) == ""


@given(ANSWERS, ANSWERS)
def test_nothing_asked_is_lost_and_it_does_not_matter_who_is_first(
    ours: dict[str, int], theirs: dict[str, int]
) -> None:
    one, other = compare(EXPECTATIONS, [ours, theirs]), compare(EXPECTATIONS, [theirs, ours])
    assert [each.question.id for each in one] == [each.question.id for each in other]
    assert {each.question.id for each in one} == set(EXPECTATIONS.by_id)
    assert [each.gap for each in one] == sorted((each.gap for each in one), reverse=True)


@given(ANSWERS)
def test_a_figure_lies_between_0_and_100(answers: dict[str, int]) -> None:
    assert all(figure is not None and 0 <= figure <= 100 for figure in role_scores(EXPECTATIONS, answers).values())


def test_a_sum_counts_a_reverse_item_from_the_other_end() -> None:
    assert role_scores(EVERYTHING, {"sleep": 3, "days.rush": 1, "days.rest": 3})["calm"] == 9
    assert role_scores(EVERYTHING, {"sleep": 3, "days.rush": 3, "days.rest": 3})["calm"] == 7


def test_a_sum_takes_what_was_left_open_as_the_mean_of_the_rest() -> None:
    assert role_scores(EVERYTHING, {"sleep": 2, "days.rest": 2})["calm"] == 6
    assert role_scores(EVERYTHING, {"sleep": 2})["calm"] is None


def test_a_mean_stays_on_the_scale() -> None:
    assert role_scores(EVERYTHING, {"sleep": 3, "days.rush": 2, "days.rest": 3})["whole"] == 2.7


def test_a_figure_lies_in_the_last_band_that_begins_below_it() -> None:
    calm = EVERYTHING.roles[0]
    assert [getattr(band_of(calm, figure), "title", None) for figure in (2, 3, 6, 7, 9, None)] == [
        None, "Restless", "Restless", "Calm", "Calm", None,
    ]  # fmt: skip
    assert limits_of(EVERYTHING, calm) == (3, 9)


def test_answers_of_several_are_counted_only_where_enough_gave_them() -> None:
    two = [{"sleep": 1, "story": SECRET}, {"sleep": 3}]
    assert together(EVERYTHING, two, at_least=3) is None
    shown = together(EVERYTHING, [*two, {"sleep": 3, "needs": ["money"]}], at_least=3)
    assert shown is not None
    by_id = {each.question.id: each for each in shown}
    assert by_id["sleep"].counts == {1: 1, 2: 0, 3: 2}
    assert by_id["sleep"].mean == 2.3
    assert by_id["needs"].counts == {}
    assert SECRET not in str(shown)


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "sleep": st.integers(1, 3),
                "days.rush": st.integers(1, 3),
                "needs": st.lists(st.sampled_from(["money", "people", "time"]), unique=True, min_size=1),
                "party": st.sampled_from(["yes", "no"]),
                "job": st.text(min_size=1),
            },
        ),
        max_size=8,
    )
)
@settings(deadline=None)
def test_counts_are_how_often_each_answer_was_given_whoever_gave_it(several: list[dict[str, Any]]) -> None:
    counted = together(EVERYTHING, several, at_least=1)
    assert (counted is None) == (not several)
    for each in counted or []:
        given_here = [answers[each.question.id] for answers in several if each.question.id in answers]
        assert each.answered == len(given_here)
        for value, count in each.counts.items():
            assert count == sum(value == one or (isinstance(one, list) and value in one) for one in given_here)
        assert each.question.kind != "text" or not each.counts
