"""Where mentors are wanted: programmes of the directory that say so, those that fit a mentor first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.directory.models import Offering
from alongside.directory.queries import offerings_listed
from alongside.directory.searching import index_for_mentors
from alongside.finding.need import Need, Spot
from alongside.finding.vocabulary import label
from alongside.organisations.models import Network
from alongside.places import find
from alongside.web.shared.mentors.wanted import Wanted, wanted

LOOKED_AT = 200
A_PAGE = 12
KINDS_SHOWN = 6


@dataclass
class Wanting:
    """A programme that wants mentors, as a mentor reads it."""

    offering: Offering
    shared: str
    """What it and the mentor have in common, in words."""
    km: int | None

    @property
    def ref(self) -> str:
        return self.offering.ref

    @property
    def name(self) -> str:
        return self.offering.name

    @property
    def organisation(self) -> str:
        return self.offering.listing.name

    @property
    def url(self) -> str:
        return reverse("listing", args=[self.offering.listing.slug])

    @property
    def facts(self) -> list[str]:
        """How far it is, how one meets there, and how many wait."""
        ways = [_("in person")] * self.offering.in_person + [_("online")] * self.offering.online
        away = _("%(km)s km away") % {"km": self.km} if self.km is not None else ""
        return [each for each in (away, " · ".join(ways)) if each]


def need_of(*, topics: Sequence[str], sectors: Sequence[str], place: str, online: bool | None = True) -> Need:
    """Return what a mentor has to offer as what the search looks for."""
    found = find(place) if place else None
    spot = Spot(found.name, found.region, found.latitude, found.longitude) if found else None
    return Need(topics=tuple(topics), sectors=tuple(sectors), place=spot, online=online if spot else None)


def wanting(network: Network, need: Need, *, most: int = A_PAGE) -> list[Wanting]:
    """Return the programmes of a network that want mentors, best fit first."""
    results = index_for_mentors().find(need, limit=LOOKED_AT).results
    rows = offerings_listed().filter(
        wants_mentors=True, listing__network=network, ref__in=[each.offer.ref for each in results]
    )
    there = {each.ref: each for each in rows.select_related("listing__organisation__network", "programme")}
    found = [(each, there[each.offer.ref]) for each in results if each.offer.ref in there]
    return [Wanting(row, _shared(row, need), None if each.km is None else round(each.km)) for each, row in found[:most]]


def chosen_among(network: Network, refs: Iterable[str]) -> list[Offering]:
    """Return the programmes that somebody ticked, of those that want mentors in the network."""
    rows = offerings_listed().filter(wants_mentors=True, listing__network=network, ref__in=list(refs))
    return list(rows.select_related("listing__organisation__network", "programme").order_by("name", "pk"))


def wanted_shown(network: Network, *, place: str, topics: Sequence[str] = ()) -> dict[str, Any]:
    """Return which mentors are wanted, near a place if it is one we know, of these topics first; and where that is."""
    region = found.region if place and (found := find(place)) else ""
    rows = wanted(network, region=region)
    mine = [each for each in rows if each.topic in topics]
    return {
        "region": region,
        "kinds": [_kind(each, mine=each in mine) for each in (mine + [r for r in rows if r not in mine])[:KINDS_SHOWN]],
    }


def _kind(each: Wanted, *, mine: bool) -> dict[str, Any]:
    return {"topic": each.topic, "label": label("topics", each.topic), "words": each.words, "mine": mine}


def _shared(row: Offering, need: Need) -> str:
    return ", ".join(label("topics", each) for each in need.topics if each in row.topics)
