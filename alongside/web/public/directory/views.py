"""Finding mentoring: what somebody needs, and what fits, best first. Nothing of who looks is kept."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.directory.queries import networks_with_listings
from alongside.directory.searching import note_search
from alongside.finding.reading import Understood, understood
from alongside.kernel import clock
from alongside.web.public.directory.forms import FindForm
from alongside.web.public.directory.results import A_PAGE, found_by, read_as, regions_with
from alongside.web.shared.access import public
from alongside.web.shared.limits import unhurried
from alongside.web.shared.lists import address_with


@public
@unhurried
def find(request: HttpRequest) -> HttpResponse:
    """Show what fits what somebody said or chose; the form alone where they have said nothing yet."""
    form = FindForm(request.GET or None)
    if not form.is_bound:
        return render(request, "directory/find.html", {"form": FindForm(), "tiles": regions_with(None, request)})
    form.is_valid()
    read = _read(form)
    page = max(1, _number(request.GET.get("page", "")))
    shown = found_by(read.need, page=page)
    if page == 1 and form.anything:
        _note(read, found=shown.fitting)
    return render(
        request,
        "directory/find.html",
        {
            "form": form,
            "read": read_as(read),
            "found": shown,
            "asks": _asks(form, read),
            "tiles": regions_with(read.need, request),
            "again": address_with(request, page=None),
            "previous_url": address_with(request, page=page - 1) if page > 1 else "",
            "next_url": address_with(request, page=page + 1) if page * A_PAGE < shown.total else "",
        },
    )


@require_POST
@public
@unhurried
def missing(request: HttpRequest) -> HttpResponse:
    """Note that what somebody needed was not there: what, never who."""
    form = FindForm(request.POST)
    form.is_valid()
    read = _read(form)
    _note(read, found=0, missed=True)
    messages.success(request, _("Thank you. The network counts what is missing, so that it can be offered."))
    return redirect(f"{reverse('find')}?{urlencode(_kept(form), doseq=True)}")


def _read(form: FindForm) -> Understood:
    return understood(form.said("q"), place=form.said("place"), chosen=form.chosen())


def _note(read: Understood, *, found: int, missed: bool = False) -> None:
    for network in networks_with_listings():
        note_search(network, read.need, found=found, missed=missed, on=clock.now().date())


def _kept(form: FindForm) -> dict[str, Any]:
    return {name: form.said(name) for name in form.fields if form.said(name)}


def _asks(form: FindForm, read: Understood) -> str:
    """What an enquiry takes along from the search, as part of its address."""
    need = read.need
    told = {
        "text": form.said("q"),
        "topic": need.topics,
        "sector": need.sectors,
        "stage": need.stage,
        "online": {True: "yes", False: "no", None: ""}[need.online],
        "place": form.said("place") or (need.place.name if need.place else ""),
    }
    return urlencode({name: value for name, value in told.items() if value}, doseq=True)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 1
