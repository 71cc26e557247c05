from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """A yes, or a no with a reason for those who want to give one."""

    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    reason = forms.CharField(
        required=False,
        max_length=2000,
        label=_("Say why, if you like. It helps us to ask you better."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
