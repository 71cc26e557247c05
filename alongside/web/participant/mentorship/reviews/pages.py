"""What the pages of 360-degree reviews show, and what they give to the story of a mentorship."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.questionnaires.definition import RaterGroup
from alongside.reviews.models import AllRoundReview, Rater
from alongside.reviews.queries import results_shown_to, reviews_of
from alongside.web.participant.mentorship.here import Here
from alongside.web.participant.mentorship.pieces import Event, Step


def own_rater(review: AllRoundReview) -> Rater | None:
    """What the mentee answers about themself, where the questionnaire asks it."""
    return next((each for each in review.raters.all() if _is_oneself(review, each)), None)


def asking(review: AllRoundReview) -> dict[str, Any]:
    """Return how an open review stands: who was named, and how many of each group answered, never who."""
    others = [rater for rater in review.raters.all() if not _is_oneself(review, rater)]
    groups = [group for group in review.definition.raters if not group.oneself]
    return {
        "groups": [_group(group, [each for each in others if each.group == group.id]) for group in groups],
        "waiting": [rater for rater in others if rater.asked_at is None],
        "asked": [rater for rater in others if rater.asked_at and not rater.replaced],
        "own": own_rater(review),
    }


def events(here: Here) -> Iterator[Event]:
    """Tell of reviews that closed, to whoever may read their result."""
    for review in results_shown_to(here.me):
        url = reverse("all_round_review", args=[here.mentorship.ref, review.ref])
        if review.closed_at:
            yield Event(
                review.closed_at, _("360-degree review: %(title)s") % {"title": review.definition.title}, url=url
            )


def steps(heres: Sequence[Here], at: datetime) -> Iterator[Step]:
    """Ask the mentee for what is still to do in a review that is open."""
    by_member = {here.me.pk: here for here in heres}
    for review in reviews_of(here.me for here in heres).filter(closed_at=None):
        here, stands = by_member[review.mentee_id], asking(review)
        url = reverse("all_round_review", args=[here.mentorship.ref, review.ref])
        if not stands["asked"]:
            yield Step(here.mentorship, review.definition.title, _("Name those you want to ask."), url, _("Name them"))
        elif stands["own"] and not stands["own"].done_at:
            mine = reverse("review_myself", args=[here.mentorship.ref, review.ref])
            text = _("Answer it yourself, to see where others see you otherwise.")
            yield Step(here.mentorship, review.definition.title, text, mine, _("Answer it"), due=review.closes_at)


def _group(group: RaterGroup, raters: Sequence[Rater]) -> dict[str, Any]:
    return {
        "group": group,
        "named": [rater for rater in raters if rater.asked_at is None],
        "asked": [rater for rater in raters if rater.asked_at and not rater.replaced],
        "answered": sum(bool(rater.done_at) for rater in raters),
        "declined": sum(bool(rater.declined_at) for rater in raters),
        "missing": max(group.at_least - sum(not rater.replaced for rater in raters), 0) if group.at_least > 1 else 0,
    }


def _is_oneself(review: AllRoundReview, rater: Rater) -> bool:
    return any(group.oneself and group.id == rater.group for group in review.definition.raters)
