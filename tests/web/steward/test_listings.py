"""What stewards decide about the directory."""

import pytest
from django.test import Client

from alongside.directory import actions
from alongside.directory.models import Listing
from alongside.directory.states import ListingState
from alongside.kernel import scope
from alongside.notifications.models import Email
from alongside.organisations.actions import appoint_steward
from alongside.organisations.models import Network
from tests.listed import SAID, list_organisation
from tests.world import NOW, World, person


@pytest.fixture
def as_stella(world: World) -> Client:
    client = Client()
    client.force_login(world.stella)
    return client


def waiting(world: World) -> Listing:
    with scope.within(world.harbour_scope):
        listing = actions.write_listing(world.harbour, by=world.carys, at=NOW, **SAID)
        actions.move_listing(listing, "send", by=world.carys, at=NOW)
    return listing


def state(listing: Listing) -> str:
    return str(Listing.unscoped.get(pk=listing.pk).state)


def test_a_page_that_waits_is_put_in_by_one_click(world: World, as_stella: Client) -> None:
    listing = waiting(world)
    as_stella.post(f"/network/listings/{listing.ref}/", {"move": "list"})
    assert state(listing) == ListingState.LISTED
    assert Email.objects.filter(kind="tell_listed", to=world.carys.email).count() == 1


def test_a_page_is_sent_back_with_words_and_never_without(world: World, as_stella: Client) -> None:
    listing = waiting(world)
    page = as_stella.post(f"/network/listings/{listing.ref}/", {"move": "send_back"}, follow=True).content.decode()
    assert "Say what should be changed" in page
    assert state(listing) == ListingState.WAITING
    as_stella.post(f"/network/listings/{listing.ref}/", {"move": "send_back", "words": "Say for whom it is."})
    assert state(listing) == ListingState.DRAFT
    assert "Say for whom it is." in Email.objects.get(kind="tell_sent_back").text


def test_what_is_suspended_is_out_until_it_is_reinstated(world: World, as_stella: Client) -> None:
    listing = list_organisation(world)
    as_stella.post(f"/network/listings/{listing.ref}/", {"move": "suspend", "words": "Nobody answers."})
    assert Client().get("/organisations/harbour-enterprise/").status_code == 404
    as_stella.post(f"/network/listings/{listing.ref}/", {"move": "reinstate"})
    assert Client().get("/organisations/harbour-enterprise/").status_code == 200


def test_the_steward_of_another_network_sees_none_of_it(world: World) -> None:
    listing = waiting(world)
    other = person("Otto Other")
    appoint_steward(other, Network.objects.create(name="Elsewhere Network"))
    client = Client()
    client.force_login(other)
    assert "Harbour" not in client.get("/network/listings/").content.decode()
    assert client.get(f"/network/listings/{listing.ref}/").status_code == 404
    assert client.post(f"/network/listings/{listing.ref}/", {"move": "list"}).status_code == 404
    assert state(listing) == ListingState.WAITING


def test_who_is_no_steward_gets_nowhere(world: World, as_carys: Client) -> None:
    listing = waiting(world)
    assert as_carys.get("/network/listings/").status_code == 404
    assert as_carys.post(f"/network/listings/{listing.ref}/", {"move": "list"}).status_code == 404
