"""When members are asked: so long after they went on together, or after their end."""

from datetime import datetime, timedelta

from alongside.blueprints.sections import SurveyTime
from alongside.mentorships.models import Mentorship

A_DAY = timedelta(days=1)
A_MONTH = timedelta(days=365.25 / 12)
LATE = timedelta(days=14)
"""What fell due longer ago, in a pause or while nobody was at work, is left out: it would only puzzle."""
REMIND_AFTER = timedelta(days=7)
ANSWERABLE = timedelta(days=60)
"""For how long after they were asked somebody can still answer."""

SINCE = {"start": "going_on_at", "halfway": "going_on_at"}


def since(when: SurveyTime) -> str:
    """Return from what a time counts: the field of a mentorship that holds that moment."""
    return SINCE.get(when, "ended_at")


def after(when: SurveyTime, *, months: int) -> timedelta:
    """Return how long after that moment members are asked.

    A day is left between, so that a survey never comes with the letter that tells them of the moment itself.

    :param months: how long a mentorship is planned for.
    """
    return {
        "start": A_DAY,
        "halfway": months * A_MONTH / 2,
        "ending": A_DAY,
        "after_3_months": 3 * A_MONTH + A_DAY,
        "after_6_months": 6 * A_MONTH + A_DAY,
        "after_12_months": 12 * A_MONTH + A_DAY,
    }[when]


def has_come(when: SurveyTime, mentorship: Mentorship, *, months: int, at: datetime) -> bool:
    """Say whether the time of a survey has come in a mentorship and is not long past.

    :param months: how long a mentorship is planned for.
    """
    moment: datetime | None = getattr(mentorship, since(when))
    if moment is None or mentorship.going_on_at is None:
        return False
    due = moment + after(when, months=months)
    return due <= at < due + LATE


def is_open(asked_at: datetime, *, at: datetime) -> bool:
    """Say whether somebody who was asked then can still answer."""
    return at < asked_at + ANSWERABLE
