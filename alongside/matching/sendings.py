"""The offers of a large board going out a few at a time: where it stands, and how it ends."""

from datetime import datetime

from django.db import transaction

from alongside.audit.actions import record
from alongside.kernel.lifecycle import make_move
from alongside.matching.models import Sending, Version
from alongside.matching.states import SENDING_LIFECYCLE
from alongside.people.models import Person


@transaction.atomic
def start_sending(version: Version, *, total: int, by: Person, at: datetime) -> tuple[Sending, bool]:
    """Start to send the offers of a board; return the sending and whether it is new. Two never run at once."""
    owned = {"organisation_id": version.organisation_id, "programme_id": version.programme_id}
    sending: Sending
    sending, new = Sending.objects.get_or_create(
        matching=version.matching,
        state="running",
        defaults={**owned, "version": version, "total": total, "started_by": by, "started_at": at},
    )
    if new:
        record("start_sending", sending, by=by, at=at, total=total)
    return sending, new


@transaction.atomic
def stop_sending(sending: Sending, *, by: Person, at: datetime) -> None:
    """Send no more of them. Whoever has an offer already keeps it."""
    make_move(sending, SENDING_LIFECYCLE, "stop")
    record("stop_sending", sending, by=by, at=at, made=sending.made)


def finish_sending(sending: Sending) -> None:
    """Note that all are sent."""
    make_move(sending, SENDING_LIFECYCLE, "finish")


def refuse_sending(sending: Sending, words: str) -> None:
    """Note why no more can be sent, in words for the coordinator."""
    make_move(sending, SENDING_LIFECYCLE, "refuse", refusal=words[:300])
