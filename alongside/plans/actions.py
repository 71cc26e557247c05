from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from alongside.audit.actions import record
from alongside.kernel.editing import save_edit
from alongside.kernel.lifecycle import make_move
from alongside.mentorships.models import Member
from alongside.plans.models import Action, Learning, Objective, Review
from alongside.plans.states import OBJECTIVE_LIFECYCLE, Level, ObjectiveState, Outcome

WORDS = frozenset({"what", "how_known"})
"""What is sealed of an objective or an action; everything else of them is a field."""


@transaction.atomic
def set_objective(*, by: Member, at: datetime, **details: Any) -> Objective:
    """Set an objective; ``details`` are its words and fields."""
    level = details.get("start_level", Level.LESS)
    objective: Objective = Objective.objects.create(**by.where, set_at=at, level=level, **details)
    record("set_objective", objective, by=by.participant.person, at=at)
    return objective


@transaction.atomic
def change_objective(objective: Objective, *, by: Member, version: int, at: datetime, **details: Any) -> None:
    """Say an objective anew.

    :raises ChangedMeanwhile: if somebody changed it since ``version`` was read.
    """
    _edit(objective, version, details)
    record("change_objective", objective, by=by.participant.person, at=at)


@transaction.atomic
def review_objective(
    objective: Objective, outcome: Outcome, *, by: Member, note: str = "", level: int | None = None, at: datetime
) -> None:
    """Look at an objective: it goes on, was reached, or is not pursued any more.

    :raises MoveNotAllowed: if it is closed.
    :raises ChangedMeanwhile: if somebody closed it a moment ago.
    """
    if outcome == Outcome.GOING_ON:
        OBJECTIVE_LIFECYCLE.target(ObjectiveState(objective.state), "meet")  # refuses where it is closed
    else:
        make_move(objective, OBJECTIVE_LIFECYCLE, {"met": "meet", "dropped": "drop"}[outcome.value], closed_at=at)
    Review.objects.create(
        **by.where, objective=objective, author=by, at=at, outcome=outcome, level=level, **_words(note=note)
    )
    if level is not None:
        objective.level = level
        objective.save(update_fields=["level"])
    record("review_objective", objective, by=by.participant.person, at=at, outcome=outcome)


@transaction.atomic
def reopen_objective(objective: Objective, *, by: Member, at: datetime) -> None:
    """Take an objective up again."""
    make_move(objective, OBJECTIVE_LIFECYCLE, "reopen", closed_at=None)
    record("reopen_objective", objective, by=by.participant.person, at=at)


@transaction.atomic
def note_learning(*, by: Member, learned: str, used: str, at: datetime) -> Learning:
    """Keep what else somebody learned, and how they used it."""
    learning: Learning = Learning.objects.create(**by.where, author=by, at=at, learned=learned, used=used)
    record("note_learning", learning, by=by.participant.person, at=at)
    return learning


@transaction.atomic
def add_action(*, by: Member, at: datetime, **details: Any) -> Action:
    """Add something that one of them, or all together, will do; ``details`` are its words and fields."""
    action: Action = Action.objects.create(**by.where, added_at=at, **_with_reminder(details))
    record("add_action", action, by=by.participant.person, at=at)
    return action


@transaction.atomic
def change_action(action: Action, *, by: Member, version: int, at: datetime, **details: Any) -> None:
    """Say an action anew, or give it to somebody else, or another day; a reminder moves with its day.

    :raises ChangedMeanwhile: if somebody changed it since ``version`` was read.
    """
    _edit(action, version, _with_reminder(details))
    record("change_action", action, by=by.participant.person, at=at)


@transaction.atomic
def finish_action(action: Action, *, by: Member, at: datetime) -> None:
    """Note that it is done; doing that twice changes nothing."""
    if Action.objects.filter(pk=action.pk, done_at=None).update(done_at=at):
        record("finish_action", action, by=by.participant.person, at=at)


@transaction.atomic
def take_up_action(action: Action, *, by: Member, at: datetime) -> None:
    """Note that it is not done after all."""
    if Action.objects.filter(pk=action.pk).exclude(done_at=None).update(done_at=None):
        record("take_up_action", action, by=by.participant.person, at=at)


@transaction.atomic
def remove_action(action: Action, *, by: Member, at: datetime) -> None:
    """Take an action off the plan; it can be put back."""
    if Action.objects.filter(pk=action.pk, removed_at=None).update(removed_at=at):
        record("remove_action", action, by=by.participant.person, at=at)


@transaction.atomic
def put_back_action(action: Action, *, by: Member, at: datetime) -> None:
    """Put an action back on the plan."""
    if Action.objects.filter(pk=action.pk).exclude(removed_at=None).update(removed_at=None):
        record("put_back_action", action, by=by.participant.person, at=at)


def claim_reminder(action: Action) -> bool:
    """Take on reminding somebody of an action; say whether it was still to be done. Call it with the email."""
    rows = Action.objects.filter(pk=action.pk, remind_on=action.remind_on, done_at=None, removed_at=None)
    return bool(rows.update(remind_on=None))


def _words(**words: str) -> dict[str, str]:
    """Leave out what nobody wrote, so that nothing is sealed where there is nothing."""
    return {name: text for name, text in words.items() if text}


def _with_reminder(details: dict[str, Any]) -> dict[str, Any]:
    if not {"by_when", "remind_days"} <= details.keys():
        return details
    return {**details, "remind_on": _remind_on(details["by_when"], details["remind_days"])}


def _remind_on(by_when: date | None, days: int | None) -> date | None:
    return by_when - timedelta(days=days) if by_when and days is not None else None


def _edit(row: Objective | Action, version: int, details: dict[str, Any]) -> None:
    for name, value in details.items():
        setattr(row, name, value)
    fields = [name for name in details if name not in WORDS]
    save_edit(row, version=version, fields=[*fields, *(["sealed"] if WORDS & details.keys() else [])])
