"""Who of a cohort is to be matched now: needs participants, running mentorships and offers in hand together."""

from alongside.groups.queries import in_hand
from alongside.journeys.places import free_places
from alongside.matching.problem import Pool
from alongside.matching.queries import offers_in_hand, said_no
from alongside.mentorships.queries import pairs_made, provided_counts
from alongside.programmes import queries as programmes
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import Side


def pool_of(cohort: Cohort) -> Pool:
    """Return the mentees who still want a mentor and the mentors with their free places.

    A mentee with an offer in hand stays in the pool, so that the board shows the whole cohort until people are
    introduced. Mentors without a free place stay too: "who holds the place" is asked about them. Who is in a group
    that is put together or asked is not matched meanwhile.
    """
    busy = in_hand(cohort)
    mentees = waiting_mentees(cohort)
    mentors = [mentor for mentor in programmes.pool(cohort, Side.MENTOR) if mentor.pk not in busy]
    return Pool(
        mentees=mentees,
        mentors=mentors,
        free_places=free_places(mentors),
        said_no=said_no(cohort),
        former=pairs_made(mentees, mentors),
    )


def waiting_mentees(cohort: Cohort) -> list[Participant]:
    """Return the mentees of a cohort who are ready and still want a mentor."""
    busy = in_hand(cohort)
    mentees = [mentee for mentee in programmes.pool(cohort, Side.MENTEE) if mentee.pk not in busy]
    paired = provided_counts(mentees)
    return [mentee for mentee in mentees if paired.get(mentee.pk, 0) < mentee.capacity]


def mentees_without_an_offer(cohort: Cohort, pool: Pool | None = None) -> list[Participant]:
    """List the mentees of the pool who are not being asked to choose right now."""
    busy = set(offers_in_hand(cohort).values_list("mentee", flat=True))
    return [mentee for mentee in (pool.mentees if pool else waiting_mentees(cohort)) if mentee.pk not in busy]
