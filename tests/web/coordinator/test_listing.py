"""An organisation's page in the directory, as its coordinators write it."""

import pytest
from django.test import Client

from alongside.directory.models import Listing, Offering
from alongside.directory.states import ListingState
from tests.listed import list_organisation
from tests.world import LEAK, World

WHERE = {"ways": ["in_person", "online"], "cost": "free"}


def listing(world: World) -> Listing:
    return Listing.unscoped.get(organisation=world.harbour)


def test_a_coordinator_without_a_page_is_asked_to_write_one(world: World, as_carys: Client) -> None:
    assert "Write its page" in as_carys.get("/listings/").content.decode()
    there = as_carys.post("/listings/", {"organisation": world.harbour.ref}).headers["Location"]
    assert "to be written" in as_carys.get(there).content.decode()


def test_a_page_that_says_too_little_is_not_sent_and_says_what_is_lacking(world: World, as_carys: Client) -> None:
    there = as_carys.post("/listings/", {"organisation": world.harbour.ref}).headers["Location"]
    page = as_carys.post(f"{there}move/", {"move": "send"}, follow=True).content.decode()
    assert "Say in a sentence what you do." in page
    assert listing(world).state == ListingState.DRAFT


@pytest.mark.parametrize(
    ("towns", "said"),
    [("Nowhereville", "We do not know"), ("Hexham, 900", "between 1 and 300"), ("Hexham, 0", "between 1 and 300")],
)
def test_a_town_that_cannot_be_is_said_and_nothing_typed_is_lost(
    world: World, as_carys: Client, towns: str, said: str
) -> None:
    list_organisation(world)
    page = as_carys.post(f"/listings/{listing(world).ref}/where/", {**WHERE, "towns": towns}).content.decode()
    assert said in page
    assert towns in page


def test_towns_are_kept_with_how_far_around_them(world: World, as_carys: Client) -> None:
    list_organisation(world)
    as_carys.post(f"/listings/{listing(world).ref}/where/", {**WHERE, "towns": "Hexham, 40\nSwansea"})
    assert [(each["name"], each["km"]) for each in listing(world).around] == [("Hexham", 40), ("Swansea", 25)]
    assert "Hexham, 40" in as_carys.get(f"/listings/{listing(world).ref}/where/").content.decode()


def test_a_programme_that_runs_here_makes_figures_measured(world: World, as_carys: Client) -> None:
    list_organisation(world)
    told = {"programme": world.programme.ref, "name": "First Steps", "topics": ["finance"], "shown": "on", **WHERE}
    as_carys.post(f"/listings/{listing(world).ref}/programmes/add/", told)
    assert listing(world).runs_here
    assert Offering.unscoped.get().programme_id == world.programme.pk


def test_two_programmes_of_one_name_are_refused_in_words(world: World, as_carys: Client) -> None:
    list_organisation(world)
    told = {"name": "First Steps", "topics": ["finance"], "shown": "on", **WHERE}
    as_carys.post(f"/listings/{listing(world).ref}/programmes/add/", told)
    page = as_carys.post(f"/listings/{listing(world).ref}/programmes/add/", told).content.decode()
    assert "Give this one another" in page
    assert Offering.unscoped.count() == 1


def test_a_page_can_be_taken_out_and_put_back(world: World, as_carys: Client, client: Client) -> None:
    list_organisation(world)
    for move, status in (("hide", 404), ("show_again", 200)):
        as_carys.post(f"/listings/{listing(world).ref}/move/", {"move": move})
        assert Client().get("/organisations/harbour-enterprise/").status_code == status


@pytest.mark.parametrize("move", ["list", "suspend", "reinstate", "nonsense", ""])
def test_what_is_a_stewards_to_decide_is_not_the_organisations(world: World, as_carys: Client, move: str) -> None:
    list_organisation(world)
    page = as_carys.post(f"/listings/{listing(world).ref}/move/", {"move": move}, follow=True).content.decode()
    assert "Choose one of the buttons" in page
    assert listing(world).state == ListingState.LISTED


def test_the_coordinator_of_another_organisation_cannot_touch_it(world: World, as_olu: Client) -> None:
    list_organisation(world, summary=f"{LEAK} of ours")
    ref = listing(world).ref
    assert as_olu.post("/listings/", {"organisation": world.harbour.ref}).status_code == 404
    for path in ("", "about/", "for-whom/", "where/", "programmes/add/"):
        assert as_olu.get(f"/listings/{ref}/{path}").status_code == 404
    assert as_olu.post(f"/listings/{ref}/move/", {"move": "hide"}).status_code == 404
    assert listing(world).state == ListingState.LISTED
