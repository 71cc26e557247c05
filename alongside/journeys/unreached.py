"""A coordinator decides about an email that was given up: it goes out again, or it is left."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from alongside.applications.models import Application
from alongside.audit.actions import record
from alongside.notifications import actions
from alongside.notifications.models import Email
from alongside.people.models import Person
from alongside.programmes.models import Participant


def try_email_again(email: Email, *, by: Person, at: datetime) -> None:
    """Let the same email go out anew; if it is given up again, it comes back to the queue."""
    _decide("try_email_again", actions.try_again, email, by, at)


def leave_email(email: Email, *, by: Person, at: datetime) -> None:
    """Take an email off the queue without sending it."""
    _decide("leave_email", actions.leave, email, by, at)


def take_up_email(email: Email, *, by: Person, at: datetime) -> None:
    """Put an email that was left back on the queue."""
    _decide("take_up_email", actions.take_up, email, by, at)


@transaction.atomic
def _decide(verb: str, move: Callable[[Email], None], email: Email, by: Person, at: datetime) -> None:
    """Make the move and record it with what is of an organisation, participant or application; the email is not."""
    about = (
        Participant.objects.get(pk=email.participant_id)
        if email.participant_id
        else Application.objects.get(pk=email.application_id)
    )
    move(email)
    record(verb, about, by=by, at=at, email=email.ref, kind=email.kind)
