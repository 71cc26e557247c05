"""What a calendar answers, which arrives as an email (iMIP, RFC 6047): it counts as if it had been said on the page.

A yes or no comes as METHOD:REPLY; another time that somebody proposes from their calendar as METHOD:COUNTER.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from icalendar import Calendar

from alongside.journeys import book_meeting
from alongside.journeys import meeting_emails as emails
from alongside.journeys.book_meeting import answer_meeting, answer_times
from alongside.kernel import scope
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.meetings.actions import NotATime
from alongside.meetings.models import Meeting, Option
from alongside.meetings.queries import meeting_called, open_times
from alongside.meetings.states import Answer, MeetingState
from alongside.mentorships.models import Member
from alongside.mentorships.queries import members_of

ANSWERS = {"ACCEPTED": Answer.YES, "TENTATIVE": Answer.MAYBE, "DECLINED": Answer.NO}
LONGEST = 200_000


class Outcome(StrEnum):
    """What became of an incoming calendar."""

    TAKEN = "taken"
    NOT_UNDERSTOOD = "not_understood"
    NOT_OURS = "not_ours"
    NOT_A_MEMBER = "not_a_member"
    OUT_OF_DATE = "out_of_date"
    NOT_POSSIBLE = "not_possible"


@dataclass(frozen=True)
class Said:
    """What a calendar says: about which meeting, in whose name, which yes or no, to which state of it.

    Where it proposes another time (``counters``), ``starts_at`` is that time, without a zone where it names none.
    """

    uid: str
    attendee: str
    answer: Answer | None
    sequence: int | None
    starts_at: datetime | None
    counters: bool = False


def take_calendar_reply(text: str, sender: str, *, at: datetime) -> Outcome:
    """Keep the yes, no or other time of a calendar, if it was sent by a member of the mentorship, for themselves.

    It counts only where the attendee it speaks for and ``sender`` are one address, and that of a member. Whoever calls
    this has made sure that ``sender`` is who sent the email.

    :param text: the calendar part of the email, with METHOD:REPLY or METHOD:COUNTER.
    :param sender: the address the email came from.
    """
    said = read_reply(text, sender=sender)
    if said is None:
        return Outcome.NOT_UNDERSTOOD
    meeting = meeting_called(said.uid)
    if meeting is None:
        return Outcome.NOT_OURS
    with scope.within(scope.Scope.of(programmes=[meeting.programme_id], mentorships=[meeting.mentorship_id])):
        member = _member(meeting, said.attendee, sender)
        if member is None:
            return Outcome.NOT_A_MEMBER
        return (_suggest if said.counters else _answer)(meeting, member, said, at)


def read_reply(text: str, *, sender: str = "") -> Said | None:
    """Read a calendar's reply, or its proposal of another time; None where it is none, or broken.

    :param sender: who is meant, where a proposal lists all who are invited.
    """
    if len(text) > LONGEST:
        return None
    try:
        calendar = Calendar.from_ical(text)
        method = str(calendar.get("method", "")).upper()
        (event,) = calendar.walk("VEVENT")
        if method == "COUNTER":
            return _read_counter(event, sender.strip().lower())
        return _read(event) if method == "REPLY" else None
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        return None


def _read(event: Any) -> Said | None:
    attendees = event.get("attendee", [])
    (attendee,) = attendees if isinstance(attendees, list) else [attendees]
    answer = ANSWERS.get(str(attendee.params.get("PARTSTAT", "")).upper())
    if answer is None:
        return None
    starts_at = event["dtstart"].dt if "dtstart" in event else None
    return Said(
        uid=str(event["uid"]),
        attendee=_address(str(attendee)),
        answer=answer,
        sequence=int(event["sequence"]) if "sequence" in event else None,
        starts_at=starts_at if isinstance(starts_at, datetime) and starts_at.tzinfo else None,
    )


def _read_counter(event: Any, sender: str) -> Said:
    found = event.get("attendee", [])
    people = {_address(str(each)): each for each in (found if isinstance(found, list) else [found])}
    attendee = next(iter(people)) if len(people) == 1 else sender
    moment = event["dtstart"].dt if "dtstart" in event else None
    return Said(
        uid=str(event["uid"]),
        attendee=attendee,
        answer=ANSWERS.get(str(people[attendee].params.get("PARTSTAT", "")).upper()),
        sequence=int(event["sequence"]) if "sequence" in event else None,
        starts_at=moment if isinstance(moment, datetime) else None,
        counters=True,
    )


def _address(uri: str) -> str:
    scheme, _, address = uri.rpartition(":")
    return address.strip().lower() if scheme.lower() in ("mailto", "") else ""


def _member(meeting: Meeting, attendee: str, sender: str) -> Member | None:
    wanted = sender.strip().lower()
    if attendee != wanted:
        return None
    found = (member for member in members_of(meeting.mentorship) if member.participant.person.email.lower() == wanted)
    return next(found, None)


def _answer(meeting: Meeting, member: Member, said: Said, at: datetime) -> Outcome:
    if said.sequence is not None and said.sequence < meeting.changes:
        return Outcome.OUT_OF_DATE
    try:
        if said.answer is None:
            return Outcome.NOT_UNDERSTOOD
        if meeting.state == MeetingState.AGREED:
            answer_meeting(member, meeting, said.answer, at=at)
            return Outcome.TAKEN
        option = _option(open_times(meeting, at=at), said.starts_at)
        if option is None:
            return Outcome.OUT_OF_DATE
        answer_times(member, meeting, {option.ref: said.answer}, at=at)
    except (MoveNotAllowed, ChangedMeanwhile):
        return Outcome.OUT_OF_DATE
    return Outcome.TAKEN


def _option(options: list[Option], starts_at: datetime | None) -> Option | None:
    """Of the suggested times the one a calendar means: the one that starts then, or the only one there is."""
    meant = [option for option in options if option.starts_at == starts_at] if starts_at else options
    return meant[0] if len(meant) == 1 else None


def _suggest(meeting: Meeting, member: Member, said: Said, at: datetime) -> Outcome:
    """Suggest to the others the time somebody proposed; where it cannot be, tell them why, and nobody else."""
    time = _moment(said, member)
    try:
        why = _why_not(meeting, said, time)
        if time and not why and not _suggested_before(meeting, member, time):
            _suggest_it(meeting, member, said, time, at)
    except NotATime:
        why = _("The time you proposed is past.")
    except (MoveNotAllowed, ChangedMeanwhile):
        why = _("This meeting is over, or off.")
    if why:
        emails.tell_time_not_taken(member, meeting, why, at=at)
    return Outcome.NOT_POSSIBLE if why else Outcome.TAKEN


@transaction.atomic
def _suggest_it(meeting: Meeting, member: Member, said: Said, time: datetime, at: datetime) -> None:
    """Say what the page would say: a perhaps or no to the time that stands, and beside it a time of their own."""
    options = open_times(meeting, at=at)
    agreed = meeting.state == MeetingState.AGREED
    answer = said.answer if said.answer in (Answer.NO, Answer.MAYBE) else None
    answers = {options[0].ref: answer} if answer and not agreed and len(options) == 1 else {}
    coming = answer if agreed and answer == Answer.NO else None
    book_meeting.answer(member, meeting, coming=coming, answers=answers, times=[time], at=at)


def _moment(said: Said, member: Member) -> datetime | None:
    """When somebody proposed to meet; a time without a zone is by the clock on their wall."""
    time = said.starts_at
    if time is None or time.tzinfo:
        return time.astimezone(UTC) if time else None
    return time.replace(tzinfo=ZoneInfo(member.participant.person.time_zone)).astimezone(UTC)


def _why_not(meeting: Meeting, said: Said, time: datetime | None) -> str:
    if time is None:
        return _("We found no day and hour in it.")
    if said.sequence is not None and said.sequence < meeting.changes:
        return _("The meeting was changed since your calendar got its invitation.")
    if time == meeting.starts_at and meeting.state == MeetingState.AGREED:
        return _("The meeting is at that time already.")
    return ""


def _suggested_before(meeting: Meeting, member: Member, time: datetime) -> bool:
    """Say whether they said yes to that very time before: the same email can come twice."""
    rows = meeting.replies.filter(member=member, answer=Answer.YES, option__is_open=True)
    return bool(rows.filter(option__starts_at=time).exists())
