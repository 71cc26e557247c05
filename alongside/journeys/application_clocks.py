"""What falls due of applications: reminders to those who began, to referees and coordinators; what goes."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.applications.applying import count_reminder, empty_application, withdraw_application
from alongside.applications.models import Application, Reference
from alongside.journeys import application_emails as emails
from alongside.journeys.apply import forget_whose
from alongside.programmes.queries import coordinators_running

AGAIN_AFTER = timedelta(days=7)
MOST_REMINDERS = 3


@transaction.atomic
def remind_of_draft(application: Application, *, at: datetime) -> None:
    """Remind somebody of what they began."""
    if count_reminder(application, sent=application.reminders_sent + 1):
        emails.remind_of_draft(application, at=at)


@transaction.atomic
def throw_away_draft(application: Application, *, at: datetime) -> None:
    """Empty what was begun and lies there."""
    withdraw_application(application, by=None, at=at)


@transaction.atomic
def remind_of_reference(reference: Reference, *, at: datetime) -> None:
    """Remind a referee once."""
    if count_reminder(reference, sent=reference.reminders_sent + 1):
        emails.remind_of_reference(reference, at=at)


@transaction.atomic
def remind_to_decide(application: Application, *, at: datetime) -> None:
    """Tell the coordinators of an application whose clock ran out, then each week, three times in all."""
    sent = application.reminders_sent
    if application.due_at is None or sent >= MOST_REMINDERS or at < application.due_at + sent * AGAIN_AFTER:
        return
    if count_reminder(application, sent=sent + 1):
        for coordinator in coordinators_running(application.programme):
            emails.remind_coordinator(application, coordinator, at=at)


@transaction.atomic
def empty(application: Application, *, at: datetime) -> None:
    """Delete what is kept no longer."""
    empty_application(application, at=at)
    if application.person_id is None:
        forget_whose(application)
