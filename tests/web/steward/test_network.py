import pytest
from django.test import Client

from alongside.kernel import scope
from alongside.organisations.actions import found_organisation
from alongside.organisations.models import Network
from tests.queries import queries_of
from tests.world import World


@pytest.fixture
def as_stella(world: World, client: Client) -> Client:
    client.force_login(world.stella)
    return client


def test_a_steward_sees_organisations_in_figures(world: World, as_stella: Client) -> None:
    page = as_stella.get("/network/").content.decode()
    for name in ("Home Nations Mentoring", "Harbour Enterprise", "Quay Partners", "Elsewhere Trust"):
        assert name in page
    assert "fewer than 5" in page


def test_a_steward_sees_no_names_of_people_and_nothing_inside_programmes(world: World, as_stella: Client) -> None:
    page = as_stella.get("/network/").content.decode()
    assert not [each.person.name for each in (*world.mentees, *world.mentors) if each.person.name in page]
    assert "LEAK" not in page


def test_only_stewards_come_here(world: World, as_olu: Client, client: Client) -> None:
    assert as_olu.get("/network/").status_code == 404
    assert client.get("/network/").status_code == 302


def test_another_network_is_not_shown(world: World, as_stella: Client) -> None:
    found_organisation(Network.objects.create(name="Another land"), name="Far Away Mentoring")
    assert "Far Away" not in as_stella.get("/network/").content.decode()


def test_more_organisations_take_no_more_queries(world: World, as_stella: Client) -> None:
    few = queries_of(as_stella, "/network/")
    with scope.everywhere("more organisations"):
        for number in range(3):
            found_organisation(world.network, name=f"Organisation {number}")
    assert queries_of(as_stella, "/network/") == few
