"""A mentor answers: yes makes a mentorship, no asks the next on the mentee's list."""

from datetime import datetime

from django.db import transaction

from alongside.journeys import emails
from alongside.journeys.add_member import join
from alongside.journeys.ask_mentors import ask_next_mentor, serve_line
from alongside.journeys.book_meeting import propose_first_meeting
from alongside.journeys.kinds import hold_mentee, mentorship_to_join, still_fits
from alongside.journeys.places import free_places, hold_places
from alongside.matching import actions
from alongside.matching.models import Request
from alongside.meetings.suggesting import times_to_suggest
from alongside.mentorships.actions import start_mentorship
from alongside.mentorships.models import Mentorship
from alongside.mentorships.queries import provided_counts
from alongside.programmes.models import Participant
from alongside.programmes.states import ParticipantState


class CannotBegin(ValueError):
    """Say to a mentor why their yes begins nothing now. The question stays open, and so does its clock."""


@transaction.atomic
def accept_request(request: Request, *, at: datetime) -> Mentorship:
    """Both have said yes: start the mentorship and introduce the two to each other.

    Where a mentee has a mentor of each kind, the first yes starts it; whoever says yes later joins it.

    :raises MoveNotAllowed: if the request was answered, fell due, or was taken back.
    :raises CannotBegin: if a place, or what either of them was to complete first, went meanwhile.
    """
    mentor, mentee = request.mentor, request.offer.mentee
    released = list(request.offer.requests.exclude(pk=request.pk).select_related("mentor__person"))
    actions.accept_request(request, by=mentor.person, at=at)
    request.mentor = hold_places(mentor)
    hold_mentee(mentee)
    _check_both_can_begin(request)
    mentorship = mentorship_to_join(mentee, request.offer.kind)
    if mentorship:
        join(mentorship, request.mentor, by=mentor.person, at=at)
    else:
        mentorship = _start(request.mentor, mentee, at=at)
    for other in [request, *released]:
        serve_line(other.mentor, at=at)
    return mentorship


def _start(mentor: Participant, mentee: Participant, *, at: datetime) -> Mentorship:
    (starts_at,) = times_to_suggest([mentee, mentor], number=1, at=at)
    mentorship = start_mentorship(mentor, mentee, first_meeting_at=starts_at, by=mentor.person, at=at)
    emails.introduce(propose_first_meeting(mentorship, starts_at, at=at), starts_at, at=at)
    return mentorship


@transaction.atomic
def decline_request(request: Request, *, reason: str, at: datetime) -> None:
    """Note a mentor's no, without blame, and go on to the next choice.

    :raises MoveNotAllowed: if the request was answered, fell due, or was taken back.
    """
    actions.decline_request(request, reason=reason, by=request.mentor.person, at=at)
    ask_next_mentor(request.offer, at=at)
    serve_line(request.mentor, at=at)


def _check_both_can_begin(request: Request) -> None:
    mentor, mentee, kind = request.mentor, request.offer.mentee, request.offer.kind
    if not still_fits(request):
        raise CannotBegin(
            "Your yes could not be noted, because you are with this mentee already, or are another kind of mentor by "
            "now. Your coordinator knows more."
        )
    if mentor.state != ParticipantState.READY:
        raise CannotBegin(
            "Your yes could not be noted, because your part in this programme is on hold. Your coordinator knows more."
        )
    if not free_places([mentor])[mentor.ref]:
        raise CannotBegin(
            "Your yes could not be noted, because every place you have is taken by now. Your coordinator can give you "
            "another; or say no, and the next mentor is asked."
        )
    mentee.refresh_from_db(fields=["state", "capacity"])
    if mentee.state != ParticipantState.READY or provided_counts([mentee], kind).get(mentee.pk, 0) >= mentee.capacity:
        raise CannotBegin(
            "Your yes could not be noted, because this mentee cannot begin just now. Your coordinator knows more."
        )
