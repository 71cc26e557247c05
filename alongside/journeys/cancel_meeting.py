"""A meeting is off: whoever was to come hears of it, and calendars forget it."""

from datetime import datetime

from django.db import transaction

from alongside.journeys import meeting_emails as emails
from alongside.journeys.book_meeting import follow_first_meeting, hold
from alongside.meetings import actions
from alongside.meetings.models import Meeting
from alongside.meetings.queries import open_meetings, open_times
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of
from alongside.people.models import Person


@transaction.atomic
def cancel_meeting(member: Member, meeting: Meeting, *, message: str = "", at: datetime) -> None:
    """Call a meeting off, with a line to the others, or stop looking for a time for one.

    :raises MoveNotAllowed: if it was held, or is off already.
    """
    mentorship, person = hold(member), member.participant.person
    meeting.refresh_from_db(fields=["state", "changes", "starts_at"])
    actions.cancel_meeting(meeting, by=person, at=at)
    follow_first_meeting(mentorship, by=person, at=at)
    _tell(meeting, mentorship, by=member, message=message, at=at)


def cancel_meetings_ahead(mentorship: Mentorship, *, by: Person | None, at: datetime) -> None:
    """Call off what is still to come in a mentorship that has ended; how a past one was can still be said."""
    for meeting in open_meetings(mentorship).select_related("mentorship__programme__organisation"):
        ahead = meeting.starts_at > at if meeting.starts_at else bool(open_times(meeting, at=at))
        if ahead or meeting.starts_at is None:
            actions.cancel_meeting(meeting, by=by, at=at)
        if ahead and meeting.in_calendars:
            _tell(meeting, mentorship, by=None, at=at)


def _tell(meeting: Meeting, mentorship: Mentorship, *, by: Member | None, message: str = "", at: datetime) -> None:
    """Tell the others, and also whoever called it off where it stands in their calendar."""
    members = members_of(mentorship)
    for member in members:
        if meeting.in_calendars or by is None or member.pk != by.pk:
            emails.tell_meeting_cancelled(member, meeting, members, by=by, message=message, at=at)
