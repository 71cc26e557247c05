from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.assessments.actions import LARGEST
from alongside.assessments.models import Answer
from alongside.assessments.standard import Criterion, Standard
from alongside.files.kinds import KINDS

LONGEST = 20_000
TOO_LONG = {"max_length": gettext_lazy("That is longer than fits here. Shorten it to 20,000 characters.")}
ACCEPTED = ",".join(f".{extension}" for extension in KINDS)


def steps_of(standard: Standard) -> list[tuple[int, str]]:
    """Return the steps of a standard's scale as choices."""
    return [(step.score, f"{step.score}: {step.title}. {step.means}") for step in standard.scale]


class CriterionForm(forms.Form):
    """How an organisation scores itself in one criterion, and in which words. Both can be left for later."""

    score = forms.TypedChoiceField(
        label=gettext_lazy("Where you stand"),
        widget=forms.RadioSelect,
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose one of these.")},
    )
    words = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 8}), max_length=LONGEST, required=False, error_messages={**TOO_LONG}
    )

    def __init__(self, data: Any, *, standard: Standard, criterion: Criterion, answer: Answer | None) -> None:
        known = {"score": answer.score, "words": answer.words} if answer else {}
        super().__init__(data, initial=known)
        fields: Any = self.fields
        fields["score"].choices = steps_of(standard)
        fields["words"].label = criterion.asks


class GatesForm(forms.Form):
    """What has to be so before anything is judged: yes or no to each."""

    def __init__(self, data: Any, *, standard: Standard, said: Mapping[str, bool]) -> None:
        super().__init__(data)
        for gate in standard.gates:
            known = said.get(gate.id)
            self.fields[gate.id] = forms.ChoiceField(
                label=gate.words,
                help_text=_("If not: %(remedy)s") % {"remedy": gate.remedy},
                widget=forms.RadioSelect,
                choices=[("yes", _("Yes")), ("no", _("Not yet"))],
                initial={True: "yes", False: "no"}.get(known) if known is not None else None,
                required=False,
                error_messages={"invalid_choice": _("Choose yes or not yet.")},
            )

    @property
    def gates(self) -> dict[str, bool]:
        return {name: said == "yes" for name, said in self.cleaned_data.items() if said}


class EvidenceForm(forms.Form):
    """One piece of evidence: an address or a file."""

    title = forms.CharField(
        label=gettext_lazy("What it is"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say in a few words what it is.")},
    )
    link = forms.URLField(
        label=gettext_lazy("Its address"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy(
            "Where anybody who was given the address can read it, such as https://example.org/charter"
        ),
        error_messages={"invalid": gettext_lazy("Write a whole address, such as https://example.org/charter.")},
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=gettext_lazy(
            "PDF, pictures, text, Word, Excel, PowerPoint or LibreOffice, up to 10 MB. Nothing that names people."
        ),
        error_messages={"empty": gettext_lazy("This file is empty. Choose the file again, or another one.")},
    )
    reviewed_on = forms.DateField(
        label=gettext_lazy("When you last went over it"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Say on which day you last went over it."),
            "invalid": gettext_lazy("Write a day such as 2027-03-31."),
        },
    )

    def __init__(self, data: Any = None, files: Any = None, *, today: date) -> None:
        self.today = today
        super().__init__(data, files)

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Write an address that begins with https://."))
        return link

    def clean_reviewed_on(self) -> date:
        day: date = self.cleaned_data["reviewed_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come. Choose today, or an earlier one."))
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not {"link", "file"} & set(self.errors) and bool(values.get("link")) == bool(values.get("file")):
            self.add_error("link", _("Give an address or a file: one of the two."))
        return values

    @property
    def content(self) -> bytes:
        """What was handed in; of a file that is too large only as much as shows that it is."""
        content: bytes = self.cleaned_data["file"].read(LARGEST + 1)
        return content


class WordsForm(forms.Form):
    """Something said in own words."""

    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), max_length=LONGEST, error_messages={**TOO_LONG})

    def __init__(self, data: Any = None, *, label: str, needed: str = "") -> None:
        super().__init__(data)
        self.fields["words"].label = label
        self.fields["words"].required = bool(needed)
        self.fields["words"].error_messages["required"] = needed
