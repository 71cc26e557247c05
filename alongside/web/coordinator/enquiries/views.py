"""The inbox of enquiries, and one of them."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.enquiries.queries import enquiries_held_by, waiting
from alongside.enquiries.states import OPEN
from alongside.kernel import clock
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.enquiries.handling import handle
from alongside.web.shared.enquiries.words import line_of
from alongside.web.shared.lists import page_links

A_PAGE = 30


@coordinator
def enquiries(request: PersonRequest) -> HttpResponse:
    """List what waits for an answer, the oldest clock first, and what is settled."""
    at = clock.now()
    rows = enquiries_held_by(request.person)
    settled = rows.exclude(state__in=OPEN).order_by("-closed_at", "-pk")
    page = Paginator(settled, A_PAGE).get_page(request.GET.get("page"))
    context = {
        **page_links(request, page),
        "waiting": [line_of(each, reverse("enquiry", args=[each.ref]), at=at) for each in waiting(rows)],
        "settled": [line_of(each, reverse("enquiry", args=[each.ref]), at=at) for each in page],
    }
    return render(request, "enquiries/enquiries.html", context)


@coordinator
def enquiry(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one enquiry: what is wanted, and everything that can be done about it."""
    found = get_or_404(enquiries_held_by(request.person), ref=ref)
    return handle(request, found, by=request.person, back=reverse("enquiries"))
