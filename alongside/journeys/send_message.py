"""A member writes to the others: it stands in the thread, and each who may read it gets it by email."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction

from alongside.journeys.message_emails import tell_of_message
from alongside.mentorships.models import Member
from alongside.mentorships.queries import members_of
from alongside.messaging.actions import Upload, write_message
from alongside.messaging.models import Message


@transaction.atomic
def send_message(
    *,
    by: Member,
    text: str,
    for_all: bool = True,
    readers: Collection[Member] = (),
    uploads: Sequence[Upload] = (),
    also: Iterable[Member] = (),
    at: datetime,
) -> Message:
    """Send a message to all in the mentorship, or to some of them.

    :param also: the same person in other mentorships, to each of which the same goes as a message of its own: nobody
        there sees that others got it too.
    :raises HasEnded: if a mentorship has.
    :raises NotTaken: if one of the files is not taken, or there is no room for them. Nothing is sent to anybody then.
    """
    for elsewhere in also:
        _send(elsewhere, write_message(by=elsewhere, text=text, uploads=uploads, at=at), at)
    message = write_message(by=by, text=text, for_all=for_all, readers=readers, uploads=uploads, at=at)
    _send(by, message, at)
    return message


def _send(author: Member, message: Message, at: datetime) -> None:
    chosen = {member.pk for member in message.readers.all()}
    files = [attachment.name for attachment in message.attachments.select_related("mentorship")]
    for member in members_of(author.mentorship):
        if member.pk != author.pk and (message.for_all or member.pk in chosen):
            member.mentorship = author.mentorship
            tell_of_message(member, message, files=files, at=at)
