from itertools import islice

from alongside.journeys.pool import mentees_without_an_offer
from alongside.people.models import Person
from alongside.programmes.models import Participant
from alongside.programmes.queries import cohorts_run_by

SHOWN = 8


def unpaired_mentees(person: Person) -> list[Participant]:
    """Return the mentees who wait longest without an offer, over the newest cohorts: one click from a pair by hand."""
    waiting = (mentee for cohort in cohorts_run_by(person)[:5] for mentee in mentees_without_an_offer(cohort))
    return sorted(islice(waiting, 200), key=lambda mentee: (mentee.joined_at, mentee.pk))[:SHOWN]
