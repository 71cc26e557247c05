import pytest

from alongside.reports.suppression import suppressed


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0"),
        (1, "fewer than 5"),
        (4, "fewer than 5"),
        (5, "5"),
        (7, "5"),
        (8, "10"),
        (26, "25"),
        (1999, "2,000"),
    ],
)
def test_nobody_can_be_found_in_a_count(count: int, said: str) -> None:
    assert suppressed(count) == said
