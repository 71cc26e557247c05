from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.notes.models import Note
from alongside.web.participant.mentorship.here import Here
from alongside.web.participant.mentorship.sharing import sees


def shown(note: Note, here: Here) -> dict[str, Any]:
    """Return a note as its page shows it, with who can read it in words."""
    return {"row": note, "mine": note.author_id == here.me.pk, "sees": sees(note, here)}


def as_text(notes: Iterable[Note], here: Here) -> str:
    """Write notes one under the other, each with its day, its author and who can read it."""
    return "\n\n".join(
        f"{date_format(timezone.localtime(note.written_at), 'j F Y')}, {note.author.participant.person.name}"
        f" ({_('can be read by')} {sees(note, here)})\n\n{note.text}\n"
        for note in notes
    )
