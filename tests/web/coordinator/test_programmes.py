from django.test import Client
from django.urls import reverse

from alongside import engine
from alongside.programmes.models import Cohort, Programme
from alongside.programmes.states import ChoiceShape
from alongside.web.coordinator.programmes.words import OBJECTIVES
from tests.world import World

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


def test_a_coordinator_starts_a_programme_and_opens_a_cohort(world: World, as_carys: Client) -> None:
    form = as_carys.get(reverse("new_programme")).context["owner"].initial["organisation"]
    as_carys.post(reverse("new_programme"), {**FILLED, "organisation": form.pk})
    programme = Programme.objects.get(name="New programme")
    assert (programme.organisation, programme.choice_shape, programme.days_to_answer) == (
        world.harbour,
        ChoiceShape.ONE,
        7,
    )
    assert programme.gates == ["Conversation held", "Induction done"]
    assert programme.matching_rules["rules"]["organisation"] == "different"
    assert programme.matching_rules["rules"]["least_score"] == 4050
    assert programme.matching_rules["objective"] == "floor_first"
    assert (programme.cooling_off_days, programme.meetings_expected, programme.meeting_minutes) == (3, 6, 60)
    assert (programme.rhythm_days, programme.length_months, programme.scaled_objectives) == (21, 9, False)
    assert programme.agreement_text == "We meet in the library."
    as_carys.post(reverse("new_cohort", args=[programme.ref]), {"name": "First", "starts_on": "2027-01-15"})
    assert Cohort.objects.get(programme=programme).name == "First"


def test_a_programme_cannot_be_started_for_another_organisation(world: World, as_carys: Client) -> None:
    as_carys.post(reverse("new_programme"), {**FILLED, "organisation": world.elsewhere.pk})
    assert not Programme.unscoped.filter(name="New programme").exists()


def test_a_cohort_that_ends_before_it_starts_is_refused(world: World, as_carys: Client) -> None:
    dates = {"name": "Upside down", "starts_on": "2027-01-15", "ends_on": "2026-01-15"}
    page = as_carys.post(reverse("new_cohort", args=[world.programme.ref]), dates).content.decode()
    assert "The end is before the start" in page


def test_two_programmes_of_one_organisation_cannot_share_a_name(world: World, as_carys: Client) -> None:
    data = {**FILLED, "name": world.programme.name, "organisation": world.harbour.pk}
    page = as_carys.post(reverse("new_programme"), data).content.decode()
    assert "You have a programme of this name already" in page


def test_changing_how_a_programme_works_keeps_its_weights(world: World, as_carys: Client) -> None:
    as_carys.post(reverse("programme", args=[world.programme.ref]), {**FILLED, "name": "Renamed"})
    world.programme.refresh_from_db()
    assert world.programme.name == "Renamed"
    assert world.programme.matching_rules["weights"]["needs"] == 40


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
    world.programme.matching_rules = engine.to_dict(before)
    world.programme.save(update_fields=["matching_rules"])
    as_carys.post(reverse("programme", args=[world.programme.ref]), FILLED)
    world.programme.refresh_from_db()
    after = engine.from_dict(engine.Settings, world.programme.matching_rules)
    assert (after.weights, after.opened) == (before.weights, before.opened)
    assert (after.rules.must_share, after.rules.must_differ, after.rules.former) == (("party",), ("line",), False)
    assert after.rules.organisation == "different"


def test_a_cohort_shows_its_funnel_and_one_next_step(world: World, as_carys: Client) -> None:
    page = as_carys.get(reverse("cohort", args=[world.cohort.ref])).content.decode()
    assert "Match the cohort" in page
    assert page.count("button--step") == 1
