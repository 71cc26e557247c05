"""An answer by email is taken in: once, from whom it says it is, into the thread it answers."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.files.kinds import NotTaken
from alongside.journeys import message_emails as emails
from alongside.journeys.meeting_replies import Outcome as CalendarOutcome
from alongside.journeys.meeting_replies import take_calendar_reply
from alongside.journeys.send_message import send_message
from alongside.kernel import scope
from alongside.mentorships.models import Member
from alongside.mentorships.reply_addresses import BadAddress, addressed
from alongside.messaging.actions import HasEnded, Upload, check, note_received
from alongside.messaging.incoming import Incoming, NotAnEmail, read_email
from alongside.messaging.models import Message
from alongside.messaging.queries import messages_read_by
from alongside.messaging.reply_addresses import answering

MOST_FILES = 5


class Outcome(StrEnum):
    """What became of an email. Nothing but a message, or a yes or no to a meeting, is ever made of one."""

    TAKEN = "taken"
    REPEATED = "repeated"
    IGNORED = "ignored"
    NOT_KEPT = "not_kept"
    NOT_THEIRS = "not_theirs"
    NOT_KNOWN = "not_known"
    NOT_READABLE = "not_readable"


@transaction.atomic
def receive_email(raw: bytes, recipient: str, *, at: datetime) -> Outcome:
    """Take in an email that somebody sent to ``recipient``; the same one twice is taken once.

    It works inside the one mentorship that the address names. Whoever wrote it hears of it where it was not taken,
    but never a machine: two of them would answer each other for ever.
    """
    try:
        purpose, refs = addressed(recipient)
        email = read_email(raw)
        if purpose == "meeting":
            return _take_from_calendar(email, refs[1], at)
        me, message_ref = answering(recipient)
    except BadAddress:
        return Outcome.NOT_KNOWN
    except NotAnEmail:
        return Outcome.NOT_READABLE
    with scope.within(scope.Scope.of(programmes=[me.programme_id], mentorships=[me.mentorship_id])):
        answered = messages_read_by(me).filter(ref=message_ref).first()
        return _take(email, me, answered, at) if answered else Outcome.NOT_KNOWN


def is_known(recipient: str) -> bool:
    """Say whether an email to this address would be looked at."""
    try:
        purpose, _refs = addressed(recipient)
        return purpose == "meeting" or bool(answering(recipient))
    except BadAddress:
        return False


def _take_from_calendar(email: Incoming, meeting_ref: str, at: datetime) -> Outcome:
    """Let a calendar say yes or no, or propose another time: to the one meeting whose address its organiser was.

    It speaks in its sender's own name.
    Only the members of that mentorship were ever told the address, so whoever writes to it is one of them.
    """
    if not email.calendar_reply or f"{meeting_ref}@alongside" not in email.calendar_reply:
        return Outcome.IGNORED
    taken = take_calendar_reply(email.calendar_reply, email.sender, at=at)
    outcomes = {CalendarOutcome.TAKEN: Outcome.TAKEN, CalendarOutcome.NOT_POSSIBLE: Outcome.NOT_KEPT}
    return outcomes.get(taken, Outcome.IGNORED)


def _take(email: Incoming, me: Member, answered: Message, at: datetime) -> Outcome:
    if not note_received(me.mentorship, f"{email.sender} {email.name}", at=at):
        return Outcome.REPEATED
    if email.is_automatic:
        return Outcome.IGNORED
    if email.sender != me.participant.person.email.lower():
        _say_it_is_not_theirs(email.sender, at)
        return Outcome.NOT_THEIRS
    return _keep(email, me, answered, at)


def _keep(email: Incoming, me: Member, answered: Message, at: datetime) -> Outcome:
    """Put what they wrote into the thread, for those who could read what it answers."""
    uploads, refused = _sorted(Upload(*file) for file in email.files)
    if not email.text and not uploads:
        why = refused or [_("We found no words of yours in it. Write above the quoted message, then send it again.")]
        emails.tell_answer_was_not_kept(me, "\n".join(why), at=at)
        return Outcome.NOT_KEPT
    readers = {answered.author, *answered.readers.all()} - {me}
    try:
        send_message(
            by=me, text=email.text, for_all=answered.for_all, readers=[] if answered.for_all else readers,
            uploads=uploads, at=at,
        )  # fmt: skip
    except (HasEnded, NotTaken) as refusal:
        emails.tell_answer_was_not_kept(me, str(refusal), at=at)
        return Outcome.NOT_KEPT
    if refused:
        emails.tell_files_were_left_out(me, refused, at=at)
    return Outcome.TAKEN


def _sorted(files: Iterable[Upload]) -> tuple[list[Upload], list[str]]:
    """Return which files can be taken, and in words why the others cannot."""
    taken: list[Upload] = []
    refused: list[str] = []
    for file in files:
        try:
            check([file])
            taken.append(file)
        except NotTaken as refusal:
            refused.append(str(refusal))
    too_many = _("Five files go with one message. Send it with another.")
    return taken[:MOST_FILES], refused + [f"{file.name}: {too_many}" for file in taken[MOST_FILES:]]


def _say_it_is_not_theirs(address: str, at: datetime) -> None:
    try:
        validate_email(address)
    except ValidationError:
        return
    emails.tell_answer_came_from_elsewhere(address, at=at)
