"""Putting an organisation into the directory, and saying that an entry is yours: by an address that is confirmed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.directory.joining_links import Claiming, Joining, told_by
from alongside.directory.queries import listed
from alongside.journeys import join_directory as journey
from alongside.kernel import clock
from alongside.kernel.links import BadLink
from alongside.organisations.models import Network
from alongside.web.public.directory.forms import ClaimForm, JoinForm
from alongside.web.shared.access import by_signed_link, get_or_404, public
from alongside.web.shared.forms import sent
from alongside.web.shared.limits import unhurried
from alongside.web.shared.sign_in import enter


@public
@unhurried
def join(request: HttpRequest) -> HttpResponse:
    """Ask who they are and what their organisation is called, and send a link to the address."""
    networks = list(Network.objects.order_by("name"))
    if not networks:
        raise Http404
    form = JoinForm(sent(request), networks=networks)
    if form.is_valid():
        told = form.cleaned_data
        try:
            journey.ask_to_join(
                form.chosen_network,
                organisation=told["organisation"],
                name=told["name"],
                email=told["email"],
                at=clock.now(),
            )
        except journey.NameTaken as taken:
            form.add_error("organisation", str(taken))
        else:
            return render(request, "directory/look.html", {"email": told["email"]})
    return render(request, "directory/join.html", {"form": form})


@by_signed_link
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """Found the organisation of somebody who confirmed their address, and let them write its page."""
    try:
        joining = told_by(Joining, token)
        if request.method == "POST":
            person, listing = journey.join(joining, at=clock.now())
            enter(request, person)
            return redirect("my_listing", listing.ref)
    except BadLink as bad:
        return render(request, "directory/bad_link.html", {"words": str(bad)}, status=404)
    except journey.NameTaken as taken:
        return render(request, "directory/bad_link.html", {"words": str(taken)}, status=409)
    return render(request, "directory/begin.html", {"joining": joining})


@public
@unhurried
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask who says that an entry is theirs, and send a link to the address."""
    listing = get_or_404(listed(), slug=slug)
    form = ClaimForm(sent(request))
    if form.is_valid():
        journey.ask_to_claim(listing, **form.cleaned_data, at=clock.now())
        return render(request, "directory/look.html", {"email": form.cleaned_data["email"]})
    return render(request, "directory/claim.html", {"form": form, "listing": listing})


@by_signed_link
def claim_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the claim of somebody who confirmed their address."""
    try:
        claiming = told_by(Claiming, token)
        listing = get_or_404(listed(), ref=claiming.listing)
        if request.method == "POST":
            journey.claim(claiming, at=clock.now())
            messages.success(request, _("Thank you. A steward of the network looks at it, and you are told by email."))
            return redirect("listing", listing.slug)
    except BadLink as bad:
        return render(request, "directory/bad_link.html", {"words": str(bad)}, status=404)
    return render(request, "directory/claim_confirm.html", {"claiming": claiming, "listing": listing})
