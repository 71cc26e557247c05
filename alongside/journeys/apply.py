"""Somebody asks to take part: they show that an address is theirs, answer, send, and hear what happens next."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from alongside.applications import applying
from alongside.applications.begin_links import Beginning, begin_token
from alongside.applications.fills import known_answers, tell
from alongside.applications.models import Application, Reference
from alongside.applications.queries import open_cohort
from alongside.applications.standing import answers_of
from alongside.journeys import application_emails as emails
from alongside.mentors.actions import forget_approach_by
from alongside.notifications.models import Email
from alongside.people.actions import find_or_create_person, rename_person
from alongside.people.models import Person
from alongside.placing.actions import forget_brought
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.queries import coordinators_running, participations_of
from alongside.questionnaires.queries import newest_definition

MOST_LETTERS = 3
WITHIN = timedelta(hours=1)
KNOWN = (
    "about", "availability", "capacity", "employer", "job_title", "languages", "max_km", "place", "remote", "sector",
    "seniority", "topics",
)  # fmt: skip


class Closed(ValueError):
    """Say that nobody can apply any more."""


@transaction.atomic
def ask_to_confirm(cohort: Cohort, side: str, email: str, *, at: datetime) -> None:
    """Write to an address with the link to begin with, three times an hour at most: nobody's inbox is flooded."""
    email = email.strip().lower()
    sent = Email.objects.filter(kind=emails.CONFIRM, to=email, queued_at__gt=at - WITHIN).count()
    if sent < MOST_LETTERS:
        token = begin_token(Beginning(cohort.ref, side, email))
        emails.ask_to_confirm(cohort, side, email, token=token, at=at)


@transaction.atomic
def begin_by_link(cohort: Cohort, beginning: Beginning, *, at: datetime) -> tuple[Person, Application]:
    """Begin for whoever followed the link in their email; the account is made now if there was none."""
    person = find_or_create_person(email=beginning.email, name="", at=at)
    return person, begin(cohort, person, beginning.side, at=at)


@transaction.atomic
def begin(
    cohort: Cohort, person: Person, side: str, *, at: datetime, told: Mapping[str, Any] | None = None
) -> Application:
    """Begin an application, or go on with the one that is open; what is known already stands filled in.

    :param told: what they told elsewhere just now, as fields of a participant; it comes before what is known.
    """
    rules = cohort.rules.applications.of(side)
    known = {}
    if rules is not None:
        said = {name: value for name, value in (told or {}).items() if value not in (None, "", [])}
        definition = newest_definition(rules.form, cohort.organisation_id)
        known = known_answers(definition, {**_known_of(person, side), **said})
    return applying.begin_application(cohort, person, side, known=known, at=at)[0]


@transaction.atomic
def send(application: Application, *, by: Person, at: datetime, version: int | None = None) -> None:
    """Send an application: its person hears that it has arrived, and whoever they named is asked.

    :param version: which was read when it was checked; the one in hand where None.
    :raises Closed: if nobody can apply any more.
    :raises NotYet: if something is missing.
    :raises ChangedMeanwhile: if it was saved since it was checked.
    """
    if open_cohort(application.cohort.ref, application.side, at=at) is None:
        raise Closed(emails.closed_in_words(application))
    told = tell(application.definition, answers_of(application))
    if told.name and by.name == by.email:
        rename_person(by, name=told.name, time_zone=by.time_zone)
    applying.send_application(application, by=by, at=at, version=version)
    emails.say_it_arrived(application, at=at)
    for reference in application.references.select_related("programme__organisation"):
        ask_for_reference(reference, at=at)


@transaction.atomic
def ask_for_reference(reference: Reference, *, at: datetime) -> None:
    """Ask somebody who was named, by a link that needs no account."""
    applying.note_asked(reference, at=at)
    emails.ask_for_reference(reference, at=at)


@transaction.atomic
def withdraw(application: Application, *, by: Person, at: datetime) -> None:
    """Take an application back."""
    applying.withdraw_application(application, by=by, at=at)
    if application.person_id is None:
        forget_whose(application)


def forget_whose(application: Application) -> None:
    """Forget, of an application that names nobody any more, also what leads back to whoever made it."""
    forget_approach_by(application)
    forget_brought(application)


@transaction.atomic
def give_reference(reference: Reference, answers: Mapping[str, Any], *, at: datetime) -> None:
    """Keep what a referee says."""
    applying.give_reference(reference, answers, at=at)


def readers_of(application: Application) -> Sequence[Person]:
    """Whoever reads an application: the coordinators of its programme, by name."""
    return list(coordinators_running(application.programme))


def _known_of(person: Person, side: str) -> dict[str, Any]:
    """Return what is known of somebody from taking part before, on this side where they did."""
    name = {} if person.name == person.email else {"name": person.name}
    rows: list[Participant] = sorted(
        participations_of(person), key=lambda each: (each.side == side, each.joined_at), reverse=True
    )
    if not rows:
        return name
    first = rows[0]
    known = {field: getattr(first, field) for field in KNOWN}
    if first.side != side:  # what they wanted help with is not what they help with
        known = {field: value for field, value in known.items() if field not in {"topics", "about", "capacity"}}
    return {**known, **name}
