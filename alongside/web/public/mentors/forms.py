from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.finding.vocabulary import choices
from alongside.organisations.models import Network
from alongside.people.actions import LONGEST_NAME


class LookForm(forms.Form):
    """What a mentor could help with, and where; everything may be left out."""

    place = forms.CharField(
        label=_("Where are you?"), help_text=_("A town, or half a postcode."), required=False, max_length=120
    )
    topics = forms.MultipleChoiceField(
        label=_("What could you help with?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    sectors = forms.MultipleChoiceField(
        label=_("What line of work do you know?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    network = forms.ChoiceField(label=_("Which network?"), required=False)

    def __init__(self, data: Any = None, *, networks: list[Network]) -> None:
        super().__init__(data)
        self._networks = {each.ref: each for each in networks}
        fields: Any = self.fields
        fields["topics"].choices = choices("topics")
        fields["sectors"].choices = choices("sectors")
        fields["network"].choices = [(each.ref, each.name) for each in networks]
        if len(networks) < 2:
            del self.fields["network"]

    def said(self, name: str) -> Any:
        """What was said in a field; empty where it was left out, or is none of what can be chosen."""
        return getattr(self, "cleaned_data", {}).get(name) or ("" if name in ("place", "network") else [])

    @property
    def chosen_network(self) -> Network:
        """The network that was chosen, or the first."""
        return self._networks.get(self.said("network")) or next(iter(self._networks.values()))


class BeginForm(forms.Form):
    """Who would like to be a mentor."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name, so that we can greet you.")},
    )
    email = forms.EmailField(
        label=_("Your email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your email address."),
            "invalid": _("Write a whole address, like sam@example.org."),
        },
    )
