"""What coordinators see of surveys: counts, from enough answers on, and single answers only where people were told."""

from collections.abc import Sequence

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.mentorships.states import MentorshipState
from alongside.questionnaires.library import shipped
from alongside.reports.survey_results import Column, outcomes_of
from alongside.surveys.models import Response
from tests.paired import pair
from tests.queries import queries_of
from tests.surveyed import ASKED, AT_START, HALFWAY, answer, asked_at, let_ask
from tests.world import NOW, World, set_rules

COUNTED, READ = shipped()["where-i-stand", 1], shipped()["half-way", 1]
LEAK = "LEAK in my own words"


def results(world: World, key: str) -> str:
    return reverse("survey_result", args=[world.cohort.ref, key, 1])


def asked_of_all(world: World, number: int) -> list[Response]:
    """So many mentees are asked at the start."""
    let_ask(world, AT_START)
    world.maya.capacity = 9
    world.maya.save()
    for mentee in world.mentees[:number]:
        pair(world.maya, mentee, stage=MentorshipState.GOING_ON)
    return asked_at(ASKED)


@pytest.fixture
def read(world: World) -> Response:
    """An answer that coordinators read, as people were told."""
    let_ask(world, HALFWAY)
    set_rules(world, length={"months": 2})
    pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)
    found = asked_at(NOW.replace(month=NOW.month + 1, day=10))[0]
    answer(found, at=found.asked_at, change=LEAK)
    return found


def test_two_answers_are_counted_and_not_shown(world: World, as_carys: Client) -> None:
    for each in asked_of_all(world, 2):
        answer(each, at=ASKED)
    page = as_carys.get(results(world, "where-i-stand")).content.decode()
    assert "2 of 2 answered" in page
    assert "Not enough answers yet" in page
    assert "<svg viewBox" not in page.split("<main")[1].split("In the round")[0] or "In the round" not in page


def test_three_answers_are_shown_as_counts_and_as_a_picture(world: World, as_carys: Client) -> None:
    for each in asked_of_all(world, 3):
        answer(each, 3, at=ASKED)
    page = as_carys.get(results(world, "where-i-stand")).content.decode()
    assert "Only counts are shown, from 3 answers on" in page
    assert "In the round" in page
    assert "I know what my next step is" in page
    assert "One by one" not in page
    for mentee in world.mentees[:3]:
        assert mentee.person.name not in page.split("<main")[1]


def test_the_list_says_how_many_were_asked_and_answered(world: World, as_carys: Client) -> None:
    url = reverse("cohort_surveys", args=[world.cohort.ref])
    assert "asks no surveys" in as_carys.get(url).content.decode()
    let_ask(world, AT_START)
    assert "Nobody was asked yet" in as_carys.get(url).content.decode()
    first, *_rest = asked_of_all(world, 2)
    answer(first, at=ASKED)
    page = as_carys.get(url).content.decode()
    assert '<td class="num">2</td><td class="num">1</td>' in page


def test_what_people_were_told_is_read_is_read_one_by_one(world: World, as_carys: Client, read: Response) -> None:
    page = as_carys.get(results(world, "half-way")).content.decode()
    assert LEAK not in page
    url = reverse("survey_answers", args=[read.ref])
    assert url in page
    assert LEAK in as_carys.get(url).content.decode()


def test_what_is_only_counted_is_read_by_nobody(world: World, as_carys: Client) -> None:
    (found,) = asked_of_all(world, 1)
    answer(found, at=ASKED)
    assert as_carys.get(reverse("survey_answers", args=[found.ref])).status_code == 404


def test_an_answer_that_is_not_sent_is_read_by_nobody(world: World, as_carys: Client, read: Response) -> None:
    Response.objects.filter(pk=read.pk).update(done_at=None)
    assert as_carys.get(reverse("survey_answers", args=[read.ref])).status_code == 404


def test_nobody_elsewhere_finds_any_of_it(world: World, as_olu: Client, read: Response) -> None:
    urls = [
        reverse("cohort_surveys", args=[world.cohort.ref]),
        results(world, "half-way"),
        reverse("survey_answers", args=[read.ref]),
        reverse("what_is_asked", args=[world.programme.ref]),
    ]
    for url in urls:
        assert as_olu.get(url).status_code == 404
        assert Client().get(url).status_code == 302


def test_more_answers_take_no_more_queries(world: World, as_carys: Client) -> None:
    asked = asked_of_all(world, 3)
    answer(asked[0], at=ASKED)
    one = queries_of(as_carys, results(world, "where-i-stand"))
    for each in asked[1:]:
        answer(each, at=ASKED)
    assert queries_of(as_carys, results(world, "where-i-stand")) == one


def column(values: Sequence[int]) -> Column:
    """A column of a survey that is only counted, answered so, one after the other."""
    done = [Response(answers={each.id: value for each in COUNTED.questions}) for value in values]
    return Column(COUNTED, "start", None, asked=99, done=done)


@given(st.lists(st.integers(0, 4), max_size=20), st.integers(0, 4))
def test_one_more_answer_never_shows_by_itself(values: list[int], one_more: int) -> None:
    """What is shown before and after differs by nothing, or by three answers at once."""
    before, after = column(values), column([*values, one_more])
    assert len(after.counted) - len(before.counted) in (0, 3)
    if len(after.counted) == len(before.counted):
        assert after.cells == before.cells


def test_a_coordinator_chooses_exercises_and_surveys_and_when(world: World, as_carys: Client) -> None:
    url = reverse("what_is_asked", args=[world.programme.ref])
    page = as_carys.get(url).content.decode()
    assert "How it was" in page
    assert "What we expect of a mentor" in page
    assert "mentee-application" not in page, "the form of an application is no survey"
    chosen = {
        "exercise_expectations": "first_meeting",
        "survey_how-it-was": ["ending"],
        "survey_where-i-stand": ["start", "ending"],
        "cohorts": [world.cohort.ref],
    }
    assert as_carys.post(url, chosen).status_code == 302
    world.cohort.refresh_from_db()
    rules = world.cohort.rules
    assert [(each.questionnaire, each.when) for each in rules.exercises] == [("expectations", "first_meeting")]
    assert {(each.questionnaire, each.when) for each in rules.surveys} == {
        ("how-it-was", "ending"), ("where-i-stand", "start"), ("where-i-stand", "ending"),
    }  # fmt: skip
    again = as_carys.get(url).content.decode()
    assert again.count("checked") >= 4
    as_carys.post(url, {})
    world.programme.refresh_from_db()
    assert world.programme.rules.surveys == ()
    assert outcomes_of(world.cohort) == []
