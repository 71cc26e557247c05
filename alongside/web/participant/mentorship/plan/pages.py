"""What the page of the plan shows, and what the plan gives to the story of a mentorship."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.mentorships.states import WORKING, MentorshipState
from alongside.plans.attainment import Scaled, t_score
from alongside.plans.models import Action, Objective
from alongside.plans.queries import (
    actions_due,
    actions_in,
    learnings_in,
    mentorships_with_objectives,
    objectives_in,
    reviews_in,
)
from alongside.plans.states import ObjectiveState
from alongside.web.participant.mentorship.here import Here
from alongside.web.participant.mentorship.pieces import Event, Step

ENOUGH = 5
"""More objectives than these at a time are seldom reached."""
SOON = timedelta(days=3)


def plan_page(here: Here, *, today: date) -> dict[str, Any]:
    """Return the objectives with what was said of them, the actions, and what else was learned."""
    reviews: dict[int, list[Any]] = {}
    for review in reviews_in(here.mentorship):
        reviews.setdefault(review.objective_id, []).append(review)
    objectives = list(objectives_in(here.mentorship))
    actions = list(actions_in(here.mentorship))
    return {
        "objectives": [{"row": row, "reviews": reviews.get(row.pk, [])} for row in objectives],
        "attainment": _attainment(here, objectives),
        "to_do": [_shown(action, today) for action in actions if action.done_at is None],
        "done": [_shown(action, today) for action in actions if action.done_at is not None],
        "learnings": list(learnings_in(here.mentorship)),
    }


def hints_on(here: Here, values: Mapping[str, Any]) -> Iterator[str]:
    """Yield what may help with an objective that was just set: advice, never a refusal."""
    by_when, end = values["by_when"], here.mentorship.planned_end_on
    if by_when is None:
        yield _("Saved. A day to aim for helps: you can add one whenever you like.")
    elif end and by_when > end:
        words = {"day": date_format(end, "j F Y")}
        yield _("Saved. Its day is after the end you planned, %(day)s: a nearer step may be worth setting too.") % words
    if sum(row.state == ObjectiveState.OPEN for row in objectives_in(here.mentorship)) > ENOUGH:
        yield _("You have more than %(n)d objectives now. Fewer at a time are easier to reach.") % {"n": ENOUGH}


def events(here: Here) -> Iterator[Event]:
    """Tell which objectives were reached."""
    url = reverse("mentorship_plan", args=[here.mentorship.ref])
    for objective in objectives_in(here.mentorship):
        if objective.state == ObjectiveState.MET and objective.closed_at and objective.what:
            yield Event(objective.closed_at, _("Reached: %(what)s") % {"what": objective.what}, url=url)


def steps(heres: Sequence[Here], at: datetime) -> Iterator[Step]:
    """Ask for a first objective, and for actions whose day has come."""
    mentorships = {here.mentorship.pk: here for here in heres}
    settled = mentorships_with_objectives(here.mentorship for here in heres)
    for here in heres:
        if here.mentorship.state in WORKING and here.mentorship.pk not in settled:
            yield _first_objective(here)
    due: dict[int, list[Action]] = {}
    for action in actions_due((here.mentorship for here in heres), by=(at + SOON).date()):
        if action.who_id in {None, mentorships[action.mentorship_id].me.pk}:
            due.setdefault(action.mentorship_id, []).append(action)
    for pk, some in due.items():
        if mentorships[pk].mentorship.state != MentorshipState.PAUSED:
            yield _to_do(mentorships[pk], some)


def _first_objective(here: Here) -> Step:
    text = _("One thing you want to achieve, by when, and how you will know.")
    if here.me.is_mentor:
        text = _("Ask what your mentee wants to achieve, and write it down together.")
    return Step(
        here.mentorship,
        _("Set a first objective"),
        text,
        reverse("new_objective", args=[here.mentorship.ref]),
        _("Set an objective"),
        weight=2,
    )


def _to_do(here: Here, some: Sequence[Action]) -> Step:
    title = ngettext("One thing on your plan is due", "%(n)d things on your plan are due", len(some))
    return Step(
        here.mentorship,
        title % {"n": len(some)},
        some[0].what,
        reverse("mentorship_plan", args=[here.mentorship.ref]),
        _("See your plan"),
    )


def _shown(action: Action, today: date) -> dict[str, Any]:
    late = action.done_at is None and action.by_when is not None and action.by_when < today
    return {
        "row": action,
        "who": action.who.participant.person.name if action.who else _("All of you"),
        "late": late,
    }


def _attainment(here: Here, objectives: Sequence[Objective]) -> str:
    """Return the T-score as it was and as it is, where the programme scales and an objective was looked at."""
    counted = [row for row in objectives if row.state != ObjectiveState.DROPPED]
    if not here.mentorship.cohort.rules.objectives.scaled or not counted:
        return ""
    weights = [row.importance * row.difficulty for row in counted]
    before = t_score([Scaled(weight, row.start_level) for weight, row in zip(weights, counted, strict=True)])
    now = t_score([Scaled(weight, row.level) for weight, row in zip(weights, counted, strict=True)])
    return _("%(before).0f when you set out, %(now).0f now; 50 is all as hoped for") % {"before": before, "now": now}
