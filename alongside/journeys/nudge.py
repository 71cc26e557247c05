"""A coordinator writes to several mentorships at once: exactly what she saw before, to each of them once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from alongside.evaluation.actions import claim_nudge
from alongside.journeys import care_emails as emails
from alongside.journeys.mentorship_emails import Letter
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import MentorshipState
from alongside.people.models import Person


@dataclass(frozen=True)
class Planned:
    """One email as it will go out: to whom, and what it says."""

    member: Member
    letter: Letter


def preview(mentorships: Iterable[Mentorship], *, by: Person, message: str) -> list[Planned]:
    """Return every email that :func:`nudge` would send."""
    members = [member for mentorship in mentorships for member in _members(mentorship)]
    return [Planned(member, emails.nudge_letter(member, by=by, message=message)) for member in members]


@transaction.atomic
def nudge(mentorships: Iterable[Mentorship], *, message: str, token: str, by: Person, at: datetime) -> int:
    """Send a message to all in these mentorships, and return how many emails go out.

    :param token: names this message: sending it again, from a second click or window, sends nothing.
    """
    sent = 0
    for mentorship in mentorships:
        members = _members(mentorship)
        if members and claim_nudge(mentorship, token=token, by=by, at=at):
            for member in members:
                emails.nudge(member, by=by, message=message, at=at)
                sent += 1
    return sent


def _members(mentorship: Mentorship) -> list[Member]:
    """Who is written to; nobody where it has ended."""
    if mentorship.state == MentorshipState.ENDED:
        return []
    members = members_of(mentorship)
    for member in members:
        member.mentorship = mentorship
    return members
