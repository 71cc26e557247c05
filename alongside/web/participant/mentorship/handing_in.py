"""Files as members hand them in and take them out again."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from alongside.files.kinds import KINDS, NotTaken
from alongside.messaging import shelf
from alongside.messaging.actions import LARGEST, Upload, check
from alongside.messaging.models import Stored

ACCEPTED = ",".join(f".{extension}" for extension in KINDS)
HINT = _("PDF, pictures, text, Word, Excel, PowerPoint or LibreOffice, up to 10 MB each.")
NO_FILE = _("Choose a file first.")


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Files of the kinds we take, each checked by what is in it; the value is a list of :class:`Upload`."""

    def __init__(self, *, most: int = 1, **kwargs: Any) -> None:
        self.most = most
        widget = FilesInput(attrs={"accept": ACCEPTED}) if most > 1 else forms.FileInput(attrs={"accept": ACCEPTED})
        errors = {"required": NO_FILE, "missing": NO_FILE, "invalid": NO_FILE}
        super().__init__(widget=widget, error_messages=errors, help_text=HINT, allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        files = data if isinstance(data, (list, tuple)) else [data]
        cleaned = [super(FilesField, self).clean(file, initial) for file in files or [None]]
        uploads = [upload_of(file) for file in cleaned if file]
        if len(uploads) > self.most:
            raise forms.ValidationError(_("Five files go with one message. Send the others with the next."))
        try:
            check(uploads)
        except NotTaken as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return uploads


def upload_of(file: UploadedFile[bytes]) -> Upload:
    """Return a file as it was handed in; of one that is too large only as much as shows that it is."""
    return Upload((file.name or "file")[-150:], file.read(LARGEST + 1))


def handed_out(file: Stored, title: str) -> HttpResponse:
    """Return a file as a download that no browser opens in place and no proxy keeps.

    :raises FileNotFoundError: if it is not on the disk any more.
    """
    content = shelf.take(file.path, key=file.mentorship.key)
    answer = HttpResponse(content, content_type=file.kind.content_type)
    name = f"{title}.{file.kind.extension}"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


def size_in_words(size: int) -> str:
    """Write a size as people read it: "340 KB", "2.1 MB"."""
    return f"{size / 1_048_576:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1024))} KB"


def total(uploads: Sequence[Upload]) -> int:
    return sum(len(upload.content) for upload in uploads)
