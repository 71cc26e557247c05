from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.audit.actions import record
from alongside.exercises.models import Exercise, Filling
from alongside.exercises.queries import answers as is_for
from alongside.kernel.editing import save_edit
from alongside.mentorships.models import Member
from alongside.questionnaires.answering import cleaned, unanswered
from alongside.questionnaires.definition import Definition, Shown


class NotForThem(ValueError):
    """Say that a questionnaire is for the other side."""

    def __init__(self) -> None:
        super().__init__("This exercise is for the other side of a mentorship.")


class NotAnswered(ValueError):
    """Say that questions are still to be answered."""

    def __init__(self) -> None:
        super().__init__("Some questions are still open. Answer them, or save and come back later.")


class AlreadyDone(ValueError):
    """Say that an answer is not changed once others may have compared theirs with it."""

    def __init__(self) -> None:
        super().__init__("You said you were done, and the others may have read it. Begin the exercise again instead.")


@transaction.atomic
def open_exercise(definition: Definition, *, by: Member, at: datetime) -> Exercise:
    """Begin an exercise for those in the mentorship whom it asks.

    :raises NotForThem: if it asks only the other side.
    """
    if not is_for(by, definition):
        raise NotForThem
    exercise: Exercise = Exercise.objects.create(
        **by.where,
        questionnaire=definition.id,
        questionnaire_version=definition.version,
        opened_by=by,
        opened_at=at,
    )
    record("open_exercise", exercise, by=by.participant.person, at=at, questionnaire=definition.id)
    return exercise


@transaction.atomic
def save_answers(
    exercise: Exercise, answers: Mapping[str, Any], *, by: Member, version: int, done: bool, at: datetime
) -> Filling:
    """Keep what a member answers; ``done`` lets it be compared once the others are done too.

    :param version: as it was read; 0 where nothing was saved before.
    :raises NotForThem: if it asks only the other side.
    :raises AlreadyDone: if they said before that they were done.
    :raises NotAnswered: if they say they are done and a question is open. What they answered is to be saved without.
    :raises ChangedMeanwhile: if it was saved since, in another window.
    """
    definition = exercise.definition
    if not is_for(by, definition) or (definition.shown == Shown.IF_SHARED and exercise.opened_by_id != by.pk):
        raise NotForThem
    given = cleaned(definition, answers)
    if done and unanswered(definition, given):
        raise NotAnswered
    filling: Filling
    filling, _ = (
        Filling.objects.select_for_update(of=("self",))
        .select_related("mentorship")
        .get_or_create(exercise=exercise, member=by, defaults={**by.where, "saved_at": at, "version": 0})
    )
    if filling.done_at:
        raise AlreadyDone
    filling.answers, filling.saved_at, filling.done_at = given, at, at if done else None
    save_edit(filling, version=version, fields=["sealed", "saved_at", "done_at"])
    record("save_answers", filling, by=by.participant.person, at=at, done=done)
    return filling


@transaction.atomic
def share_filling(filling: Filling, *, shared: bool, at: datetime) -> None:
    """Show what one answered alone to the others, or to oneself alone again."""
    Filling.objects.filter(pk=filling.pk).update(shared_at=at if shared else None)
    filling.shared_at = at if shared else None
    record("share_filling", filling, by=filling.member.participant.person, at=at, shared=shared)
