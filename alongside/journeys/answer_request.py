"""A mentor answers: yes makes a mentorship, no asks the next on the mentee's list."""

from datetime import datetime

from django.db import transaction

from alongside.journeys import emails
from alongside.journeys.ask_mentors import ask_next_mentor, serve_line
from alongside.journeys.first_meeting import propose_first_meeting
from alongside.matching import actions
from alongside.matching.models import Request
from alongside.mentorships.actions import start_mentorship
from alongside.mentorships.models import Mentorship


@transaction.atomic
def accept_request(request: Request, *, at: datetime) -> Mentorship:
    """Both have said yes: start the mentorship and introduce the two to each other.

    :raises MoveNotAllowed: if the request was answered, fell due, or was taken back.
    """
    mentor, mentee = request.mentor, request.offer.mentee
    released = list(request.offer.requests.exclude(pk=request.pk).select_related("mentor__person"))
    actions.accept_request(request, by=mentor.person, at=at)
    proposal = propose_first_meeting(mentor, mentee, uid=f"{request.ref}@alongside", at=at)
    mentorship = start_mentorship(
        mentor=mentor, mentee=mentee, first_meeting_at=proposal.starts_at, by=mentor.person, at=at
    )
    emails.introduce(mentor, mentee, proposal, at=at)
    for other in [request, *released]:
        serve_line(other.mentor, at=at)
    return mentorship


@transaction.atomic
def decline_request(request: Request, *, reason: str, at: datetime) -> None:
    """Note a mentor's no, without blame, and go on to the next choice.

    :raises MoveNotAllowed: if the request was answered, fell due, or was taken back.
    """
    actions.decline_request(request, reason=reason, by=request.mentor.person, at=at)
    ask_next_mentor(request.offer, at=at)
    serve_line(request.mentor, at=at)
