"""Sign-in by an emailed link: signed, short-lived, spent by the first sign-in after it was made."""

from datetime import timedelta

from django.core import signing

from alongside.people.models import Person

SALT = "alongside.sign-in"
LIFETIME = timedelta(hours=1)


class SpentLink(Exception):
    """Say that a sign-in link is too old, was used, or was never ours."""

    def __init__(self) -> None:
        super().__init__("This sign-in link has been used or is too old. Ask for a new one below.")


def make_sign_in_token(person: Person) -> str:
    """Return a token that signs ``person`` in once.

    It carries the moment of their last sign-in, so that signing in spends every link made before.
    """
    return signing.dumps([person.ref, _last_sign_in(person)], salt=SALT, compress=True)


def person_of_token(token: str, *, lifetime: timedelta = LIFETIME) -> Person:
    """Return whom a token signs in.

    :raises SpentLink: if it is too old, was used, or was not made here.
    """
    try:
        ref, last_sign_in = signing.loads(token, salt=SALT, max_age=lifetime)
        person = Person.objects.get(ref=ref, is_active=True)
    except (signing.BadSignature, Person.DoesNotExist, ValueError, TypeError) as error:
        raise SpentLink from error
    if _last_sign_in(person) != last_sign_in:
        raise SpentLink
    return person


def _last_sign_in(person: Person) -> str:
    return person.last_login.isoformat() if person.last_login else ""
