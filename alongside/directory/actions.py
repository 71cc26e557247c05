from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from alongside.audit.actions import record
from alongside.directory.models import Claim, Listing, Offering
from alongside.directory.states import CLAIMS, LIFE, ClaimState
from alongside.finding.offers import Standing
from alongside.kernel.lifecycle import make_move
from alongside.organisations.models import Organisation
from alongside.people.models import Person
from alongside.programmes.models import Programme


@transaction.atomic
def write_listing(organisation: Organisation, *, by: Person | None, at: datetime, **said: Any) -> Listing:
    """Begin the listing of an organisation: a draft that nobody else sees."""
    listing: Listing = Listing.objects.create(
        organisation=organisation, network=organisation.network, slug=_free_slug(organisation), changed_at=at, **said
    )
    record("began_listing", listing, by=by, at=at)
    return listing


@transaction.atomic
def change_listing(listing: Listing, said: Mapping[str, Any], *, by: Person | None, at: datetime) -> None:
    """Save what is said in a listing, of the fields that are named."""
    for field, value in said.items():
        setattr(listing, field, value)
    listing.changed_at = at
    listing.save(update_fields=[*said, "changed_at"])
    record("changed_listing", listing, by=by, at=at, fields=sorted(said))


@transaction.atomic
def move_listing(listing: Listing, move: str, *, by: Person | None, at: datetime) -> None:
    """Make a move of a listing's life: send, list, send_back, hide, show_again, suspend, reinstate.

    :raises MoveNotAllowed: if it cannot be made from where the listing is.
    """
    make_move(listing, LIFE, move, changed_at=at)
    record(f"listing_{move}", listing, by=by, at=at)


@transaction.atomic
def set_standing(
    listing: Listing,
    standing: Standing,
    *,
    since: date,
    until: date | None,
    by: Person | None,
    at: datetime,
) -> None:
    """Say in a listing what its last assessment came to, and until when that holds."""
    listing.standing, listing.standing_since, listing.standing_until = standing.value, since, until
    listing.changed_at = at
    listing.save(update_fields=["standing", "standing_since", "standing_until", "changed_at"])
    record("set_standing", listing, by=by, at=at, standing=standing.value)


@transaction.atomic
def add_offering(
    listing: Listing, *, name: str, programme: Programme | None = None, by: Person | None, at: datetime, **said: Any
) -> Offering:
    """Show one more programme in a listing."""
    offering: Offering = Offering.objects.create(
        organisation_id=listing.organisation_id, listing=listing, name=name, programme=programme, **said
    )
    _touched(listing, at)
    record("added_offering", offering, by=by, at=at)
    return offering


@transaction.atomic
def change_offering(offering: Offering, said: Mapping[str, Any], *, by: Person | None, at: datetime) -> None:
    """Save what is said of a programme in a listing, of the fields that are named."""
    for field, value in said.items():
        setattr(offering, field, value)
    offering.save(update_fields=list(said))
    _touched(offering.listing, at)
    record("changed_offering", offering, by=by, at=at, fields=sorted(said))


def _touched(listing: Listing, at: datetime) -> None:
    listing.changed_at = at
    listing.save(update_fields=["changed_at"])


def _free_slug(organisation: Organisation) -> str:
    """Return the organisation's name as an address has it, with a number where another has the same."""
    base = slugify(organisation.name, allow_unicode=False)[:70] or organisation.ref
    taken = set(Listing.unscoped.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in _numbered(base, len(taken) + 1) if slug not in taken)


def _numbered(base: str, most: int) -> list[str]:
    return [base, *(f"{base}-{number}" for number in range(2, most + 2))]


def keep_measured(
    listing: Listing,
    measured: Mapping[str, Any],
    *,
    places: Mapping[Offering, tuple[int, int]],
    at: datetime,
) -> None:
    """Keep what was counted for a listing: of each of its programmes, free places and mentees who wait."""
    listing.measured, listing.measured_at = dict(measured), at
    listing.save(update_fields=["measured", "measured_at"])
    for offering, (free, waiting) in places.items():
        offering.free_places, offering.waiting = free, waiting
        offering.save(update_fields=["free_places", "waiting"])


@transaction.atomic
def claim_listing(listing: Listing, *, name: str, email: str, words: str, at: datetime) -> Claim:
    """Keep that somebody says a listing is of their organisation; saying so twice is one claim."""
    claim: Claim
    claim, begun = Claim.objects.get_or_create(
        listing=listing,
        email=email,
        state=ClaimState.WAITING,
        defaults={"organisation_id": listing.organisation_id, "name": name, "words": words, "claimed_at": at},
    )
    if begun:
        record("claimed_listing", claim, by=None, at=at)
    return claim


@transaction.atomic
def decide_claim(claim: Claim, move: str, *, by: Person, at: datetime) -> None:
    """Accept or decline a claim.

    :raises MoveNotAllowed: if it was decided.
    """
    make_move(claim, CLAIMS, move, decided_at=at)
    record(f"claim_{move}", claim, by=by, at=at)
