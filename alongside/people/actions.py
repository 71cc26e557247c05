from datetime import datetime

from alongside.people.models import Person


def find_or_create_person(*, email: str, name: str, at: datetime) -> tuple[Person, bool]:
    """Return the one person with this email, made if there was none, and whether they were made.

    A name that is already there is kept: it is the person's own.
    """
    person, made = Person.objects.get_or_create(
        email=email.strip().lower(), defaults={"name": name or email, "joined_at": at}
    )
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return person, made


def set_mentor_capacity(person: Person, capacity: int | None) -> None:
    """Set how many mentees a mentor can have over all programmes; None is no limit."""
    person.mentor_capacity = capacity
    person.save(update_fields=["mentor_capacity"])


def rename_person(person: Person, *, name: str, time_zone: str) -> None:
    """Change what a person is called and the time zone their times are shown in."""
    person.name, person.time_zone = name, time_zone
    person.save(update_fields=["name", "time_zone"])
