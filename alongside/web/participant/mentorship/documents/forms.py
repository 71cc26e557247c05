from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from alongside.messaging.actions import LONGEST_TITLE
from alongside.web.participant.mentorship.handing_in import FilesField
from alongside.web.participant.mentorship.here import Here
from alongside.web.participant.mentorship.sharing import ALL, SharedForm

LONGEST_URL = 2_000
NO_TITLE = _("Give it a name by which you find it again.")
NO_URL = _("Write an address that begins with https:// or http://, such as https://www.gov.uk.")


class DocumentForm(SharedForm):
    """A document, and who reads it."""

    field_order = ("file", "readers", "some")

    file = FilesField(label=_("The file"))

    def __init__(self, data: Any = None, files: Any = None, *, here: Here) -> None:
        super().__init__(data, files, initial={"readers": ALL}, prefix="document", here=here)


class LinkForm(SharedForm):
    """A link, and who reads it."""

    field_order = ("title", "url", "readers", "some")

    title = forms.CharField(label=_("What it is"), max_length=LONGEST_TITLE, error_messages={"required": NO_TITLE})
    url = forms.CharField(
        label=_("Its address"),
        max_length=LONGEST_URL,
        widget=forms.URLInput,
        validators=[URLValidator(schemes=["http", "https"], message=NO_URL)],
        error_messages={"required": NO_URL},
    )

    def __init__(self, data: Any = None, *, here: Here) -> None:
        super().__init__(data, initial={"readers": ALL}, prefix="link", here=here)


class TitleForm(forms.Form):
    """What a document is called."""

    title = forms.CharField(label=_("Its name"), max_length=LONGEST_TITLE, error_messages={"required": NO_TITLE})
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class VersionForm(forms.Form):
    """A newer version of a document."""

    file = FilesField(label=_("The newer file"))
