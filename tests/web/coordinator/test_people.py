import io

import openpyxl
from django.test import Client
from django.urls import reverse

from alongside.people.actions import rename_person
from alongside.programmes.models import Participant
from alongside.programmes.states import ParticipantState
from tests.world import World, set_rules


def people(world: World) -> str:
    return reverse("people", args=[world.cohort.ref])


def test_the_list_finds_filters_and_sorts(world: World, as_carys: Client) -> None:
    page = as_carys.get(people(world), {"q": "bea"}).content.decode()
    assert "Bea Baker" in page
    assert "Dai Davies" not in page
    page = as_carys.get(people(world), {"side": "mentor", "sort": "-name"}).content.decode()
    assert page.index("Nia Nolan") < page.index("Marcus Moor")
    assert "Bea Baker" not in page


def test_a_search_for_nonsense_finds_nobody_and_says_what_to_do(world: World, as_carys: Client) -> None:
    page = as_carys.get(people(world), {"q": "' OR 1=1 --", "sort": "__class__", "page": "x"})
    assert page.status_code == 200


def test_the_export_is_what_the_list_shows(world: World, as_carys: Client) -> None:
    url = reverse("export_people", args=[world.cohort.ref, "csv"])
    text = as_carys.get(url, {"side": "mentor"}).content.decode("utf-8-sig")
    assert "Maya Mentor" in text
    assert "Bea Baker" not in text


def test_no_cell_of_an_export_is_a_formula(world: World, as_carys: Client) -> None:
    rename_person(world.bea.person, name='=HYPERLINK("http://evil.example","x")', time_zone="Europe/London")
    csv = as_carys.get(reverse("export_people", args=[world.cohort.ref, "csv"])).content.decode("utf-8-sig")
    assert "\n=" not in csv
    assert '"=HYPER' not in csv
    book = openpyxl.load_workbook(
        io.BytesIO(as_carys.get(reverse("export_people", args=[world.cohort.ref, "xlsx"])).content)
    )
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)


def test_a_step_is_noted_for_several_at_once(world: World, as_carys: Client) -> None:
    set_rules(world, gates=["Induction done"])
    Participant.objects.update(state=ParticipantState.WAITING)
    chosen = [world.bea.ref, world.dai.ref]
    as_carys.post(reverse("people_gate", args=[world.cohort.ref]), {"gate": "induction-done", "selected": chosen})
    ready = Participant.objects.filter(state=ParticipantState.READY).values_list("ref", flat=True)
    assert sorted(ready) == sorted(chosen)


def test_what_is_known_of_somebody_can_be_corrected(world: World, as_carys: Client) -> None:
    url = reverse("participant", args=[world.maya.ref])
    as_carys.post(url, {"topics": "Pricing\nLeadership\nPricing", "capacity": "3", "sector": "Food", "about": "x"})
    world.maya.refresh_from_db()
    assert (world.maya.topic_labels, world.maya.capacity) == (["Pricing", "Leadership"], 3)


def test_a_wrong_number_is_refused_and_nothing_typed_is_lost(world: World, as_carys: Client) -> None:
    url = reverse("participant", args=[world.maya.ref])
    page = as_carys.post(url, {"topics": "Typed with care", "capacity": "many"}).content.decode()
    assert "Typed with care" in page
    world.maya.refresh_from_db()
    assert world.maya.capacity == 2


def test_leaving_can_be_undone(world: World, as_carys: Client) -> None:
    as_carys.post(reverse("participant_leave", args=[world.bea.ref]))
    world.bea.refresh_from_db()
    assert world.bea.state == ParticipantState.WITHDRAWN
    as_carys.post(reverse("participant_return", args=[world.bea.ref]))
    world.bea.refresh_from_db()
    assert world.bea.state == ParticipantState.READY


def test_the_list_asks_as_few_questions_for_six_people_as_for_one(
    world: World, as_carys: Client, django_assert_max_num_queries
) -> None:
    as_carys.get(people(world))
    with django_assert_max_num_queries(16):
        as_carys.get(people(world))
