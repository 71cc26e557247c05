"""The search on other people's sites: a form in a frame, or a plain link. No cookie, no script, nobody followed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from alongside.web.public.directory.forms import FindForm
from alongside.web.shared.access import public
from alongside.web.shared.headers import CONTENT_SECURITY_POLICY

IN_A_FRAME = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")


@public
def on_your_site(request: HttpRequest) -> HttpResponse:
    """Show how to put the search on a site of one's own."""
    build: Callable[[str], str] = lambda name: request.build_absolute_uri(reverse(name))  # noqa: E731
    return render(
        request,
        "directory/on_your_site.html",
        {"link": build("find"), "frame": build("find_embedded")},
    )


@public
@xframe_options_exempt
def embedded(request: HttpRequest) -> HttpResponse:
    """Show the search alone, for a frame on another site; what is found opens on a page of ours."""
    response = render(request, "directory/embedded.html", {"form": FindForm(), "find_url": reverse("find")})
    response.headers["Content-Security-Policy"] = IN_A_FRAME
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
