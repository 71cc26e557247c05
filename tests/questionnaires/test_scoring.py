from hypothesis import given
from hypothesis import strategies as st

from alongside.questionnaires.library import definition_of
from alongside.questionnaires.scoring import compare, role_scores

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
    assert [(each.item.id, each.gap) for each in compared[:3]] == [("listen", 2), ("solutions", 2), ("role", 0)]
    assert [compared[0].label(n) for n in (0, 1)] == ["Disagree", "Strongly agree"]


def test_what_one_of_them_left_open_is_no_difference() -> None:
    compared = {each.item.id: each for each in compare(EXPECTATIONS, [{"listen": 2}, {}])}
    assert compared["listen"].gap == 0
    assert compared["listen"].label(1) == ""


@given(ANSWERS, ANSWERS)
def test_nothing_asked_is_lost_and_it_does_not_matter_who_is_first(
    ours: dict[str, int], theirs: dict[str, int]
) -> None:
    one, other = compare(EXPECTATIONS, [ours, theirs]), compare(EXPECTATIONS, [theirs, ours])
    assert [each.item.id for each in one] == [each.item.id for each in other]
    assert {each.item for each in one} == set(EXPECTATIONS.questions)
    assert [each.gap for each in one] == sorted((each.gap for each in one), reverse=True)


@given(ANSWERS)
def test_a_figure_lies_between_0_and_100(answers: dict[str, int]) -> None:
    assert all(figure is not None and 0 <= figure <= 100 for figure in role_scores(EXPECTATIONS, answers).values())
