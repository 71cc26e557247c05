"""Remind whoever is to do something of what they wanted to be reminded of, on the day they chose."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from alongside.journeys.plan_emails import remind_of_action
from alongside.kernel import scope
from alongside.mentorships.clocks import ZONE
from alongside.mentorships.models import Mentorship
from alongside.mentorships.queries import members_of
from alongside.plans.actions import claim_reminder
from alongside.plans.models import Action
from alongside.plans.queries import reminders_due


@transaction.atomic
def remind_of_actions(mentorship: Mentorship, *, at: datetime) -> None:
    """Send the reminders of one mentorship that are due, each once.

    It works inside that mentorship alone: what is to be done is in the email, and its members wrote it.
    """
    today = at.astimezone(ZoneInfo(ZONE)).date()
    inside = scope.Scope.of(programmes=[mentorship.programme_id], mentorships=[mentorship.pk])
    with scope.within(inside):
        for action in reminders_due(mentorship, today):
            if claim_reminder(action):
                _remind(action, at)


def _remind(action: Action, at: datetime) -> None:
    for member in members_of(action.mentorship):
        if action.who_id in {None, member.pk}:
            remind_of_action(member, action, at=at)
