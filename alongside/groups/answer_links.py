"""Links that let somebody who is asked to be in a group answer without signing in."""

from alongside.groups.models import Ask
from alongside.kernel.links import BadLink, named_in, signed

PURPOSE = "alongside.together"


def group_ask_token(ask: Ask) -> str:
    return signed(ask.ref, purpose=PURPOSE)


def group_ask_of(token: str) -> Ask:
    """Return what somebody may answer with this token.

    :raises BadLink: if it was not made here, or what it names is gone.
    """
    rows = Ask.unscoped.select_related("group__cohort", "programme", "participant__person", "participant__cohort")
    ask: Ask | None = rows.filter(ref=named_in(token, purpose=PURPOSE)).first()
    if ask is None:
        raise BadLink
    return ask
