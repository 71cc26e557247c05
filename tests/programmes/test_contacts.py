from django.test import Client
from django.urls import reverse

from alongside.kernel import scope
from alongside.programmes import actions
from alongside.programmes.models import Participant, RegionalContact
from alongside.programmes.states import Side
from tests.world import NOW, World, person


def joined(world: World, name: str, **details: object) -> Participant:
    return actions.enter_participant(world.cohort, person(name), Side.MENTEE, by=world.carys, at=NOW, details=details)


def test_whoever_joins_gets_the_contact_of_where_they_are(world: World) -> None:
    with scope.within(world.harbour_scope):
        named = {"Wales": world.piotr, "North West": world.carys}
        actions.name_contacts(world.programme, named, also_now=False, by=world.carys, at=NOW)
        assert joined(world, "Wyn Wales", place="SA1").key_contact == world.piotr
        assert joined(world, "Lena Liverpool", place="Liverpool").key_contact == world.carys
        assert joined(world, "Sam Scotland", place="Glasgow").key_contact is None
        assert joined(world, "Nora Nowhere").key_contact is None


def test_a_contact_that_was_chosen_for_somebody_stays(world: World) -> None:
    with scope.within(world.harbour_scope):
        actions.name_contacts(world.programme, {"Wales": world.piotr}, also_now=False, by=world.carys, at=NOW)
        assert joined(world, "Wyn Wales", place="SA1", key_contact=world.carys).key_contact == world.carys


def test_those_who_take_part_already_get_it_only_where_that_is_wanted(world: World) -> None:
    with scope.within(world.harbour_scope):
        there = joined(world, "Wyn Wales", place="Swansea")
        for also_now, expected in ((False, None), (True, world.piotr)):
            actions.name_contacts(world.programme, {"Wales": world.piotr}, also_now=also_now, by=world.carys, at=NOW)
            there.refresh_from_db()
            assert there.key_contact == expected


def test_a_coordinator_names_them_on_a_page_and_only_of_those_who_run_it(world: World, as_carys: Client) -> None:
    url = reverse("name_contacts", args=[world.programme.ref])
    form = as_carys.get(url).context["form"]
    field = next(name for name, each in form.fields.items() if each.label == "Wales")
    as_carys.post(url, {field: world.piotr.ref})
    with scope.within(world.harbour_scope):
        assert [(row.region, row.person) for row in RegionalContact.objects.all()] == [("Wales", world.piotr)]
    page = as_carys.get(reverse("programme", args=[world.programme.ref])).content.decode()
    assert world.piotr.name in page
    assert as_carys.post(url, {field: world.olu.ref}).status_code == 200
    as_carys.post(url, {field: ""})
    with scope.within(world.harbour_scope):
        assert not RegionalContact.objects.exists()


def test_strangers_find_no_contacts(world: World, as_olu: Client) -> None:
    assert as_olu.get(reverse("name_contacts", args=[world.programme.ref])).status_code == 404
