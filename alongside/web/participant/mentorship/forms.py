from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.mentorships.states import Ending, GoingOn
from alongside.programmes.models import Participant

NO_DATE = _("Write the day like 2027-03-01.")
ENDINGS = [
    (Ending.OBJECTIVES_MET, _("We reached what we set out for")),
    (Ending.NEED_CHANGED, _("What is needed has changed")),
    (Ending.NOT_THE_FIT, _("We are not the right fit for each other")),
    (Ending.CIRCUMSTANCES, _("Circumstances: time, a move, a new job, health")),
]


class GoingOnForm(forms.Form):
    """Whether one side is happy to go on, and what would suit better, for those who want to say."""

    answer = forms.ChoiceField(
        label=_("Are you happy to go on?"),
        widget=forms.RadioSelect,
        choices=GoingOn.choices,
        error_messages={"required": _("Choose yes or no.")},
    )
    not_with = forms.MultipleChoiceField(
        label=_("With whom would you rather not go on?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("If your answer is no. Leave all empty if it is about the whole. With the others you go on."),
    )
    wish = forms.CharField(
        label=_("What would suit you better?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("If your answer is no. Your coordinator looks for somebody else with it."),
    )

    def __init__(self, data: Any = None, *, mentors: Sequence[Participant] = ()) -> None:
        """Make the form; ``mentors`` are those of several kinds, of whom a mentee may part from one alone."""
        super().__init__(data)
        if len(mentors) > 1:
            asked: Any = self.fields["not_with"]
            asked.choices = [(each.ref, f"{each.person.name} ({each.kind_title})") for each in mentors]
        else:
            del self.fields["not_with"]

    @property
    def parting(self) -> list[str]:
        """The refs of those with whom they would rather not go on, where the answer is no."""
        return self.cleaned_data.get("not_with", []) if self.cleaned_data["answer"] == GoingOn.NO else []


class DayForm(forms.Form):
    """A day to come."""

    day = forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Choose a day."), "invalid": NO_DATE},
    )

    def __init__(self, data: Any = None, *, label: str, day: date | None = None, prefix: str) -> None:
        super().__init__(data, initial={"day": day}, prefix=prefix)
        self.fields["day"].label = label


class EndingForm(forms.Form):
    """How it ended for one side."""

    ending = forms.ChoiceField(
        label=_("How did it end for you?"),
        widget=forms.RadioSelect,
        choices=ENDINGS,
        error_messages={"required": _("Choose what comes nearest.")},
    )


class LeaveForm(EndingForm):
    """Leave, with a message drafted for those who stay."""

    message = forms.CharField(
        label=_("Your message"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Change it as you like, or empty it and we write two friendly lines for you."),
    )

    def __init__(self, data: Any = None, *, draft: str) -> None:
        super().__init__(data, initial={"message": draft})
        self.fields["ending"].label = _("Why, in a word?")
