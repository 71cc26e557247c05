from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from alongside.audit.actions import record
from alongside.concerns.models import Concern, Entry, Hearer, Rung
from alongside.concerns.states import CONCERN_LIFECYCLE, Due, EntryKind
from alongside.kernel import scope, sealing
from alongside.kernel.lifecycle import make_move
from alongside.people.models import Person
from alongside.programmes.models import Programme


@dataclass(frozen=True)
class Told:
    """What somebody reports. ``reporter`` is empty where they give no name; ``subjects`` are refs of people."""

    about: str
    words: str
    severity: str
    subjects: list[str] = field(default_factory=list)
    where: str = ""
    reporter: str = ""
    reporter_email: str = ""


@transaction.atomic
def raise_concern(programme: Programme, told: Told, *, hearers: Sequence[Person], at: datetime) -> Concern:
    """Keep a concern, sealed for those who hear it. That it was raised is recorded, never by whom.

    :raises ValueError: if nobody would hear it.
    """
    if not hearers:
        raise ValueError("A concern needs somebody who hears it.")
    concern = Concern(**_owned(programme.organisation_id, programme.pk), received_at=at)
    concern.wrapped_key = sealing.key_ring().wrap(sealing.new_key(), about=concern.key_name)
    concern.save(force_insert=True)
    with hearing(concern):
        for person in hearers:
            Hearer.objects.create(**_of(concern), person=person, since=at)
        _keep(concern, EntryKind.RAISED, asdict(told), by=None, at=at)
    record("raise_concern", concern, by=None, at=at)
    return concern


@transaction.atomic
def add_to_concern(concern: Concern, words: str, *, at: datetime) -> None:
    """Keep what whoever reported it adds."""
    _keep(concern, EntryKind.ADDED, {"words": words}, by=None, at=at)
    record("add_to_concern", concern, by=None, at=at)


@transaction.atomic
def acknowledge(concern: Concern, *, by: Person, at: datetime) -> None:
    """Note that somebody looks at it.

    :raises MoveNotAllowed: if somebody does already.
    """
    make_move(concern, CONCERN_LIFECYCLE, "acknowledge", acknowledged_at=at)
    _keep(concern, EntryKind.ACKNOWLEDGED, {}, by=by, at=at)
    record("acknowledge_concern", concern, by=by, at=at)


@transaction.atomic
def note(concern: Concern, words: str, *, by: Person, at: datetime) -> None:
    """Keep a note of whoever hears it; who reported it never sees it."""
    _keep(concern, EntryKind.NOTED, {"words": words}, by=by, at=at)
    record("note_on_concern", concern, by=by, at=at)


@transaction.atomic
def decide(concern: Concern, words: str, *, by: Person, at: datetime) -> None:
    """Keep what was decided; deciding again adds to it.

    :raises MoveNotAllowed: if nobody has said that they look at it, or it is closed.
    """
    make_move(concern, CONCERN_LIFECYCLE, "decide", decided_at=concern.decided_at or at)
    _keep(concern, EntryKind.DECIDED, {"words": words}, by=by, at=at)
    record("decide_concern", concern, by=by, at=at)


@transaction.atomic
def close(concern: Concern, words: str, *, by: Person, at: datetime) -> None:
    """Close a concern, with a last word for the record.

    :raises ValueError: if nothing was decided yet.
    :raises MoveNotAllowed: if it is not being looked at.
    """
    if concern.decided_at is None:
        raise ValueError("Note what was decided first; then it can be closed.")
    make_move(concern, CONCERN_LIFECYCLE, "close", closed_at=at)
    _keep(concern, EntryKind.CLOSED, {"words": words}, by=by, at=at)
    record("close_concern", concern, by=by, at=at)


def note_reading(concern: Concern, *, by: Person, at: datetime) -> None:
    """Record that somebody read it."""
    record("read_concern", concern, by=by, at=at)


@transaction.atomic
def bring_in(concern: Concern, person: Person, *, at: datetime) -> bool:
    """Let a second person hear it; say whether they did not before."""
    _hearer, made = Hearer.objects.get_or_create(concern=concern, person=person, defaults={**_of(concern), "since": at})
    if made:
        _keep(concern, EntryKind.JOINED, {}, by=person, at=at)
        record("bring_in", concern, by=None, at=at)
    return made


def ring(concern: Concern, due: Due, *, at: datetime) -> bool:
    """Claim what fell due, for whoever comes first; say whether it was us. Call it in the transaction of the deed."""
    try:
        with transaction.atomic():
            Rung.objects.create(**_of(concern), due=due.value, rung_at=at)
    except IntegrityError:
        return False
    return True


def wrap_anew(concern: Concern) -> bool:
    """Seal the key of a concern with the newest key of the installation; say whether that was needed."""
    wrapped, ring_ = bytes(concern.wrapped_key), sealing.key_ring()
    if ring_.is_newest(wrapped):
        return False
    concern.wrapped_key = ring_.wrap(ring_.unwrap(wrapped, about=concern.key_name), about=concern.key_name)
    concern.save(update_fields=["wrapped_key"])
    return True


def hearing(concern: Concern) -> Any:
    """Work on one concern and nothing else: its words can be read and written."""
    return scope.within(scope.Scope.of(programmes=[concern.programme_id], concerns=[concern.pk]))


def _keep(concern: Concern, kind: EntryKind, words: dict[str, Any], *, by: Person | None, at: datetime) -> None:
    entry = Entry(**_of(concern), kind=kind.value, by=by, at=at)
    if words:
        entry.seal(words)
    entry.save(force_insert=True)


def _of(concern: Concern) -> dict[str, Any]:
    return {**_owned(concern.organisation_id, concern.programme_id), "concern": concern}


def _owned(organisation: int, programme: int) -> dict[str, int]:
    return {"organisation_id": organisation, "programme_id": programme}
