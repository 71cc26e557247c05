"""What meetings give to the story of a mentorship, and what they want of its members."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.meetings.models import Meeting, Option
from alongside.meetings.queries import meetings_of
from alongside.meetings.states import OPEN, Answer, MeetingState
from alongside.mentorships.states import MentorshipState
from alongside.web.participant.mentorship.here import Here
from alongside.web.participant.mentorship.meetings.progress import in_hours
from alongside.web.participant.mentorship.pieces import Event, Step
from alongside.web.shared.times import meeting as meeting_words

M = MentorshipState
MEETING = (M.INTRODUCED, M.BOOKED, M.GOING_ON, M.ACTIVE, M.ENDING)
"""Where the next meeting is looked for: not while they rest, nor before both have said whether to go on."""
LONG_AGO = timedelta(days=60)
"""Of a meeting longer ago nobody is asked any more; it can still be said."""


def events(here: Here) -> Iterator[Event]:
    """Tell of the meetings that were held, and of those to come."""
    now, meetings = clock.now(), list(meetings_of([here.mentorship]))
    held = [each for each in meetings if each.state == MeetingState.HELD]
    for number, each in enumerate(held):
        title = _("You met for the first time") if number == 0 else _("You met")
        yield Event(each.begins_at, title, in_hours(each.minutes), url=page_of(each), meeting=True)
    if here.mentorship.met_at and not held:
        yield Event(here.mentorship.met_at, _("You met for the first time"), meeting=True)
    for each in meetings:
        if each.state == MeetingState.AGREED and each.ends_at > now:
            title = _("Your next meeting") if held else _("Your first meeting")
            when = meeting_words(each.begins_at, each.length)
            yield Event(each.begins_at, title, url=page_of(each), when=when, meeting=True, ahead=True)


def steps(heres: Sequence[Here], at: datetime) -> Iterator[Step]:
    """Ask how a meeting was, which of the suggested times suit, and for a time where none is ahead."""
    rows = meetings_of([here.mentorship for here in heres]).filter(state__in=OPEN)  # what is over asks for nothing
    rows = rows.order_by("mentorship", "starts_at", "pk")
    by_mentorship = {key: list(group) for key, group in groupby(rows, key=lambda row: row.mentorship_id)}
    for here in heres:
        meetings = by_mentorship.get(here.mentorship.pk, [])
        yield from _how_was_it(here, meetings, at)
        yield from _choose(here, meetings, at)
        if here.mentorship.state in MEETING and not _is_coming(here, meetings, at):
            yield _find_a_time(here)


def page_of(meeting: Meeting, name: str = "meeting") -> str:
    """Return the address of a page of a meeting."""
    return reverse(name, args=[meeting.mentorship.ref, meeting.ref])


def times_ahead(meeting: Meeting, at: datetime) -> list[Option]:
    """Return the suggested times that are still to come, from what is at hand."""
    return [option for option in meeting.options.all() if option.starts_at > at]


def answers_by(here: Here, meeting: Meeting) -> dict[int | None, str]:
    """Return what the reader said to each time, and to the meeting as agreed (None), from what is at hand."""
    return {reply.option_id: reply.answer for reply in meeting.replies.all() if reply.member_id == here.me.pk}


def is_to_be_said(here: Here, meeting: Meeting, at: datetime) -> bool:
    """Whether the reader has not said yet how a meeting was."""
    over = meeting.state == MeetingState.AGREED and at - LONG_AGO <= meeting.ends_at <= at
    return over and all(said.member_id != here.me.pk for said in meeting.said.all())


def _how_was_it(here: Here, meetings: Sequence[Meeting], at: datetime) -> Iterator[Step]:
    for meeting in meetings:
        if is_to_be_said(here, meeting, at):
            yield Step(
                here.mentorship,
                _("Did you meet %(others)s?") % {"others": here.others_in_words},
                meeting_words(meeting.begins_at, meeting.length),
                page_of(meeting, "meeting_how"),
                _("Say how it was"),
                weight=0,
            )


def _choose(here: Here, meetings: Sequence[Meeting], at: datetime) -> Iterator[Step]:
    for meeting in meetings:
        said = answers_by(here, meeting)
        asked = [option for option in times_ahead(meeting, at) if option.pk not in said]
        if asked:
            by = asked[0].offered_by
            title = (
                _("%(name)s suggested times: choose") % {"name": by.participant.person.first_name}
                if by
                else _("A time to meet %(others)s: does it suit you?") % {"others": here.others_in_words}
            )
            text = ", ".join(meeting_words(option.starts_at, meeting.length) for option in asked[:2])
            yield Step(here.mentorship, title, text, page_of(meeting, "meeting_times"), _("Choose"), weight=0)


def _is_coming(here: Here, meetings: Sequence[Meeting], at: datetime) -> bool:
    """Whether a meeting is agreed, waits to be spoken of, or a time that suits the reader waits for the others."""
    agreed = [each for each in meetings if each.state == MeetingState.AGREED]
    if any(each.ends_at > at or is_to_be_said(here, each, at) for each in agreed):
        return True
    return any(
        answers_by(here, each).get(option.pk, Answer.YES) != Answer.NO
        for each in meetings
        for option in times_ahead(each, at)
    )


def _find_a_time(here: Here) -> Step:
    met = here.mentorship.met_at
    return Step(
        here.mentorship,
        _("Find a time for your next meeting") if met else _("Find a time for your first meeting"),
        _("Suggest two or three to %(others)s; the first that suits you all is booked.")
        % {"others": here.others_in_words},
        reverse("meetings_suggest", args=[here.mentorship.ref]),
        _("Suggest times"),
    )
