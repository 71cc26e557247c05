from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from alongside.engine import Certificate, Market, Problem, SerialisationError, Solution, from_dict, to_dict
from tests.engine.strategies import problems


@settings(max_examples=40, deadline=None)
@given(problems())
def test_values_come_back_from_json_as_they_were(problem):
    result = Market.of(problem).solve()
    for value, kind in ((problem, Problem), (result.solution, Solution), (result.certificate, Certificate)):
        assert from_dict(kind, json.loads(json.dumps(to_dict(value)))) == value


@settings(max_examples=40, deadline=None)
@given(problems())
def test_the_fingerprint_knows_the_people_and_not_their_order(problem):
    turned = replace(problem, mentees=problem.mentees[::-1], mentors=problem.mentors[::-1])
    assert Market.of(turned).fingerprint == Market.of(problem).fingerprint
    if problem.mentees:
        first = replace(problem.mentees[0], text="something else")
        changed = replace(problem, mentees=(first, *problem.mentees[1:]))
        assert Market.of(changed).fingerprint != Market.of(problem).fingerprint


@pytest.mark.parametrize("data", [None, [], {"pairs": [], "colour": "red"}, {"pairs": []}])
def test_data_of_another_form_is_refused(data):
    with pytest.raises(SerialisationError, match="Solution"):
        from_dict(Solution, data)
