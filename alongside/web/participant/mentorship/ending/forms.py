from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.endings.models import Achievement
from alongside.endings.states import Sees

LONGEST = 8000


class AchievementForm(forms.Form):
    """What a mentee achieved, and who may see it."""

    text = forms.CharField(
        label=_("What did you achieve?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Say what you achieved, in a word or two.")},
    )
    sees = forms.ChoiceField(
        label=_("Who may see it?"),
        widget=forms.RadioSelect,
        choices=[
            (Sees.ME, _("Only me")),
            (Sees.ALL, _("All of us here")),
            (Sees.COORDINATOR, _("All of us here, and the coordinators: exactly these words. You can take it back")),
        ],
        error_messages={"required": _("Choose who may see it.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, achievement: Achievement | None, draft: str) -> None:
        start: dict[str, Any] = {"text": draft, "sees": Sees.ME, "version": 0}
        if achievement:
            start = {"text": achievement.text, "sees": achievement.sees, "version": achievement.version}
        super().__init__(data, initial=start, auto_id="achieved_%s")
        if achievement is None:
            self.fields["text"].help_text = _("Drafted from your plan. Change it as you like: it is yours.")
        if achievement is None and not draft:
            self.fields["text"].help_text = _("It is yours: you decide what is kept of it.")


class ThanksForm(forms.Form):
    """A few words of thanks."""

    text = forms.CharField(
        label=_("A few words to the others"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They see them at once, and get them by email."),
        error_messages={"required": _("Write a few words, or leave it.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="thanks_%s")


class StayForm(forms.Form):
    """Whether somebody wishes to stay in touch."""

    stay = forms.TypedChoiceField(
        label=_("Would you like to stay in touch?"),
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        choices=[("yes", _("Yes")), ("no", _("No"))],
        error_messages={"required": _("Choose yes or no.")},
    )

    def __init__(self, data: Any = None, *, wished: bool | None) -> None:
        super().__init__(
            data, auto_id="stay_%s", initial={"stay": None if wished is None else "yes" if wished else "no"}
        )
