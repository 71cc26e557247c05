from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.concerns.states import About, Severity
from alongside.people.models import Person
from alongside.programmes.models import Programme

LONGEST = 20_000
TOO_LONG = _("That is longer than fits here. Shorten it to 20,000 characters; you can add to it afterwards.")
ABOUT = [
    (About.PERSON, _("A person")),
    (About.MEETING, _("A meeting")),
    (About.MYSELF, _("Myself: I am not well, or not safe")),
    (About.PROGRAMME, _("The programme, or how it is run")),
]
SEVERITY = [
    (Severity.NOW, _("Somebody may be in danger now")),
    (Severity.SOON, _("It should be looked at within a day or two")),
    (Severity.SOMETIME, _("It is not urgent, but somebody should know")),
]


def _words(label: Any, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": _("Write what happened, in your own words."), "max_length": TOO_LONG},
    )


def _one_of(label: Any, choices: Any, missing: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages={"required": missing}
    )


class ConcernForm(forms.Form):
    """What worries somebody, whom it is about, and whether they give their name."""

    programme = forms.ChoiceField(label=_("In which programme?"))
    about = _one_of(_("What is it about?"), ABOUT, _("Choose what comes nearest."))
    words = _words(_("What happened, or what worries you?"), 8)
    subjects = forms.MultipleChoiceField(
        label=_("Is it about somebody who looks after the programme?"),
        help_text=_("Tick them, and they do not hear of it."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    severity = _one_of(_("How urgent is it?"), SEVERITY, _("Choose what comes nearest."))
    named = forms.TypedChoiceField(
        label=_("Do you give your name?"),
        choices=[
            ("yes", _("Yes. Only whoever hears it sees my name")),
            ("no", _("No. My name and my account are not kept with it")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you give your name.")},
    )

    def __init__(
        self, data: Any = None, *, programmes: Sequence[Programme], people: Sequence[Person], chosen: str = ""
    ) -> None:
        super().__init__(data, initial={"programme": chosen or (programmes[0].ref if programmes else "")})
        self.fields["programme"].choices = [(each.ref, each.name) for each in programmes]  # type: ignore[attr-defined]
        self.fields["subjects"].choices = [(each.ref, each.name) for each in people]  # type: ignore[attr-defined]
        if len(programmes) == 1:
            self.fields["programme"].widget = forms.HiddenInput()
        if not people:
            del self.fields["subjects"]


class AddForm(forms.Form):
    """Something that whoever reported a concern adds."""

    words = _words(_("Add something"), 5)
