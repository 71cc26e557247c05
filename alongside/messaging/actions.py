from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath
from typing import NamedTuple
from unicodedata import category

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.audit.actions import record
from alongside.files.kinds import Kind, NotTaken, kind_of
from alongside.kernel.editing import save_edit
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import MentorshipState
from alongside.messaging import shelf
from alongside.messaging.models import (
    Attachment,
    Document,
    DocumentVersion,
    Doomed,
    Link,
    Message,
    Read,
    Received,
    Stored,
)
from alongside.messaging.queries import bytes_kept_in, is_named

MB = 1024 * 1024
LARGEST = 10 * MB
MOST_IN_ALL = 200 * MB
LONGEST_TITLE = 120
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


FULL = _(
    "The files of this mentorship would take up more than 200 MB. Delete some that you need no longer, then add this "
    "one."
)


class HasEnded(ValueError):
    """Say that nothing is added to a mentorship any more once it has ended."""

    def __init__(self) -> None:
        super().__init__(
            gettext("This mentorship has ended. You can read and take with you what is here, and add nothing.")
        )


class Upload(NamedTuple):
    """A file as somebody hands it in."""

    name: str
    content: bytes


def check(uploads: Iterable[Upload]) -> list[Kind]:
    """Return the kinds of some files.

    :raises NotTaken: with the name of the first that is too large or of a kind we do not take.
    """
    return [_kind_of(upload) for upload in uploads]


@transaction.atomic
def write_message(
    *,
    by: Member,
    text: str,
    for_all: bool = True,
    readers: Collection[Member] = (),
    uploads: Sequence[Upload] = (),
    at: datetime,
) -> Message:
    """Write to all in the mentorship, or to some of them.

    :raises HasEnded: if the mentorship has.
    :raises NotTaken: if one of the files is not taken, or there is no room for them.
    """
    _make_room(by.mentorship, uploads)
    message: Message = Message.objects.create(**by.where, author=by, for_all=for_all, written_at=at, text=text)
    message.readers.set(_in(by, readers))
    for upload in uploads:
        attachment = Attachment(**by.where, message=message, **_kept(by, upload))
        attachment.name = tidy(upload.name)
        attachment.save(force_insert=True)
    record("write_message", message, by=by.participant.person, at=at, files=len(uploads))
    return message


@transaction.atomic
def delete_message(message: Message, *, at: datetime) -> None:
    """Take away the words and the files of a message for good; that there was one stays.

    :raises ChangedMeanwhile: if it is deleted already.
    """
    if not Message.objects.filter(pk=message.pk, deleted_at=None).update(deleted_at=at, sealed=b""):
        raise ChangedMeanwhile
    _doom(message.attachments.all(), at)
    message.attachments.all().delete()
    message.deleted_at, message.sealed = at, b""
    record("delete_message", message, by=message.author.participant.person, at=at)


def note_read(messages: Iterable[Message], *, by: Member, at: datetime) -> None:
    """Note that a member has read messages of others, each when first."""
    read = [Read(**by.where, message=each, member=by, read_at=at) for each in messages if each.author_id != by.pk]
    Read.objects.bulk_create(read, ignore_conflicts=True)


def note_received(mentorship: Mentorship, name: str, *, at: datetime) -> bool:
    """Note that the email called ``name`` was taken in; say whether it is the first time."""
    owned = {"organisation_id": mentorship.organisation_id, "programme_id": mentorship.programme_id}
    digest = sha256(name.encode()).hexdigest()
    try:
        with transaction.atomic():
            Received.objects.create(**owned, mentorship=mentorship, digest=digest, received_at=at)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def add_document(
    upload: Upload, *, by: Member, for_all: bool, readers: Collection[Member] = (), at: datetime
) -> Document:
    """Keep a document for oneself, for all in the mentorship, or for some of them.

    :raises HasEnded: if the mentorship has.
    :raises NotTaken: if the file is not taken, or there is no room for it.
    """
    _make_room(by.mentorship, [upload])
    title = PurePath(tidy(upload.name)).stem[:LONGEST_TITLE] or gettext("Document")
    document: Document = Document.objects.create(**by.where, author=by, for_all=for_all, written_at=at, title=title)
    document.readers.set(_in(by, readers))
    _add(document, upload, number=1, by=by, at=at)
    record("add_document", document, by=by.participant.person, at=at)
    return document


@transaction.atomic
def add_version(document: Document, upload: Upload, *, by: Member, at: datetime) -> DocumentVersion:
    """Keep a newer version of a document, beside those there are.

    :raises HasEnded: if the mentorship has.
    :raises NotTaken: if the file is not taken, or there is no room for it.
    """
    _make_room(by.mentorship, [upload])
    Document.objects.select_for_update().get(pk=document.pk)
    latest = document.versions.order_by("-number").first()
    version = _add(document, upload, number=latest.number + 1 if latest else 1, by=by, at=at)
    record("add_version", document, by=by.participant.person, at=at, number=version.number)
    return version


