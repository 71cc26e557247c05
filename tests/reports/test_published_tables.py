"""A table that was published tells of nobody: attacked by everything that fits it."""

from collections.abc import Mapping
from itertools import product

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from alongside.figures.measures import MOVES_AT, steadied
from alongside.reports.suppression import (
    BASE,
    SMALLEST,
    SMALLEST_GROUP,
    SPECIAL,
    Key,
    Shown,
    Table,
    could_be,
    gap,
    published,
    shown,
)

COLUMNS = ("a", "b", "c", "d")
at_leisure = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def one_row(*counts: int, whole: int | None = None) -> Table:
    columns = COLUMNS[: len(counts)]
    cells = {("", column): count for column, count in zip(columns, counts, strict=True)}
    return Table((), columns, {**cells, ("", ""): sum(counts) if whole is None else whole})


def with_totals(cells: Mapping[Key, int]) -> Table:
    rows, columns = (tuple(dict.fromkeys(key[end] for key in cells)) for end in (0, 1))
    totals: dict[Key, int] = {}
    for (row, column), count in cells.items():
        for key in ((row, ""), ("", column), ("", "")):
            totals[key] = totals.get(key, 0) + count
    return Table(rows, columns, {**cells, **totals})


small_tables = st.lists(st.integers(0, 14), min_size=4, max_size=4).map(
    lambda counts: dict(zip(product("xy", "ab"), counts, strict=True))
)


def test_cells_are_rounded_and_small_ones_are_words() -> None:
    made = published(one_row(0, 3, 12, 41))
    assert [made["", column].text for column in COLUMNS] == ["0", "fewer than 5", "10", "40"]
    assert made["", ""].text == "55"  # from 56, not from the rounded ones


def test_what_the_law_protects_specially_has_a_higher_threshold() -> None:
    made = published(one_row(9, 30, 41), smallest=SPECIAL)
    assert made["", "a"].text == "fewer than 10"
    assert published(one_row(9, 30, 41))["", "a"].text == "10"


def test_a_group_under_ten_is_not_broken_down() -> None:
    made = published(one_row(6, 3))
    assert made["", ""].text == "10"
    assert made["", "a"].hidden
    assert made["", "b"].hidden


def test_a_group_of_which_all_are_the_same_is_not_broken_down() -> None:
    made = published(one_row(40, 0, 0))
    assert all(made["", column].hidden for column in "abc")
    assert made["", ""].text == "40"


def test_many_small_cells_whose_total_would_tell_them_are_not_shown() -> None:
    ones = Table((), tuple("abcdefghijkl"), {("", letter): 1 for letter in "abcdefghijkl"} | {("", ""): 12})
    assert all(published(ones)["", letter].hidden for letter in "abcdefghijkl")
    fours = Table((), tuple("abcdefghijkl"), {("", letter): 4 for letter in "abcdefghijkl"} | {("", ""): 48})
    assert all(published(fours)["", letter].hidden for letter in "abcdefghijkl")


def test_which_rule_hid_a_figure_is_not_said() -> None:
    small, same = published(one_row(6, 3))["", "a"], published(one_row(40, 0))["", "a"]
    assert small == same


@at_leisure
@given(st.lists(st.integers(0, 30), min_size=2, max_size=4))
def test_no_number_from_one_to_four_ever_stands_in_a_table(counts: list[int]) -> None:
    for figure in published(one_row(*counts)).values():
        assert figure.number is None or figure.number == 0 or figure.number >= SMALLEST
        assert figure.number is None or figure.number % BASE == 0


@at_leisure
@given(st.lists(st.integers(0, 9), min_size=2, max_size=3))
def test_no_small_count_can_be_told_from_a_row_and_its_total(counts: list[int]) -> None:
    made = published(one_row(*counts))
    columns = COLUMNS[: len(counts)]
    wholes = set(_range(made["", ""], most=60))
    possible = [guess for guess in product(*(_range(made["", column]) for column in columns)) if sum(guess) in wholes]
    assert tuple(counts) in possible
    for place, count in enumerate(counts):
        if 0 < count < SMALLEST:
            assert len({guess[place] for guess in possible}) > 1


@at_leisure
@given(small_tables)
def test_no_small_count_can_be_told_from_rows_and_columns_together(cells: dict[Key, int]) -> None:
    table = with_totals(cells)
    made = published(table)
    wholes = {key: set(_range(made[key], most=60)) for key in made if "" in key}
    possible = [
        guess
        for counts in product(*(_range(made[key]) for key in cells))
        for guess in [dict(zip(cells, counts, strict=True))]
        if all(count in wholes[key] for key, count in with_totals(guess).cells.items() if "" in key)
    ]
    assert cells in possible
    for key, count in cells.items():
        if 0 < count < SMALLEST and not made[key].hidden:
            assert len({guess[key] for guess in possible}) > 1


@at_leisure
@given(
    st.lists(st.integers(0, 60), min_size=2, max_size=4), st.integers(0, 3), st.sampled_from([-2, -1, 1, 2]), st.data()
)
def test_two_publications_that_differ_in_one_or_two_people_are_the_same(
    counts: list[int], place: int, people: int, data: st.DataObject
) -> None:
    """Whoever knows of everybody but one learns from neither whether that one is in."""
    place %= len(counts)
    assume(counts[place] + people >= 0)
    after = [count + people * (index == place) for index, count in enumerate(counts)]
    shown_before = one_row(*counts)
    shown_after = {key: steadied(count, shown_before.cells[key]) for key, count in one_row(*after).cells.items()}
    assert published(Table((), shown_before.columns, shown_after)) == published(shown_before)


@at_leisure
@given(st.lists(st.integers(0, 40), min_size=2, max_size=20))
def test_a_steady_count_is_never_far_from_the_exact_one_and_moves_by_three(counts: list[int]) -> None:
    before: int | None = None
    for count in counts:
        now = steadied(count, before)
        assert abs(now - count) < MOVES_AT
        assert before is None or now == before or abs(now - before) >= MOVES_AT
        before = now


@at_leisure
@given(st.integers(0, 40), st.integers(0, 40))
def test_a_gap_tells_nothing_that_demand_and_supply_do_not(demand: int, supply: int) -> None:
    like = shown(could_be(demand)[1]), shown(could_be(supply)[1])
    assert gap(*like) == gap(shown(demand), shown(supply))


@at_leisure
@given(small_tables)
def test_no_row_or_column_of_a_small_group_is_broken_down(cells: dict[Key, int]) -> None:
    table = with_totals(cells)
    made = published(table)
    for row in table.rows:
        if 0 < table.cells[row, ""] < SMALLEST_GROUP:
            assert all(made[row, column].hidden for column in table.columns)


def _range(figure: Shown, most: int = 15) -> range:
    """Return every count that could stand behind a figure, as far as these tables go."""
    if figure.hidden:
        return range(most)
    low, high = (1, SMALLEST - 1) if figure.small else could_be(figure.number or 0)
    return range(low, high + 1)
