"""How it goes, asked once a month, and what became of it, asked after the end: each question goes out once."""

from datetime import datetime

from django.db import transaction

from alongside.evaluation import actions
from alongside.evaluation.clocks import pulse_due, reminder_due
from alongside.evaluation.models import FollowUp, Pulse
from alongside.journeys import pulse_emails as emails
from alongside.mentorships.models import Mentorship
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import MentorshipState


@transaction.atomic
def ask_pulses(mentorship: Mentorship, *, at: datetime) -> None:
    """Ask each member of a mentorship how it goes, if a month is over and nobody was asked for it.

    The question and its email are written in one transaction: a worker that stops half way leaves neither.
    """
    due_on = pulse_due(mentorship, at=at)
    if due_on is None:
        return
    for member in members_of(mentorship):
        member.mentorship = mentorship
        if pulse := actions.ask_pulse(member, due_on=due_on, at=at):
            emails.ask_pulse(pulse, at=at)


@transaction.atomic
def remind_of_pulse(pulse: Pulse, *, at: datetime) -> None:
    """Remind a member once, some days after they were asked."""
    if reminder_due(pulse.asked_at) <= at and actions.claim_reminder(pulse, at=at):
        emails.remind_of_pulse(pulse, at=at)


@transaction.atomic
def plan_follow_ups(mentorship: Mentorship, *, at: datetime) -> None:
    """Set the days on which those who were in a mentorship to its end are asked what became of it."""
    if mentorship.state == MentorshipState.ENDED and mentorship.ended_at:
        actions.plan_follow_ups(mentorship, members_of(mentorship), ended_at=mentorship.ended_at)


@transaction.atomic
def ask_follow_up(follow_up: FollowUp, *, at: datetime) -> None:
    """Ask somebody what became of it, once."""
    if actions.claim_follow_up(follow_up, at=at):
        emails.ask_follow_up(follow_up, at=at)
