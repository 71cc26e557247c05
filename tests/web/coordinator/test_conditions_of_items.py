"""A coordinator says within which limits of earlier answers an item is shown, in plain words and without JavaScript."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alongside.questionnaires.answering import questions_asked
from alongside.questionnaires.items import Condition
from alongside.questionnaires.models import Questionnaire
from alongside.questionnaires.queries import definition_of
from alongside.web.coordinator.questionnaires.conditions_in_words import shown_in_words
from alongside.web.coordinator.questionnaires.item_forms import ItemForm
from tests.web.coordinator.test_questionnaires import add, begun, do, door
from tests.world import World

STEPS = [{"value": 1, "label": "Seldom"}, {"value": 2, "label": "At times"}, {"value": 3, "label": "Often"}]
MET = [{"id": "y", "label": "Yes"}, {"id": "n", "label": "No"}]
NUMBER = {"id": "people", "kind": "number", "text": "How many people work with you?", "at_least": 1, "at_most": 50}
DRAFT: dict[str, Any] = {
    "scales": {"s": STEPS},
    "items": [
        NUMBER,
        {"id": "hours", "kind": "number", "text": "How long?", "whole": False, "unit": "hours"},
        {"id": "since", "kind": "date", "text": "Since when?"},
        {"id": "sleep", "kind": "scale", "text": "I sleep well", "scale": "s"},
        {"id": "m", "kind": "matrix", "text": "Last month", "scale": "s", "rows": [{"id": "rest", "text": "I rested"}]},
        {"id": "met", "kind": "one", "text": "Met?", "options": MET},
    ],
}  # fmt: skip
ASKED = ("people", "hours", "since", "sleep", "m.rest")
ENDS = ("at_least", "at_most")
SAID = {"text": "Why?", "at_most": "200"}


def form_of(shown_if: list[Any], sent: dict[str, Any] | None = None) -> ItemForm:
    item = {"id": "why", "kind": "text", "text": "Why?", "shown_if": shown_if}
    return ItemForm(sent, draft={**DRAFT, "items": [*DRAFT["items"], item]}, item=item, version=0)


def written(**sent: Any) -> list[Any]:
    """What is kept of what is written in the page."""
    form = form_of([], {**SAID, **sent})
    assert form.is_valid(), form.errors
    return list(form.table()["shown_if"])


def as_sent(form: ItemForm) -> dict[str, Any]:
    """What a browser sends of a page that nobody changed."""
    values = {name: form[name].value() for name in form.fields}
    return {key: str(value) if isinstance(value, int) else value for key, value in values.items() if value}


def ends(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """Two limits, either of which may be missing, in their order."""
    two = st.lists(values, min_size=2, max_size=2).map(sorted)
    return st.tuples(two, st.sampled_from([(1, 1), (1, 0), (0, 1), (0, 0)])).map(
        lambda drawn: [value if there else None for value, there in zip(*drawn, strict=True)]
    )


LIMITS = st.fixed_dictionaries(
    {
        "people": ends(st.integers(1, 50)),
        "hours": ends(st.floats(-1e9, 1e9, allow_nan=False)),
        "since": ends(st.dates().map(date.isoformat)),
        "sleep": ends(st.sampled_from([1, 2, 3])),
        "m.rest": ends(st.sampled_from([1, 2, 3])),
    }
)
TICKS = st.lists(st.sampled_from([("met", "y"), ("met", "n"), ("people", "")]), unique=True)


@given(limits=LIMITS, ticks=TICKS)
def test_what_is_written_in_the_page_is_read_back_the_same(limits: dict[str, Any], ticks: list[Any]) -> None:
    sent: dict[str, Any] = {"shown_if": [json.dumps(each) for each in ticks]}
    for name, pair in limits.items():
        sent |= {f"{end}-{name}": "" if value is None else str(value) for end, value in zip(ENDS, pair, strict=True)}
    kept = written(**sent)
    assert {each["item"]: [each.get(end) for end in ENDS] for each in kept if set(ENDS) & set(each)} == {
        name: pair for name, pair in limits.items() if pair != [None, None]
    }
    stored = [Condition.model_validate(each).model_dump(mode="json") for each in kept]
    again = form_of(stored, as_sent(form_of(stored)))
    assert again.is_valid(), again.errors
    assert [Condition.model_validate(each).model_dump(mode="json") for each in again.table()["shown_if"]] == stored


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"at_least-people": "10"}, "Shown only if “How many people work with you?” is 10 or more"),
        ({"at_most-people": "10"}, "Shown only if “How many people work with you?” is 10 or less"),
        ({"at_least-hours": "1,5", "at_most-hours": "3"}, "Shown only if “How long?” is from 1.5 hours to 3 hours"),
        ({"at_least-since": "2027-03-31"}, "Shown only if “Since when?” is 31 March 2027 or later"),
        ({"at_most-since": "2027-03-31"}, "Shown only if “Since when?” is 31 March 2027 or earlier"),
        ({"at_least-sleep": "2"}, "Shown only if “I sleep well” is “At times” or more"),
        ({"at_least-m.rest": "3", "at_most-m.rest": "3"}, "Shown only if “I rested” is “Often”"),
        ({"shown_if": ['["met", "y"]', '["met", "n"]']}, "Shown only if “Met?” is “Yes” or “No”"),
        ({"shown_if": ['["people", ""]']}, "Shown only if “How many people work with you?” has an answer"),
        (
            {"shown_if": ['["met", "n"]'], "at_most-sleep": "1"},
            "Shown only if “Met?” is “No”, and “I sleep well” is “Seldom” or less",
        ),
        ({}, ""),
    ],
)
def test_it_is_said_in_words(sent: dict[str, Any], words: str) -> None:
    assert shown_in_words(DRAFT, {"shown_if": written(**sent)}) == words


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"at_least-people": "51"}, "at_least-people", "It cannot be more than 50."),
        ({"at_most-people": "0"}, "at_most-people", "It cannot be less than 1."),
        ({"at_least-people": "some"}, "at_least-people", "Write a number in digits, such as 12."),
        ({"at_least-people": "2.5"}, "at_least-people", "Write a whole number, such as 12."),
        ({"at_least-people": "20", "at_most-people": "10"}, "at_least-people", "Swap them, or leave one empty."),
        ({"at_least-since": "2027-02-30"}, "at_least-since", "Write a date that exists, such as 2027-03-31."),
        ({"at_most-since": "31.3.2027"}, "at_most-since", "Write a date that exists, such as 2027-03-31."),
        ({"at_least-since": "2027-03-31", "at_most-since": "2026-03-31"}, "at_least-since", "Swap them"),
        ({"at_least-sleep": "9"}, "at_least-sleep", "Choose one of the answers offered."),
        ({"at_least-m.rest": "3", "at_most-m.rest": "1"}, "at_least-m.rest", "Swap them"),
        ({"at_least-sleep": "2", "shown_if": ['["sleep", 1]']}, "at_least-sleep", "nothing that is ticked is within"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_with_its_question(sent: dict[str, Any], field: str, said: str) -> None:
    form = form_of([], {**SAID, **sent})
    assert list(form.errors) == [field]
    assert said in form.errors[field][0]
    assert form.errors[field][0].startswith("For “")


def test_what_the_page_cannot_say_stays_as_it_was_until_it_is_taken_out() -> None:
    half, twice = {"item": "sleep", "at_least": 2.5}, {"item": "people", "at_most": 9}
    before = [{"item": "people", "at_least": 2}, half, twice, {"item": "gone", "at_least": 1}]
    form = form_of(before)
    assert form["at_least-people"].value() == "2"
    assert [words for _key, words in form.fields["taken_out"].choices] == [
        "“I sleep well” is 2.5 or more",
        "“How many people work with you?” is 9 or less",
        "“gone” is 1 or more",
    ]
    unchanged = form_of(before, as_sent(form))
    assert unchanged.is_valid(), unchanged.errors
    assert unchanged.table()["shown_if"] == [{"is_in": [], **before[0]}, *before[1:]]
    taken = form_of(before, {**as_sent(form), "taken_out": ["0", "2"]})
    assert taken.is_valid(), taken.errors
    assert taken.table()["shown_if"] == [{"is_in": [], **before[0]}, twice]


def put_in(client: Client, world: World) -> Questionnaire:
    found = begun(client, world)
    assert not add(client, found, "number", text="How many people work with you?", at_most=500, whole="on")
    assert not add(client, found, "text", text="Who helps?", at_most=200, **{LEAST: "10"})
    return found


LEAST = "at_least-how-many-people-work-with-you"
WORDS = "Shown only if “How many people work with you?” is 10 or more"


def test_the_list_the_page_and_its_preview_say_it_and_people_are_asked_by_it(world: World, as_carys: Client) -> None:
    found = put_in(as_carys, world)
    assert as_carys.get(door(found)).content.decode().count(WORDS) == 1
    page = as_carys.get(door(found, "items/who-helps/")).content.decode()
    assert WORDS in page
    assert f'name="{LEAST}" value="10"' in page
    typed = {"text": "Who helps?", "at_most": 200, LEAST: "12"}
    preview = as_carys.post(door(found, "preview/?kind=text&item=who-helps"), typed).content.decode()
    assert WORDS.replace("10", "12") in preview
    as_carys.post(door(found, "publish/"))
    kept = definition_of(found.key, 1, world.harbour.pk)
    asked = [[each.id for each in questions_asked(kept, {kept.questions[0].id: number})] for number in (9, 10)]
    assert [len(each) for each in asked] == [1, 2]
    as_carys.post(door(found, "items/who-helps/"), {**typed, LEAST: "", "version": found.version})
    assert "Shown only if" not in as_carys.get(door(found)).content.decode()


def test_what_was_typed_wrongly_is_still_there_and_nothing_is_kept(world: World, as_carys: Client) -> None:
    found = put_in(as_carys, world)
    page = add(as_carys, found, "text", text="And who else?", at_most=200, **{LEAST: "501"})
    assert "For “How many people work with you?”: It cannot be more than 500." in page
    assert f'name="{LEAST}" value="501"' in page
    assert len(found.draft["items"]) == 2


def test_a_condition_on_what_has_moved_below_can_be_taken_out(world: World, as_carys: Client) -> None:
    found = put_in(as_carys, world)
    assert "comes later: move it up" in do(as_carys, found, "who-helps", "up")
    found.refresh_from_db()
    page = as_carys.get(door(found, "items/who-helps/")).content.decode()
    assert WORDS.removeprefix("Shown only if ") in page
    sent = {"text": "Who helps?", "at_most": 200, "taken_out": ["0"], "version": found.version}
    assert as_carys.post(door(found, "items/who-helps/"), sent).status_code == 302
    found.refresh_from_db()
    assert found.draft["items"][0]["shown_if"] == []
