"""The first coordinator of an organisation: how an installation begins."""

from datetime import datetime

from django.db import transaction

from alongside.organisations.actions import appoint_coordinator, found_organisation
from alongside.organisations.models import Network, Organisation
from alongside.people.actions import find_or_create_person
from alongside.people.models import Person


@transaction.atomic
def appoint_first_coordinator(
    *, email: str, name: str, organisation_name: str, network_name: str, at: datetime
) -> tuple[Person, Organisation]:
    """Make a person a coordinator of an organisation; person, organisation and network are made where they are not."""
    network, _ = Network.objects.get_or_create(name=network_name)
    organisation = network.organisations.filter(name=organisation_name).first()
    if organisation is None:
        organisation = found_organisation(network, name=organisation_name)
    person = find_or_create_person(email=email, name=name, at=at)
    appoint_coordinator(person, organisation, at=at)
    return person, organisation
