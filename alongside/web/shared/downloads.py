import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def handed_over(made: bytes, *, name: str, kind: str) -> HttpResponse:
    """Hand a file over to be kept: a browser neither shows it in its place nor guesses what it is, and no cache has it.

    :param name: what it is called; of it letters, digits, dots and hyphens are kept.
    """
    safe = re.sub(r"[^A-Za-z0-9.-]+", "-", name).strip("-.") or "file"
    return HttpResponse(
        made,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{safe}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def document_handed_over(content: bytes, *, name: str, kind: str) -> HttpResponse:
    """Hand over what somebody handed in, under the name they gave it; nothing opens it in its place or keeps it."""
    answer = handed_over(content, name="file", kind=kind)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return answer
