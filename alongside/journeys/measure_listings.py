"""What Alongside measures for a listing of an organisation whose mentoring runs here; suppressed where it is shown."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from alongside.directory.actions import keep_measured
from alongside.directory.models import Listing, Offering
from alongside.enquiries.queries import days_to_answer
from alongside.journeys.places import free_places
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import RUNNING
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import ParticipantState, Side

LOOKED_BACK = timedelta(days=365)
"""Over how long the time until an answer is counted."""


@transaction.atomic
def measure_listing(listing: Listing, *, at: datetime) -> None:
    """Count what a listing shows: mentors, mentorships, free places, and how long enquiries waited for an answer."""
    mentors = _mentors(listing, at)
    free = free_places(mentors)
    by_programme: dict[int, int] = {}
    for mentor in mentors:
        by_programme[mentor.programme_id] = by_programme.get(mentor.programme_id, 0) + free[mentor.ref]
    running = Mentorship.objects.filter(organisation=listing.organisation_id, state__in=RUNNING).count()
    keep_measured(
        listing,
        {
            "mentors": len({mentor.person_id for mentor in mentors}),
            "mentorships": running,
            "free_places": sum(by_programme.values()),
            "days_to_answer": days_to_answer(listing.organisation, since=at - LOOKED_BACK),
        },
        places=dict(_places(listing, by_programme)),
        at=at,
    )


def _mentors(listing: Listing, at: datetime) -> list[Participant]:
    """The mentors who could be asked, in cohorts that are not over."""
    open_ones = Cohort.objects.filter(organisation=listing.organisation_id).exclude(ends_on__lt=at.date())
    rows = Participant.objects.filter(cohort__in=open_ones, side=Side.MENTOR, state=ParticipantState.READY)
    return list(rows.select_related("person"))


def _places(listing: Listing, free: dict[int, int]) -> Iterable[tuple[Offering, tuple[int, int]]]:
    """Free places and waiting mentees of each programme that the listing shows and that runs here."""
    for offering in Offering.objects.filter(listing=listing, programme__isnull=False):
        ready = Participant.objects.filter(
            programme=offering.programme_id, side=Side.MENTEE, state=ParticipantState.READY
        )
        waiting = ready.exclude(memberships__mentorship__state__in=RUNNING).count()
        yield offering, (free.get(offering.programme_id, 0), waiting)
