from typing import Any

from django import forms
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from alongside import sheets
from alongside.programmes.states import Side


class DropForm(forms.Form):
    """Drop a spreadsheet and say who is in it."""

    file = forms.FileField(
        label=_("Your spreadsheet"),
        help_text=_("Excel, OpenDocument, CSV or what your form exports. Up to 20 MB."),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("This file is empty: there is nothing in it."),
        },
    )
    side = forms.ChoiceField(
        label=_("Who is in it"),
        widget=forms.RadioSelect,
        choices=[
            (Side.MENTEE.value, _("Mentees")),
            (Side.MENTOR.value, _("Mentors")),
            ("both", _("Both: a column says who is who")),
        ],
        error_messages={"required": _("Say who is in the file: mentees, mentors or both.")},
    )

    def __init__(self, *args: Any, of_peers: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_peers:
            self.fields["side"].choices = [(Side.MENTEE.value, _("People who take turns mentoring each other"))]  # type: ignore[attr-defined]
            self.initial["side"] = Side.MENTEE.value

    def clean_file(self) -> "File[bytes]":
        """Refuse what is too large before any of it is kept or read."""
        file: File[bytes] = self.cleaned_data["file"]
        try:
            sheets.refuse_too_large(file.size or 0)
        except sheets.UnreadableFile as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return file

    @property
    def chosen_side(self) -> Side | None:
        side: str = self.cleaned_data["side"]
        return None if side == "both" else Side(side)


class ImportForm(forms.Form):
    """Decide what happens with rows that cannot be imported."""

    rows = forms.ChoiceField(choices=[("all", _("All or nothing")), ("ready", _("Those that are ready"))])

    def __init__(self, data: Any) -> None:
        super().__init__({"rows": "all", **data.dict()})
