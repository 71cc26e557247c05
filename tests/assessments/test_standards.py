"""Standards are files: refused with a line and a remedy where they are wrong, and every rule does something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.assessments.figures import FIGURES
from alongside.assessments.standard import ByCritical
from alongside.assessments.standards import FOLDER, evidence_kinds, newest, parse, read_evidence, served_by
from alongside.assessments.states import Outcome
from alongside.datafiles.checking import FaultsFound
from alongside.reports.measured import COUNTS, TITLES
from tests.assessed import standard

LISTING = (FOLDER / "network-listing-1.toml").read_text()
PERCENT = (FOLDER / "emcc-ismcp-1.toml").read_text()
COUNTED = (FOLDER / "national-mentoring-standards-1.toml").read_text()
BY_NAME = {"listing": LISTING, "percent": PERCENT, "counted": COUNTED}


def scores(name: str, **other: int) -> dict[str, int]:
    return {each.id: other.get(each.id, 2) for each in standard(name).criteria}


def test_the_network_asks_ten_criteria_of_which_six_are_critical() -> None:
    found = standard()
    assert [len(found.criteria), sum(each.critical for each in found.criteria)] == [10, 6]
    assert [each.lists for each in newest()] == [True, False, False, False]


def test_every_kind_of_evidence_serves_something_and_some_serve_several() -> None:
    serves = {kind: len({each.id for each, _criterion in served_by(kind)}) for kind in evidence_kinds()}
    assert min(serves.values()) >= 1
    assert serves["EV04"] == 4


def test_what_is_measured_and_what_standards_may_ask_are_the_same() -> None:
    assert list(FIGURES) == list(COUNTS) == list(TITLES)
    asked = {key for each in newest() for criterion in each.criteria for key in criterion.measured}
    assert asked == set(FIGURES)


WRONG = [
    ("listing", 'id = "recruitment"', 'id = "training"', "is there twice"),
    ("listing", 'id = "insured"', 'id = "keeps-learning"', "is there twice"),
    ("listing", '"EV02"', '"EV99"', "No evidence has the id “EV99”"),
    ("listing", '"choice_offered"', '"choice_ofered"', "measures nothing called"),
    ("listing", "score = 3", "score = 4", "go up by one from 0: 0, 1, 2, 3"),
    ("listing", "critical = true", "critical = false", "No criterion is critical"),
    ("listing", "critical_from = 2", "critical_from = 4", "the scale ends at 3"),
    ("listing", "mean_from = 2.0", "mean_from = 3.5", "the scale ends at 3"),
    ("listing", "from_score = 1", "from_score = 2", "less than “critical_from”"),
    ("listing", "conditional_months = 6\n", "", "write “conditional_months” here"),
    ("listing", "declaration_months = 12", "declaration_months = 36", "is never asked for"),
    ("listing", "lists = true", "list = true", "Did you mean “lists”?"),
    ("listing", "months = 36", "months = 0", "1 or more"),
    ("percent", 'id = "silver"', 'id = "bronze"', "is there twice"),
    ("percent", "overall = 80, each = 70", "overall = 60, each = 50", "Put the lowest first"),
    ("percent", "months = 36", "months = 36\nconditional_months = 6", "Nothing by this standard is ever conditional"),
    ("percent", 'number = "1"', 'number = "1"\ncritical = true', "Take “critical” out"),
    ("percent", 'kind = "percent"', 'kind = "share"', "cannot be “share”"),
    ("counted", "score = 3, criteria = 6", "score = 4, criteria = 6", "the scale ends at 3"),
    ("counted", "score = 3, criteria = 6", "score = 3, criteria = 8", "only 7 criteria"),
    ("counted", 'number = "1"', 'number = "1"\nweight = 2', "Take “weight” out"),
]


@pytest.mark.parametrize(("name", "right", "wrong", "said"), WRONG)
def test_a_wrong_file_is_refused_with_its_line_and_a_remedy(name: str, right: str, wrong: str, said: str) -> None:
    text = BY_NAME[name]
    assert right in text
    with pytest.raises(FaultsFound) as refused:
        parse(text.replace(right, wrong), "mine.toml")
    assert said in str(refused.value)
    assert all(fault.line for fault in refused.value.faults)


def test_evidence_under_one_id_twice_is_refused() -> None:
    one = '[[evidence]]\nid = "EV01"\ntitle = "A"\nsuch_as = "B"\n'
    with pytest.raises(FaultsFound, match="is there twice"):
        read_evidence(one + one, "mine.toml")


def test_all_critical_met_and_a_mean_of_two_is_assessed() -> None:
    assert standard().result(scores("network-listing")).outcome == Outcome.ASSESSED


@pytest.mark.parametrize(
    ("other", "outcome"),
    [
        ({"training": 1}, Outcome.CONDITIONAL),
        ({"training": 1, "matching": 1}, Outcome.CONDITIONAL),
        ({"training": 1, "matching": 1, "conduct": 1}, Outcome.VISIBLE),
        ({"training": 0}, Outcome.VISIBLE),
        ({"market": 1}, Outcome.CONDITIONAL),
        ({"market": 1, "feedback": 3}, Outcome.ASSESSED),
        ({"market": 0}, Outcome.VISIBLE),
    ],
)
def test_what_falls_short_is_conditional_or_visible(other: dict[str, int], outcome: Outcome) -> None:
    assert standard().result(scores("network-listing", **other)).outcome == outcome


def test_levels_by_percent_ask_overall_and_in_each() -> None:
    found = standard("emcc-ismcp")
    of = {each.id: 4 for each in found.criteria}
    assert found.result(of).level == "silver"
    assert found.result({**of, "ethics": 3}).level == "bronze", "78.3 per cent overall"
    assert found.result({**of, "ethics": 2}).outcome == Outcome.VISIBLE, "one criterion below 60 per cent"
    assert found.result(dict.fromkeys(of, 5)).level == "gold"


def test_levels_by_count_ask_for_six_of_seven() -> None:
    found = standard("national-mentoring-standards")
    assert found.result({**scores(found.id), "aims": 0}).level == "silver"
    assert found.result({**scores(found.id), "aims": 0, "training": 1}).level == "bronze"
    assert found.result({**scores(found.id), "aims": 0, "training": 0}).outcome == Outcome.VISIBLE


def test_a_weight_counts_in_the_mean() -> None:
    heavy = LISTING.replace('id = "feedback"\n', 'id = "feedback"\nweight = 3\n')
    other = scores("network-listing", feedback=3, market=1, answering=1)
    assert parse(LISTING, "a").result(other).outcome == Outcome.CONDITIONAL
    assert parse(heavy, "b").result(other).outcome == Outcome.ASSESSED


def test_a_score_that_is_missing_is_asked_for() -> None:
    of = scores("network-listing")
    del of["market"]
    with pytest.raises(ValueError, match="Still without one: 9"):
        standard().result(of)


@given(st.data())
def test_a_higher_score_never_comes_to_less(data: st.DataObject) -> None:
    found = data.draw(st.sampled_from(newest()))
    of = {each.id: data.draw(st.integers(0, found.most)) for each in found.criteria}
    raised = data.draw(st.sampled_from([each.id for each in found.criteria]))
    higher = {**of, raised: min(found.most, of[raised] + 1)}
    order = [Outcome.VISIBLE, Outcome.CONDITIONAL, Outcome.ASSESSED]
    levels = ["", *([] if isinstance(found.outcome, ByCritical) else [each.id for each in found.outcome.levels])]
    before, after = found.result(of), found.result(higher)
    assert order.index(before.outcome) <= order.index(after.outcome)
    assert levels.index(before.level) <= levels.index(after.level)
