"""Enquiries as stewards see them: those that came to the network, the held pile, and who is slow, in counts."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.enquiries.actions import end_unseen
from alongside.enquiries.models import Enquiry
from alongside.enquiries.queries import enquiries_stewarded_by, held_pile, waiting, waiting_by_organisation
from alongside.enquiries.states import OPEN, Doubt, Wants
from alongside.journeys.enquire import release
from alongside.kernel import clock
from alongside.organisations.queries import networks_stewarded_by
from alongside.reports.suppression import suppressed
from alongside.web.shared.access import PersonRequest, get_or_404, steward
from alongside.web.shared.enquiries.handling import handle
from alongside.web.shared.enquiries.words import DOUBTS, WANTS, line_of
from alongside.web.shared.words import plain_words

SETTLED_SHOWN = 30


@steward
def enquiries(request: PersonRequest) -> HttpResponse:
    """List what came to the network itself, what is held, and how many wait at each organisation."""
    at = clock.now()
    rows = enquiries_stewarded_by(request.person)
    settled = rows.exclude(state__in=OPEN).order_by("-closed_at", "-pk")[:SETTLED_SHOWN]
    networks = networks_stewarded_by(request.person).order_by("name")
    context = {
        "waiting": [_line(each, at) for each in waiting(rows)],
        "settled": [_line(each, at) for each in settled],
        "held": [_held(each) for each in held_pile(request.person)],
        "organisations": [
            {"name": name, "number": suppressed(n), "days": (at - since).days}
            for network in networks
            for name, n, since in waiting_by_organisation(network)
        ],
    }
    return render(request, "network_enquiries/enquiries.html", context)


@steward
def enquiry(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one enquiry that came to the network."""
    found = get_or_404(enquiries_stewarded_by(request.person), ref=ref)
    return handle(request, found, by=request.person, back=reverse("steward_enquiries"))


@require_POST
@steward
def decide_held(request: PersonRequest, ref: str) -> HttpResponse:
    """Let a doubtful enquiry through, or throw it away."""
    found = get_or_404(held_pile(request.person), ref=ref)
    with plain_words(request):
        if request.POST.get("do") == "release":
            release(found, by=request.person, at=clock.now())
            messages.success(request, _("Let through: they are asked to confirm it."))
        elif request.POST.get("do") == "dismiss":
            end_unseen(found, "dismiss", by=request.person, at=clock.now())
            messages.success(request, _("Thrown away. What was in it is deleted; that it was there is noted."))
    return redirect("steward_enquiries")


def _line(enquiry: Enquiry, at: datetime) -> dict[str, Any]:
    return line_of(enquiry, reverse("steward_enquiry", args=[enquiry.ref]), at=at)


def _held(enquiry: Enquiry) -> dict[str, Any]:
    return {
        "enquiry": enquiry,
        "wants": WANTS[Wants(enquiry.side)],
        "why": DOUBTS[Doubt(enquiry.doubt)],
        "by_itself": enquiry.doubt != Doubt.TRAP,
    }
