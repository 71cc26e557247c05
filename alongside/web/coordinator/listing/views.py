"""An organisation's page in the directory, as its coordinators write it."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.directory import actions
from alongside.directory.models import Listing, Offering
from alongside.directory.queries import listings_run_by, offerings_run_by
from alongside.directory.states import LIFE, ListingState
from alongside.journeys import join_directory as journey
from alongside.kernel import clock
from alongside.organisations.queries import organisations_coordinated_by
from alongside.programmes.models import Programme
from alongside.web.coordinator.listing.forms import AboutForm, ForWhomForm, OfferingForm, WhereForm
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.forms import sent
from alongside.web.shared.words import plain_words

OURS = ("send", "hide", "show_again")
SAID = {
    "send": "Sent. A steward looks at it, usually within two days, and you are told.",
    "hide": "Your page is out of the directory. You can put it back at any time.",
    "show_again": "Your page is in the directory again.",
}


@coordinator
def my_listings(request: PersonRequest) -> HttpResponse:
    """List the pages of this coordinator's organisations; with one alone, go to it. Begin one that is not there."""
    if request.method == "POST":
        organisations = organisations_coordinated_by(request.person)
        organisation = get_or_404(organisations, ref=request.POST.get("organisation", ""))
        return redirect("my_listing", journey.listing_of(organisation, by=request.person, at=clock.now()).ref)
    found = list(listings_run_by(request.person).order_by("organisation__name"))
    without = organisations_coordinated_by(request.person).exclude(pk__in=[each.organisation_id for each in found])
    if len(found) == 1 and not without:
        return redirect("my_listing", found[0].ref)
    return render(
        request,
        "listing/listings.html",
        {
            "listings": [(each, ListingState(each.state).label) for each in found],
            "without": without.order_by("name"),
        },
    )


@coordinator
def my_listing(request: PersonRequest, ref: str) -> HttpResponse:
    """Show what is written of an organisation, what is still to be, and what to do next."""
    listing = _listing(request, ref)
    state = ListingState(listing.state)
    return render(
        request,
        "listing/listing.html",
        {
            "listing": listing,
            "state": state,
            "parts": _parts(listing),
            "lacks": journey.lacking(listing),
            "offerings": Offering.objects.filter(listing=listing).order_by("name"),
            "moves": [move for move in LIFE.open_moves(state) if move.name in OURS],
            "public_url": reverse("listing", args=[listing.slug]) if state == ListingState.LISTED else "",
        },
    )


@require_POST
@coordinator
def move_listing(request: PersonRequest, ref: str) -> HttpResponse:
    """Send it to the network, take it out of the directory, or put it back."""
    listing, move = _listing(request, ref), request.POST.get("move", "")
    with plain_words(request):
        if move not in OURS:
            raise ValueError(_("Choose one of the buttons on the page."))
        if move == "send":
            journey.send_listing(listing, by=request.person, at=clock.now())
        else:
            actions.move_listing(listing, move, by=request.person, at=clock.now())
        messages.success(request, _(SAID[move]))
    return redirect("my_listing", ref)


@coordinator
def listing_about(request: PersonRequest, ref: str) -> HttpResponse:
    """Write what an organisation does and who runs it."""
    return _part(request, ref, AboutForm, _("What you do"))


@coordinator
def listing_for_whom(request: PersonRequest, ref: str) -> HttpResponse:
    """Choose what an organisation helps with, and whom."""
    return _part(request, ref, ForWhomForm, _("For whom"))


@coordinator
def listing_where(request: PersonRequest, ref: str) -> HttpResponse:
    """Say where and how people meet, and what it costs."""
    return _part(request, ref, WhereForm, _("Where and how"))


@coordinator
def add_offering(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one more programme; it begins with what is said of the organisation."""
    listing = _listing(request, ref)
    forms = _offering_forms(request, listing, None)
    if _valid(forms) and _saved(request, listing, None, forms):
        return redirect("my_listing", ref)
    return render(request, "listing/offering.html", {"listing": listing, "forms": forms})


@coordinator
def change_offering(request: PersonRequest, ref: str) -> HttpResponse:
    """Change what is said of a programme."""
    found = get_or_404(offerings_run_by(request.person), ref=ref)
    listing = found.listing
    forms = _offering_forms(request, listing, found)
    if _valid(forms) and _saved(request, listing, found, forms):
        return redirect("my_listing", listing.ref)
    return render(request, "listing/offering.html", {"listing": listing, "offering": found, "forms": forms})


def _listing(request: PersonRequest, ref: str) -> Listing:
    return get_or_404(listings_run_by(request.person), ref=ref)


def _part(
    request: PersonRequest, ref: str, kind: type[AboutForm] | type[ForWhomForm] | type[WhereForm], title: str
) -> HttpResponse:
    listing = _listing(request, ref)
    form = kind(sent(request), initial=kind.initial_of(listing))
    if form.is_valid():
        actions.change_listing(listing, form.said(), by=request.person, at=clock.now())
        messages.success(request, _("Saved."))
        return redirect("my_listing", ref)
    return render(request, "listing/part.html", {"listing": listing, "form": form, "title": title})


def _parts(listing: Listing) -> list[dict[str, Any]]:
    return [
        {"title": _("What you do"), "url": reverse("listing_about", args=[listing.ref]), "done": bool(listing.summary)},
        {"title": _("For whom"), "url": reverse("listing_for_whom", args=[listing.ref]), "done": bool(listing.topics)},
        {
            "title": _("Where and how"),
            "url": reverse("listing_where", args=[listing.ref]),
            "done": listing.in_person or listing.online,
        },
    ]


def _offering_forms(request: PersonRequest, listing: Listing, found: Offering | None) -> list[Form]:
    programmes = list(Programme.objects.filter(organisation=listing.organisation_id).order_by("name"))
    about = OfferingForm.initial_of(found) if found else {"doors": ["takes_mentees"], "shown": True}
    said = found or listing
    return [
        OfferingForm(sent(request), programmes=programmes, initial=about),
        ForWhomForm(sent(request), initial=ForWhomForm.initial_of(said)),
        WhereForm(sent(request), initial=WhereForm.initial_of(said)),
    ]


def _valid(forms: list[Form]) -> bool:
    return min(form.is_valid() for form in forms)  # all of them, so that every fault is shown


def _saved(request: PersonRequest, listing: Listing, found: Offering | None, forms: list[Form]) -> bool:
    about, for_whom, place = forms
    assert isinstance(about, OfferingForm) and isinstance(for_whom, ForWhomForm) and isinstance(place, WhereForm)  # noqa: S101, PT018
    said = {**about.said(), **for_whom.said(), **place.said(), "programme": about.chosen_programme}
    said.pop("cost_words")  # a programme's cost is said in its summary
    try:
        with transaction.atomic():
            if found:
                actions.change_offering(found, said, by=request.person, at=clock.now())
            else:
                actions.add_offering(listing, by=request.person, at=clock.now(), **said)
            if about.chosen_programme and not listing.runs_here:
                actions.change_listing(listing, {"runs_here": True}, by=request.person, at=clock.now())
    except IntegrityError:
        about.add_error("name", _("Your page shows a programme of this name already. Give this one another."))
        return False
    messages.success(request, _("Saved."))
    return True
