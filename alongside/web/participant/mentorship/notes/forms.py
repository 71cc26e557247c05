from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.notes.models import Note
from alongside.web.participant.mentorship.here import Here
from alongside.web.participant.mentorship.sharing import ALL, ME, SOME, SharedForm

LONGEST = 20_000


class NoteForm(SharedForm):
    """A note, and who reads it."""

    field_order = ("text", "readers", "some", "is_record", "version")

    text = forms.CharField(
        label=_("Your note"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write something, or leave the page.")},
    )
    is_record = forms.BooleanField(label=_("It is a record of a meeting"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, here: Here, note: Note | None = None) -> None:
        super().__init__(data, initial=_initial(note), here=here)
        if here.mentorship.of_peers:
            self.fields["is_record"].help_text = _("Records of meetings belong to you all; each can ask for them.")
        elif here.me.is_mentor:
            self.fields["is_record"].help_text = _("Records of meetings belong to the mentee, who can ask for them.")
        else:
            self.fields["is_record"].help_text = _("So that you find it again beside your meetings.")

    def details(self) -> dict[str, Any]:
        """Return what was filled in as the words of a note and who reads it."""
        values = self.cleaned_data
        return {"text": values["text"], "is_record": values["is_record"], **self.shared_with()}


def _initial(note: Note | None) -> dict[str, Any]:
    if note is None:
        return {"readers": ME, "version": 1}
    some = [str(member.pk) for member in note.readers.all()]
    readers = ALL if note.for_all else SOME if some else ME
    shown = {"text": note.text, "readers": readers, "some": some, "is_record": note.is_record}
    return {**shown, "version": note.version}
