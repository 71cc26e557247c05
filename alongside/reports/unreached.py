"""Emails to the participants a coordinator looks after: that they were sent, never what is in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from alongside.notifications.models import Email
from alongside.notifications.states import EmailState, Trouble
from alongside.people.models import Person
from alongside.programmes.models import Participant
from alongside.programmes.queries import participants_run_by


@dataclass(frozen=True)
class Unreached:
    """An email that was given up: to whom and where it went, which kind it is, why it did not arrive."""

    ref: str
    kind: str
    to: str
    trouble: Trouble
    since: datetime
    participant: Participant


def emails_run_by(person: Person) -> QuerySet[Email]:
    """The emails to participants of the programmes ``person`` runs. Codes to sign in are to nobody's participant."""
    theirs = participants_run_by(person).order_by().values("pk")
    return Email.objects.filter(participant_id__in=theirs).defer("subject", "text", "html", "calendar", "sealed")


def unreached(person: Person) -> Iterator[Unreached]:
    """List the emails that were given up and wait for ``person``, in two queries.

    They wait since they were written: since then somebody has not heard of something.
    """
    given_up = list(emails_run_by(person).filter(state=EmailState.FAILED))
    participants = _participants(person, {email.participant_id for email in given_up})
    for email in given_up:
        if participant := participants.get(email.participant_id):  # who may have left since the emails were read
            yield Unreached(email.ref, email.kind, email.to, Trouble(email.trouble), email.queued_at, participant)


def _participants(person: Person, keys: set[int | None]) -> dict[int | None, Participant]:
    return participants_run_by(person).select_related("cohort__programme").in_bulk(keys)
