from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.applications.applying import LONGEST_NOTE
from alongside.applications.states import Reason
from alongside.people.models import Person
from alongside.web.coordinator.applications.words import REASONS

A_DAY = {"required": _("Say on which day."), "invalid": _("Write the date like 2027-03-01.")}
LONGEST_LETTER = 5000


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, error_messages=A_DAY, **kwargs)


class OpeningForm(forms.Form):
    """Until when people can apply for a side."""

    until = _day(_("Open until the end of"))

    def __init__(self, data: Any = None, *, side: str, until: date | None, today: date) -> None:
        self.today = today
        super().__init__(data, initial={"until": until}, auto_id=f"id_{side}_%s")

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < self.today:
            raise forms.ValidationError(_("That day is past. Give today or a later one."))
        return until


class StepForm(forms.Form):
    """That a step was done: on which day, with a note of a conversation or the decision of a check."""

    day = _day(_("On"))
    note = forms.CharField(
        label=_("What you would like to remember"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    passed = forms.TypedChoiceField(
        label=_("The decision"),
        required=False,
        empty_value=None,
        choices=[("yes", _("Yes, they may take part")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, kind: str, today: date, prefix: str = "") -> None:
        self.kind, self.today = kind, today
        super().__init__(data, initial={"day": today}, auto_id=f"id_{prefix}_%s")
        if kind != "conversation":
            del self.fields["note"]
        if kind != "check":
            del self.fields["passed"]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("That day is still to come. Note it when it is done."))
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.kind == "check" and values.get("passed") is None:
            self.add_error("passed", _("Choose yes or no."))
        return values


class AcceptForm(forms.Form):
    """Who looks after them from now on."""

    contact = forms.ChoiceField(label=_("Their contact from now on"))

    def __init__(self, data: Any = None, *, people: Sequence[Person], chosen: Person) -> None:
        super().__init__(data, initial={"contact": chosen.ref})
        self.people = {person.ref: person for person in people}
        field: Any = self.fields["contact"]
        field.choices = [(person.ref, person.name) for person in people]

    @property
    def person(self) -> Person:
        return self.people[self.cleaned_data["contact"]]


class DeclineForm(forms.Form):
    """Why, for the figures, and what is written to them."""

    reason = forms.ChoiceField(
        label=_("Why"), choices=[(each.value, words) for each, words in REASONS.items()], widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What you write to them"),
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write to them: nobody is declined without a word.")},
    )

    def __init__(self, data: Any = None, *, reason: Reason | None = None, words: str = "") -> None:
        super().__init__(data, initial={"reason": reason.value if reason else "", "words": words})
