"""What the page of messages shows, and what messages give to the story of a mentorship."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.mentorships.states import RUNNING
from alongside.messaging.models import Message
from alongside.messaging.queries import (
    documents_read_by,
    links_read_by,
    messages_read_by,
    unread_by,
)
from alongside.web.participant.mentorship.handing_in import size_in_words
from alongside.web.participant.mentorship.here import Here, heres_of
from alongside.web.participant.mentorship.pieces import Step
from alongside.web.participant.mentorship.sharing import sees
from alongside.web.shared.times import day

AT_ONCE = 50


def by_day(messages: Sequence[Message], here: Here, *, now: datetime) -> list[dict[str, Any]]:
    """Return messages as the thread shows them, under the days on which they were written."""
    days = groupby(messages, key=lambda message: timezone.localtime(message.written_at).date())
    return [_one_day(list(group), here, now) for _day, group in days]


def _one_day(messages: list[Message], here: Here, now: datetime) -> dict[str, Any]:
    return {"day": day(messages[0].written_at, today=now), "messages": [shown(each, here) for each in messages]}


def shown(message: Message, here: Here) -> dict[str, Any]:
    """Return a message as the thread shows it; to its author, who has read it."""
    mine = message.author_id == here.me.pk
    read = [reading.member.participant.person.name for reading in message.readings.all()] if mine else []
    files = [{"row": each, "name": each.name, "size": size_in_words(each.size)} for each in message.attachments.all()]
    for_some = "" if message.for_all else sees(message, here)
    author = message.author.participant.person
    return {"row": message, "author": author, "mine": mine, "read": read, "files": files, "sees": for_some}


def elsewhere(here: Here) -> list[Here]:
    """Return the other mentorships in the same programme in which a mentor mentors now."""
    if not here.me.is_mentor:
        return []
    programme = here.mentorship.programme_id
    others = [each for each in heres_of(here.person) if each.mentorship.pk != here.mentorship.pk]
    return [each for each in others if each.me.is_mentor and each.mentorship.programme_id == programme and each.others]


def steps(heres: Sequence[Here], at: datetime) -> Iterator[Step]:
    """Say who wrote what a member has not read, once for each mentorship."""
    unread = unread_by(here.me for here in heres)
    for here in heres:
        theirs = [each for each in unread if each.mentorship == here.mentorship.pk]
        if theirs and here.mentorship.state in RUNNING:
            count = sum(each.n for each in theirs)
            text = ngettext("One message you have not read.", "%(n)d messages you have not read.", count) % {"n": count}
            url = reverse("mentorship_messages", args=[here.mentorship.ref])
            title = _("%(name)s wrote to you") % {"name": theirs[0].name}
            yield Step(here.mentorship, title, text, url, _("Read and answer"), weight=0)


def found(here: Here, sought: str) -> dict[str, list[dict[str, Any]]]:
    """Return the messages, documents and links that hold a word, among those this member may read."""
    word = sought.casefold()
    messages = [shown(each, here) for each in messages_read_by(here.me) if each.deleted_at is None]
    return {
        "letters": [each for each in reversed(messages) if word in _words(each).casefold()],
        "documents": [each for each in documents_read_by(here.me) if word in _names(each).casefold()],
        "links": [each for each in links_read_by(here.me) if word in f"{each.title} {each.url}".casefold()],
    }


def _words(message: dict[str, Any]) -> str:
    return "\n".join([message["row"].text, *(file["name"] for file in message["files"])])


def _names(document: Any) -> str:
    return "\n".join([document.title, *(version.name for version in document.versions.all())])


def as_text(messages: Iterable[Message], here: Here) -> str:
    """Write a thread out, each message with its time, its author, who can read it and what came with it."""
    return "\n\n".join(_as_lines(message, here) for message in messages)


def _as_lines(message: Message, here: Here) -> str:
    written = date_format(timezone.localtime(message.written_at), "j F Y, H:i")
    head = f"{written}, {message.author.participant.person.name} ({_('can be read by')} {sees(message, here)})"
    if message.deleted_at:
        return f"{head}\n\n{_('[deleted]')}\n"
    files = "".join(f"\n[{_('File')}: {each.name}]" for each in message.attachments.all())
    return f"{head}\n\n{message.text}{files}\n"


def as_values(messages: Iterable[Message], here: Here) -> list[dict[str, Any]]:
    """Return a thread as JSON values, times in ISO 8601 and UTC."""
    return [
        {
            "written_at": message.written_at.isoformat(),
            "author": message.author.participant.person.name,
            "can_be_read_by": sees(message, here),
            "text": message.text,
            "files": [each.name for each in message.attachments.all()],
            "deleted_at": message.deleted_at.isoformat() if message.deleted_at else None,
        }
        for message in messages
    ]
