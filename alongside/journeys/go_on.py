"""After the cooling-off: each side says in private whether they are happy to go on, and then all hear what comes."""

from datetime import datetime

from django.db import transaction

from alongside.journeys import mentorship_emails as emails
from alongside.journeys.end_mentorship import end_for_all
from alongside.mentorships import actions
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import Ending, GoingOn, MentorshipState


@transaction.atomic
def answer_going_on(member: Member, answer: GoingOn, *, wish: str = "", at: datetime) -> None:
    """Keep what one side says, and once all have said it, go on or let them part.

    Until the last has answered nobody hears anything: a no is told to nobody as one person's.

    :raises AnsweredBefore: if they have answered.
    """
    actions.answer_going_on(member, answer, wish=wish, at=at)
    if member.mentorship.state == MentorshipState.COOLING_OFF:
        settle(member.mentorship, at=at)


@transaction.atomic
def settle(mentorship: Mentorship, *, in_any_case: bool = False, at: datetime) -> None:
    """Go on or part, if all have answered.

    :param in_any_case: that time is up: a no that was said counts now, whoever has not answered.
    """
    answers = [member.going_on for member in members_of(mentorship)]
    if "" in answers and not (in_any_case and GoingOn.NO in answers):
        return
    if GoingOn.NO in answers:
        end_for_all(mentorship, ending=Ending.NOT_THE_FIT, by=None, at=at)
    else:
        actions.go_on(mentorship, by=None, at=at)
        for member in members_of(mentorship):
            emails.tell_we_go_on(member, at=at)
