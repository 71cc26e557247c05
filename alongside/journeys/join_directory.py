"""The way of an organisation into the directory: from an address that was confirmed to a page that everybody sees."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.directory import actions
from alongside.directory.joining_links import Claiming, Joining
from alongside.directory.models import Claim, Listing
from alongside.directory.queries import listed
from alongside.journeys import directory_emails as emails
from alongside.kernel import scope
from alongside.kernel.links import BadLink
from alongside.notifications.models import Email
from alongside.organisations.actions import appoint_coordinator, found_organisation
from alongside.organisations.models import Network, Organisation
from alongside.organisations.queries import coordinators_of
from alongside.people.actions import find_or_create_person
from alongside.people.models import Person

MOST_LETTERS, WITHIN = 3, timedelta(hours=1)
"""How often an address is written to that nobody has confirmed: anybody can type anybody's."""


class NameTaken(ValueError):
    """Say that an organisation of this name is in the network already."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is in this network already. If it is yours, open its page in the directory and say so there."
        )


class NotComplete(ValueError):
    """Say what a listing lacks before it can be sent."""


def ask_to_join(network: Network, *, organisation: str, name: str, email: str, at: datetime) -> None:
    """Send somebody the link with which they begin, three times an hour at most. Nothing is kept before they use it.

    :raises NameTaken: if the network has an organisation of this name.
    """
    _must_be_new(network, organisation)
    joining = Joining(network.ref, organisation, name, email.strip().lower())
    if _may_be_sent("confirm_joining", joining.email, at):
        emails.confirm_joining(joining, network, at=at)


@transaction.atomic
def join(joining: Joining, *, at: datetime) -> tuple[Person, Listing]:
    """Found the organisation that somebody confirmed, with them as its coordinator and a listing to be written.

    Doing it twice with one link leads to the same listing.

    :raises BadLink: if the network is gone.
    :raises NameTaken: if somebody else's organisation took the name meanwhile.
    """
    network = Network.objects.filter(ref=joining.network).first()
    if network is None:
        raise BadLink
    person = find_or_create_person(email=joining.email, name=joining.name, at=at)
    organisation = Organisation.objects.filter(network=network, name__iexact=joining.organisation).first()
    if organisation is None:
        organisation = found_organisation(network, name=joining.organisation, contact_email=joining.email)
        appoint_coordinator(person, organisation, at=at)
    elif not coordinators_of([organisation.pk]).filter(pk=person.pk).exists():
        raise NameTaken(joining.organisation)
    with scope.within(scope.Scope.of(organisations=[organisation.pk])):
        return person, listing_of(organisation, by=person, at=at)


def listing_of(organisation: Organisation, *, by: Person | None, at: datetime) -> Listing:
    """Return the listing of an organisation, begun now where there is none."""
    found: Listing | None = Listing.objects.filter(organisation=organisation).first()
    return found or actions.write_listing(organisation, by=by, at=at, email=organisation.contact_email)


@transaction.atomic
def send_listing(listing: Listing, *, by: Person, at: datetime) -> None:
    """Send a listing to the network, for a steward's glance.

    :raises NotComplete: if it does not say what a visitor needs.
    :raises MoveNotAllowed: if it was sent already.
    """
    if lacks := lacking(listing):
        raise NotComplete(" ".join(lacks))
    actions.move_listing(listing, "send", by=by, at=at)
    emails.tell_stewards_of_listing(listing, at=at)


def lacking(listing: Listing) -> list[str]:
    """Say what is still to be written before a listing can be sent, each with what would be right."""
    wanted = [
        (listing.summary, "Say in a sentence what you do."),
        (listing.topics, "Choose at least one thing you help with."),
        (listing.in_person or listing.online, "Say whether people meet in person, online, or both."),
        (listing.email, "Give an address to which enquiries go."),
    ]
    return [words for there, words in wanted if not there]


@transaction.atomic
def put_in_directory(listing: Listing, *, by: Person, at: datetime) -> None:
    """Let everybody see a listing that waited for a steward."""
    actions.move_listing(listing, "list", by=by, at=at)
    emails.tell_listed(listing, at=at)


@transaction.atomic
def send_back(listing: Listing, words: str, *, by: Person, at: datetime) -> None:
    """Ask the organisation to change something first.

    :raises ValueError: if it is not said what.
    """
    _said(words)
    actions.move_listing(listing, "send_back", by=by, at=at)
    emails.tell_sent_back(listing, words, at=at)


@transaction.atomic
def suspend(listing: Listing, words: str, *, by: Person, at: datetime) -> None:
    """Take a listing out of the directory, and tell the organisation why.

    :raises ValueError: if it is not said why.
    """
    _said(words)
    actions.move_listing(listing, "suspend", by=by, at=at)
    emails.tell_suspended(listing, words, at=at)


def ask_to_claim(listing: Listing, *, name: str, email: str, words: str, at: datetime) -> None:
    """Send somebody who says a listing is theirs the link with which they confirm their address, three an hour."""
    claiming = Claiming(listing.ref, name, email.strip().lower(), words)
    if _may_be_sent("confirm_claim", claiming.email, at):
        emails.confirm_claim(claiming, listing, at=at)


@transaction.atomic
def claim(claiming: Claiming, *, at: datetime) -> Claim:
    """Keep a claim whose address was confirmed, and tell the stewards.

    :raises BadLink: if the listing is not in the directory any more.
    """
    listing = listed().filter(ref=claiming.listing).first()
    if listing is None:
        raise BadLink
    with scope.within(scope.Scope.of(organisations=[listing.organisation_id])):
        before = Claim.objects.filter(listing=listing, email=claiming.email).count()
        made = actions.claim_listing(listing, name=claiming.name, email=claiming.email, words=claiming.words, at=at)
        if not before:
            emails.tell_stewards_of_claim(made, at=at)
        return made


@transaction.atomic
def accept_claim(claim: Claim, *, by: Person, at: datetime) -> None:
    """Make whoever claimed a listing a coordinator of its organisation."""
    actions.decide_claim(claim, "accept", by=by, at=at)
    person = find_or_create_person(email=claim.email, name=claim.name, at=at)
    appoint_coordinator(person, claim.listing.organisation, at=at)
    emails.tell_claim_accepted(claim, person, at=at)


@transaction.atomic
def decline_claim(claim: Claim, *, by: Person, at: datetime) -> None:
    """Leave a listing as it is, and say so to whoever claimed it."""
    actions.decide_claim(claim, "decline", by=by, at=at)
    emails.tell_claim_declined(claim, at=at)


def _may_be_sent(kind: str, to: str, at: datetime) -> bool:
    """Tell whether an address that nobody confirmed may be written to once more."""
    return Email.objects.filter(kind=kind, to=to, queued_at__gt=at - WITHIN).count() < MOST_LETTERS


def _must_be_new(network: Network, name: str) -> None:
    if Organisation.objects.filter(network=network, name__iexact=name.strip()).exists():
        raise NameTaken(name)


def _said(words: str) -> None:
    if not words.strip():
        raise ValueError("Say what should be changed, or why, so that the organisation can do something about it.")
