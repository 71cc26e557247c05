"""Links with which somebody turns one sort of their emails off, without signing in (RFC 8058)."""

from typing import NamedTuple

from django.core import signing

from alongside.kernel.links import BadLink
from alongside.people.models import Person
from alongside.people.states import EmailSort


class Named(NamedTuple):
    """Whose emails a link is about, and which sort of them."""

    person: Person
    sort: EmailSort


def emails_token(person: Person, sort: EmailSort) -> str:
    """Return a token that turns a sort of a person's emails off, and on again."""
    return _signer().sign_object([person.ref, sort.value])


def named_by(token: str) -> Named:
    """Return what a token names.

    :raises BadLink: if it was not made here.
    """
    try:
        ref, sort = _signer().unsign_object(token)
        return Named(Person.objects.get(ref=ref, is_active=True), EmailSort(sort))
    except (signing.BadSignature, ValueError, TypeError, Person.DoesNotExist) as error:
        raise BadLink from error


def _signer() -> signing.Signer:
    return signing.Signer(salt="alongside.emails")
