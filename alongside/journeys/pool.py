"""Who of a cohort is to be matched now: needs participants, running mentorships and offers in hand together."""

from alongside.journeys.places import free_places
from alongside.matching.problem import Pool
from alongside.matching.queries import offers_in_hand, said_no
from alongside.mentorships.queries import provided_counts
from alongside.programmes import queries as programmes
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import Side


def pool_of(cohort: Cohort) -> Pool:
    """Return the mentees who still want a mentor and the mentors with their free places.

    A mentee with an offer in hand stays in the pool, so that the board shows the whole cohort until people are
    introduced. Mentors without a free place stay too: "who holds the place" is asked about them.
    """
    mentees = list(programmes.pool(cohort, Side.MENTEE))
    mentors = list(programmes.pool(cohort, Side.MENTOR))
    paired = provided_counts(mentees)
    waiting = [mentee for mentee in mentees if paired.get(mentee.pk, 0) < mentee.capacity]
    return Pool(mentees=waiting, mentors=mentors, free_places=free_places(mentors), said_no=said_no(cohort))


def mentees_without_an_offer(cohort: Cohort, pool: Pool | None = None) -> list[Participant]:
    """List the mentees of the pool who are not being asked to choose right now."""
    busy = set(offers_in_hand(cohort).values_list("mentee", flat=True))
    return [mentee for mentee in (pool or pool_of(cohort)).mentees if mentee.pk not in busy]
