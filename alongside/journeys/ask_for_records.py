"""A mentee asks for the records of her meetings: they are hers, and whoever wrote them hears of it."""

from datetime import datetime

from django.db import transaction

from alongside.journeys.note_emails import tell_records_were_given
from alongside.mentorships.models import Member
from alongside.notes import actions


@transaction.atomic
def ask_for_records(mentee: Member, *, at: datetime) -> int:
    """Let a mentee read what was recorded of their meetings; return by how many people.

    :raises NotTheirs: if it is a mentor who asks.
    """
    authors = actions.ask_for_records(mentee, at=at)
    for author in authors:
        tell_records_were_given(author, to=mentee, at=at)
    return len(authors)
