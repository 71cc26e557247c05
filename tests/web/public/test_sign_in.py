import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from alongside.notifications.models import Email
from alongside.people.sign_in_links import make_sign_in_token
from tests.world import World


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def ask_for_a_code(client: Client, email: str) -> str:
    page = client.post("/account/login/", {"email": email}, follow=True)
    assert page.redirect_chain[-1][0].startswith("/account/login/code/")
    return str(page.content.decode())


def code_in(email: Email) -> str:
    found = re.search(r"code is (\S+)", email.subject)
    assert found
    return found[1]


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_one_email_brings_a_code_and_a_link(world: World, client: Client) -> None:
    ask_for_a_code(client, "Maya.Mentor@example.org")
    email = Email.objects.get(to__iexact="maya.mentor@example.org")
    assert "Hello Maya," in email.text
    assert code_in(email) in email.text
    assert code_in(email) in email.html
    links = re.findall(r"http://testserver(/sign-in/\S+/)", email.text)
    assert links
    assert links[0] in email.html


def test_the_code_signs_in(world: World, client: Client) -> None:
    ask_for_a_code(client, "maya.mentor@example.org")
    answer = client.post("/account/login/code/", {"code": code_in(Email.objects.get())})
    assert answer.headers["Location"] == "/home/"
    assert signed_in_as(client) == str(world.maya.person_id)


def test_the_page_does_not_say_whether_somebody_is_here(world: World, client: Client) -> None:
    def without_the_address(page: str, address: str) -> str:
        return re.sub(r'value="[^"]{30,}"|X-CSRFToken[^}]*', "", page.replace(address, "somebody"))

    known = ask_for_a_code(client, "maya.mentor@example.org")
    unknown = ask_for_a_code(Client(), "nobody@example.org")
    assert without_the_address(known, "maya.mentor@example.org") == without_the_address(unknown, "nobody@example.org")
    email = Email.objects.get(to="nobody@example.org")
    assert "Nobody is here with this address" in email.text
    assert "Nobody is here with this address" in email.html
    assert "sign-up" not in email.text


def test_the_sixth_wrong_code_is_refused_and_the_right_one_after_it(world: World, client: Client) -> None:
    ask_for_a_code(client, "maya.mentor@example.org")
    code = code_in(Email.objects.get())
    for _ in range(4):
        assert client.post("/account/login/code/", {"code": "WRONG"}).status_code == 200
    assert client.post("/account/login/code/", {"code": "WRONG"}).headers["Location"] == "/account/login/"
    for wrong_or_right in ("WRONG", code):
        answer = client.post("/account/login/code/", {"code": wrong_or_right})
        assert answer.headers["Location"].startswith("/account/login/")
    assert signed_in_as(client) is None


def test_codes_cannot_be_asked_for_without_end(world: World) -> None:
    for _ in range(3):
        ask_for_a_code(Client(), "maya.mentor@example.org")
    page = Client().post("/account/login/", {"email": "maya.mentor@example.org"})
    assert page.status_code == 200
    assert Email.objects.count() == 3


def test_after_signing_in_one_is_where_one_wanted_to_be(world: World, client: Client) -> None:
    page = client.post("/account/login/", {"email": "maya.mentor@example.org", "next": "/me/account/"}, follow=True)
    answer = client.post(page.redirect_chain[-1][0], {"code": code_in(Email.objects.get()), "next": "/me/account/"})
    assert answer.headers["Location"] == "/me/account/"


class TestByLink:
    def test_fetching_the_link_does_not_sign_in(self, world: World, client: Client) -> None:
        page = client.get(f"/sign-in/{make_sign_in_token(world.maya.person)}/")
        assert "Sign in as Maya Mentor" in page.content.decode()
        assert signed_in_as(client) is None

    def test_pressing_the_button_does_once(self, world: World, client: Client) -> None:
        url = f"/sign-in/{make_sign_in_token(world.maya.person)}/"
        assert client.post(url).headers["Location"] == "/home/"
        assert signed_in_as(client) == str(world.maya.person_id)
        second = Client()
        page = second.post(url, follow=True)
        assert "has been used or is too old" in page.content.decode()
        assert signed_in_as(second) is None

    @pytest.mark.parametrize("token", ["x", "a:b:c", "é"])
    def test_a_link_that_is_not_ours_leads_to_signing_in(self, world: World, client: Client, token: str) -> None:
        assert client.get(f"/sign-in/{token}/").headers["Location"] == "/account/login/"

    def test_somebody_who_left_for_good_cannot(self, world: World, client: Client) -> None:
        url = f"/sign-in/{make_sign_in_token(world.maya.person)}/"
        world.maya.person.is_active = False
        world.maya.person.save()
        client.post(url)
        assert signed_in_as(client) is None


@pytest.mark.parametrize(
    "url",
    ["password/change/", "password/reset/", "password/set/", "email/", "confirm-email/", "reauthenticate/"],
)
def test_pages_we_do_not_use_are_not_there(world: World, client: Client, url: str) -> None:
    assert client.get(f"/account/{url}").status_code == 404
    client.force_login(world.maya.person)
    assert client.get(f"/account/{url}").status_code == 404


@pytest.mark.parametrize("url", ["sign-in/", "passkeys/", "passkeys/add/"])
def test_passkeys_are_for_those_who_signed_in(world: World, client: Client, url: str) -> None:
    assert client.get(f"/account/{url}").headers["Location"].startswith("/account/login/?next=")
    client.force_login(world.maya.person)
    assert client.get(f"/account/{url}").status_code == 200


@pytest.mark.django_db
def test_nobody_can_make_an_account_without_a_programme(client: Client) -> None:
    assert "People join through a programme" in client.get("/account/signup/").content.decode()
    assert client.post("/account/signup/", {"email": "new@example.org"}).status_code == 405


def test_signing_out_needs_a_press(world: World, client: Client) -> None:
    client.force_login(world.maya.person)
    assert client.get("/account/logout/").status_code == 200
    assert signed_in_as(client)
    assert client.post("/account/logout/").headers["Location"] == "/"
    assert signed_in_as(client) is None
