"""How it goes, asked in a rhythm, and what became of it, asked after the end: each question goes out once."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from alongside.evaluation import actions
from alongside.evaluation.clocks import pulse_due, reminder_due
from alongside.evaluation.models import FollowUp, Pulse
from alongside.journeys import pulse_emails as emails
from alongside.journeys.one_a_day import something_else_today
from alongside.mentorships.clocks import ZONE
from alongside.mentorships.models import Mentorship
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import MentorshipState


@transaction.atomic
def ask_pulses(mentorship: Mentorship, *, at: datetime) -> None:
    """Ask each member of a mentorship how it goes, if its programme's rhythm has gone by and nobody was asked.

    The question and its email are written in one transaction: a worker that stops half way leaves neither. On a day on
    which a clock of the mentorship writes to them it waits for the next, at the same hour: one a day is enough.
    """
    if mentorship.going_on_at is None:
        return
    due_on = pulse_due(mentorship.going_on_at, rhythm_days=mentorship.cohort.rules.pulse.rhythm_days, at=at)
    if due_on is None or _waits(mentorship, at):
        return
    for member in members_of(mentorship):
        member.mentorship = mentorship
        if pulse := actions.ask_pulse(member, due_on=due_on, at=at):
            emails.ask_pulse(pulse, at=at)


@transaction.atomic
def remind_of_pulse(pulse: Pulse, *, at: datetime) -> None:
    """Remind a member once, some days after they were asked, on a day on which nothing else is asked."""
    due = reminder_due(pulse.asked_at) <= at and not _waits(pulse.member.mentorship, at)
    if due and actions.claim_reminder(pulse, at=at):
        emails.remind_of_pulse(pulse, at=at)


def _waits(mentorship: Mentorship, at: datetime) -> bool:
    """Say whether something else is asked today, or it is too early in the day: pulses come at the hour they began."""
    zone, began = ZoneInfo(ZONE), mentorship.going_on_at
    too_early = began and at.astimezone(zone).time() < began.astimezone(zone).time()
    return bool(too_early) or something_else_today(mentorship, at=at)


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
