"""The page on which exercises are suggested in a programme, and which surveys are asked, at which time."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.blueprints.asking import told_by, unfit_as_survey
from alongside.blueprints.rules import Rules
from alongside.kernel import clock
from alongside.programmes import actions
from alongside.programmes.models import Cohort
from alongside.programmes.queries import cohorts_run_by, programmes_run_by
from alongside.questionnaires.definition import Audience, Definition, Shown
from alongside.questionnaires.queries import newest_definitions
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.forms import sent

BETWEEN_THEM = frozenset({Shown.WHEN_ALL_DONE, Shown.IF_SHARED})
MEMBERS = frozenset({Audience.EACH, Audience.MENTORS, Audience.MENTEES})
EXERCISE_TIMES = [
    ("", gettext_lazy("not suggested")),
    ("before_first", gettext_lazy("before they first meet")),
    ("first_meeting", gettext_lazy("after the first meeting")),
    ("second_meeting", gettext_lazy("after the second meeting")),
    ("agreement", gettext_lazy("once they have agreed")),
    ("halfway", gettext_lazy("halfway")),
    ("ending", gettext_lazy("when the end is planned")),
]
SURVEY_TIMES = [
    ("start", gettext_lazy("at the start, once they go on together")),
    ("halfway", gettext_lazy("halfway")),
    ("ending", gettext_lazy("at the end")),
    ("after_3_months", gettext_lazy("3 months after the end")),
    ("after_6_months", gettext_lazy("6 months after the end")),
    ("after_12_months", gettext_lazy("12 months after the end")),
]


class AskingForm(forms.Form):
    """Of each exercise when it is suggested, of each survey when it is asked."""

    cohorts = forms.MultipleChoiceField(
        label=gettext_lazy("Cohorts that follow this from now on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Those you leave out keep what they have. Cohorts you open later follow this anyway."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        rules: Rules,
        now: str,
        running: Sequence[Cohort],
        known: Sequence[Definition],
    ) -> None:
        """:param now: the fingerprint of the rules that the programme has: cohorts that follow them are ticked."""
        super().__init__(data, initial={"cohorts": [each.ref for each in running if each.rules_fingerprint == now]})
        fields: Any = self.fields
        fields["cohorts"].choices = [(cohort.ref, cohort.name) for cohort in running]
        self._exercises = [each for each in known if _is_between_them(each)]
        # What tells a programme of a participant is the form of an application, not a survey.
        self._surveys = [each for each in known if not unfit_as_survey(each) and not told_by(each)]
        suggested = {each.questionnaire: each.when for each in rules.exercises}
        for each in self._exercises:
            self.fields[f"exercise_{each.id}"] = forms.ChoiceField(
                label=each.title, required=False, choices=EXERCISE_TIMES, initial=suggested.get(each.id, "")
            )
        for each in self._surveys:
            self.fields[f"survey_{each.id}"] = forms.MultipleChoiceField(
                label=each.title,
                help_text=each.about,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=SURVEY_TIMES,
                initial=[survey.when for survey in rules.surveys if survey.questionnaire == each.id],
            )

    @property
    def exercises(self) -> list[forms.BoundField]:
        return [self[f"exercise_{each.id}"] for each in self._exercises]

    @property
    def surveys(self) -> list[forms.BoundField]:
        return [self[f"survey_{each.id}"] for each in self._surveys]

    def rules(self, before: Rules) -> Rules:
        """Return the rules as they were filled in; what the page does not ask for stays as it was."""
        values = self.cleaned_data
        exercises = [
            {"questionnaire": each.id, "when": when}
            for each in self._exercises
            if (when := values[f"exercise_{each.id}"])
        ]
        surveys = [
            {"questionnaire": each.id, "when": when} for each in self._surveys for when in values[f"survey_{each.id}"]
        ]
        return before.changed({"exercises": exercises, "surveys": surveys})


def _is_between_them(definition: Definition) -> bool:
    """Tell whether a questionnaire is for a mentorship alone: an exercise, or what those around a mentee are asked."""
    return definition.audience == Audience.RATERS or (
        definition.shown in BETWEEN_THEM and definition.audience in MEMBERS
    )


@coordinator
def what_is_asked(request: PersonRequest, ref: str) -> HttpResponse:
    """Choose the exercises and surveys of a programme, and when each comes."""
    found = get_or_404(programmes_run_by(request.person), ref=ref)
    running = list(cohorts_run_by(request.person).filter(programme=found))
    form = AskingForm(
        sent(request),
        rules=found.rules,
        now=found.rules_fingerprint,
        running=running,
        known=newest_definitions(found.organisation_id),
    )
    if form.is_valid():
        follow = [cohort for cohort in running if cohort.ref in form.cleaned_data["cohorts"]]
        rules = form.rules(found.rules)
        actions.change_rules(found, rules, cohorts=follow, by=request.person, at=clock.now())
        messages.success(request, _("Saved. Each comes by itself when its time has come."))
        return redirect("programme", ref)
    return render(request, "programmes/asking.html", {"programme": found, "form": form, "cohorts": running})
