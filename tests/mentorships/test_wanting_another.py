"""Who wants another mentor is asked in two ways, of the rows and in the database: both must say the same."""

import pytest

from alongside.mentorships.actions import end_mentorship
from alongside.mentorships.queries import provided_counts, wanting_another
from alongside.mentorships.states import Ending
from alongside.programmes.models import Participant
from tests.paired import pair
from tests.world import NOW, World


@pytest.mark.parametrize("capacity", [0, 1, 2])
@pytest.mark.parametrize("ending", [None, *Ending])
def test_both_ways_to_ask_agree(world: World, capacity: int, ending: Ending | None) -> None:
    Participant.objects.filter(pk=world.bea.pk).update(capacity=capacity)
    mentorship = pair(world.maya, world.bea)
    if ending:
        end_mentorship(mentorship, ending=ending, by=None, at=NOW)
    mentees = Participant.objects.filter(side="mentee").order_by("pk")
    counts = provided_counts(mentees)
    free = [mentee for mentee in mentees if counts.get(mentee.pk, 0) < mentee.capacity]
    assert list(wanting_another(mentees)) == free
    assert world.dai in free
