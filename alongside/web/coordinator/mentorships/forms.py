from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.people.models import Person
from alongside.programmes.models import Participant
from alongside.web.coordinator.mentorships.words import ENDINGS

LONGEST_MESSAGE = 4000


def draft(name: str) -> str:
    """A kind message to begin with; it asks for nothing and blames nobody."""
    return _(
        "I wanted to see how you are getting on together. Sometimes weeks go by, and that happens to everybody.\n\n"
        "If a date is hard to find, half an hour by telephone is a good start. And if something is in the way, just "
        "answer this email: I am glad to help.\n\n%(name)s"
    ) % {"name": name}


class MessageForm(forms.Form):
    """A message to several mentorships."""

    message = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=gettext_lazy("The same words go to each of them, in an email of their own. Change them as you like."),
        error_messages={
            "required": gettext_lazy("Write a few words first."),
            "max_length": gettext_lazy("That is longer than fits into one message. Shorten it to 4,000 characters."),
        },
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, data: Any = None, *, name: str = "") -> None:
        super().__init__(data, initial={"message": draft(name), "token": uuid4().hex})


class ContactForm(forms.Form):
    """Who looks after a participant."""

    contact = forms.ModelChoiceField(
        label=gettext_lazy("Key contact"), queryset=Person.objects.none(), to_field_name="ref", required=False,
        empty_label=gettext_lazy("nobody named"),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, people: QuerySet[Person], participant: Participant) -> None:
        contact = participant.key_contact
        super().__init__(data, initial={"contact": contact.ref if contact else ""}, auto_id=f"id_{participant.ref}_%s")
        self.fields["contact"].queryset = people  # type: ignore[attr-defined]
        self.fields["contact"].label = _("Key contact of %(name)s") % {"name": participant.person.name}


class MetForm(forms.Form):
    """On which day they met."""

    on = forms.DateField(
        label=gettext_lazy("The day on which they met"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose the day on which they met."),
            "invalid": gettext_lazy("Write the day as year, month and day, such as 2026-03-09."),
        },
    )

    def __init__(self, data: Any = None, *, day: date | None, today: date) -> None:
        super().__init__(data, initial={"on": day})
        self.today = today

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("That day is still to come. Choose the day on which they met."))
        return day


class JoinForm(forms.Form):
    """Who joins a mentorship."""

    participant: Any = forms.ModelChoiceField(
        label=gettext_lazy("Who joins"),
        queryset=None,
        to_field_name="ref",
        error_messages={"required": gettext_lazy("Choose who joins.")},
    )

    def __init__(self, data: Any = None, *, people: QuerySet[Participant]) -> None:
        super().__init__(data)
        self.fields["participant"].queryset = people  # type: ignore[attr-defined]
        self.fields["participant"].label_from_instance = _as_whom  # type: ignore[attr-defined]


def _as_whom(participant: Participant) -> str:
    if participant.cohort.rules.shape.of == "peers":
        return str(participant.person.name)
    as_whom = _("as a mentor") if participant.is_mentor else _("as a mentee")
    kind = participant.kind_title
    return f"{participant.person.name}, {as_whom} ({kind})" if kind else f"{participant.person.name}, {as_whom}"


class EndForm(forms.Form):
    """End a mentorship for those in it."""

    ending = forms.ChoiceField(
        label=gettext_lazy("Why does it end?"),
        widget=forms.RadioSelect,
        choices=ENDINGS,
        error_messages={"required": gettext_lazy("Choose what comes nearest.")},
    )
    confirm = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, data: Any = None, *, name: str) -> None:
        super().__init__(data)
        self.name = name
        self.fields["confirm"].label = _("Type “%(name)s” to confirm") % {"name": name}

    def clean_confirm(self) -> str:
        typed = str(self.cleaned_data["confirm"]).strip()
        if typed.casefold() != self.name.casefold():
            raise forms.ValidationError(_("Type the name as it stands above: %(name)s.") % {"name": self.name})
        return typed
