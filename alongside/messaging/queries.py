from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Sum

from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import readable
from alongside.messaging.models import Attachment, Document, DocumentVersion, Doomed, Link, Message, Read

AUTHOR = "author__participant__person"


def messages_read_by(member: Member) -> QuerySet[Message]:
    """The messages of a mentorship that one of its members may read, the oldest first, with what stands beside each."""
    rows = readable(Message.objects.all(), by=member).select_related("mentorship", AUTHOR)
    readings = Read.objects.select_related("member__participant__person").order_by("read_at")
    files = Attachment.objects.select_related("mentorship")
    return rows.prefetch_related(
        "readers__participant__person", Prefetch("readings", readings), Prefetch("attachments", files)
    ).order_by("written_at", "pk")


def messages_written_by(member: Member) -> QuerySet[Message]:
    """The messages that a member wrote and has not deleted."""
    rows = Message.objects.filter(mentorship=member.mentorship_id, author=member, deleted_at=None)
    return rows.select_related("mentorship", AUTHOR)


def attachments_read_by(member: Member) -> QuerySet[Attachment]:
    messages = readable(Message.objects.all(), by=member)
    return Attachment.objects.filter(message__in=messages.values("pk")).select_related("mentorship")


class Unread(NamedTuple):
    """That somebody wrote what a member has not read yet."""

    mentorship: int
    author: int
    name: str
    n: int


def unread_by(members: Iterable[Member]) -> list[Unread]:
    """What members have not read yet, each in their own mentorship, by who wrote it: the latest author first."""
    members = list(members)
    read = Read.objects.filter(message=OuterRef("pk"), member__in=members)
    rows = Message.objects.filter(mentorship__in=[member.mentorship_id for member in members], deleted_at=None)
    rows = rows.exclude(author__in=members).filter(Q(for_all=True) | Q(readers__in=members)).filter(~Exists(read))
    counted = rows.values_list("mentorship", "author", f"{AUTHOR}__name").annotate(n=Count("pk", distinct=True))
    return [Unread(*row[:4]) for row in counted.annotate(last=Max("written_at")).order_by("-last", "author")]


def unread_counts(members: Iterable[Member]) -> dict[int, int]:
    """How many messages members have not read, by the primary key of their mentorship; zeros are not listed."""
    counts: Counter[int] = Counter()
    for unread in unread_by(members):
        counts[unread.mentorship] += unread.n
    return dict(counts)


def documents_read_by(member: Member) -> QuerySet[Document]:
    """The documents that a member may read, the latest first, each with its versions."""
    rows = readable(Document.objects.all(), by=member).select_related("mentorship", AUTHOR)
    versions = DocumentVersion.objects.select_related(AUTHOR).order_by("-number")
    rows = rows.prefetch_related("readers__participant__person", Prefetch("versions", versions))
    return rows.order_by("-written_at", "-pk")


def versions_read_by(member: Member) -> QuerySet[DocumentVersion]:
    """The versions of the documents that a member may read."""
    documents = readable(Document.objects.all(), by=member)
    rows = DocumentVersion.objects.filter(document__in=documents.values("pk"))
    return rows.select_related("mentorship", "document__mentorship", AUTHOR).order_by("added_at", "pk")


def links_read_by(member: Member) -> QuerySet[Link]:
    """The links that a member may read, the latest first."""
    rows = readable(Link.objects.all(), by=member).select_related("mentorship", AUTHOR)
    return rows.prefetch_related("readers__participant__person").order_by("-written_at", "-pk")


def bytes_kept_in(mentorship: Mentorship) -> int:
    """How much the files of a mentorship take up, as they were handed in."""
    kept = (model.objects.filter(mentorship=mentorship) for model in (Attachment, DocumentVersion))
    return sum(rows.aggregate(total=Sum("size"))["total"] or 0 for rows in kept)


def doomed_files() -> QuerySet[Doomed]:
    """The files that are still to go from the disk."""
    return Doomed.objects.order_by("pk")


def is_named(path: str) -> bool:
    """Say whether a file on the disk belongs to a message or a document. It tells nothing of which."""
    return any(model.unscoped.filter(path=path).exists() for model in (Attachment, DocumentVersion))
