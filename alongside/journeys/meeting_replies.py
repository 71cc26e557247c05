"""The yes or no of a calendar, which arrives as an email (iMIP, RFC 6047): it counts as one by link would."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from icalendar import Calendar

from alongside.journeys.book_meeting import answer_meeting, answer_times
from alongside.kernel import scope
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
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


@dataclass(frozen=True)
class Said:
    """What a calendar says: about which meeting, in whose name, which yes or no, to which state of it."""

    uid: str
    attendee: str
    answer: Answer
    sequence: int | None
    starts_at: datetime | None


def take_calendar_reply(text: str, sender: str, *, at: datetime) -> Outcome:
    """Keep the yes, no or perhaps of a calendar, if it was sent by a member of the mentorship, for themselves.

    It counts only where the attendee it speaks for and ``sender`` are one address, and that of a member. Whoever calls
    this has made sure that ``sender`` is who sent the email.

    :param text: the calendar part of the email, with METHOD:REPLY.
    :param sender: the address the email came from.
    """
    said = read_reply(text)
    if said is None:
        return Outcome.NOT_UNDERSTOOD
    meeting = meeting_called(said.uid)
    if meeting is None:
        return Outcome.NOT_OURS
    with scope.within(scope.Scope.of(programmes=[meeting.programme_id], mentorships=[meeting.mentorship_id])):
        member = _member(meeting, said.attendee, sender)
        return _answer(meeting, member, said, at) if member else Outcome.NOT_A_MEMBER


def read_reply(text: str) -> Said | None:
    """Read a calendar's reply; None where it is none, or broken."""
    if len(text) > LONGEST:
        return None
    try:
        calendar = Calendar.from_ical(text)
        if str(calendar.get("method", "")).upper() != "REPLY":
            return None
        (event,) = calendar.walk("VEVENT")
        return _read(event)
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
