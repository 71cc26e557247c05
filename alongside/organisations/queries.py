from collections.abc import Iterable

from django.db.models import QuerySet

from alongside.kernel.remembering import remembered
from alongside.organisations.models import Network, Organisation, Role
from alongside.organisations.states import RoleKind
from alongside.people.models import Person


def organisations_coordinated_by(person: Person) -> QuerySet[Organisation]:
    """The organisations whose programmes ``person`` runs. Scope is made from this, so it asks no scope itself."""
    roles = Role.unscoped.filter(person=person, kind=RoleKind.COORDINATOR)
    return Organisation.objects.filter(pk__in=roles.values("organisation"))


@remembered
def coordinates(person: Person) -> bool:
    """Whether ``person`` runs programmes for any organisation."""
    return organisations_coordinated_by(person).exists()


@remembered
def stewards(person: Person) -> bool:
    """Whether ``person`` looks after any network."""
    return networks_stewarded_by(person).exists()


def networks_stewarded_by(person: Person) -> QuerySet[Network]:
    return Network.objects.filter(stewardships__person=person)


def coordinators_of(organisations: Iterable[int]) -> QuerySet[Person]:
    """The people who coordinate any of these organisations, by primary key, in the order of their names."""
    roles = Role.unscoped.filter(organisation__in=list(organisations), kind=RoleKind.COORDINATOR)
    return Person.objects.filter(pk__in=roles.values("person")).order_by("name", "pk")


def stewards_of(network_id: int) -> QuerySet[Person]:
    """The people who look after a network, in the order of their names."""
    return Person.objects.filter(stewardships__network=network_id).order_by("name", "pk")
