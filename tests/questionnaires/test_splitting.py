"""A long section as several pages: nothing lost, nothing before what it depends on, none longer than it must be."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.questionnaires.definition import Definition
from alongside.questionnaires.splitting import MOST

SCALES = {"often": [{"value": 1, "label": "Never"}, {"value": 2, "label": "Often"}]}


def made(*items: dict[str, Any]) -> Definition:
    """A questionnaire of these items; whatever has no kind is a short text."""
    told = [{"id": f"i{n}", "kind": "text", "text": f"Question {n}", **item} for n, item in enumerate(items)]
    frame = {"id": "made", "version": 1, "title": "Made", "about": "-", "audience": "mentees", "shown": "never"}
    return Definition.model_validate({**frame, "scales": SCALES, "items": told})


def matrix(rows: int, **more: Any) -> dict[str, Any]:
    return {"kind": "matrix", "scale": "often", "rows": [{"id": f"r{n}", "text": f"{n}"} for n in range(rows)], **more}


def lengths(definition: Definition) -> list[int]:
    return [len(page) for page in definition.pages]


def test_a_long_section_becomes_pages_of_about_the_same_length() -> None:
    section = {"kind": "section"}
    assert lengths(made(section, *[{}] * 20)) == [8, 7, 6]  # the first with the heading
    assert lengths(made(section, *[{}] * 8, section, *[{}] * 9)) == [9, 6, 4]


def test_a_short_questionnaire_stays_one_page_and_a_short_section_too() -> None:
    assert lengths(made(*[{}] * 9)) == [9]
    assert lengths(made({"kind": "section"}, *[{}] * 4, {"kind": "section"}, *[{}] * 8)) == [5, 9]


def test_a_long_text_counts_as_two() -> None:
    assert lengths(made(*[{"kind": "long_text"}] * 10)) == [4, 4, 2]


def test_a_matrix_counts_its_rows_and_is_never_split() -> None:
    assert lengths(made({}, matrix(20), {}, {})) == [1, 1, 2]
    assert lengths(made(matrix(5), {}, {}, {}, matrix(4), {})) == [3, 3]


def test_what_follows_up_stays_with_what_it_depends_on_where_there_is_room() -> None:
    after = {"shown_if": [{"item": "i4"}]}
    assert lengths(made(*[{}] * 5, after, after, after, *[{}] * 2)) == [4, 6]


def test_a_question_with_more_follow_ups_than_a_page_holds_comes_before_them() -> None:
    after = {"shown_if": [{"item": "i0"}]}
    assert lengths(made({}, *[after] * 12)) == [7, 6]


def test_words_stand_with_what_comes_after_them() -> None:
    words = {"kind": "explanation"}
    pages = made(*[{}] * 5, words, *[{}] * 5).pages
    assert [page[0].kind for page in pages] == ["text", "explanation"]
    assert made(*[{}] * 12, words).pages[-1][-1].kind == "explanation"


ITEMS = st.one_of(
    st.fixed_dictionaries({"kind": st.sampled_from(["text", "long_text", "section", "explanation", "number"])}),
    st.builds(matrix, st.integers(1, 12)),
)


@given(st.lists(st.tuples(ITEMS, st.none() | st.integers(1, 6)), min_size=1, max_size=40))
@settings(deadline=None, max_examples=150)
def test_whatever_is_asked_every_page_holds_and_nothing_comes_before_its_time(
    drawn: list[tuple[dict[str, Any], int | None]],
) -> None:
    asking = [n for n, (item, _back) in enumerate(drawn) if item["kind"] not in ("section", "explanation", "matrix")]
    conditions = [
        [{"item": f"i{n - back}"}] if back and n - back in asking else [] for n, (_item, back) in enumerate(drawn)
    ]
    found = made(*({**item, "shown_if": told} for (item, _back), told in zip(drawn, conditions, strict=True)))
    assert tuple(item for page in found.pages for item in page) == found.items
    for part in found.parts:
        for page in part:
            weight = sum(2 if item.kind == "long_text" else len(found.of_item[item.id]) for item in page)
            alone = sum(bool(found.of_item[item.id]) for item in page) == 1
            assert weight <= MOST or alone or len(found.questions) < 10


@pytest.mark.parametrize("language", ["de", "cy"])
def test_its_pages_are_the_same_in_every_language(language: str) -> None:
    first = made({"kind": "section"}, *[{}] * 12)
    table = first.model_dump(mode="json", by_alias=True) | {"translations": {language: {"items.i1.text": "Wort"}}}
    other = Definition.model_validate(table).in_language(language)
    assert [[item.id for item in page] for page in other.pages] == [[item.id for item in page] for page in first.pages]
    assert other.pages[0][1].text == "Wort"
