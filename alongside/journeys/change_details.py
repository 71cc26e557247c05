"""A person changes what is theirs in every programme: the name, the zone of their times, how many mentees they take."""

from django.db import transaction

from alongside.people.actions import rename_person, set_mentor_capacity
from alongside.people.models import Person


@transaction.atomic
def change_details(person: Person, *, name: str, time_zone: str, mentor_capacity: int | None) -> None:
    """Note the new details. Places that become free are filled when the clocks next run."""
    rename_person(person, name=name, time_zone=time_zone)
    set_mentor_capacity(person, mentor_capacity)
