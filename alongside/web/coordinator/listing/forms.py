from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.directory.models import Described, Listing, Offering
from alongside.finding.offers import Cost
from alongside.finding.vocabulary import Kind, choices
from alongside.places.gazetteer import find
from alongside.places.regions import TILES
from alongside.programmes.models import Programme

KINDS: tuple[Kind, ...] = ("topics", "sectors", "stages", "audiences")
MOST_KM = 300
SOME_KM = 25


class AboutForm(forms.Form):
    """What an organisation says of itself."""

    summary = forms.CharField(
        label=_("What you do, in a sentence"),
        help_text=_("Such as “Free mentoring for people who start a business in Powys”."),
        max_length=300,
    )
    about = forms.CharField(
        label=_("More about it"),
        help_text=_("What mentees get, how it begins, what is asked of them. Lists and headings as in Markdown."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=6000,
        required=False,
    )
    run_by = forms.CharField(
        label=_("Who runs it"), help_text=_("A charity, a council, a company."), max_length=300, required=False
    )
    email = forms.EmailField(label=_("Where enquiries go"), help_text=_("Not shown to anybody."))
    website = forms.URLField(label=_("Website"), max_length=300, required=False, assume_scheme="https")
    telephone = forms.CharField(label=_("Telephone, if you would like calls"), max_length=40, required=False)

    def said(self) -> dict[str, Any]:
        """What was said, by the fields of a listing."""
        return dict(self.cleaned_data)

    @staticmethod
    def initial_of(listing: Listing) -> dict[str, Any]:
        return {name: getattr(listing, name) for name in AboutForm.base_fields}


class ForWhomForm(forms.Form):
    """What mentoring helps with, and whom."""

    topics = forms.MultipleChoiceField(label=_("What do you help with?"), widget=forms.CheckboxSelectMultiple)
    sectors = forms.MultipleChoiceField(
        label=_("For people in"),
        help_text=_("Leave all empty if it is for every line of work."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    stages = forms.MultipleChoiceField(
        label=_("For people who are"),
        help_text=_("Leave all empty if it is for everybody."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    audiences = forms.MultipleChoiceField(
        label=_("Only, or especially, for"),
        help_text=_("Leave all empty if it is for everybody."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in KINDS:
            self.fields[kind].choices = choices(kind)  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What was said, by the fields of what is described."""
        return {kind: self.cleaned_data[kind] for kind in KINDS}

    @staticmethod
    def initial_of(row: Described) -> dict[str, Any]:
        return {kind: getattr(row, kind) for kind in KINDS}


class WhereForm(forms.Form):
    """Where, how and in which languages people meet, and what it costs."""

    ways = forms.MultipleChoiceField(
        label=_("How do people meet?"),
        choices=[("in_person", _("In person")), ("online", _("Online, or by telephone"))],
        widget=forms.CheckboxSelectMultiple,
    )
    regions = forms.MultipleChoiceField(
        label=_("In which regions?"),
        help_text=_("Leave all empty, and the towns too, if it is everywhere in the United Kingdom."),
        choices=[(region, region) for region in TILES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    towns = forms.CharField(
        label=_("Or around which towns?"),
        help_text=_("One a line, with how many kilometres around it if not 25: “Hexham, 40”."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
    )
    languages = forms.MultipleChoiceField(
        label=_("In which languages?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    cost = forms.ChoiceField(
        label=_("What does it cost a mentee?"),
        choices=[
            (Cost.FREE.value, _("Nothing")),
            (Cost.BOTH.value, _("Some of it is free")),
            (Cost.PAID.value, _("It is to be paid for")),
        ],
        widget=forms.RadioSelect,
    )
    cost_words = forms.CharField(
        label=_("About the cost"),
        help_text=_("Such as “£20 a month, free for charities”."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = choices("languages")  # type: ignore[attr-defined]

    def clean_towns(self) -> list[dict[str, Any]]:
        """Read the towns: each as it is in the gazetteer, with how far around it."""
        lines = [line.strip() for line in self.cleaned_data["towns"].splitlines() if line.strip()]
        return [_town(line) for line in lines]

    def said(self) -> dict[str, Any]:
        """What was said, by the fields of what is described."""
        told = self.cleaned_data
        return {
            "in_person": "in_person" in told["ways"],
            "online": "online" in told["ways"],
            "regions": told["regions"],
            "around": told["towns"],
            "languages": told["languages"],
            "cost": told["cost"],
            "cost_words": told["cost_words"],
        }

    @staticmethod
    def initial_of(row: Described) -> dict[str, Any]:
        return {
            "ways": ["in_person"] * row.in_person + ["online"] * row.online,
            "regions": row.regions,
            "towns": "\n".join(f"{each['name']}, {each['km']:g}" for each in row.around),
            "languages": row.languages,
            "cost": row.cost,
            "cost_words": getattr(row, "cost_words", ""),
        }


class OfferingForm(forms.Form):
    """One programme that a listing shows."""

    programme = forms.ChoiceField(label=_("Which programme of yours?"), required=False)
    name = forms.CharField(label=_("What it is called"), max_length=200)
    summary = forms.CharField(label=_("What it is, in a sentence"), max_length=300, required=False)
    website = forms.URLField(label=_("Where to read more"), max_length=300, required=False, assume_scheme="https")
    doors = forms.MultipleChoiceField(
        label=_("Who can join now?"),
        choices=[("takes_mentees", _("Mentees")), ("wants_mentors", _("Mentors"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    shown = forms.BooleanField(label=_("Show it in the directory"), required=False, initial=True)

    def __init__(self, *args: Any, programmes: list[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if programmes:
            elsewhere = ("", _("One that does not run on Alongside"))
            named = [(each.ref, each.name) for each in programmes]
            self.fields["programme"].choices = [*named, elsewhere]  # type: ignore[attr-defined]
        else:
            del self.fields["programme"]
        self._programmes = {each.ref: each for each in programmes}

    @property
    def chosen_programme(self) -> Programme | None:
        """The programme on Alongside that was chosen, if one was."""
        return self._programmes.get(self.cleaned_data.get("programme", ""))

    def said(self) -> dict[str, Any]:
        """What was said, by the fields of an offering, but for the programme."""
        told = self.cleaned_data
        doors = {name: name in told["doors"] for name in ("takes_mentees", "wants_mentors")}
        return {name: told[name] for name in ("name", "summary", "website", "shown")} | doors

    @staticmethod
    def initial_of(offering: Offering) -> dict[str, Any]:
        doors = [name for name in ("takes_mentees", "wants_mentors") if getattr(offering, name)]
        programme = offering.programme.ref if offering.programme else ""
        same = {name: getattr(offering, name) for name in ("name", "summary", "website", "shown")}
        return {**same, "doors": doors, "programme": programme}


def _town(line: str) -> dict[str, Any]:
    name, _comma, distance = line.rpartition(",")
    if not name or not distance.strip().removesuffix("km").strip().isdecimal():
        name, distance = line, str(SOME_KM)
    km = int(distance.strip().removesuffix("km").strip())
    place = find(name)
    if place is None:
        raise forms.ValidationError(
            _("We do not know “%(place)s”. Write a town, or the first half of a postcode such as SA1."),
            params={"place": name.strip()},
        )
    if not 1 <= km <= MOST_KM:
        raise forms.ValidationError(
            _("Write between 1 and %(most)d kilometres around “%(place)s”."),
            params={"most": MOST_KM, "place": place.name},
        )
    return {"name": place.name, "latitude": place.latitude, "longitude": place.longitude, "km": km}
