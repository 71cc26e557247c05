from django.db.models import QuerySet

from alongside.directory.models import Listing, Offering
from alongside.directory.states import ListingState
from alongside.organisations.queries import organisations_coordinated_by
from alongside.people.models import Person


def listed() -> QuerySet[Listing]:
    """The listings that everybody may read."""
    return Listing.unscoped.filter(state=ListingState.LISTED).select_related("organisation", "network")


def offerings_listed() -> QuerySet[Offering]:
    """The offerings that everybody may read."""
    rows = Offering.unscoped.filter(listing__state=ListingState.LISTED, shown=True)
    return rows.select_related("listing__organisation")


def listings_run_by(person: Person) -> QuerySet[Listing]:
    """The listings of the organisations ``person`` coordinates."""
    organisations = organisations_coordinated_by(person).values("pk")
    return Listing.objects.filter(organisation__in=organisations).select_related("organisation", "network")


def listings_stewarded_by(person: Person) -> QuerySet[Listing]:
    """The listings of the networks ``person`` looks after, whatever their state."""
    rows = Listing.objects.filter(network__stewardships__person=person)
    return rows.select_related("organisation", "network")
