"""Who else may be able to help: the organisation an enquiry is passed on to when its holder is silent."""

from collections.abc import Callable, Collection

from alongside.directory.models import Listing
from alongside.directory.queries import listed
from alongside.enquiries.models import Enquiry
from alongside.organisations.models import Organisation

NextBest = Callable[[Enquiry, Collection[int]], Organisation | None]
"""Returns who is asked next, given who had it already, by primary key; None where nobody fits."""


def next_best(enquiry: Enquiry, had_it: Collection[int]) -> Organisation | None:
    """Return the listed organisation of the network that fits best of those within reach."""
    found = ways_onward(enquiry, had_it)
    return found[0] if found else None


def ways_onward(enquiry: Enquiry, had_it: Collection[int]) -> list[Organisation]:
    """Return the listed organisations within reach that do not rule out what is looked for, the best first.

    Of two that fit alike the nearer comes first: one that names the region before one that meets online.
    """
    others = listed().filter(network=enquiry.network_id).exclude(organisation__in=list(had_it))
    reached = [listing for listing in others if _within_reach(enquiry, listing) and _suits(enquiry, listing)]
    return [listing.organisation for listing in sorted(reached, key=lambda each: _rank(enquiry, each))]


def _within_reach(enquiry: Enquiry, listing: Listing) -> bool:
    if listing.online and enquiry.online is not False:
        return True
    everywhere = not listing.regions and not listing.around
    return listing.in_person and (everywhere or not enquiry.region or enquiry.region in listing.regions)


def _suits(enquiry: Enquiry, listing: Listing) -> bool:
    """Tell whether a listing, where it names topics, shares one; what it leaves open it does for everybody."""
    return not enquiry.topics or not listing.topics or bool(_shared(enquiry, listing))


def _rank(enquiry: Enquiry, listing: Listing) -> tuple[int, bool, bool, str]:
    near = bool(enquiry.region) and enquiry.region in listing.regions
    sector = not set(enquiry.sectors) & set(listing.sectors)
    return -len(_shared(enquiry, listing)), not near, sector, listing.slug


def _shared(enquiry: Enquiry, listing: Listing) -> set[str]:
    return set(enquiry.topics) & set(listing.topics)
