from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 20_000
TOO_LONG = {"max_length": _("That is longer than fits here. Shorten it to 20,000 characters.")}


class NoteForm(forms.Form):
    """What somebody who hears a concern notes or decides."""

    words = forms.CharField(
        label=_("Your note, or what you decided"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what you note or what you decided."), **TOO_LONG},
    )


class LastWordForm(forms.Form):
    """A last word, for those who want to leave one."""

    words = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea, error_messages={**TOO_LONG})
