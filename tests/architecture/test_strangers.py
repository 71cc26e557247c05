"""The coordinator of another organisation meets 404 at every door, and so does everybody else who is not meant."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.applications import actions as applications
from alongside.journeys.offer_mentors import offer_board
from alongside.journeys.pool import pool_of
from alongside.matching import board
from alongside.matching.sendings import start_sending
from alongside.mentorships.actions import start_mentorship
from alongside.programmes.states import Side
from tests.architecture.addresses import Address, addresses
from tests.world import LEAK, NOW, World

GATED = [
    a for a in addresses() if re.search(r"<|\(\?P", a.pattern) and (a.access == "coordinator" or "/api/" in a.pattern)
]
API = [a for a in GATED if a.pattern.startswith("/api/")]


@pytest.fixture
def refs(world: World) -> list[str]:
    """The public names of one of everything that Harbour Enterprise has."""
    file = SimpleUploadedFile("mentees.csv", f"Name,Email\n{LEAK},leak@example.org\n".encode())
    dropped = applications.drop_file(world.cohort, file, side=Side.MENTEE, by=world.carys, at=NOW)
    matching = board.start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=NOW)
    assert matching.current is not None
    sending, _ = start_sending(matching.current, total=3, by=world.carys, at=NOW)
    offer = offer_board(matching.current, pool_of(world.cohort), by=world.carys, at=NOW)[0]
    mentorship = start_mentorship(mentor=world.maya, mentee=world.bea, first_meeting_at=None, by=None, at=NOW)
    things: list[Any] = [
        world.programme,
        world.cohort,
        world.bea,
        world.maya,
        dropped,
        matching,
        matching.current,
        sending,
        offer,
    ]
    return [thing.ref for thing in [*things, mentorship]]


def _filled_in(address: Address, ref: str) -> str:
    """Return the address with ``ref`` wherever it wants a name, and something that fits elsewhere."""
    path = re.sub(r"[\^$]", "", address.pattern).replace("\\.", ".").replace("(?P<kind>csv|xlsx)", "csv")
    path = re.sub(r"\(\?P<\w+>[^)]*\)", ref, path)
    path = re.sub(r"<int:\w+>", "1", path)
    return re.sub(r"[<{](?:\w+:)?\w+[>}]", ref, path)


def _opened(client: Client, address: Address, ref: str) -> list[Any]:
    path = _filled_in(address, ref)
    return [client.get(path), client.post(path, {"do": "lock", "mentee": ref, "mentor": ref})]


@pytest.mark.parametrize("address", GATED, ids=lambda address: address.pattern)
def test_the_coordinator_of_another_organisation_gets_404(
    world: World, refs: list[str], as_olu: Client, address: Address
) -> None:
    for ref in refs:
        for response in _opened(as_olu, address, ref):
            assert response.status_code in {404, 405}, (address.pattern, response.status_code)
            assert LEAK not in response.content.decode()


@pytest.mark.parametrize("address", GATED, ids=lambda address: address.pattern)
def test_a_mentor_of_the_programme_cannot_open_the_coordinators_doors(
    world: World, refs: list[str], client: Client, address: Address
) -> None:
    client.force_login(world.maya.person)
    for ref in refs:
        for response in _opened(client, address, ref):
            assert response.status_code in {404, 405}, (address.pattern, response.status_code)


@pytest.mark.parametrize("address", GATED, ids=lambda address: address.pattern)
def test_somebody_who_has_not_signed_in_sees_nothing(
    world: World, refs: list[str], client: Client, address: Address
) -> None:
    for response in _opened(client, address, refs[0]):
        assert response.status_code in {302, 401, 404, 405}
        assert LEAK not in response.content.decode()


@pytest.mark.parametrize("address", [a for a in GATED if a not in API], ids=lambda address: address.pattern)
def test_each_of_these_doors_opens_for_the_coordinator_herself(
    world: World, refs: list[str], as_carys: Client, address: Address
) -> None:
    """Without this the others could pass because nothing is there."""
    found = [response.status_code for ref in refs for response in _opened(as_carys, address, ref)]
    assert {200, 302} & set(found), (address.pattern, found)


@pytest.mark.parametrize("address", API, ids=lambda address: address.pattern)
def test_each_route_of_the_api_answers_the_coordinator_herself(
    world: World, refs: list[str], as_carys: Client, address: Address
) -> None:
    assert 200 in [as_carys.get(_filled_in(address, ref)).status_code for ref in refs]


def test_a_partners_coordinator_runs_the_shared_programme(world: World, client: Client) -> None:
    client.force_login(world.piotr)
    assert client.get(f"/cohorts/{world.cohort.ref}/").status_code == 200
