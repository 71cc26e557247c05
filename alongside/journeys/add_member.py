"""A second mentor or mentee joins a mentorship, and everybody in it is introduced."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from alongside.journeys import care_emails as emails
from alongside.journeys.places import free_places, hold_places
from alongside.mentorships import actions
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of, provided_counts
from alongside.people.models import Person
from alongside.programmes.models import Participant
from alongside.programmes.states import ParticipantState


class CannotJoin(ValueError):
    """Say why somebody cannot join a mentorship now."""


def who_may_join(mentorship: Mentorship) -> QuerySet[Participant]:
    """The participants of its cohort who are ready and not in it; whether they have a place is asked later."""
    rows = Participant.objects.filter(cohort=mentorship.cohort_id, state=ParticipantState.READY)
    there = Member.objects.filter(mentorship=mentorship).values("participant__person")
    return rows.exclude(person__in=there).select_related("person").order_by("side", "person__name", "pk")


@transaction.atomic
def add_member(mentorship: Mentorship, participant: Participant, *, by: Person, at: datetime) -> Member:
    """Let somebody join, and tell everybody.

    :raises CannotJoin: if they are not ready, or have no place left.
    :raises ValueError: if they are of another cohort, are or were in it, or it has ended.
    """
    held = hold_places(participant)
    if held.state != ParticipantState.READY:
        raise CannotJoin(f"{held.person.name} is not ready yet: there are steps to be done first.")
    if not _has_a_place(held):
        raise CannotJoin(f"{held.person.name} has no place left. Give them another on their page first.")
    member = actions.add_member(mentorship, held, by=by, at=at)
    for each in members_of(mentorship):
        each.mentorship = mentorship
        if each.pk == member.pk:
            emails.tell_you_join(each, at=at)
        else:
            emails.tell_somebody_joins(each, joins=member, at=at)
    return member


def _has_a_place(participant: Participant) -> bool:
    if participant.is_mentor:
        return free_places([participant])[participant.ref] > 0
    return provided_counts([participant]).get(participant.pk, 0) < participant.capacity
