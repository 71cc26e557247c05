from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside import engine
from alongside.kernel import scope
from alongside.programmes.actions import start_programme
from alongside.programmes.models import Cohort, Programme
from alongside.web.coordinator.programmes.words import OBJECTIVES
from tests.world import NOW, World, set_rules

FILLED = {
    "name": "New programme",
    "choice_shape": "one",
    "mentors_offered": "2",
    "days_to_answer": "7",
    "reminders": "1",
    "workplace": "different",
    "languages": "on",
    "max_km": "30",
    "least_score": "40.5",
    "objective": "floor_first",
    "cooling_off_days": "3",
    "meetings_expected": "6",
    "meeting_minutes": "60",
    "rhythm_days": "21",
    "length_months": "9",
    "agreement_text": "We meet in the library.",
    "gates": "Conversation held\n\nInduction done",
}


def test_a_coordinator_says_how_a_programme_works_and_opens_a_cohort(world: World, as_carys: Client) -> None:
    as_carys.post(reverse("programme", args=[world.programme.ref]), {**FILLED, "name": "New programme"})
    programme = Programme.objects.get(name="New programme")
    rules = programme.rules
    assert programme.organisation == world.harbour
    assert rules.choice.model_dump() == {"shape": "one", "mentors_offered": 2, "days_to_answer": 7, "reminders": 1}
    assert [(gate.id, gate.title) for gate in rules.gates] == [
        ("conversation-held", "Conversation held"),
        ("induction-done", "Induction done"),
    ]
    assert (rules.settings.rules.organisation, rules.settings.rules.least_score) == ("different", 4050)
    assert rules.settings.objective == engine.Objective.FLOOR_FIRST
    assert (rules.meetings.expected, rules.meetings.minutes, rules.meetings.rhythm_days) == (6, 60, 21)
    assert (rules.start.cooling_off_days, rules.length.months, rules.objectives.scaled) == (3, 9, False)
    assert rules.agreement.text == "We meet in the library."
    as_carys.post(reverse("new_cohort", args=[programme.ref]), {"name": "First", "starts_on": "2027-01-15"})
    assert Cohort.objects.get(programme=programme, name="First").rules == rules


def test_a_cohort_that_ends_before_it_starts_is_refused(world: World, as_carys: Client) -> None:
    dates = {"name": "Upside down", "starts_on": "2027-01-15", "ends_on": "2026-01-15"}
    page = as_carys.post(reverse("new_cohort", args=[world.programme.ref]), dates).content.decode()
    assert "The end is before the start" in page


def test_two_programmes_of_one_organisation_cannot_share_a_name(world: World, as_carys: Client) -> None:
    with scope.within(world.harbour_scope):
        start_programme(world.harbour, name="Second", by=world.carys, at=NOW)
    page = as_carys.post(reverse("programme", args=[world.programme.ref]), {**FILLED, "name": "Second"})
    assert "You have a programme of this name already" in page.content.decode()


def test_changing_how_a_programme_works_keeps_its_weights(world: World, as_carys: Client) -> None:
    as_carys.post(reverse("programme", args=[world.programme.ref]), {**FILLED, "name": "Renamed"})
    world.programme.refresh_from_db()
    assert world.programme.name == "Renamed"
    assert world.programme.rules.settings.weights.needs == 40


def test_the_four_things_a_matching_can_be_best_at_are_offered_in_a_sentence_each(
    world: World, as_carys: Client
) -> None:
    page = as_carys.get(reverse("programme", args=[world.programme.ref])).content.decode()
    for objective in engine.Objective:
        assert f'value="{objective.value}"' in page
        assert str(OBJECTIVES[objective]) in page


def test_changing_how_a_programme_works_keeps_the_rules_its_page_does_not_ask_for(
    world: World, as_carys: Client
) -> None:
    rules = engine.Rules(must_share=("party",), must_differ=("line",), former=False)
    before = engine.Settings(rules, engine.Weights(experience=9), opened=frozenset({"party"}))
    set_rules(world, matching=engine.to_dict(before))
    as_carys.post(reverse("programme", args=[world.programme.ref]), FILLED)
    world.programme.refresh_from_db()
    after = world.programme.rules.settings
    assert (after.weights, after.opened) == (before.weights, before.opened)
    assert (after.rules.must_share, after.rules.must_differ, after.rules.former) == (("party",), ("line",), False)
    assert after.rules.organisation == "different"


