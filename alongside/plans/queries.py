from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet

from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import RUNNING, MentorshipState
from alongside.plans.models import Action, Learning, Objective, Review
from alongside.plans.states import ObjectiveState


def objectives_in(mentorship: Mentorship) -> QuerySet[Objective]:
    """The objectives of a mentorship, those that are open first."""
    rows = Objective.objects.filter(mentorship=mentorship).select_related("mentorship")
    return rows.order_by(F("closed_at").desc(nulls_first=True), "set_at", "pk")


def actions_in(mentorship: Mentorship) -> QuerySet[Action]:
    """The actions of a mentorship: what is to be done first by its day, then what is done, the latest first."""
    rows = Action.objects.filter(mentorship=mentorship, removed_at=None)
    rows = rows.select_related("mentorship", "who__participant__person")
    return rows.order_by(F("done_at").desc(nulls_first=True), F("by_when").asc(nulls_last=True), "pk")


def actions_due(mentorships: Iterable[Mentorship], by: date) -> QuerySet[Action]:
    """The actions of mentorships that are to be done by a day, and are not."""
    rows = Action.objects.filter(mentorship__in=[each.pk for each in mentorships], done_at=None, by_when__lte=by)
    return rows.filter(removed_at=None).select_related("mentorship").order_by("by_when", "pk")


def reminders_due(mentorship: Mentorship, today: date) -> list[Action]:
    """The actions of a mentorship of which somebody is to be reminded by ``today``."""
    rows = Action.objects.filter(mentorship=mentorship, remind_on__lte=today, done_at=None, removed_at=None)
    return list(rows.select_related("mentorship", "who__participant__person"))


def mentorships_with_objectives(mentorships: Iterable[Mentorship]) -> set[int]:
    """Which of some mentorships have an objective, by primary key."""
    rows = Objective.objects.filter(mentorship__in=[each.pk for each in mentorships])
    return set(rows.values_list("mentorship", flat=True))


def removed_actions_in(mentorship: Mentorship) -> QuerySet[Action]:
    """What was taken off the plan and can be put back."""
    return Action.objects.filter(mentorship=mentorship).exclude(removed_at=None).select_related("mentorship")


def reviews_in(mentorship: Mentorship) -> QuerySet[Review]:
    """Every look at an objective, the latest first."""
    rows = Review.objects.filter(mentorship=mentorship)
    return rows.select_related("mentorship", "author__participant__person")


def learnings_in(mentorship: Mentorship) -> QuerySet[Learning]:
    rows = Learning.objects.filter(mentorship=mentorship)
    return rows.select_related("mentorship", "author__participant__person")


def mentorships_to_remind(today: date) -> list[Mentorship]:
    """The running mentorships in which a reminder of an action is due; that one is, not of what."""
    quiet = {MentorshipState.PAUSED}
    rows = Action.unscoped.filter(remind_on__lte=today, done_at=None, removed_at=None)
    rows = rows.filter(mentorship__state__in=RUNNING - quiet)
    return list(Mentorship.objects.filter(pk__in=rows.values("mentorship")).select_related("programme__organisation"))


class Figures(NamedTuple):
    """How many objectives a mentorship set, and how many were reached: all that a coordinator learns of them."""

    total: int
    met: int


def figures_of(mentorships: Iterable[Mentorship]) -> dict[int, Figures]:
    """Count the objectives of mentorships, by primary key; those without any are not listed."""
    rows = Objective.objects.filter(mentorship__in=[each.pk for each in mentorships]).order_by().values("mentorship")
    counted = rows.annotate(total=Count("pk"), met=Count("pk", filter=Q(state=ObjectiveState.MET)))
    return {row["mentorship"]: Figures(row["total"], row["met"]) for row in counted}
