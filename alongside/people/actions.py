from collections.abc import Collection, Mapping
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from alongside.people.models import Person
from alongside.people.states import EmailSort

AT_ONCE = 500
LONGEST_NAME = 200


def find_or_create_people(names_by_email: Mapping[str, str], *, at: datetime) -> dict[str, Person]:
    """Return the one person of each email, made where there was none, by email in small letters.

    A name that is already there is kept: it is the person's own.
    """
    wanted = {email.strip().lower(): name for email, name in names_by_email.items()}
    known = _by_email(list(wanted))
    Person.objects.bulk_create(
        [
            Person(email=email, name=(name or email)[:LONGEST_NAME], joined_at=at, password=make_password(None))
            for email, name in wanted.items()
            if email not in known
        ],
        batch_size=AT_ONCE,
        ignore_conflicts=True,  # somebody else may have made them a moment ago: theirs counts
    )
    return known | _by_email([email for email in wanted if email not in known])


def find_or_create_person(*, email: str, name: str, at: datetime) -> Person:
    """Return the one person with this email, made if there was none."""
    return find_or_create_people({email: name}, at=at)[email.strip().lower()]


def set_mentor_capacity(person: Person, capacity: int | None) -> None:
    """Set how many mentees a mentor can have over all programmes; None is no limit."""
    person.mentor_capacity = capacity
    person.save(update_fields=["mentor_capacity"])


def rename_person(person: Person, *, name: str, time_zone: str) -> None:
    """Change what a person is called and the time zone their times are shown in."""
    person.name, person.time_zone = name, time_zone
    person.save(update_fields=["name", "time_zone"])


def choose_emails(person: Person, *, wanted: Collection[EmailSort]) -> None:
    """Send a person, of the emails they can do without, those they want."""
    person.emails_off = [sort.value for sort in EmailSort if sort not in wanted]
    person.save(update_fields=["emails_off"])


@transaction.atomic
def turn_emails(person: Person, sort: EmailSort, *, on: bool) -> None:
    """Turn one sort of a person's emails on or off; doing it twice changes nothing."""
    held = Person.objects.select_for_update().get(pk=person.pk)
    choose_emails(held, wanted={each for each in EmailSort if (on if each == sort else each not in held.emails_off)})
    person.emails_off = held.emails_off


def _by_email(emails: list[str]) -> dict[str, Person]:
    parts = [emails[start : start + AT_ONCE] for start in range(0, len(emails), AT_ONCE)]
    return {person.email: person for part in parts for person in Person.objects.filter(email__in=part)}
