from datetime import timedelta

from alongside.journeys.place_volunteers import accept_ask, decline_ask
from alongside.kernel import scope
from alongside.mentorships.actions import end_mentorship
from alongside.mentorships.states import Ending, MentorshipState
from alongside.placing.models import Placement, Volunteer
from alongside.reports.placing_funnel import placed_of, serving_of
from tests.paired import pair
from tests.placed import asked, called, recruited, school, trained
from tests.world import NOW, World

DAY = timedelta(days=1)


def test_each_stage_is_a_part_of_the_one_before_and_whoever_waits_is_shown(world: World) -> None:
    there = school(world, waiting_days=10)
    recruited(there, "Rhys Recruit")
    for name in ("Vera", "Viktor", "Wanda", "Will"):
        trained(there, name)
    yes, no, silent = asked(there, called(there, wanted=3))
    accept_ask(yes, at=NOW)
    decline_ask(no, reason="", at=NOW)
    placed = Placement.unscoped.get().participant
    pair(placed, world.bea, at=NOW)
    with scope.within(there.scope):
        found = placed_of(there.programme, there.tessa, at=NOW + 20 * DAY)
    assert (found.recruited, found.trained, found.asked, found.said_yes, found.served, found.serving) == (
        5,
        4,
        3,
        1,
        1,
        1,
    )
    assert (found.never_asked, found.waiting_days, found.run_out) == (1, 10, 0)
    assert silent.volunteer.times_asked == 1


def test_what_ended_is_counted_and_what_was_before_they_were_placed_is_not(world: World) -> None:
    there = school(world)
    pair(world.maya, world.dai, at=NOW - 5 * DAY)
    maya = trained(there, "Maya Mentor", capacity=3)
    (ask,) = asked(there, called(there))
    accept_ask(ask, at=NOW)
    with scope.within(there.scope):
        assert serving_of([maya]) == {}
    mentorship = pair(world.maya, world.bea, stage=MentorshipState.ACTIVE, at=NOW + DAY)
    end_mentorship(mentorship, ending=Ending.OBJECTIVES_MET, by=None, at=NOW + 90 * DAY)
    with scope.within(there.scope):
        assert serving_of([maya]) == {maya.pk: (0, 1)}
        found = placed_of(there.programme, there.tessa, at=NOW + 99 * DAY)
    assert (found.serving, found.mentorships, found.ended) == (0, 0, 1)


def test_the_other_organisation_counts_nothing_of_it(world: World) -> None:
    there = school(world)
    trained(there)
    with scope.within(world.harbour_scope):
        assert placed_of(there.programme, world.carys, at=NOW).trained == 0
    assert Volunteer.unscoped.count() == 1
