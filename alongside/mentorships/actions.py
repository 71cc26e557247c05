from datetime import datetime

from django.db import transaction

from alongside.audit.actions import record
from alongside.kernel.lifecycle import make_move
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import MENTORSHIP_LIFECYCLE, Ending
from alongside.people.models import Person
from alongside.programmes.models import Participant


@transaction.atomic
def start_mentorship(
    *,
    mentor: Participant,
    mentee: Participant,
    first_meeting_at: datetime | None,
    by: Person | None,
    at: datetime,
) -> Mentorship:
    """Bring a mentorship into being: both have said yes, and are introduced.

    :raises ValueError: if the two are not of one cohort.
    """
    if mentor.cohort_id != mentee.cohort_id:
        raise ValueError("A mentorship is made within one cohort; these two are in different ones.")
    owned = {"organisation_id": mentee.organisation_id, "programme_id": mentee.programme_id}
    mentorship: Mentorship = Mentorship.objects.create(
        **owned, cohort_id=mentee.cohort_id, introduced_at=at, first_meeting_at=first_meeting_at
    )
    Member.objects.bulk_create(
        Member(**owned, mentorship=mentorship, participant=participant, side=participant.side)
        for participant in (mentor, mentee)
    )
    record("start_mentorship", mentorship, by=by, at=at, mentor=mentor.ref, mentee=mentee.ref)
    return mentorship


@transaction.atomic
def record_first_meeting(mentorship: Mentorship, *, by: Person | None, at: datetime) -> None:
    """Note that the pair has met for the first time."""
    make_move(mentorship, MENTORSHIP_LIFECYCLE, "meet", met_at=at)
    record("record_first_meeting", mentorship, by=by, at=at)


@transaction.atomic
def go_on(mentorship: Mentorship, *, by: Person | None, at: datetime) -> None:
    """Note that both sides are happy to go on."""
    make_move(mentorship, MENTORSHIP_LIFECYCLE, "go_on", agreed_at=at)
    record("go_on", mentorship, by=by, at=at)


@transaction.atomic
def end_mentorship(mentorship: Mentorship, *, ending: Ending, by: Person | None, at: datetime) -> None:
    """End a mentorship, for a reason that blames nobody."""
    make_move(mentorship, MENTORSHIP_LIFECYCLE, "end", ended_at=at, ending=ending)
    record("end_mentorship", mentorship, by=by, at=at, ending=ending)
