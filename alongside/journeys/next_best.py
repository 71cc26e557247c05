"""Who else may be able to help: the organisation an enquiry is passed on to when its holder is silent."""

from collections.abc import Callable, Collection

from alongside.directory.queries import listed
from alongside.directory.searching import index_now
from alongside.enquiries.models import Enquiry
from alongside.finding.need import Need, Spot
from alongside.finding.search import Result
from alongside.organisations.models import Organisation
from alongside.places.gazetteer import find
from alongside.places.regions import TILES, middle_of

NextBest = Callable[[Enquiry, Collection[int]], Organisation | None]
"""Returns who is asked next, given who had it already, by primary key; None where nobody fits."""

LOOKED_AT = 60
REACHED = {"near", "region", "everywhere", "online"}


def next_best(enquiry: Enquiry, had_it: Collection[int]) -> Organisation | None:
    """Return the listed organisation of the network that fits best of those within reach."""
    found = ways_onward(enquiry, had_it)
    return found[0] if found else None


def ways_onward(enquiry: Enquiry, had_it: Collection[int]) -> list[Organisation]:
    """Return the listed organisations within reach that can help with some of it, in the order the search has them."""
    results = index_now().find(need_of(enquiry), limit=LOOKED_AT).results
    refs = list(dict.fromkeys(each.offer.organisation for each in results if _can_help(enquiry, each)))
    rows = listed().filter(ref__in=refs, network=enquiry.network_id).exclude(organisation__in=list(had_it))
    found = {listing.ref: listing.organisation for listing in rows}
    return [found[ref] for ref in refs if ref in found]


def need_of(enquiry: Enquiry) -> Need:
    """Return what an enquiry looks for, as the search reads it."""
    return Need(
        topics=tuple(enquiry.topics),
        sectors=tuple(enquiry.sectors),
        stage=enquiry.stage,
        languages=tuple(enquiry.languages),
        place=_spot(enquiry),
        online=enquiry.online,
    )


def _spot(enquiry: Enquiry) -> Spot | None:
    place = find(enquiry.place) if enquiry.place else None
    if place is None and enquiry.region in TILES:
        place = middle_of(enquiry.region)
    return Spot(place.name, place.region, place.latitude, place.longitude) if place else None


def _can_help(enquiry: Enquiry, result: Result) -> bool:
    """Tell whether an offer is open, helps with something that is looked for, and can be reached."""
    kinds = {reason.kind for reason in result.reasons}
    helps = not enquiry.topics or not result.offer.topics or "topics" in kinds
    placed = bool(enquiry.place or enquiry.region)
    return result.offer.open and helps and (not placed or bool(kinds & REACHED))
