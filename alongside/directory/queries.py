from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from alongside.directory.models import Claim, Listing, Offering
from alongside.directory.states import ListingState
from alongside.organisations.models import Network
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


def offerings_run_by(person: Person) -> QuerySet[Offering]:
    """What is offered by the listings of the organisations ``person`` coordinates, shown or not."""
    rows = Offering.objects.filter(organisation__in=organisations_coordinated_by(person).values("pk"))
    return rows.select_related("listing__organisation", "programme")


def listings_stewarded_by(person: Person) -> QuerySet[Listing]:
    """The listings of the networks ``person`` looks after, whatever their state."""
    rows = Listing.objects.filter(network__stewardships__person=person)
    return rows.select_related("organisation", "network")


def networks_with_listings() -> QuerySet[Network]:
    """The networks whose directory everybody may read."""
    return Network.objects.filter(pk__in=listed().order_by().values("network")).order_by("name")


def listings_to_measure(at: datetime) -> QuerySet[Listing]:
    """The listings whose figures are an hour old, oldest first, and as many as one round of the clocks takes."""
    rows = Listing.objects.filter(runs_here=True, state=ListingState.LISTED)
    rows = rows.exclude(measured_at__gt=at - timedelta(hours=1)).select_related("organisation")
    return rows.order_by(F("measured_at").asc(nulls_first=True), "pk")[:40]


def claims_stewarded_by(person: Person) -> QuerySet[Claim]:
    """The claims to listings of the networks ``person`` looks after."""
    rows = Claim.objects.filter(listing__network__stewardships__person=person)
    return rows.select_related("listing__organisation", "listing__network")
