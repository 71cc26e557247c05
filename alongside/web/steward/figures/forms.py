from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.figures.measures import MEASURES
from alongside.finding.vocabulary import choices
from alongside.organisations.models import Network
from alongside.reports.supply_and_demand import ASKED, SUPPLIED, Wished, regions

MOST = 2_000_000_000
GAP = "gap"
WHAT = {
    GAP: gettext_lazy("The gap: places that are missing"),
    ASKED: gettext_lazy("Demand: mentees who wait, and enquiries"),
    SUPPLIED: gettext_lazy("Supply: free places with mentors"),
    **{each.id: each.label for each in MEASURES.values() if each.id != "free_places"},
}
WRONG = {"invalid_choice": gettext_lazy("There is nothing of that name here. Choose from the list.")}


def month_words(month: date) -> str:
    """Return a month as people write it."""
    return f"{MONTHS[month.month]} {month.year}"


class LookForm(forms.Form):
    """Which figures a steward looks at; what is wrong or not said is the first of the list."""

    network = forms.ChoiceField(label=gettext_lazy("Network"), required=False, error_messages=WRONG)
    what = forms.ChoiceField(label=gettext_lazy("What"), required=False, error_messages=WRONG)
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False, error_messages=WRONG)
    topic = forms.ChoiceField(label=gettext_lazy("Need"), required=False, error_messages=WRONG)
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), required=False, error_messages=WRONG)
    month = forms.ChoiceField(label=gettext_lazy("Month"), required=False, error_messages=WRONG)

    def __init__(self, *args: Any, networks: Sequence[Network], months: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"].choices = [(each.ref, each.name) for each in networks]  # type: ignore[attr-defined]
        if len(networks) == 1:
            self.fields["network"].widget = forms.HiddenInput()
        self._offer("what", list(WHAT.items()))
        self._offer("region", [("", _("All")), *((each, each) for each in regions() if each != "unknown")])
        self._offer("topic", [("", _("All")), *choices("topics")])
        self._offer("sector", [("", _("All")), *choices("sectors")])
        self._offer("month", [(each.isoformat(), month_words(each)) for each in reversed(months)])

    def _offer(self, name: str, offered: Sequence[tuple[str, Any]]) -> None:
        self.fields[name].choices = offered  # type: ignore[attr-defined]

    def said(self, name: str) -> str:
        """Return what was chosen, or the first of the list."""
        found = getattr(self, "cleaned_data", {}).get(name)
        return str(found or next((value for value, _label in self.fields[name].choices), ""))  # type: ignore[attr-defined]

    @property
    def wished(self) -> Wished:
        return Wished(self.said("region"), self.said("sector"), self.said("topic"))


class TargetForm(forms.Form):
    """How many of something the network wants by a day."""

    measure = forms.ChoiceField(
        label=gettext_lazy("Of what"),
        choices=[(each.id, each.label) for each in MEASURES.values() if each.more_is_better],
        error_messages=WRONG,
    )
    number = forms.IntegerField(
        label=gettext_lazy("How many"),
        min_value=1,
        max_value=MOST,
        error_messages={
            "required": gettext_lazy("Write how many, such as 40000."),
            "invalid": gettext_lazy("Write it as a whole number, such as 40000."),
        },
    )
    by = forms.DateField(
        label=gettext_lazy("By when"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Choose the day by which you want it."),
            "invalid": gettext_lazy("Write the day as 2030-03-31."),
        },
    )


class AwarenessForm(forms.Form):
    """What a survey found."""

    on = forms.DateField(
        label=gettext_lazy("When it was asked"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Choose the day on which the survey ended."),
            "invalid": gettext_lazy("Write the day as 2030-03-31."),
        },
    )
    asked = forms.IntegerField(
        label=gettext_lazy("How many were asked"),
        help_text=gettext_lazy("At least 25: of fewer, no share is told."),
        min_value=25,
        max_value=MOST,
        error_messages={"required": gettext_lazy("Write how many people answered.")},
    )
    aware = forms.IntegerField(
        label=gettext_lazy("How many of them had heard of it"),
        min_value=0,
        max_value=MOST,
        error_messages={"required": gettext_lazy("Write how many of them had heard of it.")},
    )
    source = forms.CharField(
        label=gettext_lazy("Which survey"),
        help_text=gettext_lazy("Who asked, and where it can be read."),
        max_length=300,
        error_messages={"required": gettext_lazy("Name the survey, so that others can find it.")},
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (told.get("aware") or 0) > (told.get("asked") or MOST):
            raise ValidationError(_("More had heard of it than were asked. Look at both numbers again."))
        return told


class CampaignForm(forms.Form):
    """A campaign in two or three wordings."""

    name = forms.CharField(
        label=gettext_lazy("What it is called"),
        help_text=gettext_lazy("It stands in the links, so keep it short."),
        max_length=120,
        error_messages={"required": gettext_lazy("Give it a name, such as “Spring posters”.")},
    )
    a = forms.CharField(
        label=gettext_lazy("First wording"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write the first wording.")},
    )
    b = forms.CharField(
        label=gettext_lazy("Second wording"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write a second wording to compare it with.")},
    )
    c = forms.CharField(label=gettext_lazy("Third wording"), max_length=300, required=False)

    @property
    def wordings(self) -> list[str]:
        return [self.cleaned_data[each] for each in "abc"]
