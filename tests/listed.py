"""Organisations of the cast in the directory."""

from typing import Any

from alongside.directory import actions
from alongside.directory.models import Listing
from alongside.kernel import scope
from alongside.organisations.models import Organisation
from tests.world import NOW, World

SAID: dict[str, Any] = {
    "summary": "A mentor beside you for cash flow.",
    "topics": ["finance"],
    "in_person": True,
    "online": True,
    "regions": ["North West"],
    "email": "hello@harbour.example.org",
}


def list_organisation(world: World, organisation: Organisation | None = None, **said: Any) -> Listing:
    """Put an organisation of the cast, Harbour where none is named, into the directory."""
    owner = organisation or world.harbour
    with scope.within(scope.Scope.of(organisations=[owner.pk])):
        listing = actions.write_listing(owner, by=None, at=NOW, **{**SAID, **said})
        actions.move_listing(listing, "send", by=None, at=NOW)
        actions.move_listing(listing, "list", by=world.stella, at=NOW)
    return listing
