"""The link with which somebody who reported a concern sees how far it is, and adds to it: with no name, without signing
in."""

from django.core import signing

from alongside.concerns.models import Concern
from alongside.concerns.queries import concern_called

SALT = "alongside.concern"


def status_token(concern: Concern) -> str:
    return signing.Signer(salt=SALT).sign(concern.ref)


def concern_of(token: str) -> Concern | None:
    """Return the concern a link was written for, or None where it was not made here."""
    try:
        return concern_called(signing.Signer(salt=SALT).unsign(token))
    except signing.BadSignature:
        return None
