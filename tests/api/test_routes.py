from django.test import Client

from alongside.journeys.pool import pool_of
from alongside.matching.board import start_matching
from alongside.programmes.actions import keep_sensitive_answer
from tests.world import NOW, World


def test_a_coordinator_reads_her_programmes_and_nobody_elses(world: World, as_carys: Client) -> None:
    programmes = as_carys.get("/api/v1/programmes").json()
    assert [each["name"] for each in programmes] == [world.programme.name]
    assert programmes[0]["cohorts"][0]["ref"] == world.cohort.ref


def test_sensitive_answers_never_leave_by_the_api(world: World, as_carys: Client) -> None:
    keep_sensitive_answer(
        world.bea, category="belief", question="Religion?", answer="LEAK-belief", basis="asked", by=world.carys, at=NOW
    )
    for path in (f"cohorts/{world.cohort.ref}/participants", f"participants/{world.bea.ref}"):
        response = as_carys.get(f"/api/v1/{path}")
        assert response.status_code == 200
        assert "LEAK-belief" not in response.content.decode()


def test_the_matching_comes_with_its_proof(world: World, as_carys: Client) -> None:
    start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=NOW)
    matching = as_carys.get(f"/api/v1/cohorts/{world.cohort.ref}/matching").json()
    assert matching["placed"] == len(matching["pairs"]) == 3
    assert matching["value"] == matching["bound"]


def test_who_has_not_signed_in_is_told_to(world: World, client: Client) -> None:
    assert client.get("/api/v1/programmes").status_code == 401
