"""The links of applications: one with which somebody shows that an address is theirs, one that asks a referee.

The first signs its person in, as a link to sign in does: it works for a day, and the first sign-in after it was made
spends it.
"""

from datetime import timedelta
from typing import NamedTuple

from django.core import signing

from alongside.applications.models import Reference
from alongside.applications.queries import reference_named
from alongside.people.queries import last_sign_in, shut_out

BEGIN, REFEREE = "alongside.apply", "alongside.referee"
LIFETIME = timedelta(days=1)


class SpentLink(Exception):
    """Say that a link to begin with is too old, was used, or was never ours."""

    def __init__(self) -> None:
        super().__init__(
            "This link has been used or is too old. If you have begun already, sign in with your email address; if "
            "not, begin again."
        )


class Beginning(NamedTuple):
    """Who begins to apply for what: the cohort's ref, the side, an address in small letters."""

    cohort: str
    side: str
    email: str


def begin_token(beginning: Beginning) -> str:
    """Return a token with which whoever reads mail at this address begins."""
    return signing.dumps([*beginning, last_sign_in(beginning.email)], salt=BEGIN, compress=True)


def beginning_of(token: str) -> Beginning:
    """Return what a token begins.

    :raises SpentLink: if it is too old, was used, or was not made here.
    """
    try:
        cohort, side, email, before = signing.loads(token, salt=BEGIN, max_age=LIFETIME)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise SpentLink from error
    if shut_out(email) or last_sign_in(email) != before:
        raise SpentLink
    return Beginning(cohort, side, email)


def referee_token(reference: Reference) -> str:
    return signing.Signer(salt=REFEREE).sign(reference.ref)


def reference_of(token: str) -> Reference | None:
    """Return the reference a link asks for; None where it was not made here, or is not wanted any more."""
    try:
        return reference_named(signing.Signer(salt=REFEREE).unsign(token))
    except signing.BadSignature:
        return None
