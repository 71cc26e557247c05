"""The one stylesheet: the parts of ``static/css`` in their order, served as a single file named by its content."""

import hashlib
from functools import cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from alongside.web.shared.access import public

PARTS = ["tokens.css", "base.css", "layout.css", "components/*.css"]


def read_stylesheet() -> str:
    """Return all parts as one text."""
    folder = settings.BASE_DIR / "static" / "css"
    files = [file for pattern in PARTS for file in sorted(folder.glob(pattern))]
    return "\n".join(file.read_text() for file in files)


@cache
def _kept_stylesheet() -> tuple[str, str]:
    text = read_stylesheet()
    return hashlib.sha256(text.encode()).hexdigest()[:12], text


def stylesheet_url() -> str:
    """Return the address of the present stylesheet; it changes whenever the content does."""
    return reverse("stylesheet", args=[_kept_stylesheet()[0]])


@public
def stylesheet(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """Serve the stylesheet, to be kept for a year."""
    present, text = _kept_stylesheet()
    if fingerprint != present:
        raise Http404
    return HttpResponse(text, content_type="text/css", headers={"Cache-Control": "public, max-age=31536000, immutable"})
