"""The link by which a volunteer answers without signing in. Fetching its page decides nothing: mail scanners fetch."""

from django.core import signing

from alongside.placing.models import Ask
from alongside.placing.queries import ask_called

SALT = "alongside.placing"


class BadLink(Exception):
    """Say that a link was not made here, or that what it names is gone."""

    def __init__(self) -> None:
        super().__init__("This link does not work. It may have been cut short, or the question is long settled.")


def ask_token(ask: Ask) -> str:
    return signing.Signer(salt=SALT).sign(ask.ref)


def ask_of_token(token: str) -> Ask:
    """Return the question that may be answered with this token.

    :raises BadLink: if it was not made here, or the question is kept no longer.
    """
    try:
        found = ask_called(signing.Signer(salt=SALT).unsign(token))
    except signing.BadSignature as error:
        raise BadLink from error
    if found is None:
        raise BadLink
    return found
