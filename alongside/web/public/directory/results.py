"""What was found, as the page shows it: offers by organisation, with the reasons in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.directory.models import Listing, Offering
from alongside.directory.queries import listed, offerings_listed
from alongside.directory.searching import index_now
from alongside.finding.need import Need
from alongside.finding.reading import Understood
from alongside.finding.reasons import words_for
from alongside.finding.search import Result
from alongside.finding.vocabulary import Kind, label
from alongside.places.regions import TILES
from alongside.web.public.directory.forms import spot_of
from alongside.web.public.directory.words import answers_in, cost_in_words, places_in_words, standing_of
from alongside.web.shared.lists import address_with
from alongside.web.shared.tiles import tiles_of

A_PAGE = 10
ELSEWHERE = {"assessed", "conditional", "not assessed", "free", "partly free", "free_places", "full", "days"}
"""Reasons that stand beside every offer in any case: as its tag, or in the line under it."""

FITS = 0.5
"""How well an offer fits that is counted as found."""


@dataclass
class Shown:
    """One offer as a visitor reads it."""

    name: str
    organisation: str
    summary: str
    url: str
    enquire_url: str
    standing: dict[str, str]
    reasons: list[str]
    lacks: list[str]
    facts: list[str]


@dataclass
class Found:
    """A page of what was found, how much there is, and what to do where little fits."""

    offers: list[Shown]
    total: int
    fitting: int
    weak: bool = False
    instead: list[Shown] = field(default_factory=list)


def found_by(need: Need, *, page: int = 1) -> Found:
    """Return a page of the offers that fit a need, best first; where little does, what is nearest to it."""
    found = index_now().find(need, limit=A_PAGE, skip=A_PAGE * (page - 1))
    instead = [each for each in (found.nearest, found.online) if each] if page == 1 and found.nothing_near else []
    here = {each.offer.ref for each in found.results[:3]}
    return Found(
        offers=shown(found.results),
        total=found.total,
        fitting=sum(each.fit >= FITS for each in found.results),
        weak=found.best_fit_is_weak,
        instead=shown(each for each in instead if each.offer.ref not in here),
    )


def shown(results: Iterable[Result]) -> list[Shown]:
    """Return results as a visitor reads them; what was taken out of the directory meanwhile is left out."""
    results = list(results)
    refs = [each.offer.ref for each in results]
    offerings = {each.ref: each for each in offerings_listed().filter(ref__in=refs)}
    listings = {each.ref: each for each in listed().filter(ref__in=set(refs) - set(offerings))}
    rows: list[tuple[Result, Offering | Listing | None]] = [
        (each, offerings.get(each.offer.ref) or listings.get(each.offer.ref)) for each in results
    ]
    return [_shown(each, row) for each, row in rows if row]


def _shown(result: Result, row: Offering | Listing) -> Shown:
    listing = row.listing if isinstance(row, Offering) else row
    places = row.free_places if isinstance(row, Offering) else None
    facts = [cost_in_words(row.cost), places_in_words(places), answers_in(listing.measured.get("days_to_answer"))]
    return Shown(
        name=row.name,
        organisation=listing.name if isinstance(row, Offering) else "",
        summary=row.summary,
        url=reverse("listing", args=[listing.slug]),
        enquire_url=reverse("enquire", args=[listing.slug]),
        standing=standing_of(listing),
        reasons=[words_for(each) for each in result.reasons if each.kind not in ELSEWHERE],
        lacks=[words_for(each) for each in result.lacks if each.kind not in ELSEWHERE],
        facts=[each for each in facts if each],
    )


def read_as(read: Understood) -> list[dict[str, str]]:
    """Return what a need was read as, in words, so that somebody sees what the search understood."""
    need = read.need
    ids: list[tuple[Kind, str]] = [("topics", each) for each in need.topics] + [
        ("sectors", each) for each in need.sectors
    ]
    ids += [("stages", need.stage)] if need.stage else []
    ids += [("audiences", each) for each in need.audiences] + [("languages", each) for each in need.languages]
    words = [label(kind, each) for kind, each in ids]
    words += [_("near %(place)s") % {"place": need.place.name}] if need.place else []
    words += {True: [_("online is fine")], False: [_("in person")], None: []}[need.online]
    return [{"label": each} for each in [*words, *([_("free")] if need.cost else [])]]


def regions_with(need: Need | None, request: HttpRequest) -> list[dict[str, Any]]:
    """Return the map: how many offers reach each region that fit the need well, or how many there are at all."""
    spots = [spot_of(region) for region in TILES]
    counts = dict(zip(TILES, index_now().reaching(spots, need or Need()), strict=True))
    return tiles_of(
        counts,
        shown=lambda region: str(counts.get(region, 0)),
        unit=_("offers"),
        url=lambda region: reverse("find") + address_with(request, region=region, place=None, page=None),
        current=request.GET.get("region", ""),
    )
