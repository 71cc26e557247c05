"""After the cooling-off: each side says in private whether they are happy to go on, and then all hear what comes."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from alongside.journeys import mentorship_emails as emails
from alongside.journeys.end_mentorship import end_for_all, leave_mentorship
from alongside.mentorships import actions
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import Ending, GoingOn, MentorshipState
from alongside.programmes.states import Side


@transaction.atomic
def answer_going_on(
    member: Member, answer: GoingOn, *, wish: str = "", not_with: Sequence[str] = (), at: datetime
) -> None:
    """Keep what one side says, and once all have said it, go on or let them part.

    :param not_with: refs of the mentors whom a mentee's no is about, where they have mentors of several kinds and it is
        not about all of them.

    Until the last has answered nobody hears anything: a no is told to nobody as one person's.

    :raises AnsweredBefore: if they have answered.
    """
    actions.answer_going_on(member, answer, wish=wish, not_with=not_with, at=at)
    if member.mentorship.state == MentorshipState.COOLING_OFF:
        settle(member.mentorship, at=at)


@transaction.atomic
def settle(mentorship: Mentorship, *, in_any_case: bool = False, at: datetime) -> None:
    """Go on or part, if all have answered.

    :param in_any_case: that time is up: a no that was said counts now, whoever has not answered.
    """
    answers = [member.going_on for member in _asked(members_of(mentorship))]
    if "" in answers and not (in_any_case and GoingOn.NO in answers):
        return
    if GoingOn.NO in answers and not _let_one_kind_go(mentorship, at=at):
        end_for_all(mentorship, ending=Ending.NOT_THE_FIT, by=None, at=at)
        return
    actions.go_on(mentorship, by=None, at=at)
    for member in members_of(mentorship):
        emails.tell_we_go_on(member, at=at)


def _asked(members: list[Member]) -> list[Member]:
    """Return those whose answer is waited for: whoever joined after the others were asked is asked with a reminder."""
    asked = [member for member in members if member.asked_at or member.going_on]
    return asked if any(member.asked_at for member in members) else members


def _let_one_kind_go(mentorship: Mentorship, *, at: datetime) -> bool:
    """Where mentees have mentors of several kinds, part only from those whom a no is about; say whether any stay.

    A mentor's no is about themselves, a mentee's about the mentors they named, or, where they named none, about all.
    """
    members = members_of(mentorship)
    unwanted = {ref for member in members for ref in member.not_with}
    leaving = [
        member
        for member in members
        if (member.going_on == GoingOn.NO and not member.not_with) or member.participant.ref in unwanted
    ]
    staying = {member.side for member in members if member not in leaving}
    if not mentorship.cohort.rules.shape.kinds or staying != set(Side):
        return False
    for member in leaving:
        member.mentorship = mentorship
        leave_mentorship(member, ending=Ending.NOT_THE_FIT, message="", at=at)
        emails.tell_you_part(member, at=at)
    return True
