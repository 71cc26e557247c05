"""A mentorship ends, or one of several leaves it: whoever is concerned hears of it, and nobody is blamed."""

from datetime import datetime

from django.db import transaction

from alongside.journeys import mentorship_emails as emails
from alongside.journeys.ask_mentors import serve_line
from alongside.journeys.cancel_meeting import cancel_meetings_ahead
from alongside.mentorships import actions
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import Ending
from alongside.people.models import Person
from alongside.programmes.states import Side


@transaction.atomic
def leave_mentorship(member: Member, *, ending: Ending, message: str, at: datetime) -> None:
    """Let one side leave, at any time. Where nobody is left to mentor or be mentored, it ends for all.

    :param message: what they say to the others, in their own words; they need not say anything.
    :raises MoveNotAllowed: if it has ended.
    """
    mentorship, others = member.mentorship, [each for each in members_of(member.mentorship) if each != member]
    goes_on = len(others) > 1 if mentorship.of_peers else {each.side for each in others} == set(Side)
    if goes_on:
        actions.leave(member, ending=ending, at=at)
    else:
        actions.say_ending(member, ending, at=at)
        actions.end_mentorship(mentorship, ending=ending, by=member.participant.person, at=at)
        cancel_meetings_ahead(mentorship, by=member.participant.person, at=at)
        emails.tell_it_ended(member, at=at)
    for other in others:
        emails.tell_of_leaving(other, leaver=member, ending=ending, goes_on=goes_on, message=message, at=at)
    _give_back_places([member] if goes_on else [member, *others], at)


@transaction.atomic
def end_for_all(mentorship: Mentorship, *, ending: Ending, by: Person | None, at: datetime) -> None:
    """End a mentorship, and tell each side what comes next.

    :raises MoveNotAllowed: if it has ended.
    """
    actions.end_mentorship(mentorship, ending=ending, by=by, at=at)
    cancel_meetings_ahead(mentorship, by=by, at=at)
    members = members_of(mentorship)
    for member in members:
        emails.tell_it_ended(member, at=at)
    _give_back_places(members, at)


def ending_as_said(mentorship: Mentorship) -> Ending:
    """Return why it ended, as they said: the mentee's word first."""
    said = [Ending(member.said_ending) for member in members_of(mentorship) if member.said_ending]
    return said[0] if said else Ending.NOT_SAID


def _give_back_places(members: list[Member], at: datetime) -> None:
    """Let whoever stands in line for a mentor's place have it."""
    for member in members:
        if member.is_mentor:
            serve_line(member.participant, at=at)
