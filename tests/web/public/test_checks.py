"""A look at oneself: open to anyone, in several pages, and nothing of it is kept anywhere."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from alongside.kernel import scope
from alongside.questionnaires.actions import bring_in, publish, save_draft
from alongside.questionnaires.library import shipped
from alongside.questionnaires.models import Questionnaire
from alongside.questionnaires.reading import parse
from alongside.web.shared.questionnaires.carrying import carried, to_carry
from tests.queries import queries_of
from tests.questionnaires.everything import ANSWERS, EVERYTHING
from tests.world import LEAK, NOW, World

URL = "/check/resilience/"
RESILIENCE = shipped()["resilience", 1]
WRITTEN = "SECRET of a visitor"
OWN = """
id = "own"
version = 1
title = "Ours"
about = "For anyone."
audience = "anyone"
shown = "never"

[[items]]
id = "words"
kind = "long_text"
text = "How is it?"

[[items]]
id = "needs"
kind = "many"
text = "What would help?"
options = [{ id = "rest", label = "Rest" }, { id = "time", label = "Time" }]

[translations.cy]
title = "Ein un ni"
"items.needs.options.rest.label" = "Gorffwys"
"""


def page_of(place: int, value: int = 4) -> dict[str, Any]:
    """What a browser sends from a page of the check that is answered alike throughout."""
    questions = [each for item in RESILIENCE.pages[place - 1] for each in RESILIENCE.of_item[item.id]]
    return {"place": place, **{f"item-{each.id}": value for each in questions}}


def so_far(page: str) -> dict[str, str]:
    """What travels along in a page."""
    return dict(re.findall(r'<input type="hidden" name="(so-far-[^"]+)" value="([^"]*)">', page))


def walked(client: Client, value: int = 4) -> str:
    page = client.get(URL).content.decode()
    for place in range(1, len(RESILIENCE.pages) + 1):
        page = client.post(URL, {**so_far(page), **page_of(place, value)}).content.decode()
    return page


@pytest.mark.django_db
class TestWithoutAnAccount:
    def test_it_goes_page_by_page_to_what_it_comes_to(self, client: Client) -> None:
        first = client.get(URL).content.decode()
        assert "not a test and not a diagnosis" in first
        assert "Page 1 of 5" in first
        result = walked(client)
        assert "What it comes to" in result
        assert result.count('<circle class="roles__mark--2"') == 5
        assert "Energy and pace" in result
        assert 'rel="icon"' in result

    def test_each_figure_has_its_meaning_and_what_to_do(self, client: Client) -> None:
        table = so_far(walked(client))
        low = dict.fromkeys(table, "0") | {name: "4" for name in table if name.split(".")[-1] in REVERSED}
        page = client.post(URL, {**low, **page_of(5, 0), "item-setbacks.brooded": 4}).content.decode()
        assert page.count("Look here first") == 10  # in the picture and in its table
        assert "0 of 100" in page
        assert "talk to your doctor" in page

    def test_what_is_open_is_asked_for(self, client: Client) -> None:
        page = client.post(URL, {"place": 1}).content.decode()
        assert "There is a problem" in page
        assert "Page 1 of 5" in page

    def test_nobody_sees_a_result_before_everything_was_answered(self, client: Client) -> None:
        page = client.post(URL, page_of(5)).content.decode()
        assert "Page 1 of 5" in page

    def test_one_can_go_back_and_change_an_answer(self, client: Client) -> None:
        page = client.post(URL, page_of(1)).content.decode()
        back = client.post(URL, {**so_far(page), "place": 2, "item-say.no": 2, "do": "back"}).content.decode()
        assert "Page 1 of 5" in back
        assert back.count(" checked") == 4
        assert so_far(back) == {"so-far-say.no": "2"}
        changed = client.post(URL, {**so_far(walked(client)), "go": 3}).content.decode()
        assert "Page 3 of 5" in changed
        assert changed.count(" checked") == 5

    def test_it_is_taken_along_on_paper(self, client: Client) -> None:
        handed = client.post(f"{URL}paper.pdf", so_far(walked(client)))
        assert handed.headers["Content-Type"] == "application/pdf"
        assert handed.content.startswith(b"%PDF")
        assert "no-store" in handed.headers["Cache-Control"]
        assert client.get(f"{URL}paper.pdf").status_code == 405
        assert client.post(f"{URL}paper.pdf").content.startswith(b"%PDF")

    def test_no_answer_is_in_an_address_a_cookie_or_the_database(self, client: Client) -> None:
        with connection.execute_wrapper(no_writing):
            result = walked(client)
        assert set(client.cookies) <= {"csrftoken"}
        assert not re.search(r'(?:href|action|src)="[^"]*(?:so-far|item-)', result)
        assert (
            "item-energy.rested=4"
            not in client.get(f"{URL}?item-energy.rested=4&so-far-energy.rested=4").content.decode()
        )
        assert " checked" not in client.get(f"{URL}?item-energy.rested=4").content.decode()

    def test_no_cache_keeps_a_page(self, client: Client) -> None:
        for response in (client.get(URL), client.post(URL, page_of(1))):
            assert "no-store" in response.headers["Cache-Control"]

    def test_the_front_page_leads_to_it(self, client: Client) -> None:
        assert f'href="{URL}"' in client.get("/").content.decode()

    @pytest.mark.parametrize("key", ["expectations", "mentor-application", "nothing", "resilience-1", "x" * 300])
    def test_only_what_is_for_anyone_is_open_to_anyone(self, client: Client, key: str) -> None:
        assert client.get(f"/check/{key}/").status_code == 404
        assert client.post(f"/check/{key}/paper.pdf").status_code == 404


REVERSED = {"home", "pushed", "alone", "pointless", "brooded"}


def no_writing(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    assert sql.split()[0].upper() in {"SELECT", "SAVEPOINT", "RELEASE"}, sql
    return execute(sql, params, many, context)


@pytest.fixture
def own(world: World) -> str:
    """The address of a check that Harbour Enterprise made itself."""
    key = bring_in(world.harbour, parse(OWN), by=world.carys, at=NOW)
    return f"/check/{world.harbour.ref}/{key}/"


class TestOfAnOrganisation:
    def test_anyone_may_answer_what_it_published_for_anyone(self, own: str, client: Client) -> None:
        with scope.within(scope.Scope.of()):
            page = client.get(own)
            assert "Harbour Enterprise" in page.content.decode()
            result = client.post(own, {"place": 1, "item-words": WRITTEN, "item-needs": ["rest", "time"]})
        assert WRITTEN in result.content.decode()
        assert "Rest<br>Time" in result.content.decode()
        assert result.headers["X-Robots-Tag"] == page.headers["X-Robots-Tag"] == "noindex"

    def test_it_is_in_the_language_of_the_reader_and_its_answers_are_the_same(self, own: str, client: Client) -> None:
        welsh = {"Accept-Language": "cy"}
        page = client.get(own, headers=welsh).content.decode()
        assert "Ein un ni" in page
        assert 'value="rest"' in page
        result = client.post(own, {"place": 1, "item-needs": ["rest"]}, headers=welsh).content.decode()
        assert "Gorffwys" in result
        assert 'name="so-far-needs" value="rest"' in result

    def test_what_travels_along_comes_to_paper(self, own: str, client: Client) -> None:
        sent = {"so-far-words": WRITTEN, "so-far-needs": ["rest", "time"]}
        assert client.post(f"{own}paper.pdf", sent).content.startswith(b"%PDF")

    def test_it_is_at_no_other_address(self, own: str, world: World, client: Client) -> None:
        assert client.get("/check/own/").status_code == 404
        assert client.get(own.replace(world.harbour.ref, world.elsewhere.ref)).status_code == 404
        assert client.get(f"/check/{world.harbour.ref}/resilience/").status_code == 404
        assert client.get("/check/nowhere/own/").status_code == 404

    def test_a_draft_is_open_to_nobody_and_what_was_retired_to_nobody_any_more(
        self, own: str, world: World, client: Client
    ) -> None:
        row = Questionnaire.objects.get()
        save_draft(row, {**row.draft, "title": f"Draft {LEAK}"}, version=row.version, by=world.carys, at=NOW)
        assert LEAK not in client.get(own).content.decode()
        Questionnaire.objects.update(retired_at=NOW)
        assert client.get(own).status_code == 404

    def test_one_that_is_for_somebody_is_not_for_anyone(self, own: str, world: World, client: Client) -> None:
        row = Questionnaire.objects.get()
        save_draft(row, {**row.draft, "audience": "mentors"}, version=row.version, by=world.carys, at=NOW)
        publish(row, by=world.carys, at=NOW)
        assert client.get(own).status_code == 404

    def test_a_page_takes_as_many_queries_whatever_is_answered(self, own: str, client: Client) -> None:
        assert queries_of(client, own) == 2


@pytest.mark.parametrize("definition", [EVERYTHING], ids=["everything"])
def test_answers_travel_as_they_are(definition: Any) -> None:
    data = QueryDict(mutable=True)
    for name, value in to_carry(ANSWERS):
        data.appendlist(name, value)
    assert carried(definition, data) == ANSWERS


VALUES = st.sampled_from(["", "0", "4", "5", "x", "-1", "9" * 400, "Ж", "<script>", "2.0", "on"])
NAMES = [f"{kind}-{key}" for kind in ("item", "so-far") for key in RESILIENCE.by_id] + ["place", "go", "do", "unseen"]


class TestWhateverIsSent(TestCase):
    @given(st.dictionaries(st.sampled_from(NAMES), st.lists(VALUES, min_size=1, max_size=2)))
    @settings(deadline=None, max_examples=60)
    def test_it_answers_and_what_fits_travels_on(self, sent: dict[str, list[str]]) -> None:
        response = Client().post(URL, sent)
        assert response.status_code == 200
        found = so_far(response.content.decode())
        for name, values in sent.items():
            key = name.removeprefix("so-far-")
            if name in found and f"item-{key}" not in sent:
                assert found[name] == values[0].removesuffix(".0")
        assert "<script>" not in response.content.decode().replace("<script src=", "")


def test_the_document_says_what_the_page_says() -> None:
    from alongside.reports.self_check_document import self_check_document

    answers = {question.id: 4 for question in RESILIENCE.questions}
    said = self_check_document(RESILIENCE, answers, at=datetime(2026, 3, 9, tzinfo=UTC))
    words = [block.text for block in said.blocks]
    assert "Energy and pace" in words
    assert "75 of 100 · Carries you" in words
    assert len(said.facts) == 21
    assert {fact.value for fact in said.facts} == {"Nearly always"}
