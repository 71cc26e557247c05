"""Links that let somebody who is asked answer without signing in.

A link names what one person is asked and is signed. It decides once; fetching the page it leads to decides nothing.
"""

from django.core import signing

from alongside.groups.models import Ask

SALT = "alongside.together"


class BadLink(Exception):
    """Say that a link was not made here, or that what it names is gone."""

    def __init__(self) -> None:
        super().__init__("This link does not work. It may have been cut short by your email program: copy all of it.")


def group_ask_token(ask: Ask) -> str:
    return signing.Signer(salt=SALT).sign(ask.ref)


def ask_of_token(token: str) -> Ask:
    """Return what somebody may answer with this token.

    :raises BadLink: if it was not made here.
    """
    try:
        ref = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature as error:
        raise BadLink from error
    rows = Ask.unscoped.select_related("group__cohort", "programme", "participant__person", "participant__cohort")
    ask: Ask | None = rows.filter(ref=ref).first()
    if ask is None:
        raise BadLink
    return ask
