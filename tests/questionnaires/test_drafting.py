"""While a questionnaire is written, ids stay when words change, and nothing is lost by moving."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from alongside.questionnaires.changes import How, changes_between
from alongside.questionnaires.drafting import (
    answers_before,
    changed,
    entries_from,
    fresh_id,
    item_called,
    items_of,
    moved,
    put_at,
    put_in,
    steps_from,
    taken_out,
    without_role,
)
from tests.questionnaires.everything import EVERYTHING

OPTIONS = [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No", "help": "Kept"}]
TABLE = EVERYTHING.model_dump(mode="json", by_alias=True)
names = st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1, max_size=8)


def draft_of(ids: list[str]) -> dict[str, Any]:
    return {"title": "Ours", "items": [{"id": each, "kind": "section", "text": each} for each in ids]}


def ids_after(*lines: str) -> list[str]:
    return [entry["id"] for entry in entries_from(lines, OPTIONS)]


def test_a_line_in_other_words_keeps_its_id() -> None:
    assert ids_after("Yes, gladly", "No") == ["yes", "no"]
    assert ids_after("Aye", "Nay") == ["yes", "no"]
    assert ids_after("Yes, once or more", "No", "Not yet") == ["yes", "no", "not-yet"]


def test_a_line_that_moved_keeps_its_id_and_what_was_said_of_it() -> None:
    assert ids_after("No", "Yes") == ["no", "yes"]
    assert entries_from(["No"], OPTIONS) == [OPTIONS[1]]


def test_a_new_line_gets_an_id_that_no_other_had() -> None:
    assert ids_after("Yes", "No", "Ja") == ["yes", "no", "ja"]
    assert ids_after("Perhaps", "Yes", "No", "Perhaps") == ["perhaps", "yes", "no", "perhaps-2"]


def test_ids_are_made_of_words_in_any_language() -> None:
    assert fresh_id("Où êtes-vous ?", []) == "ou-etes-vous"
    assert fresh_id("什么", []) == "item"
    assert fresh_id("什么", ["item"]) == "item-2"
    assert fresh_id("3 wishes", []) == "item-3-wishes"


@given(st.lists(st.text(min_size=1, max_size=30), max_size=8), st.lists(st.text(min_size=1, max_size=30), max_size=8))
def test_whatever_is_typed_every_line_has_an_id_of_its_own(before: list[str], after: list[str]) -> None:
    old = entries_from(before, [])
    new = entries_from(after, old)
    assert [entry["label"] for entry in new] == after
    assert len({entry["id"] for entry in new}) == len(after)
    assert entries_from(after, new) == new


@given(names, st.data())
def test_moving_loses_nothing_and_can_be_taken_back(ids: list[str], data: st.DataObject) -> None:
    name, by = data.draw(st.sampled_from(ids)), data.draw(st.integers(-9, 9))
    after = [item["id"] for item in items_of(moved(draft_of(ids), name, by))]
    assert sorted(after) == sorted(ids)
    assert [each for each in after if each != name] == [each for each in ids if each != name]
    place = min(max(ids.index(name) + by, 0), len(ids) - 1)
    assert after.index(name) == place


@given(names, st.data())
def test_what_is_taken_out_comes_back_where_it_was(ids: list[str], data: st.DataObject) -> None:
    draft = draft_of(ids)
    out = taken_out(draft, data.draw(st.sampled_from(ids)))
    assert out is not None
    without, item, place = out
    assert item_called(without, item["id"]) is None
    assert put_at(without, item, place=place) == draft
    assert taken_out(without, item["id"]) is None


def test_an_item_is_put_in_after_another_or_at_the_end() -> None:
    draft, new = draft_of(["a", "b"]), {"id": "x"}
    assert [each["id"] for each in items_of(put_in(draft, new, after="a"))] == ["a", "x", "b"]
    assert [each["id"] for each in items_of(put_in(draft, new, after="?"))] == ["a", "b", "x"]
    assert items_of(changed(draft, "a", {"id": "other", "text": "Words"}))[0] == {"id": "a", "text": "Words"}
    assert moved(draft, "?", 1) == draft


def test_the_steps_of_a_scale_say_what_they_count_or_are_counted() -> None:
    assert [step["value"] for step in steps_from(["Never", "Now and then"])] == [1, 2]
    assert steps_from(["0 = Never", "Seldom", "5 = Always"]) == [
        {"value": 0, "label": "Never"},
        {"value": 1, "label": "Seldom"},
        {"value": 5, "label": "Always"},
    ]


def test_only_what_stands_above_an_item_can_show_it() -> None:
    above = {name for name, *_rest in answers_before(TABLE, "needs")}
    assert {"job", "party", "people"} <= above
    assert not {"needs", "days.rush", "about-you"} & above
    assert ("days.rush", "I was in a rush", 1, "Hardly ever") in answers_before(TABLE, "")


def test_a_role_goes_with_every_mention_of_it() -> None:
    left = without_role(TABLE, "calm")
    assert [role["id"] for role in left["roles"]] == ["whole"]
    assert '"calm"' not in str([item.get("role") for item in items_of(left)])
    assert not any(row["role"] for item in items_of(left) for row in item.get("rows", []))
    assert TABLE["roles"][0]["id"] == "calm"


def test_what_changed_between_two_versions_is_said_item_by_item() -> None:
    old = {**TABLE, "items": TABLE["items"][:4]}
    one, two, three, four = TABLE["items"][:4]
    new = {**TABLE, "title": "Other", "items": [two, one, {**three, "text": "Your work"}, TABLE["items"][5]]}
    found = {(change.how, change.part, change.words) for change in changes_between(old, new)}
    assert found == {
        (How.CHANGED, "title", "Other"),
        (How.MOVED, "items", one["text"]),
        (How.MOVED, "items", two["text"]),
        (How.CHANGED, "items", "Your work"),
        (How.ADDED, "items", TABLE["items"][5]["text"]),
        (How.TAKEN_OUT, "items", four["text"]),
    }
    assert changes_between(TABLE, TABLE) == []
