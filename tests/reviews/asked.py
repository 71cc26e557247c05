"""Shorthand for tests of 360-degree reviews: one that was asked for, and answers to it."""

from collections.abc import Iterable, Mapping
from typing import Any

from alongside.journeys.all_round import ask_raters
from alongside.mentorships.models import Member
from alongside.questionnaires.queries import definition_of
from alongside.reviews import actions
from alongside.reviews.models import AllRoundReview, Rater
from tests.world import NOW

LEADERSHIP = definition_of("leadership-360", 1)


def everything(value: int, **more: Any) -> dict[str, Any]:
    """Answer every statement alike."""
    return {question.id: value for question in LEADERSHIP.questions if question.steps} | more


def asked(mentee: Member, groups: Iterable[str]) -> tuple[AllRoundReview, list[Rater]]:
    """Let a mentee ask somebody of each of these groups."""
    review = actions.open_review(LEADERSHIP, by=mentee, at=NOW)
    for number, group in enumerate(groups):
        name, email = f"Rater Number{number}", f"rater{number}@example.org"
        actions.name_rater(review, name=name, email=email, group=group, by=mentee, at=NOW)
    ask_raters(review, by=mentee, at=NOW)
    rows = Rater.objects.filter(review=review, asked_at__isnull=False).select_related(
        "mentorship", "review__mentorship"
    )
    return review, list(rows)


def answer(rater: Rater, answers: Mapping[str, Any]) -> None:
    actions.save_rating(rater, answers, version=rater.version, done=True, at=NOW)
