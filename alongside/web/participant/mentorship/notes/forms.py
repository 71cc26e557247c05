from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.notes.models import Note
from alongside.web.participant.mentorship.here import Here

ME, ALL = "me", "all"
LONGEST = 20_000


class NoteForm(forms.Form):
    """A note, and who reads it."""

    text = forms.CharField(
        label=_("Your note"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write something, or leave the page.")},
    )
    readers = forms.ChoiceField(label=_("Who can read it?"), widget=forms.RadioSelect)
    some = forms.MultipleChoiceField(label=_("Only these"), required=False, widget=forms.CheckboxSelectMultiple)
    is_record = forms.BooleanField(label=_("It is a record of a meeting"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, here: Here, note: Note | None = None) -> None:
        super().__init__(data, initial=_initial(note))
        self.others = {str(member.pk): member for member in here.others}
        names = [(pk, member.participant.person.name) for pk, member in self.others.items()]
        choices = [(ME, _("Only me")), (ALL, here.members_in_words[:1].upper() + here.members_in_words[1:])]
        if len(names) > 1:
            choices.append(("some", _("Some of us, as ticked below")))
            self.fields["some"].choices = names  # type: ignore[attr-defined]
        else:
            del self.fields["some"]
        self.fields["readers"].choices = choices  # type: ignore[attr-defined]
        if here.me.is_mentor:
            self.fields["is_record"].help_text = _("Records of meetings belong to the mentee, who can ask for them.")
        else:
            self.fields["is_record"].help_text = _("So that you find it again beside your meetings.")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("readers") == "some" and not values.get("some"):
            self.add_error("some", _("Tick at least one, or choose “Only me”."))
        return values

    def details(self) -> dict[str, Any]:
        """Return what was filled in as the words of a note and who reads it."""
        values = self.cleaned_data
        some = values.get("some", []) if values["readers"] == "some" else []
        return {
            "text": values["text"],
            "is_record": values["is_record"],
            "for_all": values["readers"] == ALL,
            "readers": [self.others[pk] for pk in some],
        }


def _initial(note: Note | None) -> dict[str, Any]:
    if note is None:
        return {"readers": ME, "version": 1}
    some = [str(member.pk) for member in note.readers.all()]
    readers = ALL if note.for_all else "some" if some else ME
    shown = {"text": note.text, "readers": readers, "some": some, "is_record": note.is_record}
    return {**shown, "version": note.version}
