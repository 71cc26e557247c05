"""A questionnaire as a form: every kind of item is asked, checked and said again as it was typed."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.questionnaires.answering import cleaned
from alongside.web.shared.questionnaires.forms import AnswerForm
from alongside.web.shared.questionnaires.results import results_of
from alongside.web.shared.questionnaires.walking import Walk
from tests.questionnaires.everything import ANSWERS, EVERYTHING
from tests.questionnaires.long import LONG_ONE

WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


def typed(answers: dict[str, Any]) -> QueryDict:
    """What a browser sends for answers."""
    data = QueryDict(mutable=True)
    for key, answer in answers.items():
        if key == "first":
            for place, each in enumerate(answer):
                data[f"item-first_{place}"] = each
        elif isinstance(answer, list):
            data.setlist(f"item-{key}", answer)
        elif answer is True:
            data[f"item-{key}"] = "on"
        elif key != "cv":
            data[f"item-{key}"] = str(answer)
    return data


def form_of(answers: dict[str, Any], *, before: dict[str, Any] | None = None, files: Any = None) -> AnswerForm:
    form = AnswerForm(typed(answers), files, definition=EVERYTHING, answers=before or {})
    form.full_clean()
    return form


def drawn(form: AnswerForm) -> str:
    return re.sub(r"\s+", " ", render_to_string("components/questionnaire.html", {"blocks": form.blocks()}))


def block_of(page: str, item: str) -> str:
    return page[page.index(f'id="q-{item}"') :].split('<div class="item item--')[0]


def test_what_is_typed_into_every_kind_is_kept() -> None:
    form = form_of(ANSWERS, files={"item-cv": SimpleUploadedFile("cv.pdf", b"%PDF-")})
    assert form.errors == {}
    assert form.together == {**ANSWERS, "cv": "cv.pdf"}
    assert {key: file.name for key, file in form.handed_in.items()} == {"cv": "cv.pdf"}


def test_what_is_kept_stands_in_the_page_again() -> None:
    page = drawn(AnswerForm(definition=EVERYTHING, answers=ANSWERS))
    assert 'value="Baker"' in block_of(page, "job")
    assert "My oven is too small." in block_of(page, "story")
    assert 'value="2019-03-01"' in block_of(page, "since")
    assert block_of(page, "needs").count("checked") == 2
    assert re.findall(r'value="(\w+)" selected', block_of(page, "first")) == ["calm", "growth"]
    assert block_of(page, "days").count("checked") == 2
    assert "checked" in block_of(page, "agree")
    assert "Another one takes its place" in block_of(page, "cv")


def test_each_item_says_what_it_is_whether_it_must_be_answered_and_in_what() -> None:
    page = drawn(AnswerForm(definition=EVERYTHING, answers={}))
    assert "optional" not in block_of(page, "job")
    assert "In a few words." in block_of(page, "job")
    assert "(optional)" in block_of(page, "story")
    assert block_of(page, "people").count("people") >= 2
    assert "You may show this to the mentors you choose." in block_of(page, "agree")
    assert "<strong>fits</strong>" in block_of(page, "why")
    assert "Place 1" in block_of(page, "first")
    assert "Place 2" in block_of(page, "first")
    assert "Place 3" not in block_of(page, "first")
    assert '<p class="options__or">or</p>' in block_of(page, "needs")
    assert 'role="radiogroup" aria-labelledby="id_item-days.rush_label"' in block_of(page, "days")


def test_options_say_what_helps_to_choose_them() -> None:
    page = drawn(AnswerForm(definition=LONG_ONE, answers={}))
    assert "Also where you are not a member." in block_of(page, "party")


def test_an_item_that_is_not_asked_is_there_and_hidden() -> None:
    page = drawn(AnswerForm(definition=EVERYTHING, answers={}))
    assert " hidden>" in block_of(page, "which")
    assert 'name="unseen" value="which"' in block_of(page, "which")
    assert " hidden>" not in block_of(drawn(AnswerForm(definition=EVERYTHING, answers=ANSWERS)), "which")


def test_conditions_on_another_page_are_decided_and_not_watched() -> None:
    items = LONG_ONE.pages[1]
    party = AnswerForm(definition=LONG_ONE, answers={"party": "yes"}, items=items)
    assert {block["item"].id: (block["asked"], block["watched"]) for block in party.blocks()} == {
        "the-party": (True, ""),
        "years": (True, ""),
        "leads": (True, ""),
    }
    nobody = list(AnswerForm(definition=LONG_ONE, answers={}, items=items).blocks())
    assert [block["item"].id for block in nobody if block["asked"]] == ["the-party"]
    assert not any(block["watched"] for block in nobody)


@pytest.mark.parametrize(
    ("item", "sent", "said"),
    [
        ("job", {"item-job": "x" * 61}, "at most 60 characters"),
        ("people", {"item-people": "many"}, "Write a number in digits"),
        ("people", {"item-people": "501"}, "cannot be more than 500"),
        ("since", {"item-since": "31 February"}, "Write a date that exists"),
        ("party", {"item-party": "perhaps"}, "Choose one of the answers offered"),
        ("needs", {"item-needs": ["money", "nothing"]}, "goes with no other answer"),
        ("needs", {"item-needs": ["money", "people", "time"]}, "at most 2"),
        ("first", {"item-first_0": "calm", "item-first_1": "calm"}, "“Calm” has two places"),
        ("sleep", {"item-sleep": "9"}, "Choose one of the answers offered"),
        ("days", {"item-days.rush": "9"}, "Choose one of the answers offered"),
        ("town", {"item-town": "x" * 121}, "Write a town"),
    ],
)
def test_what_does_not_fit_is_said_at_its_question_and_above_with_a_link_to_it(
    item: str, sent: dict[str, Any], said: str
) -> None:
    data = QueryDict(mutable=True)
    for name, value in sent.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    form = AnswerForm(data, definition=EVERYTHING, answers={})
    form.full_clean()
    page = drawn(form)
    assert said in block_of(page, item)
    above = render_to_string("components/form_errors.html", {"form": form})
    target = re.search(r'href="#([^"]+)"', above)
    assert target is not None
    assert f'id="{target.group(1)}"' in page
    assert said in above


def test_a_file_that_is_too_large_is_refused_in_words() -> None:
    large = SimpleUploadedFile("cv.pdf", b"x")
    large.size = 11_000_000
    form = form_of({}, files={"item-cv": large})
    assert "larger than 10 MB" in drawn(form)
    assert form.handed_in == {}


def test_an_answer_that_is_taken_back_is_gone_and_one_that_does_not_fit_leaves_the_one_before() -> None:
    assert "job" not in form_of({"job": " "}, before=ANSWERS).together
    assert form_of({"job": "x" * 61}, before=ANSWERS).together["job"] == "Baker"


def test_of_a_page_the_answers_of_the_other_pages_stay() -> None:
    form = AnswerForm(
        QueryDict("item-sleep=3"), definition=EVERYTHING, answers=ANSWERS, items=EVERYTHING.pages[2], version=4
    )
    form.full_clean()
    assert form.together["job"] == "Baker"
    assert form.together["sleep"] == 3
    assert "town" not in form.together
    assert form.together["cv"] == "f1"


def test_a_question_that_was_brought_up_and_never_seen_is_open_and_nothing_wrong() -> None:
    for seen, wrong in ((False, []), (True, ["item-which"])):
        data = typed({"job": "Baker", "party": "yes", "agree": True})
        if not seen:
            data["unseen"] = "which"
        form = AnswerForm(data, definition=EVERYTHING, answers={})
        form.full_clean()
        assert form.leave_open("Answer this.")
        assert list(form.errors) == wrong


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 50, "0.5"])
def test_what_stands_for_a_version_and_is_none_counts_as_none(version: str) -> None:
    form = AnswerForm({"version": version}, definition=EVERYTHING, answers={})
    form.full_clean()
    assert form.read_version == 0


def test_the_gallery_shows_every_kind_of_item() -> None:
    shown = {
        "questionnaire": list(AnswerForm(definition=EVERYTHING, answers={}).blocks()),
        "sections": Walk(EVERYTHING, ANSWERS).sections(),
        "results": results_of(EVERYTHING, ANSWERS),
    }
    page = render_to_string("gallery.html", shown)
    kinds = set(re.findall(r'class="item item--(\w+)"', page))
    assert kinds == {item.kind for item in EVERYTHING.items}
    assert len(kinds) == 14
    assert "4 of 9" in page
    assert "1. Calm<br>2. Growing" in page


@given(
    st.dictionaries(
        st.sampled_from([f"item-{key}" for key in EVERYTHING.by_id] + ["item-first_0", "item-first_1", "unseen"]),
        st.lists(
            WORDS | st.sampled_from(["yes", "money", "calm", "nothing", "2", "3", "on", "2019-03-01", "f1"]),
            min_size=1,
            max_size=3,
        ),
    )
)
@settings(deadline=None, max_examples=60)
def test_whatever_is_sent_what_fits_is_kept_and_the_page_can_be_drawn(sent: dict[str, list[str]]) -> None:
    data = QueryDict(mutable=True)
    for name, values in sent.items():
        data.setlist(name, values)
    form = AnswerForm(data, definition=EVERYTHING, answers=ANSWERS)
    form.full_clean()
    kept = form.together
    assert cleaned(EVERYTHING, kept) == kept
    for key, answer in form.given.items():
        assert kept.get(key, answer) == answer
    form.leave_open("Answer this.")
    assert 'id="q-agree"' in drawn(form)
