from collections.abc import Iterable, Sequence

from django.db.models import Prefetch, QuerySet

from alongside.exercises.models import Exercise, Filling
from alongside.mentorships.models import Member, Mentorship
from alongside.questionnaires.definition import Audience, Definition, Shown
from alongside.questionnaires.library import newest
from alongside.questionnaires.queries import newest_definition, own_table


def exercises_in(mentorships: Iterable[Mentorship]) -> QuerySet[Exercise]:
    """The exercises of some mentorships with what was filled in, the latest first."""
    rows = Exercise.objects.filter(mentorship__in=[each.pk for each in mentorships]).select_related("mentorship")
    named = {"organisation": "organisation_id", "key": "questionnaire", "version": "questionnaire_version"}
    fillings = Filling.objects.select_related("mentorship", "member__participant__person").order_by("pk")
    read: QuerySet[Exercise] = rows.annotate(own_table=own_table(**named))
    return read.select_related("opened_by__participant__person").prefetch_related(
        Prefetch("fillings", queryset=fillings)
    )


def filling_of(exercise: Exercise, member: Member) -> Filling | None:
    """What a member filled in, if they have begun."""
    return next((each for each in exercise.fillings.all() if each.member_id == member.pk), None)


def asked(exercise: Exercise, members: Sequence[Member]) -> list[Member]:
    """Who answers an exercise, of those who are in the mentorship now."""
    if exercise.definition.shown == Shown.IF_SHARED:
        return [member for member in members if member.pk == exercise.opened_by_id]
    return [member for member in members if answers(member, exercise.definition)]


def answers(member: Member, definition: Definition) -> bool:
    """Say whether a questionnaire is for somebody on this side."""
    if definition.audience == Audience.EACH:
        return True
    if definition.audience == Audience.MENTORS:
        return member.mentors_others
    return definition.audience == Audience.MENTEES and not member.is_mentor


def fillings_shown_to(member: Member, exercise: Exercise, members: Sequence[Member]) -> list[Filling]:
    """What a member may read of an exercise: their own, and the others' once the definition lets them.

    Where it compares, nobody reads anybody's before all who are asked are done; otherwise only what was shared.
    """
    fillings = list(exercise.fillings.all())
    own = [each for each in fillings if each.member_id == member.pk]
    others = [each for each in fillings if each.member_id != member.pk]
    if exercise.definition.shown == Shown.IF_SHARED:
        return own + [each for each in others if each.shared_at and each.done_at]
    done = {each.member_id for each in fillings if each.done_at}
    if not {each.pk for each in asked(exercise, members)} <= done:
        return own
    return sorted([*own, *(each for each in others if each.done_at)], key=lambda each: each.pk)


def offered_to(member: Member) -> list[Definition]:
    """The questionnaires a member can begin in a mentorship: first those their programme suggests."""
    between = {Shown.WHEN_ALL_DONE, Shown.IF_SHARED}
    named = [each.questionnaire for each in member.mentorship.cohort.rules.exercises]
    found = [newest_definition(name, member.organisation_id) for name in named] + newest()
    by_id = {each.id: each for each in reversed(found) if each.shown in between and answers(member, each)}
    return list(reversed(by_id.values()))
