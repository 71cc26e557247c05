from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.journeys.pulse_emails import SCALE, USE

LONGEST_WORDS = 2000
LONGEST_SENTENCE = 500


def _number(label: object, choices: object, missing: object) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,  # type: ignore[arg-type]
        choices=choices,  # type: ignore[arg-type]
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},  # type: ignore[dict-item]
    )


class PulseForm(forms.Form):
    """How it goes, and whether a coordinator is to call."""

    score = _number(_("How is it going?"), SCALE, _("Choose one of the five."))
    call_wanted = forms.BooleanField(label=_("I would like my coordinator to call me"), required=False)
    words = forms.CharField(
        label=_("A word to your coordinator"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("That is longer than fits here. Shorten it to 2,000 characters.")},
    )


class FollowUpForm(forms.Form):
    """What became of a mentorship, in three short questions."""

    still_uses = _number(_("How much of it do you still use?"), USE, _("Choose one of the five."))
    words = forms.CharField(
        label=_("In one sentence: what came of it?"),
        required=False,
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("That is longer than fits here. Shorten it to 500 characters.")},
    )
    may_write_again = forms.TypedChoiceField(
        label=_("May we write to you again about it?"),
        choices=[("yes", _("Yes")), ("no", _("No, this was the last time"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
