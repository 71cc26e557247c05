from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.enquiries.actions import Asked
from alongside.enquiries.consents import NEWEST, WORDINGS
from alongside.enquiries.states import Wants
from alongside.people.actions import LONGEST_NAME
from alongside.places import find
from alongside.web.shared.enquiries.words import choices

MISSPELT = {
    "gmial.com": "gmail.com", "gmai.com": "gmail.com", "gamil.com": "gmail.com", "gmail.co": "gmail.com",
    "gmail.con": "gmail.com", "hotmial.com": "hotmail.com", "hotmail.con": "hotmail.com", "hotmai.com": "hotmail.com",
    "outlok.com": "outlook.com", "outlook.con": "outlook.com", "yaho.com": "yahoo.com", "yahoo.con": "yahoo.com",
    "iclod.com": "icloud.com", "icloud.con": "icloud.com",
}  # fmt: skip
HOW = {"yes": True, "no": False, "": None}
MOST = 10


class EnquiryForm(forms.Form):
    """What a visitor asks."""

    side = forms.ChoiceField(
        label=gettext_lazy("What brings you here?"),
        widget=forms.RadioSelect,
        choices=[
            (Wants.MENTEE.value, gettext_lazy("I would like a mentor")),
            (Wants.MENTOR.value, gettext_lazy("I would like to be a mentor")),
            (Wants.OTHER.value, gettext_lazy("Something else")),
        ],
        error_messages={
            "required": gettext_lazy("Choose one."),
            "invalid_choice": gettext_lazy("Choose one of these."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("What would you like to ask?"),
        help_text=gettext_lazy("In your own words: what you do, and what you would like to get further with."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=3000,
        error_messages={"required": gettext_lazy("Write a sentence or two.")},
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("What is it about?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose some of these.")},
    )
    sectors = forms.ChoiceField(label=gettext_lazy("What you do"), required=False)
    place = forms.CharField(
        label=gettext_lazy("Where you are"),
        help_text=gettext_lazy("A town or a postcode."),
        required=False,
        max_length=120,
    )
    online = forms.ChoiceField(
        label=gettext_lazy("How you would like to meet"),
        widget=forms.RadioSelect,
        required=False,
        choices=[
            ("", gettext_lazy("Either way")),
            ("yes", gettext_lazy("Online")),
            ("no", gettext_lazy("In person")),
        ],
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Write your name, so that they can greet you.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        help_text=gettext_lazy("The answer goes there. You need no account and no password."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Write your email address."),
            "invalid": gettext_lazy("Write a whole address, like sam@example.org."),
        },
    )
    may_pass_on = forms.BooleanField(label=WORDINGS[NEWEST], required=False)
    stage = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    languages = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, wanted: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(wanted))
        fields: Any = self.fields
        fields["topics"].choices = list(choices("topics").items())
        fields["sectors"].choices = [("", _("Choose, if you like")), *choices("sector").items()]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        before, _at, domain = email.rpartition("@")
        if right := MISSPELT.get(domain.lower()):
            words = {"right": f"{before}@{right}"}
            raise forms.ValidationError(_("Did you mean %(right)s? Change the address, then send it again.") % words)
        return email

    def clean_topics(self) -> list[str]:
        return list(self.cleaned_data["topics"])[:MOST]

    @property
    def asked(self) -> Asked:
        """What the visitor says, with the region their place is in."""
        said = self.cleaned_data
        found = find(said["place"]) if said["place"] else None
        return Asked(
            name=said["name"],
            email=said["email"],
            words=said["words"],
            side=said["side"],
            topics=tuple(said["topics"]),
            sectors=tuple(filter(None, [said["sectors"]])),
            stage=said["stage"],
            place=said["place"],
            region=found.region if found else "",
            online=HOW[said["online"]],
            languages=_known_languages(said["languages"].split(",")),
            may_pass_on=said["may_pass_on"],
        )


def wanted_in(said: QueryDict) -> dict[str, Any]:
    """Return what was looked for before, from the address of the page; what means nothing to us is left out."""
    topics, sectors = choices("topics"), choices("sector")
    side = said.get("side", "")
    return {
        "side": side if side in set(Wants) else Wants.MENTEE.value,
        "words": (said.get("need") or said.get("text") or "")[:3000],
        "topics": [each for each in said.getlist("topic") if each in topics][:MOST],
        "sectors": next((each for each in said.getlist("sector") if each in sectors), ""),
        "place": said.get("place", "")[:120],
        "online": said.get("online", "") if said.get("online") in HOW else "",
        "stage": said.get("stage", "")[:40],
        "languages": ",".join(_known_languages(said.getlist("language"))),
    }


def _known_languages(named: list[str]) -> tuple[str, ...]:
    return tuple(each for each in named if each in choices("languages"))[:MOST]
