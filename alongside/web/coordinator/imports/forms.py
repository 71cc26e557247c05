from typing import Any

from django import forms
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from alongside import sheets
from alongside.blueprints.sections import Shape
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

    def __init__(self, data: Any = None, files: Any = None, *, shape: Shape) -> None:
        """Make the form; where the cohort has kinds of mentors, a file may hold one of them."""
        super().__init__(data, files)
        asked: Any = self.fields["side"]
        if shape.of == "peers":
            asked.choices = [(Side.MENTEE.value, _("People who take turns mentoring each other"))]
            self.initial["side"] = Side.MENTEE.value
        each = [(f"{Side.MENTOR.value}:{kind.id}", _("Mentors: %s") % kind.title) for kind in shape.kinds]
        if each:
            mentees, mentors, both = asked.choices
            asked.choices = [mentees, *each, (mentors[0], _("Mentors: a column says which kind")), both]

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
        return None if side == "both" else Side(side.partition(":")[0])

    @property
    def chosen_kind(self) -> str:
        """The kind of mentor that all in the file are; "" where a column says it, or there are no kinds."""
        side: str = self.cleaned_data["side"]
        return side.partition(":")[2]


class ImportForm(forms.Form):
    """Decide what happens with rows that cannot be imported."""

    rows = forms.ChoiceField(choices=[("all", _("All or nothing")), ("ready", _("Those that are ready"))])

    def __init__(self, data: Any) -> None:
        super().__init__({"rows": "all", **data.dict()})
