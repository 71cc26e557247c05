"""Which trained volunteers have room to be asked: needs volunteers, their questions and their mentorships together."""

from collections.abc import Sequence
from datetime import datetime

from alongside.matching import queries as matching
from alongside.mentorships.queries import Served, running_as_mentor, served_counts
from alongside.people.models import Person
from alongside.placing import queries as placing
from alongside.placing.models import Volunteer
from alongside.placing.queries import Where, placed_people, who_could_be_called
from alongside.placing.validity import day_of
from alongside.programmes.models import Programme

NOBODY = Served(0, 0)


def rooms_of(volunteers: Sequence[Volunteer]) -> dict[int, int]:
    """Return for how many more calls each volunteer can be asked, by primary key.

    Two limits hold: how many mentees they offered to take when they were trained, held against those they have where
    they were placed; and their total over all programmes of all organisations. A question they have not answered
    takes a place, and so does being placed where no mentee has come yet.
    """
    people = {each.participant.person_id for each in volunteers}
    placed = placed_people(people)
    served = served_counts({pk: each.since for where in placed.values() for pk, each in where.items()})
    waiting = {
        person: sum(_waits(served.get(pk, NOBODY), each) for pk, each in where.items())
        for person, where in placed.items()
    }
    placed_running = {person: sum(served.get(pk, NOBODY).running for pk in where) for person, where in placed.items()}
    running = running_as_mentor(people)
    calls, mentees = placing.asked_everywhere(people), matching.asked_everywhere(people)
    rooms = {}
    for each in volunteers:
        person = each.participant.person_id
        held = waiting.get(person, 0) + calls.get(person, 0)
        here = each.participant.capacity - placed_running.get(person, 0) - held
        total = each.participant.person.mentor_capacity
        everywhere = here if total is None else total - running.get(person, 0) - mentees.get(person, 0) - held
        rooms[each.pk] = max(0, min(here, everywhere))
    return rooms


def _waits(served: Served, where: Where) -> bool:
    """Whether somebody waits for their first mentee where they were placed."""
    return where.takes_part and served == NOBODY


def hold_room(volunteer: Volunteer) -> bool:
    """Whether a volunteer has room for one more question; nobody else takes it before the transaction ends."""
    Person.objects.select_for_update().get(pk=volunteer.participant.person_id)
    volunteer.participant.person.refresh_from_db(fields=["mentor_capacity"])
    volunteer.participant.refresh_from_db(fields=["state", "capacity"])
    volunteer.refresh_from_db(fields=["paused_at", "valid_until"])
    return rooms_of([volunteer])[volunteer.pk] > 0


def trained_and_free(programmes: Sequence[Programme], *, at: datetime) -> dict[int, tuple[int, int]]:
    """Count the volunteers of each programme who can be asked, and those who have room, by primary key.

    Of all organisations: to be said in round numbers, never more.
    """
    volunteers = who_could_be_called(programmes, day_of(at))
    rooms = rooms_of(volunteers)
    counts = {each.pk: [0, 0] for each in programmes}
    for volunteer in volunteers:
        counts[volunteer.programme_id][0] += 1
        counts[volunteer.programme_id][1] += rooms[volunteer.pk] > 0
    return {pk: (trained, free) for pk, (trained, free) in counts.items()}
