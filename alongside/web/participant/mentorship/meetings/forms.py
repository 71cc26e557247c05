from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.journeys.book_meeting import Plan
from alongside.journeys.meeting_emails import useful_words
from alongside.meetings.actions import MOST_TIMES
from alongside.meetings.models import Option
from alongside.meetings.states import Answer, Mode
from alongside.web.shared.times import moment

NO_DAY = gettext_lazy("Write the day like 2027-03-01.")
NO_TIME = gettext_lazy("Write the time like 14:30.")
NO_SUCH_TIME = gettext_lazy("The clocks go forward over that hour, so there is no such time. Choose another.")
NO_MINUTES = gettext_lazy("Write how many minutes, from 5 to 600.")
MODES = [
    (Mode.IN_PERSON, gettext_lazy("In person")),
    (Mode.ONLINE, gettext_lazy("Online")),
    (Mode.TELEPHONE, gettext_lazy("By telephone")),
]
ANSWERS = [
    (Answer.YES, gettext_lazy("Yes")),
    (Answer.MAYBE, gettext_lazy("Perhaps")),
    (Answer.NO, gettext_lazy("No")),
]
LONGEST_PLACE, LONGEST_LINK, LONGEST_AGENDA, LONGEST_MESSAGE = 300, 500, 20_000, 2000


def minutes_field(label: Any) -> forms.IntegerField:
    """A length in minutes."""
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), NO_MINUTES)
    return forms.IntegerField(label=label, min_value=5, max_value=600, error_messages=messages)


def day_field(label: Any, *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    messages = {"invalid": NO_DAY, "required": NO_DAY}
    return forms.DateField(label=label, required=required, widget=widget, error_messages=messages)


def time_field(label: str) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget, error_messages={"invalid": NO_TIME})


class OwnTimes(forms.Form):
    """Days and times that somebody types themselves, by the clock on their own wall."""

    rows = 1

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        for number in range(1, self.rows + 1):
            self.fields[f"day_{number}"] = day_field(_("Another day"))
            self.fields[f"time_{number}"] = time_field(_("At what time"))

    @property
    def own_fields(self) -> list[forms.BoundField]:
        return [self[f"{name}_{number}"] for number in range(1, self.rows + 1) for name in ("day", "time")]

    def own_times(self) -> list[datetime]:
        """Return the moments that were typed; what cannot be one is said at its field."""
        found = [self._own_time(number) for number in range(1, self.rows + 1)]
        return [each for each in found if each]

    def _own_time(self, number: int) -> datetime | None:
        day, at = (self.cleaned_data.get(f"{name}_{number}") for name in ("day", "time"))
        if day and not at and f"time_{number}" not in self.errors:
            self.add_error(f"time_{number}", _("Say at what time on that day, like 14:30."))
        if at and not day and f"day_{number}" not in self.errors:
            self.add_error(f"day_{number}", _("Say on which day, like 2027-03-01."))
        if not day or not at:
            return None
        return self._ahead(number, day, at)

    def _ahead(self, number: int, day: date, at: time) -> datetime | None:
        found = wall_clock(day, at)
        if found is None:
            self.add_error(f"time_{number}", NO_SUCH_TIME)
        elif found <= self.now:
            self.add_error(f"day_{number}", _("That time is past. Choose one that is still to come."))
            return None
        return found


class PlanForm(forms.Form):
    """How and where to meet, and how long."""

    minutes = minutes_field(gettext_lazy("How long, in minutes?"))
    mode = forms.ChoiceField(
        label=gettext_lazy("How do you meet?"),
        choices=MODES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you meet.")},
    )
    place = forms.CharField(
        label=gettext_lazy("Where?"),
        required=False,
        max_length=LONGEST_PLACE,
        help_text=gettext_lazy("Whose place it is, and who travels. A telephone number, if you talk by telephone."),
    )
    link = forms.URLField(
        label=gettext_lazy("Link, if you meet online"),
        required=False,
        max_length=LONGEST_LINK,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Copy the whole link, like https://meet.example.org/room.")},
    )

    def plan(self) -> Plan:
        """Return what was filled in."""
        values = self.cleaned_data
        return Plan(values["minutes"], Mode(values["mode"]), values["place"], values["link"])


