"""The link with which somebody shows that an address is theirs, before anything is kept of them.

All that was typed and chosen is in the link itself. It works for three days, and is spent by the next sign-in.
"""

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.core import signing

from alongside.kernel.links import BadLink
from alongside.people.queries import last_sign_in, shut_out

LIFETIME = timedelta(days=3)
SALT = "alongside.mentors.begin"


@dataclass(frozen=True, slots=True)
class Beginning:
    """That somebody would like to be a mentor in a network, and what they chose on the way."""

    network: str
    name: str
    email: str
    chosen: str = ""


def begin_token(beginning: Beginning) -> str:
    """Return a token that carries what somebody typed."""
    return signing.dumps([asdict(beginning), last_sign_in(beginning.email)], salt=SALT, compress=True)


def beginning_of(token: str) -> Beginning:
    """Return what a token carries.

    :raises BadLink: if it was not made here for this, is older than three days, was spent, or its person is shut out.
    """
    try:
        told, before = signing.loads(token, salt=SALT, max_age=LIFETIME)
        found = Beginning(**told)
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise BadLink from error
    if before != last_sign_in(found.email) or shut_out(found.email):
        raise BadLink
    return found
