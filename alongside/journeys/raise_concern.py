"""A concern goes to whoever is to hear it, never to anybody it is about; left lying, it goes to somebody else too."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from alongside.concerns import actions
from alongside.concerns.actions import Told, hearing
from alongside.concerns.clocks import fallen_due
from alongside.concerns.models import Concern
from alongside.concerns.queries import entries_of, hearers_of, second_person, who_hears
from alongside.concerns.states import Due
from alongside.journeys import concern_emails as emails
from alongside.people.models import Person
from alongside.programmes.models import Programme

SECOND = frozenset({Due.SECOND_PERSON, Due.SECOND_PERSON_DECIDES})


class NobodyHears(ValueError):
    """Say that everybody who could hear a concern is somebody it is about."""

    def __init__(self) -> None:
        super().__init__(
            "Everybody who could read this here is somebody it is about, so it was not sent. Nothing was kept. Turn to "
            "somebody outside: where anybody is in danger, ring 999; to talk to somebody, ring Samaritans on 116 123."
        )


@transaction.atomic
def raise_concern(programme: Programme, told: Told, *, reporter: Person | None, at: datetime) -> Concern:
    """Keep a concern and tell whoever hears it.

    :param reporter: who reports it, where they give their name: they get the link to how far it is.
    :raises NobodyHears: if everybody who could is somebody it is about.
    """
    people = who_hears(programme, about=told.subjects).people
    if not people:
        raise NobodyHears
    concern = actions.raise_concern(programme, told, hearers=people, at=at)
    for person in people:
        emails.tell_of_concern(person, concern, at=at)
    if reporter:
        emails.confirm_concern(reporter, concern, at=at)
    return concern


@transaction.atomic
def add_to_concern(concern: Concern, words: str, *, at: datetime) -> None:
    """Keep what whoever reported it adds, and tell those who hear it."""
    with hearing(concern):
        actions.add_to_concern(concern, words, at=at)
        for person in hearers_of(concern):
            emails.tell_of_addition(person, concern, at=at)


@transaction.atomic
def run_concern_clocks(concern: Concern, *, at: datetime) -> None:
    """Remind those who hear a concern that lies, then bring in a second person: each once.

    Where several things fell due while no worker ran, a second person is brought in if that is among them.
    """
    with hearing(concern):
        rung = {due for due in fallen_due(concern, at=at) if actions.ring(concern, due, at=at)}
        if rung:
            for person in hearers_of(concern):
                emails.remind_of_concern(person, concern, at=at)
        if rung & SECOND:
            _bring_in(concern, at)


def _bring_in(concern: Concern, at: datetime) -> None:
    person = second_person(concern, about=subjects_of(concern))
    if person and actions.bring_in(concern, person, at=at):
        emails.bring_in(person, concern, at=at)


def subjects_of(concern: Concern) -> Collection[str]:
    """Whom it is about, by ref; it opens that one concern."""
    first, *_ = entries_of(concern)
    subjects: list[str] = first.words["subjects"]
    return subjects
