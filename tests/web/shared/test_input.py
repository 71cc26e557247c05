import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.world import World

NUL = "\x00"


@pytest.mark.parametrize(
    "path", ["/cohorts/%00/", "/people/a%00b/", "/api/v1/cohorts/%00", "/queue/?page=%00", "/answer/%00/", "/?%00=1"]
)
def test_an_address_with_a_nul_is_a_bad_request(world: World, as_carys: Client, path: str) -> None:
    assert as_carys.get(path).status_code == 400


def test_so_is_a_form_with_one(world: World, as_carys: Client) -> None:
    url = reverse("people_gate", args=[world.cohort.ref])
    assert as_carys.post(url, {"gate": "Induction", "selected": [world.bea.ref, NUL]}).status_code == 400


@pytest.mark.django_db
def test_and_a_cookie(client: Client) -> None:
    client.cookies["sessionid"] = f"abcdefgh{NUL}"
    assert client.get("/").status_code == 400


@pytest.mark.django_db
def test_a_request_for_another_host_is_refused_in_words(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    answer = client.get("/account/login/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "We could not read that" in answer.content.decode()
    assert "evil.example" not in answer.content.decode()
