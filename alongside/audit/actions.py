from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from alongside.audit.models import Entry


class Actor(Protocol):
    ref: str


class Audited(Protocol):
    """What belongs to an organisation, or to the network it names in ``network_id``."""

    ref: str

    @property
    def organisation_id(self) -> int | None: ...


def record(verb: str, thing: Audited, *, by: Actor | None, at: datetime, **details: Any) -> None:
    """Write that ``by`` did ``verb`` to ``thing``; None is a clock. Call it in the transaction of the deed.

    ``details`` are JSON values: ids and numbers, never what somebody wrote in private.
    """
    record_many(verb, [(thing, details)], by=by, at=at)


def record_many(verb: str, things: Iterable[tuple[Audited, dict[str, Any]]], *, by: Actor | None, at: datetime) -> None:
    """Write that ``by`` did ``verb`` to many things at once, each with its details."""
    actor_ref = by.ref if by else ""
    Entry.unscoped.bulk_create(
        [
            Entry(
                organisation_id=thing.organisation_id,
                network_id=None if thing.organisation_id else getattr(thing, "network_id", None),
                actor_ref=actor_ref,
                verb=verb,
                thing_kind=type(thing).__name__,
                thing_ref=thing.ref,
                at=at,
                details=details,
            )
            for thing, details in things
        ],
        batch_size=500,
    )
