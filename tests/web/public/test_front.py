import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.asked import offer
from tests.world import World

KINDS = ["mentee", "mentor", "coordinator", "steward"]


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/", "/help/", "/accessibility/"])
def test_everybody_can_read_the_public_pages(client: Client, url: str) -> None:
    page = client.get(url)
    assert page.status_code == 200
    assert "Try it as" not in page.content.decode()


@pytest.mark.parametrize("url", ["/", "/help/", "/accessibility/"])
def test_a_stranger_learns_nothing_on_them(world: World, as_olu: Client, url: str) -> None:
    assert "LEAK" not in as_olu.get(url).content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_the_demonstration_signs_in_somebody_of_each_kind(
    world: World, client: Client, settings: Settings, kind: str
) -> None:
    settings.DEMONSTRATION = True
    assert f"/demonstration/{kind}/" in client.get("/").content.decode()
    assert client.post(f"/demonstration/{kind}/").headers["Location"] == "/home/"
    assert client.get("/home/").status_code == 302


def test_the_demonstration_prefers_somebody_with_something_to_do(
    world: World, client: Client, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    offer(world.farah, world.nia)
    client.get("/demonstration/mentee/")
    assert client.session["_auth_user_id"] == str(world.farah.person_id)


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_gets_in_that_way_anywhere_else(world: World, client: Client, kind: str) -> None:
    assert client.post(f"/demonstration/{kind}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_there_is_no_fifth_kind(world: World, client: Client, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    assert client.get("/demonstration/owner/").status_code == 404


@pytest.mark.django_db
class TestTheme:
    def test_it_is_remembered(self, client: Client) -> None:
        answer = client.post("/theme/", {"theme": "dark", "next": "/help/"})
        assert answer.headers["Location"] == "/help/"
        assert 'data-theme="dark"' in client.get("/help/").content.decode()

    def test_the_device_decides_again(self, client: Client) -> None:
        client.post("/theme/", {"theme": "dark"})
        client.post("/theme/", {"theme": ""})
        assert "data-theme" not in client.get("/help/").content.decode()

    @pytest.mark.parametrize(
        "back",
        [
            "https://evil.example.org/",
            "//evil.example.org",
            "/\\evil.example.org",
            "javascript:alert(1)",
            "no-such-page",
            "help/",
        ],
    )
    def test_it_leads_nowhere_else(self, client: Client, back: str) -> None:
        assert client.post("/theme/", {"theme": "dark", "next": back}).headers["Location"] == "/"

    def test_fetching_it_changes_nothing(self, client: Client) -> None:
        assert client.get("/theme/").status_code == 405

    def test_what_is_no_theme_is_not_kept(self, client: Client) -> None:
        client.post("/theme/", {"theme": '"><script>'})
        assert "data-theme" not in client.get("/help/").content.decode()
