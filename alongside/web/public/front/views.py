from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.questionnaires.queries import open_ones
from alongside.questionnaires.speaking import for_reader
from alongside.reports.demonstration import KINDS
from alongside.web.shared.access import public
from alongside.web.shared.urgent import URGENT

A_YEAR = 60 * 60 * 24 * 365


@public
def front(request: HttpRequest) -> HttpResponse:
    """Say what Alongside is, for whom, and where to begin."""
    kinds = _kinds() if settings.DEMONSTRATION else []
    checks = [for_reader(each) for each in open_ones()]
    return render(request, "public/front.html", {"story": _story(), "kinds": kinds, "checks": checks})


@public
def help_page(request: HttpRequest) -> HttpResponse:
    """Answer what people ask most, and say whom to turn to."""
    return render(request, "public/help.html")


@public
def whom_to_turn_to(request: HttpRequest) -> HttpResponse:
    """Say whom to turn to with a concern, for those who have not signed in."""
    return render(request, "public/whom_to_turn_to.html", {"urgent": URGENT})


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """State how accessible Alongside is and where to report what is not."""
    return render(request, "public/accessibility.html")


@public
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or as the device has it, and go back to where the reader was."""
    wanted = request.POST.get("theme", "")
    back = request.POST.get("next", "")
    here = {request.get_host()}
    safe = back.startswith("/") and url_has_allowed_host_and_scheme(
        back, allowed_hosts=here, require_https=request.is_secure()
    )
    response = redirect(back if safe else "front")
    if wanted in {"light", "dark"}:
        response.set_cookie(
            "theme", wanted, max_age=A_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


def _story() -> list[dict[str, object]]:
    return [
        {
            "phase": "apart",
            "when": _("First"),
            "title": _("You say what you need, or what you can give"),
            "text": _("In your own words. You decide what others may see of it."),
        },
        {
            "phase": "nearing",
            "when": _("Then"),
            "title": _("The mentee chooses"),
            "text": _("Up to three mentors, with the reasons why they fit. The mentor says yes or no, freely."),
        },
        {
            "phase": "alongside",
            "meeting": True,
            "when": _("After that"),
            "title": _("You meet"),
            "text": _("Both get each other’s contact details and a time for a first meeting."),
        },
    ]


def _kinds() -> list[dict[str, str]]:
    words = {
        "mentee": (_("A mentee"), _("chooses a mentor")),
        "mentor": (_("A mentor"), _("answers a mentee")),
        "paired_mentee": (_("A mentee with a mentor"), _("works with their mentor")),
        "paired_mentor": (_("A mentor with a mentee"), _("is at their side")),
        "coordinator": (_("A coordinator"), _("runs a programme")),
        "steward": (_("A steward"), _("sees the whole network")),
    }
    return [{"kind": kind, "label": words[kind][0], "about": words[kind][1]} for kind in KINDS]
