"""Vic Volunteer, who becomes a mentor in the network of the cast. What Vic writes contains ``SECRET``.

Harbour runs here and has mentors apply; Quay and Elsewhere are listed, want mentors, and are asked by an enquiry.
"""

from typing import Any

from alongside.directory.actions import add_offering
from alongside.directory.models import Listing, Offering
from alongside.journeys import become_mentor as journey
from alongside.kernel import scope
from alongside.mentors.models import Approach, Profile
from alongside.mentors.queries import profile_of
from alongside.people.models import Person
from tests.applied import let_apply
from tests.enquired import list_organisation
from tests.paired import SECRET
from tests.world import NOW, World, person

SAID: dict[str, Any] = {
    "job_title": "Retired baker",
    "employer": f"Loaves {SECRET}",
    "place": "Swansea",
    "topics": ["finance", "sales"],
    "sectors": ["food"],
    "stages": [],
    "languages": ["en"],
    "how": "either",
    "max_km": 30,
    "availability": ["mon-am"],
    "about": f"Thirty years of ovens. {SECRET}",
}


def vic(world: World, *, shown: bool = False, capacity: int | None = 3, **said: Any) -> Profile:
    """Vic's profile, written or written again."""
    who = person("Vic Volunteer")
    told = {**SAID, **said}
    journey.write_profile(who, world.network, told, name="Vic Volunteer", capacity=capacity, shown=shown, at=NOW)
    found = profile_of(who)
    assert found is not None
    return found


def wanting(world: World) -> dict[str, Offering]:
    """What wants mentors: a programme that runs here with its door open, and two elsewhere."""
    let_apply(world, "mentor")
    listings = {
        "harbour": (list_organisation(world.harbour, topics=["finance"], runs_here=True), world.programme),
        "quay": (list_organisation(world.quay, topics=["sales"], email="hello@quay.example.org"), None),
        "elsewhere": (list_organisation(world.elsewhere, topics=["export"]), None),
    }
    return {name: _offering(listing, programme) for name, (listing, programme) in listings.items()}


def _offering(listing: Listing, programme: Any) -> Offering:
    with scope.everywhere("a test shows a programme"):
        return add_offering(
            listing,
            name=f"Mentors for {listing.name}",
            programme=programme,
            topics=listing.topics,
            wants_mentors=True,
            by=None,
            at=NOW,
        )


def offered(profile: Profile, *offerings: Offering) -> list[Approach]:
    """Vic offers help in these places, signed in, with nothing else in scope."""
    with scope.within(scope.Scope.of()):
        return journey.offer_help(profile, list(offerings), at=NOW)


def again(who: Person) -> Profile:
    found = profile_of(who)
    assert found is not None
    return found
