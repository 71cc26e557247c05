"""An exercise is begun and filled in by each apart; when the last is done, all may compare."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.exercises import actions
from alongside.exercises.models import Exercise
from alongside.exercises.queries import asked, exercises_in
from alongside.journeys.exercise_emails import ask_to_fill_in, tell_it_can_be_compared
from alongside.mentorships.models import Member
from alongside.mentorships.queries import members_of
from alongside.questionnaires.definition import Definition, Shown


@transaction.atomic
def begin_exercise(definition: Definition, *, by: Member, at: datetime) -> Exercise:
    """Begin an exercise; the others whom it asks get an email.

    :raises NotForThem: if it asks only the other side.
    """
    exercise = actions.open_exercise(definition, by=by, at=at)
    for member in asked(exercise, members_of(by.mentorship)):
        if member.pk != by.pk:
            ask_to_fill_in(member, exercise, at=at)
    return exercise


@transaction.atomic
def fill_in(
    exercise: Exercise, answers: Mapping[str, Any], *, by: Member, version: int, done: bool, at: datetime
) -> None:
    """Keep what a member answers, and when the last is done, tell all that they can compare.

    :raises ValueError: as `exercises.actions.save_answers` does.
    :raises ChangedMeanwhile: if it was saved since, in another window.
    """
    actions.save_answers(exercise, answers, by=by, version=version, done=done, at=at)
    if not done or exercise.definition.shown != Shown.WHEN_ALL_DONE:
        return
    now = exercises_in([by.mentorship]).get(pk=exercise.pk)
    everybody = asked(now, members_of(by.mentorship))
    finished = {filling.member_id for filling in now.fillings.all() if filling.done_at}
    if len(everybody) > 1 and {member.pk for member in everybody} <= finished:
        for member in everybody:
            if member.pk != by.pk:
                tell_it_can_be_compared(member, now, at=at)
