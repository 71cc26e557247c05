"""Meetings as calendars understand them: invitations that update and cancel (RFC 5545, RFC 5546), and a feed."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vDuration, vText

from alongside.meetings.models import Meeting
from alongside.people.models import Person

REFRESH = timedelta(hours=6)


class Method(StrEnum):
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


def invitation(
    meeting: Meeting,
    people: Sequence[Person],
    *,
    method: Method = Method.REQUEST,
    starts_at: datetime | None = None,
    text: str = "",
    organiser: str,
    at: datetime,
) -> str:
    """Write a meeting as an invitation to ``people``; where it is goes along only if the scope may read that.

    :param starts_at: a time that is only suggested, where none is agreed.
    :param text: what stands in its description.
    :param organiser: the address to which calendars reply.
    """
    event = _event(meeting, starts_at or meeting.starts_at, people, at)
    event["organizer"] = vCalAddress(f"mailto:{organiser}")
    event["organizer"].params["CN"] = vText("Alongside")
    for person in people:
        event.add("attendee", _attendee(person), encode=False)
    if method == Method.CANCEL:
        event.add("status", "CANCELLED")
    else:
        event.add("status", "CONFIRMED" if meeting.starts_at else "TENTATIVE")
        _say_where(event, meeting, text)
    return _written(method, [event])


def feed(meetings: Iterable[tuple[Meeting, Sequence[Person]]], *, name: str) -> str:
    """Write somebody's own meetings as a calendar to subscribe to. The scope in force must be theirs.

    As long as the meetings stay the same, so does the text.
    """
    events = []
    for meeting, people in meetings:
        event = _event(meeting, meeting.starts_at, people, meeting.proposed_at)
        event.add("status", "CONFIRMED")
        _say_where(event, meeting, "")
        events.append(event)
    return _written(None, events, name=name)


def _event(meeting: Meeting, starts_at: datetime | None, people: Sequence[Person], at: datetime) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("dtstamp", at)
    if starts_at:
        event.add("dtstart", starts_at)
        if meeting.length:  # an event may not end when it begins
            event.add("dtend", starts_at + meeting.length)
    event.add("summary", "Mentoring: " + ", ".join(_one_line(person.name) for person in people))
    event.add("sequence", meeting.changes)
    return event


def _say_where(event: Event, meeting: Meeting, text: str) -> None:
    where, link = _one_line(meeting.place), meeting.link
    if where or link:
        event.add("location", where or link)
    words = "\n\n".join(each for each in (text, link) if each)
    if words:
        event.add("description", words)


def _attendee(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = vText(_one_line(person.name))
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("NEEDS-ACTION")
    address.params["RSVP"] = vText("TRUE")
    return address


def _written(method: Method | None, events: Iterable[Event], *, name: str = "") -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//Alongside//Mentoring//EN")
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method.value)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _one_line(words: str) -> str:
    return " ".join(words.split())
