"""After a meeting: each is asked how it was, and the life of the mentorship goes on from what they say."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from alongside.journeys import meeting_emails as emails
from alongside.journeys.book_meeting import Plan, hold
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.meetings import actions
from alongside.meetings.models import Meeting
from alongside.meetings.queries import agreed_meetings, noted_for_them
from alongside.meetings.states import MeetingState
from alongside.mentorships.actions import record_first_meeting
from alongside.mentorships.clocks import ZONE
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import RUNNING, MentorshipState
from alongside.people.models import Person

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

    Where their coordinator noted for them that they met on that day, it is the same meeting, and stays one.

    :raises NotATime: if it is still to come.
    :raises MoveNotAllowed: if the mentorship has ended.
    """
    mentorship = hold(member)
    meeting = _noted_on(_day(starts_at), mentorship)
    if meeting is None:
        meeting = actions.log_meeting(
            mentorship, starts_at=starts_at, minutes=plan.minutes, mode=plan.mode, by=member, at=at
        )
    else:
        actions.complete_meeting(meeting, starts_at=starts_at, minutes=plan.minutes, mode=plan.mode, by=member, at=at)
    actions.say_after(meeting, member, happened=True, minutes=plan.minutes, useful=useful, at=at)
    _they_met(meeting, mentorship, member.participant.person, at)
    for other in members_of(mentorship):
        if other.pk != member.pk:
            emails.tell_meeting_logged(other, meeting, by=member, at=at)
    return meeting


def day_they_met(mentorship: Mentorship, *, at: datetime) -> date:
    """Return the day on which they met as far as is known: that of the last meeting booked, or today."""
    booked = agreed_meetings(mentorship).filter(starts_at__lte=at).last()
    return _day(booked.begins_at if booked else at)


@transaction.atomic
def note_first_meeting(mentorship: Mentorship, *, on: date | None = None, by: Person, at: datetime) -> Meeting:
    """Note for two who are introduced that they have met: a meeting that was held, of a length nobody has said.

    Where one was booked for that day, it is that one, of the length they agreed on until one of them says another.

    :param on: the day, where whoever notes it knows it.
    :raises NotATime: if that day is still to come.
    :raises MoveNotAllowed: if that they met was noted before, or it has ended.
    """
    held = _held_as_it_is(mentorship.pk)
    if held.state not in (MentorshipState.INTRODUCED, MentorshipState.BOOKED):
        raise MoveNotAllowed(held.state, "meet")
    day = on or day_they_met(held, at=at)
    booked = [each for each in agreed_meetings(held).filter(starts_at__lte=at) if _day(each.begins_at) == day]
    for meeting in booked[:1]:
        actions.hold_meeting(meeting, minutes=meeting.minutes, by=by, at=at)
    meeting = booked[0] if booked else actions.note_meeting(held, starts_at=_some_time_on(day, at), by=by, at=at)
    _they_met(meeting, held, by, at)
    return meeting


def _hold_to_say(member: Member) -> Mentorship:
    """Hold the mentorship; what happened can be said also after its end."""
    return _held_as_it_is(member.mentorship_id)


def _held_as_it_is(pk: int) -> Mentorship:
    rows = Mentorship.objects.select_for_update(of=("self",)).select_related("programme")
    mentorship: Mentorship = rows.get(pk=pk)
    return mentorship


def _day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(ZONE)).date()


def _noted_on(day: date, mentorship: Mentorship) -> Meeting | None:
    found = (each for each in noted_for_them(mentorship).select_related("mentorship") if _day(each.begins_at) == day)
    return next(found, None)


def _some_time_on(day: date, at: datetime) -> datetime:
    """Return a moment of a day of which nobody said the hour: noon, or now where noon is still to come."""
    noon = datetime.combine(day, time(12), ZoneInfo(ZONE)).astimezone(at.tzinfo)
    return at if day == _day(at) and noon > at else noon


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
        _they_met(meeting, mentorship, member.participant.person, at)
    elif meeting.state == MeetingState.AGREED and len(said) >= len(members):
        actions.miss_meeting(meeting, by=member.participant.person, at=at)


def _they_met(meeting: Meeting, mentorship: Mentorship, by: Person, at: datetime) -> None:
    """Let the cooling-off begin with the first meeting: from when it was, or, where that is noted late, from now.

    Else it would be over before anybody was asked.
    """
    if mentorship.state not in (MentorshipState.INTRODUCED, MentorshipState.BOOKED):
        return
    met_at = meeting.starts_at if meeting.starts_at and at - meeting.starts_at <= NOTED_SOON else at
    record_first_meeting(mentorship, by=by, at=at, met_at=met_at)
