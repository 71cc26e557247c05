"""Visitors who ask: Rhodri Visitor writes to Harbour, which is listed; Quay and Elsewhere are listed as well.

What a visitor writes contains ``SECRET``; only whoever holds the enquiry, and the visitor, may ever read it.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from alongside.directory.actions import move_listing, write_listing
from alongside.directory.models import Listing
from alongside.enquiries.actions import Asked
from alongside.enquiries.models import Enquiry
from alongside.journeys import enquire as journey
from alongside.kernel import scope
from alongside.notifications.models import Email
from alongside.organisations.models import Organisation
from tests.paired import SECRET
from tests.world import NOW, World

RHODRI = Asked(
    name="Rhodri Visitor",
    email="rhodri@example.net",
    words=f"I sell bread and lose money on it. {SECRET}",
    side="mentee",
    topics=("finance", "sales"),
    sectors=("food",),
    place="Swansea",
    region="Wales",
    online=True,
    languages=("en",),
    may_pass_on=True,
)


def list_organisation(organisation: Organisation, *, at: datetime = NOW, **said: Any) -> Listing:
    """Put an organisation into the directory."""
    with scope.everywhere("a test lists an organisation"):
        listing = write_listing(organisation, by=None, at=at, **said)
        for move in ("send", "list"):
            move_listing(listing, move, by=None, at=at)
        return listing


def directory(world: World) -> dict[str, Listing]:
    """List all three organisations: Quay shares more with Rhodri than Elsewhere does."""
    return {
        "harbour": list_organisation(world.harbour, topics=["finance"], regions=["Wales"]),
        "quay": list_organisation(world.quay, topics=["finance", "sales"], online=True),
        "elsewhere": list_organisation(world.elsewhere, topics=["finance"], online=True),
    }


def begun(
    world: World, organisation: Organisation | None, *, at: datetime = NOW, trap: str = "", **said: Any
) -> Enquiry:
    """An enquiry that was sent and not confirmed."""
    with scope.everywhere("a test asks"):
        asked = replace(RHODRI, **said)
        return again(journey.enquire(asked, network=world.network, organisation=organisation, trap=trap, at=at))


def confirmed(world: World, organisation: Organisation | None, *, at: datetime = NOW, **said: Any) -> Enquiry:
    """An enquiry that waits for an answer."""
    with scope.everywhere("a test confirms"):
        return again(journey.confirm(begun(world, organisation, at=at, **said), at=at))


def again(enquiry: Enquiry) -> Enquiry:
    """The same enquiry, as it is in the database now."""
    with scope.everywhere("a test looks"):
        found: Enquiry = Enquiry.objects.select_related("organisation", "network").get(pk=enquiry.pk)
        return found


def current(enquiry: Enquiry) -> Enquiry:
    """Where the visitor's question is now."""
    with scope.everywhere("a test looks"):
        found: Enquiry = (
            Enquiry.objects.filter(thread=enquiry.thread).select_related("organisation", "network").latest("pk")
        )
        return found


def letters(kind: str) -> list[Email]:
    return list(Email.objects.filter(kind=kind).order_by("pk"))
