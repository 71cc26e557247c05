from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.questionnaires.definition import Definition


class AddressForm(forms.Form):
    """Write the address of somebody anew whom no email reached."""

    email = forms.EmailField(label=_("Their email address"), max_length=254)


class RaterForm(forms.Form):
    """Name somebody who is to be asked."""

    name = forms.CharField(label=_("Their name"), max_length=120)
    email = forms.EmailField(label=_("Their email address"), max_length=254)
    group = forms.ChoiceField(label=_("How do you know them?"), widget=forms.RadioSelect)

    def __init__(self, *args: object, definition: Definition, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        groups = [(group.id, group.title) for group in definition.raters if not group.oneself]
        self.fields["group"].choices = groups  # type: ignore[attr-defined]
