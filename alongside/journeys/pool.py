"""Who of a cohort is to be matched now: needs participants, running mentorships and offers in hand together.

Where a cohort has kinds of mentors, each kind is matched by itself: a mentee waits for every kind they still lack.
"""

from collections.abc import Mapping

from alongside.groups.queries import in_hand
from alongside.journeys.places import free_places
from alongside.matching.problem import Pool
from alongside.matching.queries import offers_in_hand, said_no
from alongside.mentorships.queries import pairs_made, provided_counts, wanting_another
from alongside.programmes import queries as programmes
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import Side


class NoSuchKind(ValueError):
    """Say that a cohort has no such kind of mentor."""

    def __init__(self, kind: str, cohort: Cohort) -> None:
        known = ", ".join(cohort.rules.shape.matched)
        super().__init__(f"{cohort} has no kind of mentor called {kind!r}; it has {known or 'none'}.")


def pool_of(cohort: Cohort, kind: str = "") -> Pool:
    """Return the mentees who still want a mentor (of a kind) and the mentors (of that kind) with their free places.

    A mentee with an offer in hand stays in the pool, so that the board shows the whole cohort until people are
    introduced. Mentors without a free place stay too: "who holds the place" is asked about them. Who is in a group
    that is put together or asked is not matched meanwhile.

    :raises NoSuchKind: if the cohort has kinds of mentors and this is none of them, or it has none.
    """
    if kind not in cohort.rules.shape.matched:
        raise NoSuchKind(kind, cohort)
    busy, mentees = in_hand(cohort), waiting_mentees(cohort, kind)
    mentors = [mentor for mentor in programmes.pool(cohort, Side.MENTOR, kind) if mentor.pk not in busy]
    return Pool(
        mentees=mentees,
        mentors=mentors,
        free_places=free_places(mentors),
        said_no=said_no(cohort),
        former=pairs_made(mentees, mentors),
        together=pairs_made(mentees, mentors, running=True) if kind else frozenset(),
        kind=kind,
    )


def waiting_mentees(cohort: Cohort, kind: str = "") -> list[Participant]:
    """Return the mentees of a cohort who are ready and still want a mentor (of a kind)."""
    busy = in_hand(cohort)
    mentees = [mentee for mentee in programmes.pool(cohort, Side.MENTEE) if mentee.pk not in busy]
    paired = provided_counts(mentees, kind)
    return [mentee for mentee in mentees if paired.get(mentee.pk, 0) < mentee.capacity]


def waiting_by_kind(cohort: Cohort) -> Mapping[str, int]:
    """Return how many mentees who are ready still want a mentor of each kind of a cohort, in its order."""
    mentees = programmes.pool(cohort, Side.MENTEE)
    return {kind: wanting_another(mentees, kind).count() for kind in cohort.rules.shape.matched}


def mentees_without_an_offer(cohort: Cohort, kind: str = "", pool: Pool | None = None) -> list[Participant]:
    """List the mentees of the pool who are not being asked to choose (a mentor of this kind) right now."""
    busy = set(offers_in_hand(cohort, kind).values_list("mentee", flat=True))
    return [mentee for mentee in (pool.mentees if pool else waiting_mentees(cohort, kind)) if mentee.pk not in busy]
