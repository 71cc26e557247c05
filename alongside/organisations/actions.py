from datetime import datetime

from alongside.organisations.models import Network, Organisation, Role, Stewardship
from alongside.people.models import Person


def found_organisation(network: Network, *, name: str, region: str = "", contact_email: str = "") -> Organisation:
    """Add an organisation to a network."""
    return Organisation.objects.create(network=network, name=name, region=region, contact_email=contact_email)


def appoint_coordinator(person: Person, organisation: Organisation, *, at: datetime) -> Role:
    """Make ``person`` a coordinator of ``organisation``; doing it twice changes nothing."""
    role: Role
    role, _ = Role.unscoped.get_or_create(person=person, organisation=organisation, defaults={"since": at})
    return role


def appoint_steward(person: Person, network: Network) -> Stewardship:
    """Make ``person`` a steward of ``network``; doing it twice changes nothing."""
    stewardship, _ = Stewardship.objects.get_or_create(person=person, network=network)
    return stewardship
