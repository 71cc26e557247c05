from alongside.matching.states import OFFERS_IN_HAND
from alongside.people.models import Person
from alongside.programmes.models import Participant
from alongside.reports.queue import mentees_waiting

SHOWN = 8


def unpaired_mentees(person: Person) -> list[Participant]:
    """Return the mentees who wait longest without an offer: one click from a pair by hand."""
    return mentees_waiting(person, busy_with=OFFERS_IN_HAND)[:SHOWN]
