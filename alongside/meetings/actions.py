import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from alongside.audit.actions import record
from alongside.kernel.lifecycle import ChangedMeanwhile, make_move
from alongside.meetings.models import Agenda, Feed, Meeting, Option, Reply, Said
from alongside.meetings.states import MEETING_LIFECYCLE, Answer, MeetingState, Mode
from alongside.mentorships.models import Member, Mentorship
from alongside.people.models import Person

ASK_AFTER = timedelta(hours=1)
REMIND_AFTER = timedelta(days=3)
LATE = timedelta(days=30)
"""What fell due longer ago, while nobody was at work, is not asked any more: it would only puzzle."""
MOST_TIMES = 5


class NotATime(ValueError):
    """Say why times cannot be suggested, or a meeting cannot be noted, as they were written."""


def propose_meeting(
    mentorship: Mentorship,
    *,
    minutes: int,
    mode: Mode = Mode.ONLINE,
    proposed_by: Member | None,
    at: datetime,
) -> Meeting:
    """Begin to look for a time for the next meeting.

    :raises IntegrityError: if a time is looked for already: hold the mentorship and look first.
    """
    meeting: Meeting = Meeting.objects.create(
        **_owned(mentorship),
        mentorship=mentorship,
        minutes=minutes,
        mode=mode,
        proposed_by=proposed_by,
        proposed_at=at,
    )
    record("propose_meeting", meeting, by=_person(proposed_by), at=at)
    return meeting


@transaction.atomic
def offer_times(meeting: Meeting, times: Sequence[datetime], *, by: Member | None, at: datetime) -> list[Option]:
    """Add times that suit ``by``; who suggested a time says yes to it with that. Return the options, also old ones.

    :raises NotATime: if there are none, too many, or one is not ahead.
    """
    if not 1 <= len(set(times)) <= MOST_TIMES:
        raise NotATime(f"Choose one to {MOST_TIMES} times.")
    if min(times) <= at:
        raise NotATime("One of these times is past. Choose times that are still to come.")
    offered = [_option(meeting, moment, by, at) for moment in sorted(set(times))]
    for option in offered if by else []:
        keep_reply(meeting, by, Answer.YES, option=option, at=at)
    record("offer_times", meeting, by=_person(by), at=at, times=len(offered))
    return offered


def describe_meeting(
    meeting: Meeting, *, minutes: int | None = None, mode: Mode | None = None, place: str, link: str
) -> None:
    """Say how and where to meet; words are written only where they differ, in a scope that may."""
    meeting.minutes, meeting.mode = minutes or meeting.minutes, mode or meeting.mode
    if (meeting.place, meeting.link) != (place, link):
        meeting.seal_words(place=place, link=link)
    meeting.save(update_fields=["minutes", "mode", "sealed"])


def keep_reply(
    meeting: Meeting, member: Member | None, answer: Answer, *, option: Option | None = None, at: datetime
) -> None:
    """Keep what a member says to a time, in place of what they said before."""
    said = {**_owned(meeting), "answer": answer.value, "said_at": at}
    Reply.objects.update_or_create(meeting=meeting, option=option, member=member, defaults=said)


@transaction.atomic
def book_time(meeting: Meeting, option: Option, *, by: Person | None, at: datetime) -> None:
    """Book a time to which all have said yes. Every other suggestion is settled with it.

    :raises MoveNotAllowed: if the meeting was held or is off.
    :raises ChangedMeanwhile: if somebody else was first.
    """
    if not Option.objects.filter(pk=option.pk, is_open=True).update(is_open=False):
        raise ChangedMeanwhile
    name = "move" if meeting.state == MeetingState.AGREED else "agree"
    _move(
        meeting,
        name,
        starts_at=option.starts_at,
        changes=meeting.changes + 1,
        in_calendars=True,
        ask_at=option.starts_at + meeting.length + ASK_AFTER,
    )
    meeting.options.update(is_open=False)
    meeting.replies.filter(option=None).delete()
    record("book_meeting", meeting, by=by, at=at, changes=meeting.changes)


