"""A second mentor or mentee joins a mentorship: all are introduced, and they are invited to what is to come."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from alongside.groups.queries import busy, in_hand
from alongside.journeys import care_emails as emails
from alongside.journeys import meeting_emails
from alongside.journeys.group_fits import avoiding
from alongside.journeys.kinds import hold_mentee, why_not_join
from alongside.journeys.places import free_places, hold_places
from alongside.kernel import scope
from alongside.meetings.actions import count_change
from alongside.meetings.models import Meeting, Option
from alongside.meetings.queries import agreed_meetings, open_meetings, open_times
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
    rows = rows.exclude(person__in=there).exclude(pk__in=in_hand(mentorship.cohort))
    return rows.select_related("person", "cohort").order_by("side", "person__name", "pk")


@transaction.atomic
def add_member(mentorship: Mentorship, participant: Participant, *, by: Person, at: datetime) -> Member:
    """Let somebody join, and tell everybody.

    In a group, or among peers, there are no more than the rules say, and nobody with whom one of them asked not to be.

    :raises CannotJoin: if they are not ready, have no place left, or cannot be with these.
    :raises ValueError: if they are of another cohort, are or were in it, or it has ended.
    """
    held = hold_places(participant)
    for each in members_of(mentorship):
        if not each.is_mentor:
            hold_mentee(each.participant)
    if held.state != ParticipantState.READY:
        raise CannotJoin(f"{held.person.name} is not ready yet: there are steps to be done first.")
    if busy([held]):
        raise CannotJoin(f"{held.person.name} is in a group that is being put together. Take them out of it first.")
    if problem := _too_many(mentorship, held) or _avoided(mentorship, held):
        raise CannotJoin(problem)
    if not _has_a_place(held):
        raise CannotJoin(f"{held.person.name} has no place left. Give them another on their page first.")
    if refusal := why_not_join(mentorship, held):
        raise CannotJoin(refusal)
    return join(mentorship, held, by=by, at=at)


@transaction.atomic
def join(mentorship: Mentorship, held: Participant, *, by: Person, at: datetime) -> Member:
    """Let somebody whose place is held join: all are told, and they are invited to what is to come.

    :raises ValueError: if they are of another cohort, are or were in it, or it has ended.
    """
    member = actions.add_member(mentorship, held, by=by, at=at)
    for each in members_of(mentorship):
        each.mentorship = mentorship
        if each.pk == member.pk:
            emails.tell_you_join(each, at=at)
        else:
            emails.tell_somebody_joins(each, joins=member, at=at)
    _invite(member, mentorship, by=by, at=at)
    return member


def _invite(member: Member, mentorship: Mentorship, *, by: Person, at: datetime) -> None:
    """Invite whoever joins to the meetings still to come, and ask them about times that are suggested.

    The letters say where the others meet: they are written inside this one mentorship, for its members.
    """
    with scope.within(scope.Scope.of(programmes=[mentorship.programme_id], mentorships=[mentorship.pk])):
        for meeting in agreed_meetings(mentorship).filter(starts_at__gt=at).select_related("mentorship"):
            meeting.mentorship = mentorship
            _invite_to(meeting, member, by=by, at=at)
        for meeting in open_meetings(mentorship):
            meeting.mentorship = mentorship
            if times := open_times(meeting, at=at):
                meeting_emails.suggest_times(member, meeting, times, by=_who_suggests(times), at=at)


def _invite_to(meeting: Meeting, member: Member, *, by: Person, at: datetime) -> None:
    """Send the invitation to whoever joins, and to the others what it has become: one more is invited."""
    members = members_of(meeting.mentorship)
    count_change(meeting, by=by, at=at)
    for each in members:
        each.mentorship = meeting.mentorship
        if each.pk == member.pk:
            meeting_emails.tell_meeting_booked(each, meeting, members, moved=False, at=at)
        else:
            meeting_emails.tell_somebody_comes_too(each, meeting, members, who=member, at=at)


def _who_suggests(times: list[Option]) -> Member | None:
    """Return who suggests these times, where that is one of them alone."""
    who = {each.offered_by for each in times}
    return who.pop() if len(who) == 1 else None


def _too_many(mentorship: Mentorship, participant: Participant) -> str:
    """Say that a group has as many people as its rules allow; "" where there is room, and for pairs."""
    shape = mentorship.cohort.rules.shape
    there = sum(not member.is_mentor for member in members_of(mentorship))
    if shape.of == "pair" or participant.is_mentor or there < shape.members:
        return ""
    return (
        f"There are {shape.members} together here at the most. Open a place in the rules first, or begin another group."
    )


def _avoided(mentorship: Mentorship, participant: Participant) -> str:
    """Say that one of them asked not to be with another; "" where nobody did, and for pairs, as a coordinator knows."""
    if mentorship.cohort.rules.shape.of == "pair":
        return ""
    there = [member.participant for member in members_of(mentorship)]
    if found := avoiding([*there, participant], mentorship.cohort):
        return f"One of {found[0]} and {found[1]} asked not to be paired with the other."
    return ""


def _has_a_place(participant: Participant) -> bool:
    if participant.is_mentor:
        return free_places([participant])[participant.ref] > 0
    return provided_counts([participant]).get(participant.pk, 0) < participant.capacity
