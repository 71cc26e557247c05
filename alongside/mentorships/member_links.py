"""Links that let a member of a mentorship do one thing without signing in.

A link names a purpose, the thing it is about and the person it was written to, and is signed. Fetching the page it
leads to decides nothing: mail scanners fetch.
"""

from typing import NamedTuple

from django.core import signing

from alongside.kernel.links import BadLink
from alongside.mentorships.models import Member
from alongside.mentorships.queries import membership


class Named(NamedTuple):
    """What a link names: the thing it is about by its ref, and the member it was written to."""

    ref: str
    member: Member


def member_token(purpose: str, ref: str, member: Member) -> str:
    """Return a token for ``member`` to do ``purpose`` with the thing called ``ref``."""
    return _signer(purpose).sign_object([ref, member.mentorship.ref, member.participant.person.ref])


def named_by(purpose: str, token: str) -> Named:
    """Return what a token names.

    :raises BadLink: if it was not made here for this purpose, or the person is no member any more.
    """
    try:
        ref, mentorship, person = _signer(purpose).unsign_object(token)
    except signing.BadSignature as error:
        raise BadLink from error
    member = membership(person, mentorship)
    if member is None:
        raise BadLink
    return Named(ref, member)


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(salt=f"alongside.member.{purpose}")
