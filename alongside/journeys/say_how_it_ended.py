"""Each says how it ended; once the last meeting has come and all have said it, it is over."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from alongside.journeys.end_mentorship import end_for_all, ending_as_said
from alongside.mentorships import actions
from alongside.mentorships.clocks import ZONE
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import Ending, MentorshipState


@transaction.atomic
def say_how_it_ended(member: Member, ending: Ending, *, at: datetime) -> None:
    """Keep why it ends, as one side sees it; the last to say it ends the mentorship, if its last day has come.

    :raises MoveNotAllowed: if somebody else ended it at the same moment.
    """
    actions.say_ending(member, ending, at=at)
    close_if_all_have_said(member.mentorship, at=at)


def close_if_all_have_said(mentorship: Mentorship, *, at: datetime) -> bool:
    """End a mentorship whose last day has come, if all have said how it ended; say whether that was so."""
    today = at.astimezone(ZoneInfo(ZONE)).date()
    if mentorship.state != MentorshipState.ENDING or not mentorship.ending_on or mentorship.ending_on > today:
        return False
    if not all(member.said_ending for member in members_of(mentorship)):
        return False
    end_for_all(mentorship, ending=ending_as_said(mentorship), by=None, at=at)
    return True
