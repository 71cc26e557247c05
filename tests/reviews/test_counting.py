"""Nobody's answer can be worked out of what is shown, whatever is subtracted from whatever."""

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from alongside.reviews.counting import ONESELF, OTHERS, POOLED, result_of, units_of
from tests.reviews.asked import LEADERSHIP, everything

GROUPS = {"manager": 1, "colleagues": 3, "led": 3, "partners": 3}


def given_by(**sizes: int) -> dict[str, list[dict[str, Any]]]:
    return {group: [everything(2) for _ in range(size)] for group, size in sizes.items()}


def test_a_group_with_enough_answers_is_shown_by_itself() -> None:
    kept = result_of(LEADERSHIP, given_by(colleagues=3, oneself=1))
    assert kept["units"] == [{"id": "colleagues", "groups": ["colleagues"], "answered": 3}]
    assert kept["roles"]["colleagues"]["people"] == 50
    assert kept["roles"][ONESELF]["people"] == 50
    assert kept["too_few"] == ["manager", "led", "partners"]


def test_a_line_manager_is_shown_by_themself() -> None:
    assert [unit.id for unit in units_of(LEADERSHIP, given_by(manager=1))] == ["manager"]


def test_small_groups_are_shown_together_where_they_are_enough() -> None:
    kept = result_of(LEADERSHIP, given_by(colleagues=4, led=2, partners=1))
    assert [unit["id"] for unit in kept["units"]] == ["colleagues", POOLED]
    assert kept["units"][1]["groups"] == ["led", "partners"]


def test_what_is_too_little_is_in_no_figure_not_even_in_that_of_all() -> None:
    few = {"colleagues": [everything(0)] * 3, "led": [everything(4)] * 2}
    kept = result_of(LEADERSHIP, few)
    assert kept["roles"][OTHERS] == kept["roles"]["colleagues"]
    assert kept["too_few"] == ["manager", "led", "partners"]
    assert kept["words"] == {"colleagues": {}}


def test_own_words_of_too_few_are_not_kept() -> None:
    given_words = {"colleagues": [everything(1, keep="SECRET"), everything(1)]}
    assert "SECRET" not in str(result_of(LEADERSHIP, given_words))


def test_a_statement_that_too_few_of_a_group_answered_is_not_shown_for_it() -> None:
    answers = [everything(2), everything(2), {**everything(2)}]
    del answers[2]["people.notice"]
    kept = result_of(LEADERSHIP, {"colleagues": answers})
    assert "people.notice" not in kept["means"]["colleagues"]
    assert "people.notice" not in kept["means"][OTHERS]
    assert "people.stretch" in kept["means"]["colleagues"]


def test_a_reverse_statement_counts_from_the_other_end() -> None:
    kept = result_of(LEADERSHIP, {"colleagues": [{**everything(4), "done.meddle": 0}] * 3})
    assert kept["roles"]["colleagues"]["done"] == 100


@given(st.fixed_dictionaries({group: st.integers(0, 6) for group in GROUPS}))
def test_every_figure_stands_for_enough_people_whatever_is_subtracted(sizes: dict[str, int]) -> None:
    units = units_of(LEADERSHIP, given_by(**sizes))
    assert len({unit.id for unit in units}) == len(units)
    in_units = [group.id for unit in units for group in unit.groups]
    assert len(set(in_units)) == len(in_units)  # nobody counts twice: two units have nobody in common
    for unit in units:
        assert len(unit.answers) == sum(sizes[group.id] for group in unit.groups)
        assert len(unit.answers) >= max(GROUPS[group.id] for group in unit.groups)
    for group in set(GROUPS) - set(in_units):
        assert sizes[group] < GROUPS[group]


@given(
    st.lists(st.tuples(st.sampled_from(list(GROUPS)), st.integers(0, 4), st.text(min_size=1, max_size=5)), max_size=14),
    st.randoms(use_true_random=False),
)
def test_the_order_in_which_answers_came_leaves_no_trace(
    came: list[tuple[str, int, str]], by_chance: random.Random
) -> None:
    def result(order: list[tuple[str, int, str]]) -> dict[str, Any]:
        answers: dict[str, list[dict[str, Any]]] = {}
        for group, value, words in order:
            answers.setdefault(group, []).append(everything(value, keep=words))
        return result_of(LEADERSHIP, answers)

    otherwise = list(came)
    by_chance.shuffle(otherwise)
    assert result(came) == result(otherwise)