def test_a_cohort_shows_its_funnel_and_one_next_step(world: World, as_carys: Client) -> None:
    page = as_carys.get(reverse("cohort", args=[world.cohort.ref])).content.decode()
    assert "Match the cohort" in page
    assert page.count("button--step") == 1


def test_a_running_cohort_keeps_its_rules_unless_the_coordinator_says_otherwise(world: World, as_carys: Client) -> None:
    url, before = reverse("programme", args=[world.programme.ref]), world.cohort.rules
    as_carys.post(url, {**FILLED, "name": "First Steps"})
    world.programme.refresh_from_db()
    world.cohort.refresh_from_db()
    assert world.programme.rules.meetings.expected == 6
    assert world.cohort.rules == before
    page = as_carys.get(url).content.decode()
    assert f'value="{world.cohort.ref}"' in page
    as_carys.post(url, {**FILLED, "name": "First Steps", "cohorts": [world.cohort.ref]})
    world.cohort.refresh_from_db()
    assert world.cohort.rules.meetings.expected == 6


def test_what_does_not_fit_together_is_said_at_its_field_and_changes_nothing(world: World, as_carys: Client) -> None:
    url, before = reverse("programme", args=[world.programme.ref]), world.programme.rules
    page = as_carys.post(url, {**FILLED, "name": "Renamed", "minutes_to": "45"})
    assert page.context["form"].errors["minutes_to"] == [
        "The most minutes of a meeting should be more than the usual ones, or be left out."
    ]
    world.programme.refresh_from_db()
    assert (world.programme.name, world.programme.rules) == ("First Steps LEAK", before)


def test_a_step_keeps_its_place_in_peoples_records_when_others_come_and_go(world: World, as_carys: Client) -> None:
    url = reverse("programme", args=[world.programme.ref])
    as_carys.post(url, {**FILLED, "gates": "Induction\nInduction!"})
    world.programme.refresh_from_db()
    assert [gate.id for gate in world.programme.rules.gates] == ["induction", "induction-2"]
    as_carys.post(url, {**FILLED, "gates": "123\nInduction!"})
    world.programme.refresh_from_db()
    assert [gate.id for gate in world.programme.rules.gates] == ["step-123", "induction-2"]


@pytest.mark.parametrize(
    ("sections", "typed", "kept"),
    [
        ({"shape": {"of": "group"}}, {"members": "12", "mentors": "3"}, {"members": 12, "mentors": 3}),
        ({"shape": {"of": "peers"}, "applications": {"mentor": False}}, {"members": "3"}, {"members": 3}),
    ],
)
def test_how_many_are_together_is_changed_where_people_work_in_groups(
    world: World, as_carys: Client, sections: dict[str, Any], typed: dict[str, str], kept: dict[str, int]
) -> None:
    set_rules(world, **sections)
    url = reverse("programme", args=[world.programme.ref])
    assert "How many are together at the most" in as_carys.get(url).content.decode()
    as_carys.post(url, {**FILLED, **typed})
    world.programme.refresh_from_db()
    assert {name: getattr(world.programme.rules.shape, name) for name in kept} == kept


def test_how_volunteers_are_placed_is_changed_where_they_are(world: World, as_carys: Client) -> None:
    url = reverse("programme", args=[world.programme.ref])
    assert "Volunteers for others" not in as_carys.get(url).content.decode()
    placing = {"standard": "Listens.", "cpd_hours": 6}
    set_rules(world, placing=placing, gates=["Course"], applications={"mentee": False})
    typed = {"standard": "Listens well.", "cpd_hours": "8", "months_valid": "12", "call_days": "3"}
    as_carys.post(url, {**FILLED, **typed, "call_reminders": "1", "waiting_days": "40", "gates": "Course"})
    world.programme.refresh_from_db()
    found = world.programme.rules.placing
    assert found
    assert (found.standard, found.cpd_hours, found.months_valid) == ("Listens well.", 8, 12)
    assert (found.days_to_answer, found.reminders, found.waiting_days) == (3, 1, 40)
