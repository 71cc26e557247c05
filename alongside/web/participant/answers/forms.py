from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.matching.models import Request

PLACES = [gettext_lazy("first choice"), gettext_lazy("second choice"), gettext_lazy("third choice")]

NO_REASONS = {
    "no_time": gettext_lazy("I have no time just now"),
    "enough": gettext_lazy("I mentor as many people as I can"),
    "not_my_field": gettext_lazy("This is not what I can help with"),
    "know_each_other": gettext_lazy("We know each other, or work too closely"),
    "other": gettext_lazy("Something else"),
}


def place_words(place: int) -> str:
    """Name a place in the ranking."""
    return str(PLACES[place - 1]) if place <= len(PLACES) else _("choice %(number)s") % {"number": place}


class RankForm(forms.Form):
    """Mentors in a mentee's order: a place for each, each place once, at least one."""

    def __init__(self, *args: Any, requests: Sequence[Request], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.requests = requests
        for request in requests:
            self.fields[f"rank_{request.ref}"] = forms.IntegerField(
                required=False, min_value=1, max_value=len(requests)
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        places = [place for place in cleaned.values() if place]
        for place in sorted({place for place in places if places.count(place) > 1}):
            words = place_words(place)
            self.add_error(
                None, _("Two mentors are both your %(place)s. Give each a different place.") % {"place": words}
            )
        if not places:
            self.add_error(None, _("Choose at least one mentor, or say further down that none of them is right."))
        return cleaned

    @property
    def wishes(self) -> list[Request]:
        """The mentors who were given a place, first choice first."""
        ranked = [(self.cleaned_data.get(f"rank_{request.ref}"), request) for request in self.requests]
        return [request for place, request in sorted(((p, r) for p, r in ranked if p), key=lambda pair: pair[0])]

    def typed(self, request: Request) -> str:
        """The place that was given to a mentor, as it was sent."""
        return str(self.data.get(f"rank_{request.ref}", "")) if self.is_bound else ""


class NobodyForm(forms.Form):
    """None of these mentors, and why, for those who want to say."""

    reason = forms.CharField(
        required=False,
        max_length=2000,
        label=gettext_lazy("Why not, if you like to say"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    """A mentor's yes, or a no with a reason for those who want to give one."""

    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    reason = forms.ChoiceField(choices=[*NO_REASONS.items()], required=False)

    @property
    def reason_words(self) -> str:
        return str(NO_REASONS.get(self.cleaned_data["reason"], ""))
