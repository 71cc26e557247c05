from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from alongside.engine.limits.constrained import solve_constrained
from alongside.engine.limits.floors import highest_floor
from tests.engine.tables import matchings, tables


def placed(table):
    return lambda floor: solve_constrained(table.only(table.values >= floor)).placed


@settings(max_examples=150, deadline=None)
@given(tables().filter(lambda table: (table.values >= 0).any()))
def test_the_worst_match_is_raised_as_high_as_placing_everyone_allows(table):
    scores = np.unique(table.values[table.values >= 0]).tolist()
    worst = [
        (len(set(rows)), table.values[rows, columns].min(initial=scores[-1])) for rows, columns in matchings(table)
    ]
    assert highest_floor(placed(table), scores) == max(worst)[1]


def test_few_questions_are_asked():
    asked = []
    assert highest_floor(lambda floor: asked.append(floor) or int(floor <= 7_345), range(10_001)) == 7_345
    assert len(asked) <= 16


def test_where_no_pair_can_be_made_there_is_no_floor():
    with pytest.raises(ValueError, match="no worst one to raise"):
        highest_floor(lambda floor: 0, [])
