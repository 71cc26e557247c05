"""Every address says who may open it."""

from alongside.api.v1.api import api
from tests.architecture.addresses import addresses

KNOWN = {"public", "signed_link", "signed_in", "coordinator", "steward", "safeguarding_lead", "assessor"}

# Views of libraries, which check for themselves; each with the reason why it may stand here.
LIBRARIES = {
    "account_login": "django-allauth: asking for a code by email",
    "account_confirm_login_code": "django-allauth: entering the code",
    "account_logout": "django-allauth: signing out",
    "mfa_index": "django-allauth: the list of ways to sign in",
    "mfa_list_webauthn": "django-allauth: one's own passkeys",
    "mfa_add_webauthn": "django-allauth: adding one's own passkey",
    "mfa_remove_webauthn": "django-allauth: removing one's own passkey",
    "mfa_reauthenticate_webauthn": "django-allauth: saying again who you are, by passkey",
    "mfa_login_webauthn": "django-allauth: signing in by passkey",
}


def test_no_two_views_answer_to_one_name() -> None:
    """A link to one of them would lead to the other. The kinds of one file may share a view and its name."""
    views: dict[str, set[object]] = {}
    for address in addresses():
        if address.name and not address.pattern.startswith("/api/"):
            views.setdefault(address.name, set()).add(address.view)
    assert [name for name, answering in views.items() if len(answering) > 1] == []


def test_every_address_says_who_may_open_it() -> None:
    silent = {a.name for a in addresses() if a.access not in KNOWN and not a.pattern.startswith("/api/")}
    assert silent - set(LIBRARIES) == set()


def test_no_library_view_stands_in_the_list_without_being_there() -> None:
    assert set(LIBRARIES) - {address.name for address in addresses()} == set()


def test_every_route_of_the_api_says_who_may_call_it() -> None:
    routes = [
        operation
        for _, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    ]
    assert routes
    for operation in routes:
        assert operation.view_func.access == "coordinator", operation.view_func.__name__  # type: ignore[attr-defined]
