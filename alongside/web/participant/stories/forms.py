from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from alongside.files.pictures import WHICH, data_address, picture_refused
from alongside.finding.vocabulary import choices
from alongside.stories.actions import Told
from alongside.stories.consents import NEWEST, WORDINGS
from alongside.stories.states import Impact, Shown


class StoryForm(forms.Form):
    """What somebody tells in public, and how it may be shown."""

    title = forms.CharField(
        label=_("In a few words"), help_text=_("Such as “From a market stall to a shop”."), max_length=150
    )
    words = forms.CharField(
        label=_("How was it?"),
        help_text=_("What was it like before, what did you do, what is different now? Name nobody who has not agreed."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=4000,
    )
    impacts = forms.MultipleChoiceField(
        label=_("What changed?"), choices=Impact.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    topics = forms.MultipleChoiceField(
        label=_("What was it about?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    sector = forms.ChoiceField(label=_("Your line of work"), required=False)
    shown_as = forms.ChoiceField(label=_("Your name"), choices=Shown.choices, widget=forms.RadioSelect)
    picture = forms.FileField(label=_("A picture, if you like"), help_text=WHICH, required=False)
    until = forms.DateField(
        label=_("Shown until"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("Then it is deleted.")
    )
    elsewhere = forms.BooleanField(
        label=_("It may be printed and sent about as well, such as in a report"), required=False
    )
    consent = forms.BooleanField(label=WORDINGS[NEWEST])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["topics"].choices = choices("topics")
        fields["sector"].choices = [("", _("Not said")), *choices("sectors")]

    def clean_picture(self) -> str:
        """Read the picture as the address of its data."""
        file: UploadedFile[bytes] | None = self.cleaned_data["picture"]
        if not file:
            return ""
        address = data_address(file.read())
        if refused := picture_refused(address) or ("" if address else str(WHICH)):
            raise forms.ValidationError(refused)
        return address

    def told(self, *, region: str) -> Told:
        """What was said.

        :param region: in which region it was.
        """
        said = self.cleaned_data
        return Told(
            title=said["title"],
            words=said["words"],
            until=said["until"],
            shown_as=Shown(said["shown_as"]),
            picture=said["picture"],
            elsewhere=said["elsewhere"],
            topics=said["topics"],
            sector=said["sector"],
            region=region,
            impacts=[Impact(each) for each in said["impacts"]],
        )
