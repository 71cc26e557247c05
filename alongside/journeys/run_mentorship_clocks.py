"""What falls due in the lives of mentorships (the table stands in ``mentorships.clocks``), done once each."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from alongside.journeys import mentorship_emails as emails
from alongside.journeys.end_mentorship import end_for_all, ending_as_said
from alongside.journeys.go_on import settle
from alongside.journeys.say_how_it_ended import close_if_all_have_said
from alongside.mentorships import actions
from alongside.mentorships.clocks import LATE, fallen_due
from alongside.mentorships.models import Mentorship
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import Due


@transaction.atomic
def run_mentorship_clocks(mentorship: Mentorship, *, at: datetime) -> None:
    """Do what has fallen due in a mentorship, and set its clock for what comes next.

    Where several things fell due while no worker ran, only the last is done: two reminders on one day are one too many.
    """
    due = fallen_due(mentorship, at=at)
    rung = [(moment, what) for moment, what in due if actions.ring(mentorship, what, fell_due=moment, at=at)]
    state = mentorship.state
    if rung and at - rung[-1][0] <= LATE:
        ACTS[rung[-1][1]](mentorship, at)
    if mentorship.state == state:  # else whoever moved it set the clocks of where it is now
        actions.set_clocks(mentorship, after=at)


def _each(write: Callable[..., None]) -> Callable[[Mentorship, datetime], None]:
    def act(mentorship: Mentorship, at: datetime) -> None:
        for member in members_of(mentorship):
            write(member, at=at)

    return act


def _ask_whether_to_go_on(mentorship: Mentorship, at: datetime) -> None:
    for member in actions.ask_whether_to_go_on(mentorship, at=at):
        emails.ask_whether_to_go_on(member, at=at)


def _time_is_up(mentorship: Mentorship, at: datetime) -> None:
    settle(mentorship, in_any_case=True, at=at)


def _ask_how_it_ended(mentorship: Mentorship, at: datetime) -> None:
    if close_if_all_have_said(mentorship, at=at):
        return
    for member in members_of(mentorship):
        if not member.said_ending:
            emails.ask_how_it_ended(member, at=at)


def _close(mentorship: Mentorship, at: datetime) -> None:
    end_for_all(mentorship, ending=ending_as_said(mentorship), by=None, at=at)


def _the_coordinator_looks(mentorship: Mentorship, at: datetime) -> None:
    """Do nothing: it stands in the coordinator's queue from this moment on."""


ACTS: dict[Due, Callable[[Mentorship, datetime], None]] = {
    Due.SUGGEST_A_MEETING: _each(emails.suggest_a_meeting),
    Due.NOT_MET: _the_coordinator_looks,
    Due.ASK_WHETHER_TO_GO_ON: _ask_whether_to_go_on,
    Due.REMIND_TO_ANSWER: _ask_whether_to_go_on,
    Due.NOT_ANSWERED: _time_is_up,
    Due.REMIND_TO_AGREE: _each(emails.remind_to_agree),
    Due.NOT_AGREED: _the_coordinator_looks,
    Due.END_COMES_NEAR: _each(emails.say_the_end_comes_near),
    Due.END_IS_PAST: _the_coordinator_looks,
    Due.PAUSE_IS_OVER: _each(emails.say_the_pause_is_over),
    Due.ASK_HOW_IT_ENDED: _ask_how_it_ended,
    Due.CLOSE: _close,
}
