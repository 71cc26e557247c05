"""Becoming a mentor: what it asks, where mentors like you are wanted, and the link with which one begins."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.directory.queries import networks_with_listings
from alongside.journeys import become_mentor as journey
from alongside.kernel import clock
from alongside.kernel.links import BadLink
from alongside.mentors.begin_links import beginning_of
from alongside.organisations.models import Network
from alongside.web.public.mentors.forms import BeginForm, LookForm
from alongside.web.shared.access import by_signed_link, public
from alongside.web.shared.forms import sent
from alongside.web.shared.mentors.offers import need_of, wanted_shown, wanting
from alongside.web.shared.sign_in import enter


@public
def become(request: HttpRequest) -> HttpResponse:
    """Say what being a mentor asks, show where mentors like this one are wanted, and send the link to begin."""
    look = _look(request)
    form = BeginForm(sent(request))
    network = look.chosen_network
    if form.is_valid():
        told = form.cleaned_data
        journey.ask_to_begin(network, name=told["name"], email=told["email"], chosen=_chosen(look), at=clock.now())
        return render(request, "mentors/look.html", {"email": told["email"]})
    topics, place = look.said("topics"), look.said("place")
    need = need_of(topics=topics, sectors=look.said("sectors"), place=place)
    return render(
        request,
        "mentors/become.html",
        {
            "look": look,
            "form": form,
            "network": network,
            "looked": bool(request.GET),
            "wanted": wanted_shown(network, place=place, topics=topics),
            "wanting": wanting(network, need),
            "unknown_place": bool(place) and need.place is None,
            "begin_url": f"{request.get_full_path()}#begin",
            "profile_url": f"{reverse('my_mentor_profile')}?{_chosen(look)}",
        },
    )


@by_signed_link
def become_begin(request: HttpRequest, token: str) -> HttpResponse:
    """Let in somebody who confirmed their address, to write their profile."""
    try:
        beginning = beginning_of(token)
        if request.method == "POST":
            enter(request, journey.begin_by_link(beginning, at=clock.now()))
            return redirect(f"{reverse('my_mentor_profile')}?{beginning.chosen}")
    except BadLink as bad:
        return render(request, "mentors/bad_link.html", {"words": str(bad)}, status=404)
    return render(request, "mentors/begin.html", {"beginning": beginning})


def _look(request: HttpRequest) -> LookForm:
    networks = list(networks_with_listings()) or list(Network.objects.order_by("name")[:1])
    if not networks:
        raise Http404
    look = LookForm(request.GET or None, networks=networks)
    look.is_valid()
    return look


def _chosen(look: LookForm) -> str:
    """What was chosen, as the address of the profile carries it on."""
    kept = QueryDict(mutable=True)
    kept["network"] = look.chosen_network.ref
    if place := look.said("place"):
        kept["place"] = place
    for name in ("topics", "sectors"):
        kept.setlist(name, look.said(name))
    return kept.urlencode()
