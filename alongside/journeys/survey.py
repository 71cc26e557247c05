"""A survey is asked by email when its time in a mentorship has come, and once more a week later."""

from datetime import datetime

from django.db import transaction

from alongside.journeys import survey_emails as emails
from alongside.journeys.one_a_day import something_else_today
from alongside.mentorships.models import Mentorship
from alongside.mentorships.queries import members_of
from alongside.surveys import actions
from alongside.surveys.clocks import has_come
from alongside.surveys.models import Response
from alongside.surveys.queries import asks


@transaction.atomic
def ask_surveys(mentorship: Mentorship, *, at: datetime) -> None:
    """Ask the members of a mentorship whatever survey's time has come; on a day on which nothing else is asked."""
    if something_else_today(mentorship, at=at):
        return
    rules = mentorship.cohort.rules
    due = [each for each in rules.surveys if has_come(each.when, mentorship, months=rules.length.months, at=at)]
    for member in members_of(mentorship) if due else ():
        member.mentorship = mentorship
        for survey in due:
            if asks(survey, member) and (response := actions.ask(survey, member, at=at)):
                emails.ask_survey(member, response, at=at)


@transaction.atomic
def remind_of_survey(response: Response, *, at: datetime) -> None:
    """Remind somebody once, on a day on which nothing else is asked."""
    member = response.member
    if member is None or something_else_today(member.mentorship, at=at):
        return
    if actions.claim_reminder(response, at=at):
        emails.remind_of_survey(member, response, at=at)


@transaction.atomic
def forget_who_answered(response: Response, *, at: datetime) -> None:
    """Keep of an answer what can be counted, once it was somebody's for long enough."""
    actions.forget_who(response)
