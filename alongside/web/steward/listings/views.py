"""What stewards decide about the directory: a glance at each new page, and who looks after an entry."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from alongside.directory import actions
from alongside.directory.models import Listing
from alongside.directory.queries import claims_stewarded_by, listings_stewarded_by
from alongside.directory.states import LIFE, ClaimState, ListingState
from alongside.finding.offers import Standing
from alongside.journeys import join_directory as journey
from alongside.kernel import clock
from alongside.organisations.queries import coordinators_of
from alongside.web.shared.access import PersonRequest, get_or_404, steward
from alongside.web.shared.lists import page_links
from alongside.web.shared.prose import html_of
from alongside.web.shared.words import plain_words

A_PAGE = 50
STANDINGS = {
    Standing.ASSESSED: gettext_lazy("assessed"),
    Standing.CONDITIONAL: gettext_lazy("assessed, with conditions"),
    Standing.VISIBLE: gettext_lazy("not assessed"),
}


@steward
def listings(request: PersonRequest) -> HttpResponse:
    """List what waits for a steward's glance, claims, and every page of the networks."""
    rows = listings_stewarded_by(request.person)
    page = Paginator(rows.order_by("organisation__name"), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "listings/listings.html",
        {
            **page_links(request, page),
            "waiting": rows.filter(state=ListingState.WAITING).order_by("changed_at"),
            "claims": claims_stewarded_by(request.person).filter(state=ClaimState.WAITING),
            "rows": [
                {
                    "url": reverse("network_listing", args=[each.ref]),
                    "cells": [
                        {"value": each.name},
                        {"label": _("State"), "value": ListingState(each.state).label},
                        {"label": _("Standing"), "value": STANDINGS[Standing(each.standing)]},
                    ],
                }
                for each in page
            ],
            "columns": [{"label": _("Organisation")}, {"label": _("State")}, {"label": _("Standing")}],
        },
    )


@steward
def listing(request: PersonRequest, ref: str) -> HttpResponse:
    """Look at one page and decide: into the directory, back with words, or out of it."""
    found = get_or_404(listings_stewarded_by(request.person), ref=ref)
    if request.method == "POST":
        with plain_words(request):
            _decide(request, found)
        return redirect("network_listing", ref)
    moves = [move for move in LIFE.open_moves(ListingState(found.state)) if move.name in DECISIONS]
    return render(
        request,
        "listings/listing.html",
        {
            "listing": found,
            "state": ListingState(found.state).label,
            "about": html_of(found.about) if found.about else "",
            "moves": moves,
            "wants_words": any(move.name in WITH_WORDS for move in moves),
            "coordinators": coordinators_of([found.organisation_id]),
        },
    )


@require_POST
@steward
def claim(request: PersonRequest, ref: str) -> HttpResponse:
    """Say whether an entry is of whoever claims it."""
    found = get_or_404(claims_stewarded_by(request.person), ref=ref)
    decide = {"accept": journey.accept_claim, "decline": journey.decline_claim}.get(request.POST.get("decide", ""))
    with plain_words(request):
        if decide is None:
            raise ValueError(_("Choose one of the buttons on the page."))
        decide(found, by=request.person, at=clock.now())
        messages.success(request, _("Done. They are told by email."))
    return redirect("network_listings")


def _decide(request: PersonRequest, found: Listing) -> None:
    decide = DECISIONS.get(request.POST.get("move", ""))
    if decide is None:
        raise ValueError(_("Choose one of the buttons on the page."))
    decide(request, found)
    messages.success(request, _("Done. The organisation is told by email."))


def _list(request: PersonRequest, found: Listing) -> None:
    journey.put_in_directory(found, by=request.person, at=clock.now())


def _send_back(request: PersonRequest, found: Listing) -> None:
    journey.send_back(found, request.POST.get("words", ""), by=request.person, at=clock.now())


def _suspend(request: PersonRequest, found: Listing) -> None:
    journey.suspend(found, request.POST.get("words", ""), by=request.person, at=clock.now())


def _reinstate(request: PersonRequest, found: Listing) -> None:
    actions.move_listing(found, "reinstate", by=request.person, at=clock.now())


DECISIONS: dict[str, Callable[[PersonRequest, Listing], None]] = {
    "list": _list,
    "send_back": _send_back,
    "suspend": _suspend,
    "reinstate": _reinstate,
}
WITH_WORDS = {"send_back", "suspend"}
