"""A visitor asks without an account: they show that the address is theirs, follow it, add to it, move it on."""

from datetime import datetime

from django.db import transaction

from alongside.enquiries import actions
from alongside.enquiries.actions import Asked
from alongside.enquiries.models import Enquiry
from alongside.enquiries.queries import had_it
from alongside.enquiries.states import EnquiryState
from alongside.journeys import enquiry_emails as emails
from alongside.journeys.next_best import NextBest, next_best
from alongside.organisations.models import Network, Organisation
from alongside.people.models import Person


@transaction.atomic
def enquire(
    asked: Asked, *, network: Network, organisation: Organisation | None, trap: str = "", at: datetime
) -> Enquiry:
    """Keep what a visitor asks, and ask them by email whether it was they; what is doubtful a steward looks at first.

    :raises TooMany: if the address has begun as many today as one person does.
    """
    enquiry = actions.begin_enquiry(asked, network=network, organisation=organisation, trap=trap, at=at)
    if enquiry.state == EnquiryState.UNCONFIRMED:
        emails.confirm_enquiry(enquiry, at=at)
    return enquiry


@transaction.atomic
def release(enquiry: Enquiry, *, by: Person | None, at: datetime) -> None:
    """Let an enquiry through that was held."""
    actions.release_enquiry(enquiry, by=by, at=at)
    emails.confirm_enquiry(enquiry, at=at)


@transaction.atomic
def confirm(enquiry: Enquiry, *, at: datetime) -> Enquiry:
    """Send a confirmed enquiry to whom it is for; where nobody there can be reached, to the network's stewards.

    :raises MoveNotAllowed: if it was confirmed before.
    """
    actions.confirm_enquiry(enquiry, at=at)
    if enquiry.organisation is not None and not any(emails.holders_of(enquiry)):
        return pass_on_to(enquiry, None, by=None, answers=False, at=at)
    emails.tell_enquiry_arrived(enquiry, at=at)
    emails.new_enquiry(enquiry, at=at)
    return enquiry


@transaction.atomic
def add_word(enquiry: Enquiry, text: str, *, at: datetime) -> None:
    """Add what the visitor writes, and tell whoever holds it that they did."""
    actions.add_word(enquiry, text, at=at)
    emails.tell_enquiry_has_more(enquiry, at=at)


@transaction.atomic
def pass_it_on_now(enquiry: Enquiry, *, at: datetime, next_best: NextBest = next_best) -> Enquiry:
    """Pass an enquiry on because its visitor says so: that is their consent.

    :raises MoveNotAllowed: if it is closed, or not confirmed.
    """
    if not enquiry.may_pass_on:
        actions.agree_to_pass_on(enquiry, at=at)
    passed = pass_on_to(enquiry, next_best(enquiry, had_it(enquiry.thread)), by=None, answers=False, at=at)
    emails.tell_enquiry_left(enquiry, at=at)
    return passed


def withdraw(enquiry: Enquiry, *, at: datetime) -> None:
    """Take an enquiry back."""
    actions.withdraw_enquiry(enquiry, at=at)


@transaction.atomic
def pass_on_to(enquiry: Enquiry, to: Organisation | None, *, by: Person | None, answers: bool, at: datetime) -> Enquiry:
    """Pass an enquiry on, to an organisation or to the network, and tell the visitor and whoever has it now."""
    passed = actions.pass_on(enquiry, to, by=by, answers=answers, at=at)
    emails.tell_enquiry_passed_on(passed, at=at)
    emails.new_enquiry(passed, at=at)
    return passed
