"""The colour of a programme, as a stylesheet that stands after ours: for its people's pages, light and dark."""

import re

from django.http import Http404, HttpRequest, HttpResponse

from alongside.kernel.colours import BLACK, DARK, PAPER, WHITE, mixed, readable_on
from alongside.web.shared.access import public

SHEET = """@media screen {{
:root {{ --step: {light}; --step-deep: {deep}; }}
:root[data-theme="dark"] {{ --step: {dark}; --step-deep: {bright}; }}
}}
@media screen and (prefers-color-scheme: dark) {{
:root:not([data-theme="light"]) {{ --step: {dark}; --step-deep: {bright}; }}
}}
"""


@public
def look(request: HttpRequest, colour: str) -> HttpResponse:
    """Serve the stylesheet of a colour, which says nothing of whose it is, to be kept for a year."""
    if not re.fullmatch(r"[0-9a-f]{6}", colour):
        raise Http404
    light, dark = readable_on(PAPER, f"#{colour}"), readable_on(DARK, f"#{colour}")
    sheet = SHEET.format(light=light, deep=mixed(light, BLACK, 0.2), dark=dark, bright=mixed(dark, WHITE, 0.25))
    return HttpResponse(
        sheet, content_type="text/css", headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )
