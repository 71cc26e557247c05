from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.agreements.models import WORDS, Draft
from alongside.agreements.wording import Charter
from alongside.web.participant.mentorship.forms import NO_DATE
from alongside.web.participant.mentorship.here import Here

LONGEST = 4000


def _words(label: Any, rows: int, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=area, help_text=help_text)


class DraftForm(forms.Form):
    """What members fill into their agreement. It can be left half done."""

    objective = _words(
        _("Your one overall objective"), 3, _("What should be different at the end? One or two sentences are enough.")
    )
    areas = _words(_("What the mentee wants to develop"), 3, _("Skills, knowledge, confidence: two or three of them."))
    meeting = _words(
        _("Where you meet, and how you reach each other"),
        3,
        _("At whose place, or online? Who travels? Telephone or email in between, and how soon is there an answer?"),
    )
    until = forms.DateField(
        label=_("Until when?"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("You can go on for longer, or end sooner, whenever you like."),
        error_messages={"invalid": NO_DATE},
    )
    own = _words(_("Anything else, in your own words"), 4, _("It stands at the end of the agreement."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, here: Here, draft: Draft | None) -> None:
        start: dict[str, Any] = {"until": here.mentorship.planned_end_on, "version": 0}
        if draft:
            start = {"until": draft.until, "version": draft.version, **draft.words}
        super().__init__(data, initial=start)
        if here.mentorship.of_peers:
            self.fields["areas"].label = _("What each of you wants to develop")

    def words(self) -> dict[str, str]:
        """Return what was filled in, by the names under which an agreement has it."""
        return {name: self.cleaned_data[name] for name in WORDS}


class SignForm(forms.Form):
    """A name under an agreement, and the charter accepted where it was not before."""

    accept = forms.BooleanField(
        label=_("I have read the charter and accept it"),
        error_messages={"required": _("Read the charter and tick that you accept it.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your name to sign.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    charter = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, name: str, fingerprint: str, charter: Charter, accepted: bool) -> None:
        super().__init__(data, initial={"seen": fingerprint, "charter": charter.fingerprint})
        self.fields["name"].help_text = _("As it stands here: %(name)s. That is your signature.") % {"name": name}
        if accepted:
            del self.fields["accept"]

    def details(self) -> dict[str, str]:
        """Return what was signed, and the charter where it was accepted with it."""
        values = self.cleaned_data
        charter_seen = values["charter"] if values.get("accept") else ""
        return {"name": values["name"], "seen": values["seen"], "charter_seen": charter_seen}