class TimesForm(OwnTimes):
    """One to five times: some of those we suggest, some of one's own."""

    rows = 2

    times = forms.MultipleChoiceField(
        label=gettext_lazy("Which of these suit you?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, suggested: Sequence[datetime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["times"]
        field.choices = [(each.isoformat(), moment(each)) for each in suggested]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        chosen = {datetime.fromisoformat(each) for each in self.cleaned_data.get("times", [])}
        times = sorted(chosen | set(self.own_times()))
        if not times and not self.errors:
            self.add_error("times", _("Tick a time, or write one of your own."))
        if len(times) > MOST_TIMES:
            self.add_error("times", _("Five times are enough: choose at most five."))
        return {**self.cleaned_data, "chosen": times}


class SuggestForm(TimesForm, PlanForm):
    """Times for the next meeting, and how and where."""


class AnswerForm(OwnTimes):
    """A yes, perhaps or no to each time, and a time of one's own."""

    def __init__(
        self, *args: Any, options: Sequence[Option], said: dict[int, str], yes: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.options = options
        for option in options:
            before = Answer.YES.value if option.ref == yes else said.get(option.pk, "")
            self.fields[option.ref] = forms.ChoiceField(
                label=moment(option.starts_at),
                choices=ANSWERS,
                widget=forms.RadioSelect,
                required=False,
                initial=before,
            )

    @property
    def time_fields(self) -> list[forms.BoundField]:
        return [self[option.ref] for option in self.options]

    def clean(self) -> dict[str, Any]:
        answers = {o.ref: Answer(said) for o in self.options if (said := self.cleaned_data.get(o.ref))}
        times = self.own_times()
        if not answers and not times and not self.errors:
            raise forms.ValidationError(_("Say yes or no to a time, or suggest one of your own."))
        return {**self.cleaned_data, "answers": answers, "chosen": times}


class ComingForm(OwnTimes):
    """Whether somebody comes to a meeting that is agreed, and when they could instead."""

    coming = forms.ChoiceField(
        label=gettext_lazy("Can you come?"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose yes, perhaps or no.")},
    )

    def clean(self) -> dict[str, Any]:
        return {**self.cleaned_data, "chosen": self.own_times()}


class AfterForm(forms.Form):
    """Whether a meeting happened, how long it was and how useful."""

    happened = forms.ChoiceField(
        label=gettext_lazy("Did you meet?"),
        choices=[("yes", gettext_lazy("Yes, we met")), ("no", gettext_lazy("No, we did not"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )
    minutes = minutes_field(gettext_lazy("How long, in minutes?"))
    useful = forms.TypedChoiceField(
        label=gettext_lazy("How useful was it for you?"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["useful"].choices = useful_words()  # type: ignore[attr-defined]
        self.fields["minutes"].required = False


class LogForm(AfterForm):
    """A meeting that nobody planned here."""

    day = day_field(gettext_lazy("On which day?"), required=True)
    mode = forms.ChoiceField(
        label=gettext_lazy("How did you meet?"), choices=MODES, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you met.")},
    )  # fmt: skip
    field_order = ["day", "minutes", "mode", "useful"]

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        del self.fields["happened"]
        self.fields["minutes"].required = True

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > timezone.localtime(self.now).date():
            raise forms.ValidationError(_("That day is still to come. To plan a meeting, suggest times for it."))
        if day < timezone.localtime(self.now).date() - timedelta(days=400):
            raise forms.ValidationError(_("That is more than a year ago. Check the year."))
        return day

    def starts_at(self) -> datetime:
        """Return about when it was: noon of that day, or just now."""
        noon = wall_clock(self.cleaned_data["day"], time(12)) or self.now
        return min(noon, self.now - timedelta(minutes=self.cleaned_data["minutes"]))


class AgendaForm(forms.Form):
    """What a meeting is to be about."""

    read = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=gettext_lazy("What is it to be about?"),
        required=False,
        max_length=LONGEST_AGENDA,
        widget=forms.Textarea(attrs={"rows": 14}),
    )


class CancelForm(forms.Form):
    """A line to the others with a meeting that is off."""

    message = forms.CharField(
        label=gettext_lazy("A line to the others"),
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def wall_clock(day: date, at: time) -> datetime | None:
    """Return the moment at which a clock on the reader's wall shows this; None for the hour that is left out in spring.

    Of the hour that comes twice in autumn it is the first.
    """
    zone = timezone.get_current_timezone()
    local = datetime.combine(day, at, zone)
    moment_ = datetime.fromtimestamp(local.timestamp(), zone)
    return moment_ if (moment_.date(), moment_.time()) == (day, at) else None
