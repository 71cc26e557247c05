"""What stewards see: what came to the network, the held pile, and of organisations counts and clocks alone."""

from datetime import timedelta

import pytest
from django.test import Client

from alongside.enquiries.models import Enquiry
from alongside.kernel import clock, scope
from alongside.organisations.actions import appoint_steward
from alongside.organisations.models import Network
from tests.enquired import again, begun, confirmed, current, directory, letters
from tests.paired import SECRET
from tests.world import NOW, World, person

LIST = "/network/enquiries/"


@pytest.fixture
def as_stella(world: World, client: Client) -> Client:
    client.force_login(world.stella)
    return client


@pytest.fixture
def as_another(world: World) -> Client:
    """The steward of another network."""
    browser, ned = Client(), person("Ned Neighbour")
    appoint_steward(ned, Network.objects.create(name="Another land"))
    browser.force_login(ned)
    return browser


def test_what_came_to_the_network_is_answered_there(world: World, as_stella: Client) -> None:
    asked = confirmed(world, None)
    assert letters("new_enquiry")[0].to == world.stella.email
    assert "Rhodri Visitor" in as_stella.get(LIST).content.decode()
    path = f"/network/enquiries/{asked.ref}/"
    assert SECRET in as_stella.get(path).content.decode()
    as_stella.post(path, {"do": "answer", "text": "Ask Quay."})
    assert again(asked).state == "answered"


def test_a_steward_passes_it_on(world: World, as_stella: Client) -> None:
    directory(world)
    asked = confirmed(world, None)
    path = f"/network/enquiries/{asked.ref}/"
    as_stella.post(path, {"do": "pass_on", "to": world.quay.ref})
    assert current(asked).organisation == world.quay
    assert SECRET not in as_stella.get(path).content.decode()


def test_of_what_organisations_hold_there_are_counts_and_clocks(world: World, as_stella: Client) -> None:
    asked = confirmed(world, world.harbour)
    with clock.stopped(NOW + timedelta(days=5)):
        page = as_stella.get(LIST).content.decode()
    assert "Waiting: fewer than 5; the oldest for 5 days" in page
    for word in (SECRET, "Rhodri"):
        assert word not in page
    assert as_stella.get(f"/network/enquiries/{asked.ref}/").status_code == 404


def test_not_even_the_scope_of_a_steward_reads_what_organisations_hold(world: World) -> None:
    confirmed(world, world.harbour)
    with scope.within(scope.Scope.of(organisations=[world.harbour.pk], networks=[world.network.pk])):
        assert not Enquiry.objects.exists()


def test_coordinators_and_other_stewards_read_nothing_of_it(world: World, as_olu: Client, as_another: Client) -> None:
    asked, held = confirmed(world, None), begun(world, None, trap="x", email="t@example.net", words="t")
    for path in (LIST, f"/network/enquiries/{asked.ref}/", f"/network/held/{held.ref}/"):
        assert as_olu.get(path).status_code in {404, 405}
        assert Client().get(path).status_code in {302, 405}
        answer = as_another.get(path)
        assert answer.status_code in {200, 404, 405}
        assert "Rhodri" not in answer.content.decode()
    for stranger in (as_olu, as_another):
        assert stranger.post(f"/network/held/{held.ref}/", {"do": "release"}).status_code == 404
    assert again(held).state == "held"


def test_what_was_held_is_let_through_or_thrown_away(world: World, as_stella: Client) -> None:
    kept, gone = (begun(world, world.harbour, trap="x", email=f"{n}@example.net", words=f"{n}") for n in "ab")
    assert as_stella.get(LIST).content.decode().count("A field that people do not see") == 2
    as_stella.post(f"/network/held/{kept.ref}/", {"do": "release"})
    as_stella.post(f"/network/held/{gone.ref}/", {"do": "dismiss"})
    assert (again(kept).state, again(gone).state, again(gone).words) == ("unconfirmed", "lapsed", "")
    assert [each.to for each in letters("confirm_enquiry")] == ["a@example.net"]
    assert as_stella.post(f"/network/held/{gone.ref}/", {"do": "release"}).status_code == 404


def test_what_was_held_cannot_be_read_by_whom_it_is_for(world: World, as_carys: Client) -> None:
    held = begun(world, world.harbour, trap="x")
    assert as_carys.get(f"/enquiries/{held.ref}/").status_code == 404
