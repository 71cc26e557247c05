from django.db.models import QuerySet

from alongside.mentorships.models import Member
from alongside.mentorships.queries import readable
from alongside.notes.models import Note


def notes_read_by(member: Member) -> QuerySet[Note]:
    """The notes of a mentorship that one of its members may read, the latest first."""
    rows = readable(Note.objects.all(), by=member).select_related("mentorship", "author__participant__person")
    return rows.prefetch_related("readers__participant__person").order_by("-written_at", "-pk")


def notes_written_by(member: Member) -> QuerySet[Note]:
    """The notes that a member wrote, and so may change."""
    rows = Note.objects.filter(mentorship=member.mentorship_id, author=member)
    return rows.select_related("mentorship", "author").prefetch_related("readers")


def records_kept_from(mentee: Member) -> QuerySet[Note]:
    """The records of meetings which belong to a mentee and which they cannot read yet."""
    rows = Note.objects.filter(mentorship=mentee.mentorship_id, is_record=True, for_all=False)
    return rows.exclude(author=mentee).exclude(readers=mentee)
