from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from alongside.assessments.models import Score
from alongside.assessments.standard import Standard

LONGEST = 20_000
TOO_LONG = {"max_length": gettext_lazy("That is longer than fits here. Shorten it to 20,000 characters.")}


class DeclareForm(forms.Form):
    """Whether somebody has a conflict of interest, and which."""

    interest = forms.ChoiceField(
        label=gettext_lazy("Have you a conflict of interest?"),
        widget=forms.RadioSelect,
        choices=[
            (
                "none",
                gettext_lazy("No. I do not work for them, with them or against them, and am close to nobody there."),
            ),
            ("conflict", gettext_lazy("Yes, or perhaps. Somebody else should score it.")),
        ],
        error_messages={
            "required": gettext_lazy("Say yes or no."),
            "invalid_choice": gettext_lazy("Choose one of these."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("If yes: which"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
        required=False,
        error_messages={**TOO_LONG},
    )


class ScoreForm(forms.Form):
    """What an assessor makes of one criterion, and why."""

    score = forms.TypedChoiceField(
        label=gettext_lazy("Your score"),
        widget=forms.RadioSelect,
        coerce=int,
        error_messages={
            "required": gettext_lazy("Choose a score."),
            "invalid_choice": gettext_lazy("Choose one of these."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("Why"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Say why, in a sentence or two."), **TOO_LONG},
    )

    def __init__(self, data: Any, *, standard: Standard, known: Score | None) -> None:
        super().__init__(data, initial={"score": known.score, "words": known.words} if known else {})
        fields: Any = self.fields
        fields["score"].choices = [(step.score, f"{step.score}: {step.title}. {step.means}") for step in standard.scale]
