import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel.colours import BLACK, DARK, PAPER, READABLE, WHITE, contrast, mixed, readable_on

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [(BLACK, WHITE, 21.0), (WHITE, WHITE, 1.0), ("#777777", WHITE, 4.48), ("#0000ff", WHITE, 8.59)],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio
    assert contrast(one, other) == contrast(other, one)


@given(COLOURS, st.sampled_from([PAPER, DARK]))
def test_any_colour_is_made_readable_and_a_readable_one_stays(colour: str, page: str) -> None:
    made = readable_on(page, colour)
    assert contrast(made, page) >= READABLE
    if contrast(colour, page) >= READABLE:
        assert made == colour


@given(COLOURS, COLOURS)
def test_a_mixture_begins_at_one_and_ends_at_the_other(one: str, other: str) -> None:
    assert mixed(one, other, 0) == one
    assert mixed(one, other, 1) == other
