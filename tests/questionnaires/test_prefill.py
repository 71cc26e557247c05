from typing import Any

import pytest

from alongside.questionnaires.definition import Definition
from alongside.questionnaires.library import shipped
from alongside.questionnaires.prefill import known_answers
from tests.questionnaires.everything import EVERYTHING


def test_what_is_known_stands_filled_in_where_an_item_says_that_it_asks_for_it() -> None:
    known = {"job_title": "Baker", "about": "My oven is too small.", "place": "Swansea", "shoe_size": 43}
    assert known_answers(EVERYTHING, known) == {"job": "Baker", "story": "My oven is too small.", "town": "Swansea"}


@pytest.mark.parametrize("value", [["money", "time"], ["Money", "TIME"], ["time", "Money", "Flying"]])
def test_options_are_known_by_their_ids_or_their_words_and_others_left_out(value: list[str]) -> None:
    assert known_answers(EVERYTHING, {"topics": value}) == {"needs": ["money", "time"]}


def test_one_of_several_is_known_by_its_words() -> None:
    application = shipped()["mentee-application", 1]
    assert known_answers(application, {"sector": "Food and drink"})["sector"] == "food"
    assert "sector" not in known_answers(application, {"sector": "Flying"})


@pytest.mark.parametrize(
    "known",
    [{"job_title": "x" * 61}, {"job_title": None}, {"topics": ["money", "time", "people"]}, {"about": ["a", "list"]}],
)
def test_what_does_not_fit_is_as_if_it_were_not_known(known: dict[str, Any]) -> None:
    assert known_answers(EVERYTHING, known) == {}


def test_nobody_has_agreed_before_they_read_it_and_no_file_is_handed_in() -> None:
    table = EVERYTHING.model_dump(mode="json", by_alias=True)
    kept = [{**item, "fills": "all"} for item in table["items"] if item["kind"] in ("consent", "file")]
    asking = Definition.model_validate({**table, "items": kept})
    assert len(asking.questions) == 2
    assert known_answers(asking, {"all": "yes"}) == {}
