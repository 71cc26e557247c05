"""Going through a long questionnaire: each page saved, nothing lost, checked, then sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.questionnaires.answering import cleaned, unanswered
from alongside.questionnaires.definition import Definition
from alongside.web.shared.questionnaires.filling import Addresses, begin, check, fill_page
from tests.questionnaires.everything import EVERYTHING
from tests.questionnaires.long import LONG_ONE

ALL = {"job": "Baker", "party": "no", "days.rush": 1, "agree": True}


@dataclass
class Kept:
    """Answers kept in memory, as an application keeps them in its table."""

    definition: Definition = LONG_ONE
    answers: dict[str, Any] = field(default_factory=dict)
    version: int = 0
    sent: bool = False
    files: dict[str, UploadedFile[bytes]] = field(default_factory=dict)
    addresses: Addresses = field(
        default_factory=lambda: Addresses(page="/p/{}/".format, check="/check/", later="/later/", done="/done/")
    )

    def refused(self, files: Mapping[str, UploadedFile[bytes]]) -> dict[str, str]:
        return {question: "Not a picture." for question, file in files.items() if file.size and file.read(2) == b"MZ"}

    def save(self, answers: Mapping[str, Any], files: Mapping[str, UploadedFile[bytes]], *, version: int) -> None:
        if version != self.version:
            raise ChangedMeanwhile
        self.answers, self.version = dict(answers), self.version + 1
        self.files |= files

    def finish(self, *, version: int) -> None:
        if version != self.version:
            raise ChangedMeanwhile
        assert unanswered(self.definition, self.answers) == []
        self.sent = True


def look(kept: Kept, address: str) -> HttpResponse:
    return _answered(kept, RequestFactory().get(address))


def send(kept: Kept, address: str, sent: dict[str, Any] | None = None, *, version: int | None = None) -> HttpResponse:
    data = {"version": kept.version if version is None else version, **(sent or {})}
    return _answered(kept, RequestFactory().post(address, data))


def _answered(kept: Kept, request: Any) -> HttpResponse:
    if request.path == "/check/":
        return check(request, kept, template="components/walk_check.html", context={"send": "Send it"})
    place = int(request.path.split("/")[2])
    return fill_page(request, kept, place, template="components/walk_page.html", context={})


def to(response: HttpResponse) -> str:
    assert response.status_code == 302, response.content.decode()
    return response.headers["Location"]


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_page_by_page_to_the_check_and_sent() -> None:
    kept = Kept()
    assert to(begin(kept)) == "/p/1/"
    assert to(send(kept, "/p/1/", {"item-job": "Baker", "item-party": "no"})) == "/p/3/"
    assert kept.answers == {"job": "Baker", "party": "no"}
    assert to(send(kept, "/p/3/", {"item-days.rush": "1"})) == "/p/4/"
    assert to(send(kept, "/p/4/", {"item-agree": "on"})) == "/check/"
    assert not kept.sent
    assert to(send(kept, "/check/")) == "/done/"
    assert kept.sent


def test_it_goes_on_where_something_is_open() -> None:
    kept = Kept()
    assert to(send(kept, "/p/1/", {"item-job": "Baker", "item-party": "yes", "do": "later"})) == "/later/"
    assert to(begin(kept)) == "/p/2/"
    assert to(begin(Kept(answers=ALL, version=3))) == "/check/"


def test_what_is_known_already_does_not_let_anybody_skip_the_first_page() -> None:
    kept = Kept(answers={"job": "Baker", "party": "no"})
    assert to(begin(kept)) == "/p/1/"
    assert 'value="Baker"' in text(look(kept, "/p/1/"))


def test_what_must_be_answered_is_asked_for_and_the_rest_is_saved() -> None:
    kept = Kept()
    page = send(kept, "/p/1/", {"item-job": "Baker"})
    assert page.status_code == 200
    assert kept.answers == {"job": "Baker"}
    assert '<a href="#id_item-party_0">Answer “Do you stand for a party?”. What you wrote so far is saved.</a>' in text(
        page
    )
    assert 'name="version" value="1"' in text(page)


def test_going_back_asks_for_nothing_and_keeps_what_was_written() -> None:
    kept = Kept(answers={"job": "Baker", "party": "yes"}, version=1)
    assert to(send(kept, "/p/2/", {"item-years": "4", "do": "back"})) == "/p/1/"
    assert kept.answers["years"] == 4
    assert to(send(kept, "/p/1/", {"item-job": "", "do": "back"})) == "/p/1/"


def test_what_does_not_fit_stays_on_the_page_and_what_fits_is_saved() -> None:
    kept = Kept()
    page = send(kept, "/p/1/", {"item-job": "x" * 21, "item-party": "no", "do": "later"})
    assert "at most 20 characters" in text(page)
    assert "x" * 21 in text(page)
    assert kept.answers == {"party": "no"}


def test_everything_that_is_wrong_or_open_is_said_at_once() -> None:
    page = text(send(Kept(), "/p/1/", {"item-job": "x" * 21}))
    assert page.count("at most 20 characters") == 2
    assert page.count("Answer “Do you stand for a party?”.") == 2  # above, and at the question of the party


def test_without_a_script_the_page_comes_again_with_what_follows_up() -> None:
    kept = Kept()
    page = send(kept, "/p/1/", {"item-job": "Baker", "item-party": "yes", "unseen": "which"})
    assert "brings up one more thing" in text(page)
    assert "There is a problem" not in text(page)
    assert 'id="q-which" data-shown-if' in text(page)
    assert 'name="unseen" value="which"' not in text(page)
    assert to(send(kept, "/p/1/", {"item-job": "Baker", "item-party": "yes"})) == "/p/2/"


def test_whoever_saw_it_and_left_it_blank_goes_on() -> None:
    assert to(send(Kept(), "/p/1/", {"item-job": "Baker", "item-party": "yes"})) == "/p/2/"


def test_the_check_says_what_was_answered_and_where_to_change_it() -> None:
    page = text(look(Kept(answers=ALL, version=1), "/check/"))
    assert "Not provided" in page
    assert 'href="/p/1/?from=check#q-job">Change<span class="sr">: What do you do?</span>' in page
    assert "Your party" not in page
    assert "Which one?" not in page


def test_after_one_change_it_is_back_to_the_check() -> None:
    kept = Kept(answers=ALL, version=1)
    assert to(send(kept, "/p/1/?from=check", {"item-job": "Cook", "item-party": "no"})) == "/check/"
    assert kept.answers["job"] == "Cook"


def test_what_a_change_brings_up_is_asked_first() -> None:
    kept = Kept(answers=ALL, version=1)
    again = send(kept, "/p/1/?from=check", {"item-job": "Baker", "item-party": "yes", "unseen": "which"})
    assert again.status_code == 200
    on = send(kept, "/p/1/?from=check", {"item-job": "Baker", "item-party": "yes"})
    assert to(on) == "/p/2/?from=check"
    on = send(kept, "/p/2/?from=check", {"item-leads": "yes"})
    assert to(on) == "/p/3/?from=check"
    assert to(send(kept, "/p/3/?from=check", {"item-days.rush": "1", "item-group": "12"})) == "/check/"


def test_of_several_pages_that_a_change_brings_up_none_is_forgotten() -> None:
    table = LONG_ONE.model_dump(mode="json", by_alias=True)
    for item in table["items"]:
        if item["id"] == "group":
            item["shown_if"] = [{"item": "party", "is_in": ["yes"]}]
    kept = Kept(definition=Definition.model_validate(table), answers=ALL, version=1)
    assert to(send(kept, "/p/1/?from=check", {"item-job": "Baker", "item-party": "yes"})) == "/p/2/?from=check&then=3"
    assert to(send(kept, "/p/2/?from=check&then=3", {"item-leads": "no"})) == "/p/3/?from=check"
    assert to(send(kept, "/p/3/?from=check", {"item-days.rush": "1"})) == "/check/"


@pytest.mark.parametrize("then", ["x", "99", "0", "-1", "1.2.3.4.5", "..", "3" * 5000])
def test_whatever_stands_in_the_address_leads_somewhere(then: str) -> None:
    kept = Kept(answers=ALL, version=1)
    leads = to(send(kept, f"/p/1/?from=check&then={then}", {"item-job": "Baker", "item-party": "no"}))
    assert leads in {"/check/", "/p/3/?from=check&then=4"}


def test_nothing_is_sent_while_something_must_be_answered() -> None:
    kept = Kept(answers={"job": "Baker", "party": "no"}, version=1)
    assert to(look(kept, "/check/")) == "/p/4/?from=check"
    assert to(send(kept, "/check/")) == "/p/4/?from=check"
    assert not kept.sent


def test_the_second_of_two_windows_is_told_and_loses_nothing() -> None:
    kept = Kept()
    send(kept, "/p/1/", {"item-job": "Baker", "item-party": "no"})
    older = send(kept, "/p/1/", {"item-job": "Cook", "item-party": "yes", "item-which": "Bread"}, version=0)
    assert older.status_code == 409
    assert kept.answers["job"] == "Baker"
    assert "another window" in text(older)
    for written in ('value="Cook"', 'value="Bread"', 'name="version" value="1"'):
        assert written in text(older)
    assert to(send(kept, "/p/1/", {"item-job": "Cook", "item-party": "yes", "item-which": "Bread"})) == "/p/2/"
    assert kept.answers["job"] == "Cook"


def test_what_was_ticked_in_the_older_window_stays_ticked_all_of_it() -> None:
    kept = Kept(answers=ALL, version=2)
    older = send(kept, "/p/3/", {"item-topics": ["money", "people"]}, version=1)
    assert older.status_code == 409
    assert text(older).count('type="checkbox" name="item-topics"') == 3
    assert text(older).count(" checked") == 2


def test_sending_the_same_twice_is_as_sending_it_once() -> None:
    kept = Kept()
    for _ in range(2):
        assert to(send(kept, "/p/1/", {"item-job": "Baker", "item-party": "no"}, version=0)) == "/p/3/"
    assert kept.version == 1


def test_what_was_changed_after_the_check_is_shown_before_it_is_sent() -> None:
    kept = Kept(answers=ALL, version=2)
    page = send(kept, "/check/", version=1)
    assert page.status_code == 409
    assert "read it once more" in text(page)
    assert not kept.sent


def test_what_is_written_on_a_page_that_is_skipped_by_now_is_dropped_and_one_goes_on() -> None:
    kept = Kept(answers=ALL, version=1)
    assert to(send(kept, "/p/2/", {"item-years": "4"})) == "/p/3/"
    assert "years" not in kept.answers
    assert to(look(kept, "/p/2/")) == "/check/"


@pytest.mark.parametrize("place", [0, 5, 99])
def test_there_is_no_other_page(place: int) -> None:
    with pytest.raises(Http404):
        look(Kept(), f"/p/{place}/")


def test_a_file_is_handed_to_whoever_keeps_it() -> None:
    kept = Kept(definition=EVERYTHING)
    send(kept, "/p/3/", {"item-cv": SimpleUploadedFile("cv.pdf", b"%PDF-"), "item-agree": "on"})
    assert list(kept.files) == ["cv"]
    assert kept.answers["cv"] == "cv.pdf"
    send(kept, "/p/3/", {"item-agree": "on", "item-town": "Swansea"})
    assert kept.answers["cv"] == "cv.pdf"
    assert "You have handed in a file" in text(look(kept, "/p/3/"))


def test_it_says_where_one_is() -> None:
    page = text(look(Kept(answers={"job": "Baker", "party": "no"}, version=1), "/p/3/"))
    assert '<a href="/p/1/">About you</a>' in page
    assert '<li aria-current="step">' in page
    assert "Your party" not in page


VALUES = st.sampled_from(
    ["", "yes", "no", "1", "2", "on", "money", "nothing", "x" * 30, "Ж", "<b>", "-1", "1e400", "back"]
)
FIELDS = [f"item-{key}" for key in LONG_ONE.by_id] + ["version", "do", "unseen", "item-days"]


@given(
    st.integers(1, 4),
    st.dictionaries(st.sampled_from(FIELDS), st.lists(VALUES, min_size=1, max_size=3)),
    st.dictionaries(st.sampled_from(list(LONG_ONE.by_id)), VALUES | st.booleans() | st.integers(0, 4)),
    st.sampled_from(["", "?from=check", "?from=check&then=2.3"]),
)
@settings(deadline=None, max_examples=150)
def test_whatever_is_sent_to_any_page_it_answers_and_keeps_what_fits(
    place: int, sent: dict[str, list[str]], before: dict[str, Any], behind: str
) -> None:
    kept = Kept(answers=cleaned(LONG_ONE, before), version=1)
    answered = send(kept, f"/p/{place}/{behind}", {"version": 1, **sent})
    assert answered.status_code in (200, 302, 409)
    assert cleaned(LONG_ONE, kept.answers) == kept.answers
    if answered.status_code == 302:
        assert look(kept, answered.headers["Location"]).status_code in (200, 302)


def test_a_file_that_is_not_taken_is_said_at_its_question_and_the_rest_of_the_page_is_kept() -> None:
    definition = definition_with_file()
    kept = Kept(definition=definition)
    page = send(kept, "/p/1/", {"item-why": "Loaves", "item-cv": SimpleUploadedFile("cv.exe", b"MZ")})
    assert page.status_code == 200
    assert "Not a picture." in text(page)
    assert (kept.answers, kept.files) == ({"why": "Loaves"}, {})
    assert (
        to(send(kept, "/p/1/", {"item-why": "Loaves", "item-cv": SimpleUploadedFile("cv.pdf", b"%PDF")})) == "/check/"
    )
    assert kept.answers == {"why": "Loaves", "cv": "cv.pdf"}


def definition_with_file() -> Definition:
    return Definition.model_validate(
        {
            "id": "short",
            "version": 1,
            "title": "Short",
            "about": "Two questions.",
            "audience": "each",
            "shown": "never",
            "items": [
                {"id": "why", "kind": "text", "text": "Why?"},
                {"id": "cv", "kind": "file", "text": "Your CV", "required": False},
            ],
        }
    )
