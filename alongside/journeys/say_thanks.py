"""Thanks are kept, and passed on to the others at once."""

from datetime import datetime

from django.db import transaction

from alongside.endings import actions
from alongside.journeys.ending_emails import pass_on_thanks
from alongside.mentorships.models import Member
from alongside.mentorships.queries import members_of


@transaction.atomic
def say_thanks(*, by: Member, text: str, at: datetime) -> None:
    """Say thank you to the others.

    :raises ValueError: as ``endings.actions.say_thanks`` does.
    """
    actions.say_thanks(by=by, text=text, at=at)
    for member in members_of(by.mentorship):
        if member.pk != by.pk:
            pass_on_thanks(member, author=by, text=text, at=at)
