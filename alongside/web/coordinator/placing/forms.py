from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.places import find
from alongside.programmes.models import Cohort, Programme
from alongside.reports.suppression import roughly

MOST_TOPICS = 10
LONGEST_TOPIC = 120


class CallForm(forms.Form):
    """How many mentors a programme needs, for what, where and by when."""

    to = forms.ChoiceField(
        label=gettext_lazy("Whom you ask"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whom you ask.")},
    )
    cohort = forms.ChoiceField(label=gettext_lazy("The cohort they come to"), widget=forms.RadioSelect)
    wanted = forms.IntegerField(label=gettext_lazy("How many mentors you need"), min_value=1, max_value=50, initial=1)
    topics = forms.CharField(
        label=gettext_lazy("What for"),
        help_text=gettext_lazy("What the mentees want help with, one a line, such as “Pricing”."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say what for: at least one line.")},
    )
    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("Who your mentees are, how often and for how long they meet. No names."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Write a sentence or two. Volunteers decide by it.")},
    )
    place = forms.CharField(
        label=gettext_lazy("Where"),
        help_text=gettext_lazy("A town or a postcode."),
        required=False,
        max_length=120,
    )
    remote = forms.BooleanField(label=gettext_lazy("Meeting online will do"), required=False, initial=True)
    needed_by = forms.DateField(
        label=gettext_lazy("By when"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Say by which day you need them.")},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        programmes: Sequence[Programme],
        counts: Mapping[int, tuple[int, int]],
        cohorts: Sequence[Cohort],
        today: date,
    ) -> None:
        self.programmes = {each.ref: each for each in programmes}
        self.cohorts = {each.ref: each for each in cohorts}
        self.today = today
        first = {"to": next(iter(self.programmes), ""), "cohort": next(iter(self.cohorts), "")}
        super().__init__(data, initial=first)
        fields: Any = self.fields
        fields["to"].choices = [(ref, _who(each, *counts[each.pk])) for ref, each in self.programmes.items()]
        fields["cohort"].choices = [(ref, each.name) for ref, each in self.cohorts.items()]

    def clean_topics(self) -> list[list[Any]]:
        """Turn lines into topics."""
        lines = dict.fromkeys(" ".join(line.split()) for line in self.cleaned_data["topics"].splitlines())
        labels = [line for line in lines if line]
        if len(labels) > MOST_TOPICS or any(len(label) > LONGEST_TOPIC for label in labels):
            raise forms.ValidationError(_("Write at most 10 lines of at most 120 letters each."))
        return [[label, 1.0] for label in labels]

    def clean_needed_by(self) -> date:
        day: date = self.cleaned_data["needed_by"]
        if day < self.today:
            raise forms.ValidationError(_("This day has passed. Choose a later one."))
        return day

    def clean(self) -> dict[str, Any]:
        """Look where the place is; without one they meet online."""
        cleaned: dict[str, Any] = super().clean() or {}
        place = cleaned.get("place", "")
        self.found = find(place) if place else None
        if place and self.found is None:
            self.add_error("place", _("We do not know this place. Write the nearest town, or a postcode."))
        if not place and not cleaned.get("remote") and "place" in cleaned:
            self.add_error("place", _("Say where they meet, or tick that online will do."))
        return cleaned

    @property
    def about(self) -> dict[str, Any]:
        """What the call says."""
        names = ("wanted", "topics", "words", "place", "remote", "needed_by")
        here = {"latitude": self.found.latitude, "longitude": self.found.longitude} if self.found else {}
        return {**{name: self.cleaned_data[name] for name in names}, **here}

    @property
    def to_programme(self) -> Programme:
        return self.programmes[self.cleaned_data["to"]]

    @property
    def to_cohort(self) -> Cohort:
        return self.cohorts[self.cleaned_data["cohort"]]


def _who(programme: Programme, trained: int, free: int) -> str:
    words = {"organisation": programme.organisation.name, "programme": programme.name}
    numbers = {"trained": roughly(trained), "free": roughly(free)}
    return _("%(organisation)s, %(programme)s (trained: %(trained)s; free now: %(free)s)") % {**words, **numbers}


class DeclineForm(forms.Form):
    """That a call cannot be helped with, in a coordinator's own words."""

    answer = forms.CharField(
        label=gettext_lazy("What you would like to tell them"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Write a sentence, so that they know what to do next.")},
    )
