from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.messaging.actions import MB, Upload
from alongside.web.participant.mentorship.handing_in import FilesField, total
from alongside.web.participant.mentorship.here import Here
from alongside.web.participant.mentorship.sharing import ALL, SharedForm

LONGEST = 20_000
MOST_FILES, MOST_AT_ONCE = 5, 20 * MB


class MessageForm(SharedForm):
    """A message: its words, files with it, in a group who gets it, and whether a mentor's other mentees get it too."""

    only_me = False
    field_order = ("text", "attached", "readers", "some", "also")

    text = forms.CharField(
        label=_("Your message"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    attached = FilesField(label=_("Files"), most=MOST_FILES, required=False)
    also = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, files: Any = None, *, here: Here, elsewhere: Sequence[Here] = ()) -> None:
        super().__init__(data, files, initial={"readers": ALL}, here=here)
        if elsewhere:
            names = ", ".join(each.others_in_words for each in elsewhere)
            self.fields["also"].label = _("Also to my other mentees: %(names)s") % {"names": names}
            self.fields["also"].help_text = _("Each gets it as a message of their own, and does not see who else did.")
        else:
            del self.fields["also"]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        uploads: list[Upload] = values.get("attached") or []
        if total(uploads) > MOST_AT_ONCE:
            self.add_error(
                "attached", _("These files are larger than 20 MB together. Send some with the next message.")
            )
        if not values.get("text") and not uploads and "attached" not in self.errors and "text" not in self.errors:
            self.add_error("text", _("Write something, or add a file."))
        if values.get("also") and not self.shared_with()["for_all"]:
            self.add_error(
                "also", _("What is for some of you cannot go to others too. Untick this, or choose all of you.")
            )
        return values

    def details(self) -> dict[str, Any]:
        """Return what was filled in, as a message takes it."""
        values = self.cleaned_data
        return {"text": values["text"], "uploads": values["attached"], **self.shared_with()}
