"""Shorthand for tests about meetings: agreed ones, links from emails, and calendars read line by line."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar

from alongside.journeys.book_meeting import Plan, answer_times, suggest_times
from alongside.meetings.models import Meeting
from alongside.meetings.states import Answer, Mode
from alongside.mentorships.models import Mentorship
from alongside.notifications.models import Email
from alongside.programmes.models import Participant
from tests.paired import SECRET, inside, member_in
from tests.world import NOW

WEEK = timedelta(days=7)
PLAN = Plan(90, Mode.IN_PERSON, f"{SECRET} at the bakery", "https://meet.example.org/room")


def suggested(
    mentorship: Mentorship, by: Participant, *times: datetime, plan: Plan | None = PLAN, at: datetime = NOW
) -> Meeting:
    """Return a meeting for which ``by`` suggested times."""
    with inside(mentorship):
        return suggest_times(member_in(mentorship, by), times or [NOW + WEEK], plan=plan, at=at)


def answered(meeting: Meeting, by: Participant, answer: Answer = Answer.YES, *, at: datetime = NOW) -> Meeting:
    """Say the same to all open times, and return the meeting as it is then."""
    refs = meeting.options.filter(is_open=True).values_list("ref", flat=True)
    with inside(meeting.mentorship):
        answer_times(member_in(meeting.mentorship, by), meeting, dict.fromkeys(refs, answer), at=at)
    return fresh(meeting)


def agreed(mentorship: Mentorship, by: Participant, other: Participant, starts_at: datetime = NOW + WEEK) -> Meeting:
    """Return a meeting that ``by`` suggested and ``other`` said yes to."""
    return answered(suggested(mentorship, by, starts_at, at=starts_at - WEEK), other, at=starts_at - WEEK)


def fresh(meeting: Meeting) -> Meeting:
    """Return a meeting as it is in the database now."""
    found: Meeting = Meeting.objects.select_related("mentorship__programme").get(pk=meeting.pk)
    return found


def links_in(email: Email) -> list[str]:
    """Return the addresses in an email, as paths."""
    return re.findall(r"http://testserver(/\S+)", email.body.text)


def event_in(calendar: str) -> Any:
    """Return the one event of a calendar."""
    (event,) = Calendar.from_ical(calendar).walk("VEVENT")
    return event


def lines_of(calendar: str) -> list[str]:
    """Read a calendar by hand, as RFC 5545 says, and return its lines unfolded."""
    assert calendar.endswith("\r\n")
    assert "\n" not in calendar.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))
    lines = calendar.replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")[:-1]
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert "VERSION:2.0" in lines
    for event in range(lines.count("BEGIN:VEVENT")):
        for name in ("UID", "DTSTAMP", "DTSTART", "SEQUENCE"):
            assert sum(line.startswith((f"{name}:", f"{name};")) for line in lines) > event
    return lines


def emails_of_kind(kind: str, to: Participant | None = None) -> Sequence[Email]:
    """Return the emails of a kind, oldest first."""
    rows = Email.objects.filter(kind=kind).order_by("pk")
    return list(rows.filter(to=to.person.email) if to else rows)
