"""Ask an organisation, or the network, without an account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.directory.queries import listed
from alongside.enquiries.actions import TooMany
from alongside.journeys.enquire import enquire as ask
from alongside.kernel import clock, scope
from alongside.organisations.models import Network, Organisation
from alongside.web.public.enquiries.forms import EnquiryForm, wanted_in
from alongside.web.public.enquiries.limits import came_too_fast, may_send, stamp
from alongside.web.shared.access import get_or_404, public
from alongside.web.shared.forms import sent

TRAP = "more_words"


@public
def enquire(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the organisation of a listing."""
    listing = get_or_404(listed(), slug=slug)
    return _asked(request, listing.network, listing.organisation)


@public
def enquire_network(request: HttpRequest) -> HttpResponse:
    """Ask the network itself: the one that is named, or the first."""
    named = request.POST.get("network") or request.GET.get("network")
    networks = Network.objects.order_by("pk")
    network = networks.filter(ref=named).first() if named else networks.first()
    if network is None:
        raise Http404
    return _asked(request, network, None)


@public
def enquiry_sent(request: HttpRequest) -> HttpResponse:
    """Say what happens next, the same whatever was sent."""
    return render(request, "enquire/sent.html")


def _asked(request: HttpRequest, network: Network, organisation: Organisation | None) -> HttpResponse:
    at = clock.now()
    form = EnquiryForm(sent(request), wanted=wanted_in(request.GET))
    shown = request.POST.get("shown", "")
    if form.is_valid():
        if came_too_fast(shown, at=at):
            form.add_error(None, _("Have another look at what you wrote, then send it once more."))
        elif not may_send(request.META.get("REMOTE_ADDR", ""), at=at):
            form.add_error(None, _("Too many enquiries came from here just now. Send it again in an hour."))
        elif _sent(request, form, network, organisation):
            return redirect("enquiry_sent")
    context = {
        "form": form,
        "network": network,
        "organisation": organisation,
        "holder": organisation.name if organisation else network.name,
        "shown": stamp(at) if came_too_fast(shown, at=at) else shown,
        "trap": TRAP,
    }
    return render(request, "enquire/enquire.html", context)


def _sent(request: HttpRequest, form: EnquiryForm, network: Network, organisation: Organisation | None) -> bool:
    """Keep an enquiry; what the domain refuses stands on the page, with everything that was typed."""
    reached = scope.Scope.of(organisations=[organisation.pk]) if organisation else scope.Scope.of(networks=[network.pk])
    with scope.within(reached):
        try:
            trap = request.POST.get(TRAP, "")
            ask(form.asked, network=network, organisation=organisation, trap=trap, at=clock.now())
        except TooMany as refusal:
            form.add_error(None, str(refusal))
            return False
    return True
