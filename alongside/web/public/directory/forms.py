from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from alongside.finding.need import Need, Spot
from alongside.finding.offers import Cost
from alongside.finding.vocabulary import Kind, choices
from alongside.organisations.models import Network
from alongside.places.regions import TILES, middle_of
from alongside.web.shared.widgets import QuickChecks, QuickSelect

CHOSEN: tuple[tuple[str, Kind], ...] = (
    ("sector", "sectors"),
    ("stage", "stages"),
    ("audience", "audiences"),
    ("language", "languages"),
)
ANY = ("", _("It does not matter"))


class FindForm(forms.Form):
    """What a visitor looks for: in their own words, or by choosing. Everything may be left out."""

    q = forms.CharField(label=_("What would you like help with?"), required=False, max_length=500)
    place = forms.CharField(label=_("Where are you?"), required=False, max_length=120)
    topics = forms.MultipleChoiceField(label=_("Help with"), required=False, widget=QuickChecks)
    sector = forms.ChoiceField(label=_("What you do"), required=False, widget=QuickSelect)
    stage = forms.ChoiceField(label=_("Where you are with it"), required=False, widget=QuickSelect)
    audience = forms.ChoiceField(label=_("For people who are"), required=False, widget=QuickSelect)
    language = forms.ChoiceField(label=_("Language"), required=False, widget=QuickSelect)
    how = forms.ChoiceField(
        label=_("How to meet"),
        required=False,
        widget=QuickSelect,
        choices=[ANY, ("online", _("Online is fine")), ("in_person", _("Only in person"))],
    )
    cost = forms.ChoiceField(
        label=_("Cost"), required=False, widget=QuickSelect, choices=[ANY, ("free", _("Only what is free"))]
    )
    region = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=[("", ""), *((r, r) for r in TILES)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in CHOSEN:
            self.fields[name].choices = [ANY, *choices(kind)]  # type: ignore[attr-defined]
        self.fields["topics"].choices = choices("topics")  # type: ignore[attr-defined]
        for name, words in (("q", _("Such as “cash flow in my bakery”.")), ("place", _("A town, or half a postcode."))):
            self.fields[name].help_text = lazystr(words)

    @property
    def anything(self) -> bool:
        """Whether anything at all was asked for."""
        return any(self.said(name) for name in self.fields)

    @property
    def chosen_any(self) -> bool:
        """Whether anything was chosen, so that the choices are shown open."""
        return any(self.said(name) for name in set(self.fields) - {"q", "place", "region"})

    def said(self, name: str) -> Any:
        """What was said in a field; empty where it was left out, or is none of what can be chosen."""
        return self.cleaned_data.get(name) or ("" if name != "topics" else [])

    def chosen(self) -> Need:
        """What was chosen, apart from what was written."""
        region = self.said("region")
        return Need(
            topics=tuple(self.said("topics")),
            sectors=tuple(filter(None, [self.said("sector")])),
            stage=self.said("stage"),
            audiences=tuple(filter(None, [self.said("audience")])),
            languages=tuple(filter(None, [self.said("language")])),
            place=spot_of(region) if region and not self.said("place") else None,
            online={"online": True, "in_person": False}.get(self.said("how")),
            cost=Cost.FREE if self.said("cost") == "free" else None,
        )


def spot_of(region: str) -> Spot:
    """Return a region as a place to look from: its middle."""
    middle = middle_of(region)
    return Spot(region, region, middle.latitude, middle.longitude)


class JoinForm(forms.Form):
    """Who puts which organisation into the directory."""

    organisation = forms.CharField(label=_("What is your organisation called?"), max_length=200)
    name = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(label=_("Your email address"), help_text=_("At the organisation, if you have one there."))
    network = forms.ChoiceField(label=_("Which network?"))

    def __init__(self, *args: Any, networks: list[Network], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._networks = {each.ref: each for each in networks}
        self.fields["network"].choices = [(each.ref, each.name) for each in networks]  # type: ignore[attr-defined]
        if len(networks) == 1:
            del self.fields["network"]

    @property
    def chosen_network(self) -> Network:
        """The network that was chosen, or the only one."""
        return self._networks[self.cleaned_data.get("network") or next(iter(self._networks))]


class ClaimForm(forms.Form):
    """Who says that an entry is of their organisation."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(
        label=_("Your email address"), help_text=_("At the organisation, so that a steward sees it is you.")
    )
    words = forms.CharField(
        label=_("What do you do there?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000, required=False
    )
