import pytest

from alongside.audit.models import Entry
from alongside.journeys.pool import pool_of
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.mentorships.actions import end_mentorship, go_on, record_first_meeting, start_mentorship
from alongside.mentorships.models import Mentorship
from alongside.mentorships.queries import mentorships_of, mentorships_run_by
from alongside.mentorships.states import Ending, MentorshipState
from tests.world import NOW, World


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    return start_mentorship(world.maya, world.bea, first_meeting_at=None, by=None, at=NOW)


def test_a_mentorship_is_introduced_meets_goes_on_and_ends(world: World, mentorship: Mentorship) -> None:
    record_first_meeting(mentorship, by=world.carys, at=NOW)
    go_on(mentorship, by=None, at=NOW)
    end_mentorship(mentorship, ending=Ending.OBJECTIVES_MET, by=world.carys, at=NOW)
    mentorship.refresh_from_db()
    assert (mentorship.state, mentorship.ending) == (MentorshipState.ENDED, Ending.OBJECTIVES_MET)
    verbs = Entry.objects.filter(thing_ref=mentorship.ref).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["start_mentorship", "record_first_meeting", "go_on", "end_mentorship"]


def test_what_has_ended_cannot_end_again(world: World, mentorship: Mentorship) -> None:
    end_mentorship(mentorship, ending=Ending.CIRCUMSTANCES, by=None, at=NOW)
    with pytest.raises(MoveNotAllowed):
        end_mentorship(mentorship, ending=Ending.CIRCUMSTANCES, by=None, at=NOW)


@pytest.mark.parametrize(("ending", "again"), [(Ending.NOT_THE_FIT, True), (Ending.OBJECTIVES_MET, False)])
def test_who_still_wants_a_mentor_is_matched_again(
    world: World, mentorship: Mentorship, ending: Ending, again: bool
) -> None:
    assert world.bea not in pool_of(world.cohort).mentees
    end_mentorship(mentorship, ending=ending, by=None, at=NOW)
    assert (world.bea in pool_of(world.cohort).mentees) is again


def test_two_of_different_cohorts_cannot_be_introduced(world: World) -> None:
    world.maya.cohort = world.other_cohort
    with pytest.raises(ValueError, match="within one cohort"):
        start_mentorship(world.maya, world.bea, first_meeting_at=None, by=None, at=NOW)


def test_it_is_seen_by_its_members_and_its_coordinators_and_nobody_else(world: World, mentorship: Mentorship) -> None:
    assert list(mentorships_of(world.bea.person)) == list(mentorships_run_by(world.carys)) == [mentorship]
    assert not mentorships_of(world.dai.person).exists()
    assert not mentorships_run_by(world.olu).exists()