@transaction.atomic
def rename_document(document: Document, title: str, *, version: int, at: datetime) -> None:
    """Call a document something else.

    :raises ChangedMeanwhile: if it was renamed since ``version`` was read.
    """
    document.title = title
    save_edit(document, version=version, fields=["sealed"])
    record("rename_document", document, by=document.author.participant.person, at=at)


@transaction.atomic
def delete_document(document: Document, *, at: datetime) -> None:
    """Delete a document for good, with all its versions."""
    _doom(document.versions.all(), at)
    record("delete_document", document, by=document.author.participant.person, at=at)
    document.delete()


@transaction.atomic
def add_link(
    *, by: Member, title: str, url: str, for_all: bool, readers: Collection[Member] = (), at: datetime
) -> Link:
    """Keep an address on the web for oneself, for all in the mentorship, or for some of them.

    :raises HasEnded: if the mentorship has.
    """
    _must_run(by.mentorship)
    link: Link = Link.objects.create(**by.where, author=by, for_all=for_all, written_at=at, title=title, url=url)
    link.readers.set(_in(by, readers))
    record("add_link", link, by=by.participant.person, at=at)
    return link


@transaction.atomic
def delete_link(link: Link, *, at: datetime) -> None:
    """Delete a link for good."""
    record("delete_link", link, by=link.author.participant.person, at=at)
    link.delete()


def throw_out(doomed: Doomed) -> None:
    """Take a file that was deleted off the disk, and forget that it was there.

    :raises OSError: if the disk does not let it go now: it stays listed, to be tried again.
    """
    shelf.throw_out(doomed.path)
    doomed.delete()


def sort_arrivals() -> None:
    """Put away, or throw out, what a process that was killed left among the arrivals."""
    for name in shelf.left_behind():
        if is_named(name):
            shelf.put_away(name)
        else:
            shelf.throw_out(name)


def _make_room(mentorship: Mentorship, uploads: Sequence[Upload]) -> None:
    """Refuse what is too large, of a wrong kind or too much, before anything is kept."""
    _must_run(mentorship)
    check(uploads)
    if uploads:
        Mentorship.objects.select_for_update().filter(
            pk=mentorship.pk
        ).first()  # one at a time, so that nobody overfills
        if bytes_kept_in(mentorship) + sum(len(upload.content) for upload in uploads) > MOST_IN_ALL:
            raise NotTaken(FULL)


def _must_run(mentorship: Mentorship) -> None:
    if mentorship.state == MentorshipState.ENDED:
        raise HasEnded


def tidy(name: str) -> str:
    """Return the name of a file without signs that are not seen, or that turn the order of the others round."""
    return "".join(sign for sign in name if category(sign) not in {"Cc", "Cs"} and sign not in TURNING)


def _kind_of(upload: Upload) -> Kind:
    words = {"name": tidy(upload.name)}
    if len(upload.content) > LARGEST:
        raise NotTaken(gettext("%(name)s is larger than 10 MB. Make it smaller, or share a link to it.") % words)
    try:
        return kind_of(upload.content, upload.name)
    except NotTaken as refusal:
        raise NotTaken(f"{words['name']}: {refusal}") from refusal


def _add(document: Document, upload: Upload, *, number: int, by: Member, at: datetime) -> DocumentVersion:
    version = DocumentVersion(**by.where, document=document, number=number, author=by, added_at=at, **_kept(by, upload))
    version.name = tidy(upload.name)
    version.save(force_insert=True)
    return version


def _kept(by: Member, upload: Upload) -> dict[str, str | int]:
    """Put a file on the shelf, and return what its row says of it."""
    kind = kind_of(upload.content, upload.name)
    path = shelf.keep(upload.content, key=by.mentorship.key)
    return {"path": path, "kind_name": kind.extension, "size": len(upload.content)}


def doom_files_in(mentorship: Mentorship, *, at: datetime) -> None:
    """Let every file of a mentorship go from the disk with the transaction in which its row goes."""
    for kind in (Attachment, DocumentVersion):
        _doom(kind.objects.filter(mentorship=mentorship), at)


def _doom(files: Iterable[Stored], at: datetime) -> None:
    """Let files go from the disk once this transaction has committed; the clocks try again what fails then."""
    rows = [Doomed(organisation_id=file.organisation_id, path=file.path, doomed_at=at) for file in files]
    Doomed.objects.bulk_create(rows)

    def throw_out_all() -> None:
        for row in rows:
            throw_out(row)

    transaction.on_commit(throw_out_all, robust=True)


def _in(by: Member, members: Collection[Member]) -> list[Member]:
    """Keep those who are in the author's mentorship."""
    return [member for member in members if member.mentorship_id == by.mentorship_id]
