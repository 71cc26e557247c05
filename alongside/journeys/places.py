"""How many more mentees a mentor can take on: needs participants, running mentorships and open questions together."""

from collections.abc import Sequence

from alongside.groups.queries import standing_asks, standing_asks_everywhere
from alongside.matching.queries import asked_counts, asked_everywhere
from alongside.mentorships.queries import running_as_mentor, running_counts
from alongside.people.models import Person
from alongside.programmes.models import Participant


def free_places(mentors: Sequence[Participant]) -> dict[str, int]:
    """Return how many more mentees each mentor can take on, by ref.

    Two limits hold: the places promised to this cohort, and the mentor's total over all programmes of all
    organisations.
    """
    here = running_counts(mentors)
    everywhere = running_as_mentor([mentor.person_id for mentor in mentors])
    return {
        mentor.ref: _free(mentor, here.get(mentor.pk, 0), everywhere.get(mentor.person_id, 0)) for mentor in mentors
    }


def hold_places(mentor: Participant) -> Participant:
    """Return a mentor as they are now; nobody else takes one of their places before the transaction ends."""
    Person.objects.select_for_update().get(pk=mentor.person_id)
    held: Participant = Participant.objects.select_related("person", "programme", "key_contact").get(pk=mentor.pk)
    return held


def can_be_asked(mentor: Participant) -> bool:
    """Whether one more yes would still find a place, if every question open now were answered yes."""
    key, person = mentor.pk, mentor.person_id
    here = sum(each([mentor]).get(key, 0) for each in (running_counts, asked_counts, standing_asks))
    counts = (running_as_mentor, asked_everywhere, standing_asks_everywhere)
    everywhere = sum(each([person]).get(person, 0) for each in counts)
    return _free(mentor, here, everywhere) > 0


def _free(mentor: Participant, taken_here: int, taken_everywhere: int) -> int:
    total = mentor.person.mentor_capacity
    left = mentor.capacity - taken_here
    return max(0, left if total is None else min(left, total - taken_everywhere))
