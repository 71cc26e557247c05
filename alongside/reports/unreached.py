"""Emails to those a coordinator looks after, or about an application they read: that they went, never their words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from alongside.applications.models import Application
from alongside.applications.queries import applications_run_by
from alongside.notifications.models import Email
from alongside.notifications.states import EmailState, Trouble
from alongside.people.models import Person
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.queries import participants_run_by


@dataclass(frozen=True)
class Unreached:
    """An email that was given up: to whom and where it went, which kind it is, why it did not arrive.

    It is about a participant, or about an application; then ``name`` is whoever applied, or their referee.
    """

    ref: str
    kind: str
    to: str
    trouble: Trouble
    since: datetime
    name: str
    cohort: Cohort
    participant: Participant | None = None
    application: Application | None = None


def emails_run_by(person: Person) -> QuerySet[Email]:
    """The emails to participants of the programmes ``person`` runs, and about applications that ``person`` reads.

    Codes to sign in are to nobody's participant, and what was not sent to coordinators is not theirs to know of.
    """
    theirs = participants_run_by(person).order_by().values("pk")
    read = applications_run_by(person).order_by().values("pk")
    rows = Email.objects.filter(Q(participant_id__in=theirs) | Q(participant_id=None, application_id__in=read))
    return rows.defer("subject", "text", "html", "calendar", "sealed")


def unreached(person: Person) -> Iterator[Unreached]:
    """List the emails that were given up and wait for ``person``.

    They wait since they were written: since then somebody has not heard of something.
    """
    given_up = list(emails_run_by(person).filter(state=EmailState.FAILED))
    participants = _participants(person, {email.participant_id for email in given_up} - {None})
    about = {email.application_id for email in given_up if email.participant_id is None} - {None}
    applications = applications_run_by(person).prefetch_related("references").in_bulk(about) if about else {}
    for email in given_up:
        told = (email.ref, email.kind, email.to, Trouble(email.trouble), email.queued_at)
        if participant := participants.get(email.participant_id):  # who may have left since the emails were read
            yield Unreached(*told, participant.person.name, participant.cohort, participant=participant)
        elif application := applications.get(email.application_id):
            yield Unreached(*told, _name(application, email.to), application.cohort, application=application)


def _participants(person: Person, keys: set[int | None]) -> dict[int | None, Participant]:
    return participants_run_by(person).select_related("cohort__programme").in_bulk(keys)


def _name(application: Application, address: str) -> str:
    """Return who was written to: a referee by their address, otherwise whoever applied."""
    referees = {each.email.casefold(): each.name for each in application.references.all()}
    applicant = application.person.name if application.person else ""
    return referees.get(address.casefold(), applicant)
