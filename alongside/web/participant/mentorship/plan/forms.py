from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.mentorships.models import Member
from alongside.plans.models import Action, Objective
from alongside.plans.states import Level, Outcome, Reminder, Weight

NO_DATE = _("Write the day like 2027-03-01.")
LONGEST = 2000


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": NO_DATE},
        **more,
    )


class ObjectiveForm(forms.Form):
    """What a mentee wants to achieve, by when, how they will know; where the programme scales, how it weighs."""

    what = forms.CharField(
        label=_("What do you want to achieve?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "One thing, not too big and not too far ahead. Begin with what you will do: “Win”, “Write”, “Hire”."
        ),
        error_messages={"required": _("Say what you want to achieve.")},
    )
    how_known = forms.CharField(
        label=_("How will you know?"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What will be there, or be different, that somebody else could see."),
    )
    by_when = _day(_("By when?"))
    importance = forms.TypedChoiceField(
        label=_("How important is it to you?"), coerce=int, choices=Weight.choices, widget=forms.RadioSelect
    )
    difficulty = forms.TypedChoiceField(
        label=_("How hard will it be?"), coerce=int, choices=Weight.choices, widget=forms.RadioSelect
    )
    start_level = forms.TypedChoiceField(
        label=_("Where are you now?"),
        coerce=int,
        choices=[(level.value, level.label) for level in (Level.MUCH_LESS, Level.LESS)],
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, objective: Objective | None = None, scaled: bool) -> None:
        super().__init__(data, initial=_initial(objective, self.base_fields) if objective else _NEW)
        if not scaled:
            for name in ("importance", "difficulty", "start_level"):
                del self.fields[name]

    def details(self) -> dict[str, Any]:
        """Return what was filled in as words and fields of an objective."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


_NEW = {"importance": Weight.RATHER, "difficulty": Weight.RATHER, "start_level": Level.LESS, "version": 1}


class LookForm(forms.Form):
    """A look at an objective."""

    outcome = forms.ChoiceField(
        label=_("How does it stand?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it stands.")},
    )
    level = forms.TypedChoiceField(
        label=_("How far did you get?"), coerce=int, choices=Level.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("What do you want to remember of it?"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, objective: Objective, scaled: bool) -> None:
        super().__init__(data, initial={"level": objective.level})
        if not scaled:
            del self.fields["level"]


class LearningForm(forms.Form):
    """What else somebody learned."""

    learned = forms.CharField(
        label=_("What else did you learn?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what you learned.")},
    )
    used = forms.CharField(
        label=_("How did you use it, or how will you?"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ActionForm(forms.Form):
    """A step somebody will take."""

    what = forms.CharField(
        label=_("What will be done?"), max_length=LONGEST, error_messages={"required": _("Say what will be done.")}
    )
    who = forms.ChoiceField(label=_("By whom?"))
    by_when = _day(_("By when?"))
    remind_days = forms.TypedChoiceField(
        label=_("Remind whoever does it by email"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("No reminder")), *Reminder.choices],
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, members: Sequence[Member], me: Member, action: Action | None = None
    ) -> None:
        start: dict[str, Any] = {"who": me.pk, "version": 1}
        if action:
            start = {**_initial(action, self.base_fields), "who": action.who_id or ""}
        super().__init__(data, initial=start)
        self.members = {str(member.pk): member for member in members}
        names = [(pk, member.participant.person.name) for pk, member in self.members.items()]
        self.fields["who"].choices = [*names, ("", _("All of you together"))]  # type: ignore[attr-defined]
        self.fields["who"].required = False

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("remind_days") is not None and not values.get("by_when"):
            self.add_error("by_when", _("A reminder needs a day. Choose one, or “No reminder”."))
        return values

    def details(self) -> dict[str, Any]:
        """Return what was filled in as words and fields of an action."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return {**values, "who": self.members.get(values["who"])}


def _initial(row: Objective | Action, names: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
