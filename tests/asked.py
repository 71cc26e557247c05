"""Shorthand for tests about offers: who is offered whom, and what the emails say."""

from datetime import datetime

from alongside.journeys import emails
from alongside.matching import actions
from alongside.matching.actions import Candidate
from alongside.matching.models import Offer, Request
from alongside.notifications.actions import MAX_ATTEMPTS, queue_email
from alongside.notifications.models import Body, Email
from alongside.notifications.states import EmailState, Trouble
from alongside.programmes.models import Participant
from tests.world import LEAK, NOW

REASONS: list[list[str | int]] = [
    ["needs", 3000, 4000, "Covers 1 of 2 needs: Pricing"],
    ["sector", 1500, 1500, "Same sector: Food"],
    ["place", 0, 1000, "Distance not known"],
]


def offer(mentee: Participant, *mentors: Participant, at: datetime = NOW) -> Offer:
    """Offer mentors to a mentee, in this order, and send the email."""
    candidates = [Candidate(mentor, 8000 - 100 * place, REASONS) for place, mentor in enumerate(mentors)]
    made = actions.make_offer(mentee, candidates, by=None, at=at)
    emails.tell_mentee_of_offer(made, at=at)
    return made


def request_to(made: Offer, mentor: Participant) -> Request:
    """The request of an offer that is about ``mentor``, as it is in the database now."""
    found: Request = Request.objects.select_related("offer__mentee__person", "mentor__person").get(
        offer=made, mentor=mentor
    )
    return found


def given_up(
    mentee: Participant, mentor: Participant, trouble: Trouble = Trouble.NO_SUCH_ADDRESS, *, at: datetime = NOW
) -> Email:
    """Offer a mentor to a mentee by an email that never arrives."""
    offer(mentee, mentor, at=at)
    email = last_email_to(mentee)
    email.state, email.attempts, email.trouble = EmailState.FAILED, MAX_ATTEMPTS, trouble
    email.save()
    return email


def emails_to(participant: Participant) -> list[str]:
    """The kinds of email somebody has been sent, oldest first."""
    rows = Email.objects.filter(to=participant.person.email).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def last_email_to(participant: Participant) -> Email:
    found: Email | None = Email.objects.filter(to=participant.person.email).order_by("pk").last()
    assert found is not None
    return found


def left_email(to: Participant) -> Email:
    """An email that was given up and then left."""
    email = queue_email(Body(LEAK), kind="mentee_offer", to=to.person.email, subject=LEAK, participant_id=to.pk, at=NOW)
    email.state = EmailState.LEFT
    email.save()
    return email
