"""The links with which somebody shows that an address is theirs, before anything is kept of them.

All that was typed is in the link itself. It works for three days; one that signs its person in is spent by the next
sign-in, as a link to sign in is.
"""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TypeVar

from django.core import signing

from alongside.kernel.links import BadLink
from alongside.people.queries import last_sign_in, shut_out

LIFETIME = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Joining:
    """That somebody would like to put an organisation into a network's directory."""

    network: str
    organisation: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Claiming:
    """That somebody says a listing is of their organisation."""

    listing: str
    name: str
    email: str
    words: str


Told = TypeVar("Told", Joining, Claiming)


def joining_token(told: Joining | Claiming) -> str:
    """Return a token that carries what somebody typed."""
    return signing.dumps([asdict(told), last_sign_in(told.email)], salt=_salt(type(told)), compress=True)


def told_by(kind: type[Told], token: str) -> Told:
    """Return what a token carries.

    :raises BadLink: if it was not made here for this, is older than three days, was spent, or its person is shut out.
    """
    try:
        told, before = signing.loads(token, salt=_salt(kind), max_age=LIFETIME)
        found = kind(**told)
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise BadLink from error
    if before != last_sign_in(found.email) or shut_out(found.email):
        raise BadLink
    return found


def _salt(kind: type[Joining] | type[Claiming]) -> str:
    return f"alongside.directory.{kind.__name__.lower()}"
