from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.assessments.actions import Plan, Said
from alongside.assessments.models import Final, Score
from alongside.assessments.standard import Standard
from alongside.people.actions import LONGEST_NAME

LONGEST = 20_000
TOO_LONG = {"max_length": gettext_lazy("That is longer than fits here. Shorten it to 20,000 characters.")}


class AppointForm(forms.Form):
    """Whom to ask to score it."""

    name = forms.CharField(
        label=gettext_lazy("Their name"),
        max_length=LONGEST_NAME,
        error_messages={"required": gettext_lazy("Write their name, so that we can greet them.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Their email address"),
        max_length=254,
        help_text=gettext_lazy("They need no account yet. They sign in with this address."),
        error_messages={
            "required": gettext_lazy("Write the address at which we can ask them."),
            "invalid": gettext_lazy("Write a whole address, like sam@example.org."),
        },
    )


class SendBackForm(forms.Form):
    """What is missing before anybody scores it."""

    words = forms.CharField(
        label=gettext_lazy("What is missing"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Say what is missing, so that they know what to add."), **TOO_LONG},
    )


class DecideForm(forms.Form):
    """What counts in each criterion and why; what the network writes; and the plan where there are conditions."""

    words = forms.CharField(
        label=gettext_lazy("What you write to the organisation"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST,
        error_messages={
            "required": gettext_lazy("Write a few sentences: what is good, and what comes next."),
            **TOO_LONG,
        },
    )
    plan = forms.CharField(
        label=gettext_lazy("What is to be put right"),
        help_text=gettext_lazy("Only where the scores come to an outcome with conditions."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
        required=False,
        error_messages={**TOO_LONG},
    )
    until = forms.DateField(
        label=gettext_lazy("By when"),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
        error_messages={"invalid": gettext_lazy("Write a day such as 2027-03-31.")},
    )

    def __init__(
        self,
        data: Any,
        *,
        standard: Standard,
        given: Mapping[str, Sequence[Score]],
        finals: Mapping[str, Final],
    ) -> None:
        super().__init__(data)
        self.standard = standard
        choices = [(step.score, f"{step.score}: {step.title}") for step in standard.scale]
        for each in standard.criteria:
            scores = {row.score for row in given.get(each.id, [])}
            known = finals[each.id].score if each.id in finals else scores.pop() if len(scores) == 1 else None
            self.fields[f"score_{each.id}"] = forms.TypedChoiceField(
                label=_("What counts in %(number)s") % {"number": each.number},
                coerce=int,
                choices=choices,
                widget=forms.RadioSelect,
                initial=known,
                error_messages={
                    "required": _("Choose what counts in %(number)s.") % {"number": each.number},
                    "invalid_choice": _("Choose one of these."),
                },
            )
            self.fields[f"words_{each.id}"] = forms.CharField(
                label=_("Why, in %(number)s") % {"number": each.number},
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=LONGEST,
                required=False,
                initial=finals[each.id].words if each.id in finals else "",
                error_messages={**TOO_LONG},
            )

    @property
    def finals(self) -> dict[str, Said]:
        values = self.cleaned_data
        return {
            each.id: Said(values[f"score_{each.id}"], values[f"words_{each.id}"]) for each in self.standard.criteria
        }

    @property
    def planned(self) -> Plan | None:
        plan, until = self.cleaned_data.get("plan"), self.cleaned_data.get("until")
        return Plan(plan, until) if plan and until else None
