import pytest
from playwright.sync_api import Page, expect

from alongside.notifications.models import Email
from tests.e2e.conftest import OpenPage, SignIn
from tests.world import World

pytestmark = pytest.mark.browser


def with_authenticator(page: Page) -> Page:
    """Give the page's browser a device that knows its owner."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def add_passkey(page: Page) -> None:
    page.goto("/account/sign-in/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("A name for it").fill("work laptop")
    page.get_by_role("button", name="Add a passkey").click()


def test_a_passkey_is_added_and_signs_in(live_world: World, open_page: OpenPage, as_person: SignIn) -> None:
    page = with_authenticator(as_person(open_page(), live_world.maya.person))
    add_passkey(page)
    expect(page.get_by_text("1 passkey")).to_be_visible()
    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/me/")
    expect(page.get_by_role("heading", name="Hello Maya")).to_be_visible()


def test_a_passkey_can_be_removed_by_its_owner(live_world: World, open_page: OpenPage, as_person: SignIn) -> None:
    page = with_authenticator(as_person(open_page(), live_world.maya.person))
    add_passkey(page)
    page.get_by_role("link", name="Manage Passkeys").click()
    page.get_by_role("link", name="Remove work laptop").click()
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_role("heading", name="No passkeys yet")).to_be_visible()


def test_who_has_a_passkey_still_signs_in_by_email(live_world: World, open_page: OpenPage, as_person: SignIn) -> None:
    add_passkey(with_authenticator(as_person(open_page(), live_world.maya.person)))

    other = open_page(scripts=False)
    other.goto("/account/login/")
    other.get_by_label("Email address").fill("maya.mentor@example.org")
    other.get_by_role("button", name="Email me a code").click()
    code = Email.objects.get(kind="sign_in").subject.split()[-1]
    other.get_by_label("Code from the email").fill(code)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", name="Hello Maya")).to_be_visible()
