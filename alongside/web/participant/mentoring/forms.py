from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from alongside import sheets
from alongside.finding.vocabulary import choices
from alongside.mentors.consents import NEWEST, WORDINGS
from alongside.mentors.models import Profile
from alongside.mentors.states import How
from alongside.organisations.models import Network
from alongside.people.actions import LONGEST_NAME
from alongside.people.models import Person
from alongside.places import find
from alongside.programmes.availability import SLOTS

WRITTEN = (
    "job_title", "employer", "place", "topics", "sectors", "stages", "languages", "how", "max_km", "availability",
    "about",
)  # fmt: skip
CHOSEN = ("topics", "sectors", "stages", "languages")


class ProfileForm(forms.Form):
    """A mentor's one profile: what they say of themselves, how many mentees they take, and who may find them."""

    name = forms.CharField(
        label=_("Your name"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    job_title = forms.CharField(label=_("What you do, or did"), max_length=200, required=False)
    employer = forms.CharField(label=_("Where you work"), max_length=200, required=False)
    place = forms.CharField(
        label=_("Where you are"),
        help_text=_("A town, or half a postcode."),
        max_length=120,
        error_messages={"required": _("Write a town, or half a postcode, so that you are found near it.")},
    )
    topics = forms.MultipleChoiceField(
        label=_("What you can help with"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one: programmes are found by it.")},
    )
    sectors = forms.MultipleChoiceField(
        label=_("Lines of work you know"), required=False, widget=forms.CheckboxSelectMultiple
    )
    stages = forms.MultipleChoiceField(
        label=_("Whom you would rather help"),
        help_text=_("Leave all empty if it does not matter."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you can mentor in"), required=False, widget=forms.CheckboxSelectMultiple
    )
    how = forms.ChoiceField(
        label=_("How you would meet"),
        widget=forms.RadioSelect,
        choices=[
            (How.EITHER.value, _("Online or in person")),
            (How.ONLINE.value, _("Online, or by telephone")),
            (How.IN_PERSON.value, _("In person only")),
        ],
    )
    max_km = forms.IntegerField(
        label=_("How far you would travel"),
        help_text=_("In kilometres, one way."),
        required=False,
        min_value=0,
        max_value=500,
    )
    availability = forms.MultipleChoiceField(
        required=False, choices=[(slot, "") for slot in sorted(SLOTS)], label=_("When you can meet")
    )
    about = forms.CharField(
        label=_("About you, in your own words"),
        help_text=_("What you have done, and what somebody can come to you with. A few sentences are enough."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    capacity = forms.IntegerField(
        label=_("Mentees at most, over all programmes"),
        help_text=_("No programme goes above it, whoever runs it. Leave it empty for no limit."),
        required=False,
        min_value=0,
        max_value=100,
    )
    shown = forms.BooleanField(label=WORDINGS[NEWEST], required=False)

    def __init__(self, data: QueryDict | None, *, person: Person, profile: Profile | None, told: QueryDict) -> None:
        super().__init__(data, initial=_initial(person, profile, told))
        fields: Any = self.fields
        for kind in CHOSEN:
            fields[kind].choices = choices(kind)  # type: ignore[arg-type]

    def clean_name(self) -> str:
        """Take a name as an import would: on one line, with nothing in it that cannot be seen."""
        if name := sheets.tidy_name(self.cleaned_data["name"]):
            return name
        raise forms.ValidationError(_("Write your name in letters."))

    def clean_place(self) -> str:
        place: str = self.cleaned_data["place"]
        if find(place) is None:
            raise forms.ValidationError(_("We do not know this place. Write a town near you, or half a postcode."))
        return place

    @property
    def other_languages(self) -> bool:
        """Whether a language besides English is chosen, so that the choice is shown open."""
        return bool(set(self["languages"].value() or ()) - {"en"})

    @property
    def said(self) -> dict[str, Any]:
        """What was said, by the fields of a profile."""
        return {name: self.cleaned_data[name] for name in WRITTEN}


def network_of(told: QueryDict, networks: list[Network]) -> Network:
    """Return the network that was chosen before, or the first."""
    return next((each for each in networks if each.ref == told.get("network")), networks[0])


def _initial(person: Person, profile: Profile | None, told: QueryDict) -> dict[str, Any]:
    """What stands in the form at first: the profile, or what was chosen on the way here."""
    whose = {"name": "" if person.name == person.email else person.name, "capacity": person.mentor_capacity}
    if profile is not None:
        kept = {name: getattr(profile, name) for name in WRITTEN}
        return {**whose, **kept, "shown": profile.shown_at is not None}
    chosen = {name: told.getlist(name) for name in ("topics", "sectors")}
    return {**whose, **chosen, "place": told.get("place", "")[:120], "languages": ["en"], "how": How.EITHER.value}
