from datetime import datetime
from typing import Any, Protocol

from alongside.audit.models import Entry


class Actor(Protocol):
    ref: str


class Audited(Protocol):
    ref: str
    organisation_id: int


def record(verb: str, thing: Audited, *, by: Actor | None, at: datetime, **details: Any) -> None:
    """Write that ``by`` did ``verb`` to ``thing``; None is a clock. Call it in the transaction of the deed.

    ``details`` are JSON values: ids and numbers, never what somebody wrote in private.
    """
    Entry.unscoped.create(
        organisation_id=thing.organisation_id,
        actor_ref=by.ref if by else "",
        verb=verb,
        thing_kind=type(thing).__name__,
        thing_ref=thing.ref,
        at=at,
        details=details,
    )
