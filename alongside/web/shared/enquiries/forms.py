from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.journeys.answer_enquiry import Door
from alongside.organisations.models import Organisation
from alongside.programmes.states import Side

LONGEST = 5000
SIDES = {Side.MENTEE: _("as a mentee"), Side.MENTOR: _("as a mentor")}


class WordsForm(forms.Form):
    """What is written to somebody."""

    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
        error_messages={"required": _("Write a sentence or two.")},
    )

    def __init__(self, data: Any = None, *, label: str, text: str = "", **more: Any) -> None:
        super().__init__(data, initial={"text": text}, **more)
        self.fields["text"].label = label


class PassOnForm(forms.Form):
    """To which organisation an enquiry is passed on."""

    to = forms.ChoiceField(
        label=_("Who may be able to help, the best fit first"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an organisation."), "invalid_choice": _("Choose one of these.")},
    )

    def __init__(self, data: Any = None, *, others: Sequence[Organisation]) -> None:
        super().__init__(data, auto_id="pass_%s")
        self.others = {each.ref: each for each in others}
        field: Any = self.fields["to"]
        field.choices = [(ref, ", ".join(filter(None, [each.name, each.region]))) for ref, each in self.others.items()]

    @property
    def organisation(self) -> Organisation:
        return self.others[self.cleaned_data["to"]]


class DoorForm(forms.Form):
    """Into which cohort an enquiry becomes an application."""

    door = forms.ChoiceField(
        label=_("Where they would apply"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )

    def __init__(self, data: Any = None, *, doors: Sequence[Door]) -> None:
        self.doors = {f"{door.cohort.ref}-{door.side}": door for door in doors}
        super().__init__(data, initial={"door": next(iter(self.doors), "")}, auto_id="door_%s")
        field: Any = self.fields["door"]
        field.choices = [(key, self._named(door)) for key, door in self.doors.items()]

    @property
    def door_chosen(self) -> Door:
        return self.doors[self.cleaned_data["door"]]

    def _named(self, door: Door) -> str:
        return f"{door.cohort.programme.name} · {door.cohort.name}, {SIDES[Side(door.side)]}"
