from typing import NamedTuple

from alongside.mentorships.queries import wishes_of
from alongside.people.models import Person
from alongside.programmes.models import Participant
from alongside.reports.queue import Waiting, mentees_waiting
from alongside.web.coordinator.board.addresses import by_hand_url

SHOWN = 8


class Unpaired(NamedTuple):
    """A mentee without a mentor: which they lack, where to find one, and what they said would suit them better."""

    mentee: Participant
    about: str
    url: str
    wish: str


def unpaired_mentees(person: Person) -> list[Unpaired]:
    """Return the mentees who wait longest without an offer: one click from a pair by hand. Groups are put together.

    Beside each stands what they said would suit them better, where they parted from somebody.
    """
    everybody = mentees_waiting(person)
    waiting = [each for each in everybody if each.mentee.cohort.rules.shape.of == "pair"][:SHOWN]
    wishes = wishes_of(each.mentee for each in waiting)
    return [
        Unpaired(each.mentee, _about(each), by_hand_url(each.mentee, each.kind), wishes.get(each.mentee.pk, ""))
        for each in waiting
    ]


def _about(waiting: Waiting) -> str:
    """Return the cohort, and the kind of mentor that is lacking."""
    cohort = waiting.mentee.cohort
    title = cohort.rules.shape.title_of(waiting.kind)
    return f"{cohort.name} · {title}" if title else str(cohort.name)
