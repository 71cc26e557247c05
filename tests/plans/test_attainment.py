import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.plans.attainment import Scaled, t_score

SCALED = st.builds(Scaled, st.floats(min_value=0.1, max_value=9), st.integers(min_value=-2, max_value=2))


@pytest.mark.parametrize(
    ("objectives", "score"),
    [
        ([(1, 0)], 50.00),
        ([(1, -2)], 30.00),
        ([(1, 1)] * 3, 63.69),
        ([(1, -1)] * 3, 36.31),
        ([(1, -2)] * 3, 22.61),
        ([(3, 1), (2, 0), (1, -1)], 54.41),
        ([(1, 2)] * 5, 80.15),
    ],
)
def test_the_score_is_that_of_the_literature(objectives: list[tuple[float, int]], score: float) -> None:
    assert round(t_score([Scaled(*each) for each in objectives]), 2) == score


@given(st.lists(SCALED, min_size=1, max_size=8), st.floats(min_value=0.1, max_value=10))
def test_weights_count_only_beside_each_other(objectives: list[Scaled], times: float) -> None:
    heavier = [Scaled(each.weight * times, each.level) for each in objectives]
    assert t_score(heavier) == pytest.approx(t_score(objectives))


@given(st.lists(SCALED, min_size=1, max_size=8))
def test_more_reached_never_scores_less_and_the_mirror_image_mirrors(objectives: list[Scaled]) -> None:
    better = [Scaled(each.weight, min(2, each.level + 1)) for each in objectives]
    assert t_score(better) >= t_score(objectives)
    mirrored = [Scaled(each.weight, -each.level) for each in objectives]
    assert t_score(mirrored) == pytest.approx(100 - t_score(objectives))


@pytest.mark.parametrize("objectives", [[], [Scaled(0, 1)], [Scaled(1, 3)], [Scaled(1, 0), Scaled(-1, 0)]])
def test_what_has_no_score_is_refused(objectives: list[Scaled]) -> None:
    with pytest.raises(ValueError, match=r"objective|weight|level"):
        t_score(objectives)
