"""A proposed first meeting: a time both said they could, as an invitation both can move or decline."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from alongside.people.models import Person
from alongside.programmes.availability import DAYS, SLOTS
from alongside.programmes.models import Participant

WEEK = tuple(DAYS)
STARTS = {"am": time(10), "pm": time(14), "eve": time(18, 30)}
WEEKDAY_SLOTS = frozenset(f"{day}-{part}" for day in WEEK[:5] for part in ("am", "pm"))
NOTICE = timedelta(days=7)
LENGTH = timedelta(hours=1)


@dataclass(frozen=True)
class MeetingProposal:
    """A first meeting as proposed: when, and the name under which calendars keep it."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    subject: str


def propose_first_meeting(mentor: Participant, mentee: Participant, *, uid: str, at: datetime) -> MeetingProposal:
    """Propose the first hour, a week or more from ``at``, in a part of the week both named.

    Who named none can on any weekday by day; where the two share no part of the week, the mentee's count. The hour is
    the mentee's local one, so it stays the same by the clock on the wall when the clocks change.
    """
    slots = _slots(mentor) & _slots(mentee) or _slots(mentee)
    zone = ZoneInfo(mentee.person.time_zone)
    starts_at = next(
        moment for moment in _moments((at + NOTICE).astimezone(zone)) if _slot_of(moment) in slots
    ).astimezone(UTC)
    subject = f"First mentoring meeting: {mentee.person.name} and {mentor.person.name}"
    return MeetingProposal(uid, starts_at, starts_at + LENGTH, subject)


def _slots(participant: Participant) -> frozenset[str]:
    return frozenset(participant.availability) & SLOTS or WEEKDAY_SLOTS


def _moments(start: datetime) -> list[datetime]:
    """Every start of a part of the day in the two weeks after ``start``: each slot of the week comes at least once."""
    days = [start.date() + timedelta(days=number) for number in range(1, 15)]
    return [datetime.combine(day, begins, start.tzinfo) for day in days for begins in STARTS.values()]


def _slot_of(moment: datetime) -> str:
    part = next(part for part, begins in STARTS.items() if begins == moment.time())
    return f"{WEEK[moment.weekday()]}-{part}"


def as_calendar(
    proposal: MeetingProposal, *, mentor: Person, mentee: Person, contact: Person | None, at: datetime
) -> str:
    """Write the proposal as an iCalendar invitation (RFC 5546, method REQUEST)."""
    event = Event()
    event.add("uid", proposal.uid)
    event.add("dtstamp", at)
    event.add("dtstart", proposal.starts_at)
    event.add("dtend", proposal.ends_at)
    event.add("summary", proposal.subject)
    event.add(
        "description",
        "A proposal. Move it to a time that suits you both, or decline it and write to each other.",
    )
    event.add("status", "TENTATIVE")
    event.add("sequence", 0)
    event["organizer"] = _address(contact or mentee, role="CHAIR")
    for person in (mentee, mentor):
        event.add("attendee", _address(person, role="REQ-PARTICIPANT"), encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Alongside//Mentoring//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "REQUEST")
    calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _address(person: Person, *, role: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = vText(person.name)
    address.params["ROLE"] = vText(role)
    address.params["RSVP"] = vText("TRUE")
    return address
