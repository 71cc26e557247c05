"""The secret address of a person's calendar: signed, and good until they make another."""

from django.core import signing

from alongside.meetings.models import Feed
from alongside.people.models import Person


def _signer() -> signing.Signer:
    return signing.Signer(salt="alongside.calendar")


class NoSuchFeed(Exception):
    """Say that an address was not made here, or was turned off."""


def feed_token(feed: Feed) -> str:
    """Return the secret part of the address of a calendar."""
    return _signer().sign_object([feed.person.ref, feed.nonce])


def owner_of(token: str) -> Person:
    """Return whose calendar an address is.

    :raises NoSuchFeed: if it was not made here, or was turned off.
    """
    try:
        ref, nonce = _signer().unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NoSuchFeed from error
    feed = Feed.objects.filter(person__ref=ref, nonce=nonce, person__is_active=True).select_related("person").first()
    if feed is None:
        raise NoSuchFeed
    person: Person = feed.person
    return person
