"""The pages of organisations in the directory, and what search engines are told of them."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.directory.models import Listing, Offering
from alongside.directory.queries import listed, offerings_listed
from alongside.kernel import clock
from alongside.reports.suppression import suppressed
from alongside.stories.queries import stories_of_organisation
from alongside.web.public.directory.words import (
    answers_in,
    cost_in_words,
    facts_of,
    places_in_words,
    standing_of,
    where,
)
from alongside.web.shared.access import get_or_404, public
from alongside.web.shared.limits import unhurried
from alongside.web.shared.lists import page_links
from alongside.web.shared.prose import html_of
from alongside.web.shared.stories import shown

A_PAGE = 60


@public
@unhurried
def everybody(request: HttpRequest) -> HttpResponse:
    """List every organisation of the directory by name."""
    rows = listed().order_by("organisation__name")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "directory/organisations.html",
        {
            **page_links(request, page),
            "listings": [
                {
                    "name": each.name,
                    "url": reverse("listing", args=[each.slug]),
                    "summary": each.summary,
                    "standing": standing_of(each),
                    "where": where(each),
                }
                for each in page
            ],
        },
    )


@public
@unhurried
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one organisation: what it offers, for whom, where, and what is known of how good it is."""
    found = get_or_404(listed(), slug=slug)
    return render(
        request,
        "directory/listing.html",
        {
            "listing": found,
            "about": html_of(found.about) if found.about else "",
            "standing": standing_of(found),
            "facts": [*_who(found), *facts_of(found)],
            "figures": _figures(found),
            "offerings": [_offering(each) for each in offerings_listed().filter(listing=found).order_by("name")],
            "stories": [shown(each) for each in stories_of_organisation(found.organisation, clock.now().date())[:3]],
            "address": request.build_absolute_uri(),
        },
    )


@public
@unhurried
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the public pages for search engines."""
    pages: list[tuple[str, datetime | None]] = [
        (reverse(name), None) for name in ("front", "find", "organisations", "become_mentor")
    ]
    pages += [
        (reverse("listing", args=[slug]), changed) for slug, changed in listed().values_list("slug", "changed_at")
    ]
    addresses = [{"address": request.build_absolute_uri(path), "changed": changed} for path, changed in pages]
    return HttpResponse(render_to_string("directory/sitemap.xml", {"pages": addresses}), content_type="application/xml")


@public
def robots(request: HttpRequest) -> HttpResponse:
    """Say what search engines may read: the directory, and nothing of anybody."""
    address = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(render_to_string("directory/robots.txt", {"sitemap": address}), content_type="text/plain")


def _offering(each: Offering) -> dict[str, Any]:
    line = " · ".join(filter(None, [cost_in_words(each.cost), places_in_words(each.free_places)]))
    return {
        "name": each.name,
        "summary": each.summary,
        "facts": facts_of(each),
        "open": each.takes_mentees,
        "line": capfirst(line),
        "website": each.website,
    }


def _who(listing: Listing) -> list[dict[str, Any]]:
    said = [(_("Run by"), listing.run_by), (_("Website"), listing.website), (_("Telephone"), listing.telephone)]
    return [{"term": term, "value": value} for term, value in said if value]


def _counted(people: int | None) -> str | None:
    return None if people is None else suppressed(people)


def _figures(listing: Listing) -> list[dict[str, Any]]:
    """What Alongside measured of an organisation, each with its number; nothing where it runs elsewhere."""
    if not listing.measured:
        return []
    told = listing.measured
    figures = [
        (_("Mentors"), _counted(told.get("mentors"))),
        (_("Mentorships running"), _counted(told.get("mentorships"))),
        (_("Free places"), told.get("free_places")),
        (_("Usual answer"), answers_in(told.get("days_to_answer"))),
    ]
    return [
        {"label": label, "number": _("not reported") if number in (None, "") else number} for label, number in figures
    ]
