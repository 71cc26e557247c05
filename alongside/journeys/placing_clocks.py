"""What falls due where volunteers are placed: questions, calls, trainings, and what is kept long enough."""

from datetime import datetime

from django.db import transaction

from alongside.journeys import placing_emails as emails
from alongside.journeys.place_volunteers import end_call
from alongside.matching import clocks
from alongside.placing import actions
from alongside.placing.models import Ask, Call, Volunteer


@transaction.atomic
def lapse_ask(ask: Ask, *, at: datetime) -> None:
    """Thank a volunteer who did not answer in time; the call wants somebody else, and is in the queue again."""
    actions.end_ask(ask, "lapse", by=None, at=at)
    emails.tell_not_needed(ask, at=at)


@transaction.atomic
def remind_ask(ask: Ask, *, at: datetime) -> None:
    """Remind a volunteer to answer, if a reminder is due."""
    if ask.due_at <= at:
        return
    reminders = actions.placing_of(ask.volunteer.participant).reminders
    wanted = clocks.reminders_due(ask.asked_at, ask.due_at, reminders, at)
    if wanted > ask.reminders_sent and actions.count_reminders(ask, sent=wanted):
        emails.remind_volunteer(ask, at=at)


def lapse_call(call: Call, *, at: datetime) -> None:
    """End a call whose day has passed, and say so to whoever called."""
    end_call(call, "lapse", by=None, at=at)


@transaction.atomic
def remind_to_refresh(volunteer: Volunteer, *, at: datetime) -> None:
    """Tell a volunteer, once, that their training is to be refreshed soon."""
    if actions.note_reminded(volunteer, at=at):
        emails.remind_to_refresh(volunteer, at=at)


@transaction.atomic
def forget_ask(ask: Ask, *, at: datetime) -> None:
    """Delete a question that came to nothing a year ago, with the reason that was given."""
    actions.forget_ask(ask, at=at)
