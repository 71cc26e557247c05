"""Find a time for a meeting: members suggest times, and the first to which all say yes is booked or moves it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from alongside.journeys import meeting_emails as emails
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.meetings import actions
from alongside.meetings.models import Meeting, Option
from alongside.meetings.queries import agreed_meetings, open_times, proposal_of, yes_of_all
from alongside.meetings.states import OPEN, Answer, MeetingState, Mode
from alongside.meetings.suggesting import FIRST_MINUTES, times_to_suggest
from alongside.mentorships.actions import book_first_meeting, unbook_first_meeting
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import RUNNING, MentorshipState
from alongside.people.models import Person


@dataclass(frozen=True)
class Plan:
    """How and where to meet, and how long."""

    minutes: int
    mode: Mode
    place: str = ""
    link: str = ""


def propose_first_meeting(mentorship: Mentorship, starts_at: datetime, *, at: datetime) -> Meeting:
    """Propose a first meeting to two who are introduced: a time, as an invitation they can say yes or no to."""
    meeting = actions.propose_meeting(mentorship, minutes=FIRST_MINUTES, proposed_by=None, at=at)
    actions.offer_times(meeting, [starts_at], by=None, at=at)
    Meeting.objects.filter(pk=meeting.pk).update(in_calendars=True)
    return meeting


def times_for(mentorship: Mentorship, *, number: int, at: datetime) -> list[datetime]:
    """Return times in the parts of the week all named, without those that are suggested or booked already."""
    rows = Option.objects.filter(meeting__mentorship=mentorship, is_open=True)
    taken = {
        *rows.values_list("starts_at", flat=True),
        *agreed_meetings(mentorship).values_list("starts_at", flat=True),
    }
    participants = [member.participant for member in members_of(mentorship)]
    return times_to_suggest(participants, number=number, at=at, taken=taken)


@transaction.atomic
def suggest_times(
    member: Member, times: Sequence[datetime], *, plan: Plan | None = None, meeting: Meeting | None = None, at: datetime
) -> Meeting:
    """Suggest times to the others: for the next meeting, or other ones for ``meeting``, which stays until all agree.

    :param plan: how and where; as it stands, where it is left out.
    :raises NotATime: if a time is not ahead, or there are too many.
    :raises MoveNotAllowed: if the meeting or the mentorship is over.
    """
    mentorship = hold(member)
    meeting = _held(meeting, mentorship) if meeting else _proposal(mentorship, member, plan, at)
    options = actions.offer_times(meeting, times, by=member, at=at)
    if plan:
        actions.describe_meeting(meeting, minutes=plan.minutes, mode=plan.mode, place=plan.place, link=plan.link)
    if not _book_if_all_can(meeting, mentorship, by=member.participant.person, at=at):
        for other in _others(mentorship, member):
            emails.suggest_times(other, meeting, options, by=member, at=at)
    return meeting


@transaction.atomic
def answer_times(member: Member, meeting: Meeting, answers: Mapping[str, Answer], *, at: datetime) -> Meeting:
    """Keep what a member says to suggested times, by their refs, and book the first that suits all.

    Answers to times that are settled are passed over.

    :raises MoveNotAllowed: if the meeting is over or off.
    """
    mentorship = hold(member)
    meeting = _held(meeting, mentorship)
    options = open_times(meeting, at=at)
    for option in options:
        if option.ref in answers:
            actions.keep_reply(meeting, member, answers[option.ref], option=option, at=at)
    if not _book_if_all_can(meeting, mentorship, by=member.participant.person, at=at):
        _say_if_none_suits(meeting, mentorship, answered={o.ref for o in options} & set(answers), at=at)
    return meeting


@transaction.atomic
def answer_meeting(member: Member, meeting: Meeting, answer: Answer, *, at: datetime) -> None:
    """Keep whether a member comes to a meeting that is agreed; the others hear of a no, once.

    :raises MoveNotAllowed: if it is over or off.
    """
    mentorship = hold(member)
    meeting = _held(meeting, mentorship)
    if meeting.state != MeetingState.AGREED:
        raise MoveNotAllowed(meeting.state, "answer")
    before = meeting.replies.filter(option=None, member=member, answer=Answer.NO).exists()
    actions.keep_reply(meeting, member, answer, at=at)
    if answer == Answer.NO and not before:
        for other in _others(mentorship, member):
            emails.tell_somebody_cannot_come(other, meeting, who=member, at=at)


@transaction.atomic
def answer(
    member: Member,
    meeting: Meeting,
    *,
    coming: Answer | None = None,
    answers: Mapping[str, Answer],
    times: Sequence[datetime],
    at: datetime,
) -> None:
    """Keep all that a member says on one page: whether they come, which times suit them, and times of their own.

    Where their yes books a time, those of their own are not needed any more.

    :raises NotATime: if a time of their own is not ahead.
    :raises MoveNotAllowed: if the meeting is over or off.
    """
    if coming:
        answer_meeting(member, meeting, coming, at=at)
    booked = answers and answer_times(member, meeting, answers, at=at).changes > meeting.changes
    if times and not booked:
        suggest_times(member, times, meeting=meeting, at=at)


@transaction.atomic
def change_plan(member: Member, meeting: Meeting, plan: Plan, *, at: datetime) -> None:
    """Say where and how to meet, or how long; where it is booked, calendars hear of it.

    :raises MoveNotAllowed: if it is over or off.
    """
    mentorship = hold(member)
    meeting = _held(meeting, mentorship)
    actions.describe_meeting(meeting, minutes=plan.minutes, mode=plan.mode, place=plan.place, link=plan.link)
    if meeting.state == MeetingState.AGREED:
        actions.count_change(meeting, by=member.participant.person, at=at)
        _tell_all(meeting, mentorship, moved=True, at=at)


def hold(member: Member) -> Mentorship:
    """Return the mentorship of a member as it is now; nobody else changes its meetings before the transaction ends.

    :raises MoveNotAllowed: if it has ended.
    """
    rows = Mentorship.objects.select_for_update(of=("self",)).select_related("programme__organisation")
    mentorship: Mentorship = rows.get(pk=member.mentorship_id)
    if mentorship.state not in RUNNING:
        raise MoveNotAllowed(mentorship.state, "meet")
    return mentorship


def follow_first_meeting(mentorship: Mentorship, *, by: Person | None, at: datetime) -> None:
    """Let the life of a mentorship know when the first meeting is: booked, moved or off."""
    if mentorship.state not in (MentorshipState.INTRODUCED, MentorshipState.BOOKED):
        return
    first = agreed_meetings(mentorship).first()
    booked = mentorship.state == MentorshipState.BOOKED
    if booked and (first is None or first.starts_at != mentorship.first_meeting_at):
        unbook_first_meeting(mentorship, by=by, at=at)
    if first and mentorship.state == MentorshipState.INTRODUCED:
        book_first_meeting(mentorship, starts_at=first.begins_at, by=by, at=at)


def _proposal(mentorship: Mentorship, member: Member, plan: Plan | None, at: datetime) -> Meeting:
    minutes = plan.minutes if plan else mentorship.cohort.rules.meetings.minutes
    return proposal_of(mentorship) or actions.propose_meeting(
        mentorship, minutes=minutes, mode=plan.mode if plan else Mode.ONLINE, proposed_by=member, at=at
    )


def _held(meeting: Meeting, mentorship: Mentorship) -> Meeting:
    """Return a meeting of a mentorship as it is now, while that is held."""
    fresh: Meeting = Meeting.objects.select_related("mentorship").get(pk=meeting.pk, mentorship=mentorship)
    if fresh.state not in OPEN:
        raise MoveNotAllowed(fresh.state, "answer")
    return fresh


def _book_if_all_can(meeting: Meeting, mentorship: Mentorship, *, by: Person, at: datetime) -> bool:
    option = yes_of_all(meeting, members_of(mentorship), at=at)
    if option is None:
        return False
    moved = meeting.state == MeetingState.AGREED
    actions.book_time(meeting, option, by=by, at=at)
    follow_first_meeting(mentorship, by=by, at=at)
    _tell_all(meeting, mentorship, moved=moved, at=at)
    return True


def _tell_all(meeting: Meeting, mentorship: Mentorship, *, moved: bool, at: datetime) -> None:
    members = members_of(mentorship)
    for member in members:
        emails.tell_meeting_booked(member, meeting, members, moved=moved, at=at)


def _say_if_none_suits(meeting: Meeting, mentorship: Mentorship, *, answered: set[str], at: datetime) -> None:
    """Tell all, where each has answered to every time and none suits them all."""
    members, options = members_of(mentorship), open_times(meeting, at=at)
    if answered and all(len(option.replies.all()) >= len(members) for option in options):
        for member in members:
            emails.tell_no_time_suits(member, meeting, at=at)


def _others(mentorship: Mentorship, member: Member) -> list[Member]:
    return [each for each in members_of(mentorship) if each.pk != member.pk]
