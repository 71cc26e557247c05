from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.questionnaires.answering import cleaned
from alongside.questionnaires.definition import Definition
from alongside.web.shared.questionnaires.filling import steps_of
from alongside.web.shared.questionnaires.walking import Walk
from tests.questionnaires.everything import ANSWERS, EVERYTHING
from tests.questionnaires.long import LONG_ONE

PARTY = {"job": "Baker", "party": "yes", "leads": "no", "days.rush": 1, "agree": True}


def places(answers: dict[str, Any]) -> list[int]:
    return [page.place for page in Walk(LONG_ONE, answers).pages]


def test_a_page_with_nothing_to_ask_is_skipped_and_the_others_keep_their_places() -> None:
    assert places({}) == [1, 3, 4]
    assert places({"party": "yes"}) == [1, 2, 3, 4]
    assert [page.number for page in Walk(LONG_ONE, {}).pages] == [1, 2, 3]
    assert [page.title for page in Walk(LONG_ONE, {}).pages] == ["About you", "Your work", "Before you send it"]


def test_the_next_page_and_the_one_before_pass_over_it() -> None:
    walk = Walk(LONG_ONE, {})
    after, before = walk.after(1), walk.before(3)
    assert after is not None
    assert after.place == 3
    assert before is not None
    assert before.place == 1
    assert walk.before(1) is None
    assert walk.after(4) is None
    assert walk.at(2) is None


def test_one_goes_on_at_the_first_page_with_something_open() -> None:
    resumed = [
        page.place if (page := Walk(LONG_ONE, answers).resumed) else None
        for answers in (
            {},
            {"job": "Baker"},
            {"job": "Baker", "party": "yes"},
            {"job": "Baker", "party": "no"},
            {"job": "Baker", "party": "no", "days.rush": 1},
            PARTY,
        )
    ]
    assert resumed == [1, 1, 2, 3, 4, None]


def test_what_must_be_answered_is_missing_and_nothing_else() -> None:
    assert [page.missing for page in Walk(LONG_ONE, {}).pages] == [("job", "party"), (), ("agree",)]
    assert Walk(LONG_ONE, PARTY).incomplete is None


def test_a_change_says_on_which_pages_it_brings_something_up() -> None:
    before = Walk(LONG_ONE, {**PARTY, "party": "no"})
    assert Walk(LONG_ONE, {"job": "Baker", "party": "yes", "agree": True}).places_new_since(before) == [1, 2]
    assert Walk(LONG_ONE, PARTY).places_new_since(Walk(LONG_ONE, PARTY)) == []


def test_the_answers_are_said_in_words() -> None:
    facts = {
        fact["term"]: fact["value"] for section in Walk(EVERYTHING, ANSWERS).sections() for fact in section["facts"]
    }
    assert facts["Since when?"] == "1 March 2019"
    assert facts["How many people work with you?"] == "4 people"
    assert facts["What would you like help with?"] == "Money\nTime"
    assert facts["What comes first?"] == "1. Calm\n2. Growing"
    assert facts["I was in a rush"] == "Mostly"
    assert facts["Your CV"] == "Handed in"
    assert facts["You may show this to the mentors you choose."] == "Agreed"


def test_what_is_blank_is_there_and_what_is_not_asked_is_not() -> None:
    facts = {fact["term"]: fact["value"] for section in Walk(LONG_ONE, {}).sections() for fact in section["facts"]}
    assert facts["What do you do?"] == ""
    assert "Which one?" not in facts


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "job": st.just("Baker"),
            "party": st.sampled_from(["yes", "no"]),
            "leads": st.sampled_from(["yes", "no"]),
            "days.rush": st.integers(1, 3),
            "agree": st.just(True),
        },
    )
)
@settings(deadline=None)
def test_going_from_page_to_page_passes_every_question_that_is_asked_once(answers: dict[str, Any]) -> None:
    kept = cleaned(LONG_ONE, answers)
    walk = Walk(LONG_ONE, kept)
    passed, page = [], walk.pages[0]
    while page:
        passed += [question.id for question in page.questions]
        following = walk.after(page.place)
        assert following is None or walk.before(following.place) == page
        page = following  # type: ignore[assignment]  # the last
    assert len(passed) == len(set(passed))
    assert set(kept) <= set(passed)


def of_sections(*lengths: int) -> Definition:
    """A questionnaire with sections of so many questions."""
    items: list[dict[str, Any]] = []
    for n, length in enumerate(lengths):
        items += [{"id": f"s{n}", "kind": "section", "text": f"Section {n}"}]
        items += [{"id": f"q{n}-{m}", "kind": "text", "text": f"{n} {m}?"} for m in range(length)]
    table = LONG_ONE.model_dump(mode="json", by_alias=True)
    return Definition.model_validate({**table, "items": items, "translations": {}})


def test_the_pages_of_a_long_section_say_which_of_them_they_are() -> None:
    pages = Walk(of_sections(2, 17, 3), {}).pages
    assert [page.title for page in pages] == [
        "Section 0",
        "Section 1 (1 of 3)",
        "Section 1 (2 of 3)",
        "Section 1 (3 of 3)",
        "Section 2",
    ]
    assert [page.heading for page in pages] == ["", "", "Section 1 (2 of 3)", "Section 1 (3 of 3)", ""]
    assert [page.place for page in pages] == [1, 2, 3, 4, 5]


def test_a_draft_that_was_begun_while_a_section_was_one_page_goes_on_where_something_is_open() -> None:
    answers = {f"q0-{n}": "yes" for n in range(2)} | {f"q1-{n}": "yes" for n in range(6)}
    page = Walk(of_sections(2, 17, 3), answers).resumed
    assert page is not None
    assert page.title == "Section 1 (2 of 3)"
    assert [fact["value"] for section in Walk(of_sections(2, 17), answers).sections() for fact in section["facts"]] == [
        *["yes"] * 8,
        *[""] * 11,
    ]


def test_without_headings_pages_are_counted_only() -> None:
    table = LONG_ONE.model_dump(mode="json", by_alias=True)
    items = [{"id": f"q{n}", "kind": "text", "text": f"{n}?"} for n in range(12)]
    walk = Walk(Definition.model_validate({**table, "items": items, "translations": {}}), {})
    assert [page.title for page in walk.pages] == ["A long one (1 of 2)", "A long one (2 of 2)"]
    assert [page.heading for page in walk.pages] == ["", ""]
    assert steps_of(walk, 1) == []
