"""The link by which a volunteer answers without signing in."""

from alongside.kernel.links import BadLink, named_in, signed
from alongside.placing.models import Ask
from alongside.placing.queries import ask_called

PURPOSE = "alongside.placing"


def ask_token(ask: Ask) -> str:
    return signed(ask.ref, purpose=PURPOSE)


def ask_of_token(token: str) -> Ask:
    """Return the question that may be answered with this token.

    :raises BadLink: if it was not made here, or the question is kept no longer.
    """
    found = ask_called(named_in(token, purpose=PURPOSE))
    if found is None:
        raise BadLink
    return found
