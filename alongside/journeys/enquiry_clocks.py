"""What falls due in enquiries while nobody does anything: nobody waits in silence."""

from datetime import datetime

from django.db import transaction

from alongside.enquiries import actions
from alongside.enquiries.clocks import Clock, fallen_due
from alongside.enquiries.models import Enquiry
from alongside.enquiries.queries import enquiry_of_thread, had_it
from alongside.enquiries.states import Due
from alongside.journeys import enquire
from alongside.journeys import enquiry_emails as emails
from alongside.journeys.next_best import NextBest, next_best
from alongside.mentors.actions import forget_enquiry


@transaction.atomic
def run_enquiry_clock(enquiry: Enquiry, *, at: datetime, next_best: NextBest = next_best) -> None:
    """Do what has fallen due in an enquiry, once."""
    clock = fallen_due(enquiry, at=at)
    if clock is None:
        return
    if clock.due in {Due.REMIND, Due.REMIND_AGAIN}:
        _remind(enquiry, clock, at)
    elif clock.due == Due.PASS_ON:
        _move_on(enquiry, clock, at, next_best)
    elif clock.due == Due.LAPSE:
        actions.lapse_enquiry(enquiry, at=at)
        emails.tell_enquiry_lapsed(enquiry, at=at)
    elif clock.due == Due.RELEASE:
        enquire.release(enquiry, by=None, at=at)
    else:
        actions.end_unseen(enquiry, "forget", by=None, at=at)


@transaction.atomic
def empty_enquiry(enquiry: Enquiry, *, at: datetime) -> None:
    """Let an enquiry that was closed long ago name nobody any more."""
    actions.empty_enquiry(enquiry, at=at)
    if enquiry_of_thread(enquiry.thread) is None:
        forget_enquiry(enquiry.thread)


def _remind(enquiry: Enquiry, clock: Clock, at: datetime) -> None:
    if actions.count_turn(enquiry, clock.turn):
        emails.remind_of_enquiry(enquiry, at=at)


def _move_on(enquiry: Enquiry, clock: Clock, at: datetime, next_best: NextBest) -> None:
    """Pass a silent holder's enquiry to the next best, with consent; else to the stewards, who have nobody behind."""
    to = next_best(enquiry, had_it(enquiry.thread)) if enquiry.may_pass_on else None
    if to is not None or enquiry.organisation is not None:
        enquire.pass_on_to(enquiry, to, by=None, answers=False, at=at)
        emails.tell_enquiry_left(enquiry, at=at)
    elif actions.count_turn(enquiry, clock.turn):
        emails.remind_of_enquiry(enquiry, at=at)
        emails.tell_enquiry_nobody_yet(enquiry, at=at)
