from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from alongside.audit.actions import record
from alongside.kernel.editing import save_edit
from alongside.mentorships.models import Member
from alongside.notes.models import Note
from alongside.notes.queries import records_kept_from


class NotTheirs(ValueError):
    """Say that the notes of meetings belong to mentees."""

    def __init__(self) -> None:
        super().__init__("Records of meetings belong to the mentees: only they can ask for them.")


@transaction.atomic
def write_note(
    *,
    by: Member,
    text: str,
    for_all: bool = False,
    readers: Collection[Member] = (),
    is_record: bool = False,
    at: datetime,
) -> Note:
    """Keep a note for oneself, for all in the mentorship, or for some of them."""
    note: Note = Note.objects.create(
        **by.where,
        author=by,
        for_all=for_all,
        is_record=is_record,
        written_at=at,
        text=text,
    )
    note.readers.set(_in(by, readers))
    record("write_note", note, by=by.participant.person, at=at)
    return note


@transaction.atomic
def change_note(
    note: Note, *, version: int, text: str, for_all: bool, readers: Collection[Member], is_record: bool, at: datetime
) -> None:
    """Say a note anew, or let others read it.

    A record that a mentee was given stays theirs to read.

    :raises ChangedMeanwhile: if it was changed since ``version`` was read, perhaps in another window.
    """
    given = set(note.readers.all()) if note.is_record else set()
    note.text, note.for_all, note.is_record = text, for_all, is_record
    save_edit(note, version=version, fields=["sealed", "for_all", "is_record"])
    note.readers.set(given | set(_in(note.author, readers)))
    record("change_note", note, by=note.author.participant.person, at=at)


@transaction.atomic
def delete_note(note: Note, *, at: datetime) -> None:
    """Delete a note for good."""
    record("delete_note", note, by=note.author.participant.person, at=at)
    note.delete()


@transaction.atomic
def ask_for_records(mentee: Member, *, at: datetime) -> list[Member]:
    """Give a mentee the records of their meetings, and return who wrote them.

    :raises NotTheirs: if it is a mentor who asks.
    """
    if mentee.is_mentor:
        raise NotTheirs
    records = list(records_kept_from(mentee).select_related("author__participant__person", "author__mentorship"))
    for note in records:
        note.readers.add(mentee)
        record("ask_for_record", note, by=mentee.participant.person, at=at)
    return list({note.author_id: note.author for note in records}.values())


def _in(by: Member, members: Collection[Member]) -> list[Member]:
    """Keep those who are in the author's mentorship."""
    return [member for member in members if member.mentorship_id == by.mentorship_id]
