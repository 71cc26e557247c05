"""After a meeting: each is asked how it was, and the life of the mentorship goes on from what they say."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.journeys import meeting_emails as emails
from alongside.journeys.book_meeting import Plan, hold
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.meetings import actions
from alongside.meetings.models import Meeting
from alongside.meetings.states import MeetingState
from alongside.mentorships.actions import record_first_meeting
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import RUNNING, MentorshipState

ASKING = RUNNING - {MentorshipState.PAUSED}
NOTED_SOON = timedelta(days=3)
SAYABLE = frozenset({MeetingState.AGREED, MeetingState.HELD, MeetingState.NOT_HELD})


@transaction.atomic
def ask_after_meeting(meeting: Meeting, *, at: datetime) -> None:
    """Ask whoever has not said how a meeting was, once an hour after it and once three days later.

    Safe with several workers: the question is claimed in the transaction in which the emails are queued.
    """
    if not actions.claim_asking(meeting, at=at) or meeting.mentorship.state not in ASKING:
        return
    said = set(meeting.said.values_list("member", flat=True))
    for member in members_of(meeting.mentorship):
        if member.pk not in said:
            emails.ask_after_meeting(member, meeting, at=at)


@transaction.atomic
def say_how_it_was(
    member: Member,
    meeting: Meeting,
    *,
    happened: bool,
    minutes: int | None = None,
    useful: int | None = None,
    at: datetime,
) -> None:
    """Keep what a member says. One "it happened" makes it held; it did not happen once all have said so.

    :raises MoveNotAllowed: if it is off, or still to come.
    """
    mentorship = _hold_to_say(member)
    meeting = Meeting.objects.select_related("mentorship").get(pk=meeting.pk)
    if meeting.state not in SAYABLE or meeting.starts_at is None or meeting.starts_at > at:
        raise MoveNotAllowed(meeting.state, "say")
    actions.say_after(meeting, member, happened=happened, minutes=minutes, useful=useful, at=at)
    _conclude(meeting, mentorship, member, at)


@transaction.atomic
def log_meeting(member: Member, *, starts_at: datetime, plan: Plan, useful: int | None = None, at: datetime) -> Meeting:
    """Note a meeting that was never planned here. The others hear of it, and say how it was for them.

    :raises NotATime: if it is still to come.
    :raises MoveNotAllowed: if the mentorship has ended.
    """
    mentorship = hold(member)
    meeting = actions.log_meeting(
        mentorship, starts_at=starts_at, minutes=plan.minutes, mode=plan.mode, by=member, at=at
    )
    actions.say_after(meeting, member, happened=True, minutes=plan.minutes, useful=useful, at=at)
    _they_met(meeting, mentorship, member, at)
    for other in members_of(mentorship):
        if other.pk != member.pk:
            emails.tell_meeting_logged(other, meeting, by=member, at=at)
    return meeting


def _hold_to_say(member: Member) -> Mentorship:
    """Hold the mentorship; what happened can be said also after its end."""
    rows = Mentorship.objects.select_for_update(of=("self",)).select_related("programme")
    mentorship: Mentorship = rows.get(pk=member.mentorship_id)
    return mentorship


def _conclude(meeting: Meeting, mentorship: Mentorship, member: Member, at: datetime) -> None:
    """Decide from what all have said whether it was held; of its length the mentee's word counts first."""
    members = members_of(mentorship)
    said = {each.member_id: each for each in meeting.said.all()}
    yes = [said[each.pk] for each in members if each.pk in said and said[each.pk].happened]
    minutes = next((each.minutes for each in yes if each.minutes), meeting.minutes)
    if meeting.state == MeetingState.HELD:
        actions.correct_minutes(meeting, minutes)
    elif yes:
        actions.hold_meeting(meeting, minutes=minutes, by=member.participant.person, at=at)
        _they_met(meeting, mentorship, member, at)
    elif meeting.state == MeetingState.AGREED and len(said) >= len(members):
        actions.miss_meeting(meeting, by=member.participant.person, at=at)


def _they_met(meeting: Meeting, mentorship: Mentorship, member: Member, at: datetime) -> None:
    """Let the cooling-off begin with the first meeting: from when it was, or, where that is noted late, from now.

    Else it would be over before anybody was asked.
    """
    if mentorship.state not in (MentorshipState.INTRODUCED, MentorshipState.BOOKED):
        return
    met_at = meeting.starts_at if meeting.starts_at and at - meeting.starts_at <= NOTED_SOON else at
    record_first_meeting(mentorship, by=member.participant.person, at=at, met_at=met_at)