@transaction.atomic
def count_change(meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """Note that calendars are told anew of a meeting: where it is, or how long.

    :raises ChangedMeanwhile: if somebody else was first.
    """
    ask_at = meeting.starts_at + meeting.length + ASK_AFTER if meeting.starts_at else None
    rows = Meeting.objects.filter(pk=meeting.pk, state=MeetingState.AGREED.value, changes=meeting.changes)
    if not rows.update(changes=meeting.changes + 1, ask_at=ask_at):
        raise ChangedMeanwhile
    meeting.changes, meeting.ask_at = meeting.changes + 1, ask_at
    record("change_meeting", meeting, by=by, at=at, changes=meeting.changes)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """Call a meeting off, or stop looking for a time.

    :raises MoveNotAllowed: if it was held, or is off already.
    """
    _move(meeting, "cancel", changes=meeting.changes + 1, ask_at=None)
    meeting.options.update(is_open=False)
    record("cancel_meeting", meeting, by=by, at=at)


def claim_asking(meeting: Meeting, *, at: datetime) -> bool:
    """Claim the question that is due, for whoever comes first; say whether it was us and it is still worth asking.

    Call it in the transaction in which the emails are queued: what is not committed was not asked.
    """
    due, first = meeting.ask_at, meeting.asked_at is None
    changes: dict[str, Any] = {"asked_at": at, "ask_at": at + REMIND_AFTER} if first else {"ask_at": None}
    if due is None or not Meeting.objects.filter(pk=meeting.pk, ask_at=due).update(**changes):
        return False
    for field, value in changes.items():
        setattr(meeting, field, value)
    return at - due <= LATE


@transaction.atomic
def say_after(
    meeting: Meeting,
    member: Member,
    *,
    happened: bool,
    minutes: int | None = None,
    useful: int | None = None,
    at: datetime,
) -> None:
    """Keep what a member says after a meeting, in place of what they said before."""
    said = {**_owned(meeting), "happened": happened, "said_at": at}
    said |= {"minutes": minutes if happened else None, "useful": useful if happened else None}
    Said.objects.update_or_create(meeting=meeting, member=member, defaults=said)
    # What they said stands in the row alone: the record of what happened is read by more people.
    record("say_after_meeting", meeting, by=_person(member), at=at)


def forget_usefulness(said: Said) -> bool:
    """Keep no longer how useful somebody found a meeting; say whether it was us who came first."""
    return bool(Said.objects.filter(pk=said.pk, useful=said.useful).update(useful=None))


def forget_meetings(mentorship: Mentorship) -> None:
    """Delete the meetings of a mentorship, with all that was said of them."""
    Meeting.objects.filter(mentorship=mentorship).delete()


@transaction.atomic
def hold_meeting(meeting: Meeting, *, minutes: int | None, by: Person | None, at: datetime) -> None:
    """Note that a meeting happened, and how long it was; None where nobody said."""
    _move(meeting, "hold", minutes=minutes)
    record("hold_meeting", meeting, by=by, at=at, minutes=minutes)


def correct_minutes(meeting: Meeting, minutes: int | None) -> None:
    """Note another length of a meeting that was held."""
    meeting.minutes = minutes
    meeting.save(update_fields=["minutes"])


@transaction.atomic
def miss_meeting(meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """Note that a meeting did not happen, as all of them said."""
    _move(meeting, "miss", ask_at=None)
    record("miss_meeting", meeting, by=by, at=at)


@transaction.atomic
def log_meeting(
    mentorship: Mentorship, *, starts_at: datetime, minutes: int, mode: Mode, by: Member, at: datetime
) -> Meeting:
    """Note a meeting that nobody planned here. The others are asked at once how it was, so no clock does.

    :raises NotATime: if it is not past.
    """
    if starts_at > at:
        raise NotATime("That day is still to come. To plan a meeting, suggest times for it.")
    meeting: Meeting = Meeting.objects.create(
        **_owned(mentorship),
        mentorship=mentorship,
        state=MeetingState.HELD.value,
        starts_at=starts_at,
        minutes=minutes,
        mode=mode,
        proposed_by=by,
        proposed_at=at,
        asked_at=at,
        ask_at=at + REMIND_AFTER,
    )
    record("log_meeting", meeting, by=_person(by), at=at, minutes=minutes)
    return meeting


@transaction.atomic
def note_meeting(mentorship: Mentorship, *, starts_at: datetime, by: Person, at: datetime) -> Meeting:
    """Note for its members that they met: how long and how, nobody has said yet, so nobody knows.

    :raises NotATime: if it is not past.
    """
    if starts_at > at:
        raise NotATime("That day is still to come. Choose the day on which they met.")
    meeting: Meeting = Meeting.objects.create(
        **_owned(mentorship),
        mentorship=mentorship,
        state=MeetingState.HELD.value,
        starts_at=starts_at,
        minutes=None,
        mode="",
        proposed_at=at,
    )
    record("note_meeting", meeting, by=by, at=at)
    return meeting


@transaction.atomic
def complete_meeting(
    meeting: Meeting, *, starts_at: datetime, minutes: int, mode: Mode, by: Member, at: datetime
) -> None:
    """Add to a meeting that was noted for its members what one of them says of it."""
    meeting.starts_at, meeting.minutes, meeting.mode, meeting.proposed_by = starts_at, minutes, mode, by
    meeting.asked_at, meeting.ask_at = at, at + REMIND_AFTER
    meeting.save(update_fields=["starts_at", "minutes", "mode", "proposed_by", "asked_at", "ask_at"])
    record("complete_meeting", meeting, by=_person(by), at=at, minutes=minutes)


@transaction.atomic
def save_agenda(meeting: Meeting, text: str, *, read: int, by: Member, at: datetime) -> Agenda:
    """Keep an agenda as ``by`` wrote it over the version they read (0: the one the stage suggests).

    :raises ChangedMeanwhile: if it was changed since; nothing is overwritten.
    """
    agenda = _agenda_read(meeting, read) if read else Agenda(**_owned(meeting), meeting=meeting)
    agenda.mentorship, agenda.edited_by, agenda.edited_at = meeting.mentorship, by, at
    agenda.text = text
    if read:
        _replace_agenda(agenda, read)
    else:
        _create_agenda(agenda)
    record("save_agenda", meeting, by=_person(by), at=at, version=agenda.version)
    return agenda


def renew_feed(person: Person, *, at: datetime) -> Feed:
    """Make a calendar address for a person; the one before it works no longer."""
    feed, _ = Feed.objects.update_or_create(person=person, defaults={"nonce": secrets.token_urlsafe(16), "made_at": at})
    return feed


def stop_feed(person: Person) -> None:
    """Turn the calendar address of a person off."""
    Feed.objects.filter(person=person).delete()


def _agenda_read(meeting: Meeting, read: int) -> Agenda:
    found: Agenda | None = Agenda.objects.filter(meeting=meeting).first()
    if found is None or found.version != read:
        raise ChangedMeanwhile
    return found


def _replace_agenda(agenda: Agenda, read: int) -> None:
    changes = {"sealed": agenda.sealed, "edited_by": agenda.edited_by, "edited_at": agenda.edited_at}
    if not Agenda.objects.filter(pk=agenda.pk, version=read).update(version=read + 1, **changes):
        raise ChangedMeanwhile
    agenda.version = read + 1


def _create_agenda(agenda: Agenda) -> None:
    try:
        with transaction.atomic():
            agenda.save(force_insert=True)
    except IntegrityError as error:
        raise ChangedMeanwhile from error


def _option(meeting: Meeting, moment: datetime, by: Member | None, at: datetime) -> Option:
    option: Option
    option, _ = Option.objects.get_or_create(
        meeting=meeting,
        starts_at=moment,
        is_open=True,
        defaults={**_owned(meeting), "offered_by": by, "offered_at": at},
    )
    return option


def _move(meeting: Meeting, name: str, **changes: Any) -> None:
    make_move(meeting, MEETING_LIFECYCLE, name, **changes)


def _owned(thing: Mentorship | Meeting) -> dict[str, int]:
    return {"organisation_id": thing.organisation_id, "programme_id": thing.programme_id}


def _person(member: Member | None) -> Person | None:
    return member.participant.person if member else None
