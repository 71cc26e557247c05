from alongside.matching.states import OFFERS_IN_HAND
from alongside.mentorships.queries import wishes_of
from alongside.people.models import Person
from alongside.programmes.models import Participant
from alongside.reports.queue import mentees_waiting

SHOWN = 8


def unpaired_mentees(person: Person) -> list[tuple[Participant, str]]:
    """Return the mentees who wait longest without an offer: one click from a pair by hand.

    Beside each stands what they said would suit them better, where they parted from somebody.
    """
    waiting = mentees_waiting(person, busy_with=OFFERS_IN_HAND)[:SHOWN]
    wishes = wishes_of(waiting)
    return [(mentee, wishes.get(mentee.pk, "")) for mentee in waiting]
