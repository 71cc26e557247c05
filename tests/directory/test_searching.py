"""What is listed, as the search knows it."""

from datetime import timedelta

from alongside.directory import actions
from alongside.directory.models import Search
from alongside.directory.searching import index_now, note_search, offers_listed
from alongside.directory.states import LIFE, ListingState
from alongside.finding.need import Need, Spot
from alongside.finding.reading import understood
from tests.listed import list_organisation
from tests.world import LEAK, NOW, World


def names() -> list[str]:
    return [each.name for each in offers_listed()]


def test_an_organisation_is_found_from_the_moment_it_is_listed(world: World) -> None:
    listing = actions.write_listing(world.harbour, by=world.carys, at=NOW, topics=["finance"])
    assert names() == []
    actions.move_listing(listing, "send", by=world.carys, at=NOW)
    assert names() == []
    actions.move_listing(listing, "list", by=world.stella, at=NOW)
    assert names() == ["Harbour Enterprise"]


def test_it_is_found_no_more_once_it_is_taken_out(world: World) -> None:
    listing = list_organisation(world)
    assert len(index_now().offers) == 1
    actions.move_listing(listing, "hide", by=world.carys, at=NOW + timedelta(minutes=1))
    assert index_now().offers == []


def test_what_changes_is_found_as_it_is_now(world: World) -> None:
    listing = list_organisation(world)
    assert index_now().offers[0].topics == ("finance",)
    actions.change_listing(listing, {"topics": ["export"]}, by=world.carys, at=NOW + timedelta(minutes=1))
    assert index_now().offers[0].topics == ("export",)


def test_programmes_are_found_in_place_of_their_organisation_and_hidden_ones_are_not(world: World) -> None:
    listing = list_organisation(world)
    shown = actions.add_offering(listing, name="First Steps", by=world.carys, at=NOW, topics=["starting"])
    assert names() == ["First Steps"]
    actions.change_offering(shown, {"shown": False}, by=world.carys, at=NOW)
    assert names() == ["Harbour Enterprise"]


def test_the_name_of_a_programme_that_is_not_shown_is_nowhere(world: World) -> None:
    list_organisation(world)
    assert all(LEAK not in f"{each}" for each in index_now().offers)


def test_what_somebody_looked_for_is_kept_without_them_and_without_their_words(world: World) -> None:
    need = understood(f"my name is {LEAK} Jones, cash flow in my bakery", place="Swansea").need
    note_search(world.network, need, found=3, on=NOW.date())
    row = Search.objects.values().get()
    assert (row["topics"], row["sectors"], row["region"], row["found"]) == (["finance"], ["food"], "Wales", 3)
    assert LEAK.casefold() not in str(row).casefold()


def test_a_need_is_met_by_who_is_near_before_who_is_far(world: World) -> None:
    here = {"name": "Swansea", "latitude": 51.62, "longitude": -3.94, "km": 25}
    list_organisation(world, world.harbour, regions=[], around=[here], online=False)
    list_organisation(world, world.quay, regions=["Scotland"], online=False)
    swansea = Need(topics=("finance",), place=Spot("Swansea", "Wales", 51.62, -3.94))
    assert [each.offer.name for each in index_now().find(swansea).results] == ["Harbour Enterprise", "Quay Partners"]


def test_every_state_of_a_listing_can_be_left_again() -> None:
    assert all(LIFE.open_moves(state) for state in ListingState)
