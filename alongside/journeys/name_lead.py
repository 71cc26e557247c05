"""Somebody becomes the safeguarding lead of a programme: they are told, and whoever was it before them is too."""

from datetime import datetime

from django.db import transaction

from alongside.concerns.actions import hearing
from alongside.concerns.queries import open_concerns
from alongside.journeys import concern_emails as emails
from alongside.journeys.raise_concern import subjects_of
from alongside.people.models import Person
from alongside.programmes.actions import change_programme
from alongside.programmes.models import Programme


@transaction.atomic
def name_lead(programme: Programme, lead: Person, *, by: Person, at: datetime) -> None:
    """Let somebody hear the concerns of a programme from now on, and tell them what that means.

    Concerns raised before stay with whoever hears them: a new lead learns how many are open, and nothing of them, nor
    of any that is about them. Naming the same person again changes nothing.
    """
    before = programme.safeguarding_lead
    if before and before.pk == lead.pk:
        return
    change_programme(programme, by=by, at=at, safeguarding_lead=lead)
    emails.tell_new_lead(lead, programme, still_open=_open_without(programme, lead), by=by, at=at)
    if before:
        emails.tell_former_lead(before, programme, lead=lead, at=at)


def _open_without(programme: Programme, person: Person) -> int:
    """Count the open concerns of a programme that are not about somebody."""
    number = 0
    for concern in open_concerns(programme):
        with hearing(concern):
            number += person.ref not in subjects_of(concern)
    return number
