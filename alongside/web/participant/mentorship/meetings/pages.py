"""What the pages about meetings show."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from alongside.meetings.models import Meeting
from alongside.meetings.queries import meetings_of
from alongside.meetings.states import Answer, MeetingState, Mode
from alongside.web.participant.mentorship.here import Here
from alongside.web.participant.mentorship.meetings.forms import ANSWERS, MODES
from alongside.web.participant.mentorship.meetings.progress import in_hours
from alongside.web.participant.mentorship.meetings.story import answers_by, is_to_be_said, page_of, times_ahead
from alongside.web.shared.times import day, moment
from alongside.web.shared.times import meeting as meeting_words

WORDS = dict(ANSWERS)


def list_page(here: Here, *, at: datetime) -> dict[str, Any]:
    """Return what the page of all meetings shows: what is to come, what is asked, what was."""
    meetings = list(meetings_of([here.mentorship]))
    ahead = [each for each in meetings if each.state == MeetingState.AGREED and each.ends_at > at]
    looking = [each for each in meetings if times_ahead(each, at)]
    over = [each for each in meetings if each.starts_at and each not in ahead and each.state != MeetingState.CANCELLED]
    return {
        "ahead": [summary(here, each, at=at) for each in ahead],
        "looking": [_looking(here, each, at) for each in looking],
        "over": [{**summary(here, each, at=at), "asked": is_to_be_said(here, each, at)} for each in reversed(over)],
        "zone_note": zone_note(here),
    }


def summary(here: Here, meeting: Meeting, *, at: datetime) -> dict[str, Any]:
    """Return a meeting as lists and its own page show it."""
    return {
        "meeting": meeting,
        "when": _when(meeting, at),
        "length": in_hours(meeting.minutes),
        "how": dict(MODES)[Mode(meeting.mode)] if meeting.mode else "",
        "place": meeting.place,
        "link": meeting.link,
        "state": _state(meeting),
        "url": page_of(meeting),
        "replies": _who_comes(here, meeting),
    }


def zone_note(here: Here) -> str:
    """Say whose clock times are shown by, where not all have the same."""
    zones = {member.participant.person.time_zone for member in here.members}
    return _("Times are by your clock (%(zone)s).") % {"zone": here.person.time_zone} if len(zones) > 1 else ""


def times_with_answers(here: Here, meeting: Meeting, at: datetime) -> list[dict[str, Any]]:
    """Return each suggested time with what the others said to it."""
    names = {member.pk: member.participant.person.first_name for member in here.others}
    replies = [reply for reply in meeting.replies.all() if reply.member_id in names]
    return [
        {
            "option": option,
            "when": moment(option.starts_at),
            "said": [f"{names[r.member_id]}: {WORDS[Answer(r.answer)]}" for r in replies if r.option_id == option.pk],
        }
        for option in times_ahead(meeting, at)
    ]


def _when(meeting: Meeting, at: datetime) -> str:
    """Say when it is; of one that was held the day is enough, and often all that is known."""
    if meeting.starts_at is None:
        return ""
    held = meeting.state == MeetingState.HELD
    return day(meeting.starts_at, today=at) if held else meeting_words(meeting.starts_at, meeting.length)


def _looking(here: Here, meeting: Meeting, at: datetime) -> dict[str, Any]:
    said = answers_by(here, meeting)
    times = times_with_answers(here, meeting, at)
    for each in times:
        mine = said.get(each["option"].pk)
        each["said"] = ([_("You: %(answer)s") % {"answer": WORDS[Answer(mine)]}] if mine else []) + each["said"]
    asked = any(each["option"].pk not in said for each in times)
    return {"meeting": meeting, "times": times, "asked": asked, "url": page_of(meeting, "meeting_times")}


def _who_comes(here: Here, meeting: Meeting) -> list[str]:
    """Say who answered what to a meeting that is agreed."""
    names = {member.pk: member.participant.person.first_name for member in here.others}
    names[here.me.pk] = _("You")
    said = [reply for reply in meeting.replies.all() if reply.option_id is None and reply.member_id in names]
    return [f"{names[reply.member_id]}: {WORDS[Answer(reply.answer)]}" for reply in said]


def _state(meeting: Meeting) -> str:
    return {
        MeetingState.PROPOSED: _("No time found yet"),
        MeetingState.AGREED: _("Agreed"),
        MeetingState.HELD: _("You met"),
        MeetingState.NOT_HELD: _("You did not meet"),
        MeetingState.CANCELLED: _("Off"),
    }[MeetingState(meeting.state)]
