from datetime import timedelta

import pytest

from alongside.journeys.run_clocks import run_clocks
from alongside.journeys.say_how_it_ended import say_how_it_ended
from alongside.mentorships.actions import plan_ending
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import Ending, MentorshipState
from tests.asked import emails_to
from tests.paired import member_in, pair
from tests.world import NOW, World

S = MentorshipState
DAY = timedelta(days=1)


@pytest.fixture
def ending(world: World) -> Mentorship:
    made = pair(world.maya, world.bea, stage=S.ACTIVE)
    plan_ending(made, on=(NOW + 3 * DAY).date(), by=world.bea.person, at=NOW)
    return made


def test_the_last_to_say_it_ends_it_at_once_as_the_mentee_sees_it(world: World, ending: Mentorship) -> None:
    at = NOW + 3 * DAY
    say_how_it_ended(member_in(ending, world.maya), Ending.CIRCUMSTANCES, at=at)
    ending.refresh_from_db()
    assert ending.state == S.ENDING
    say_how_it_ended(member_in(ending, world.bea), Ending.OBJECTIVES_MET, at=at)
    ending.refresh_from_db()
    assert (ending.state, ending.ending, ending.ended_at) == (S.ENDED, Ending.OBJECTIVES_MET, at)
    assert emails_to(world.bea)[-1] == emails_to(world.maya)[-1] == "tell_it_ended"


def test_before_the_last_day_nothing_ends_and_on_that_day_it_does_without_a_question(
    world: World, ending: Mentorship
) -> None:
    for participant in (world.maya, world.bea):
        say_how_it_ended(member_in(ending, participant), Ending.OBJECTIVES_MET, at=NOW)
    ending.refresh_from_db()
    assert ending.state == S.ENDING
    run_clocks(at=NOW + 3 * DAY + timedelta(hours=12))
    ending.refresh_from_db()
    assert ending.state == S.ENDED
    assert "ask_how_it_ended" not in emails_to(world.bea)


def test_who_says_nothing_holds_nobody_up_for_longer_than_two_weeks(world: World, ending: Mentorship) -> None:
    say_how_it_ended(member_in(ending, world.bea), Ending.NEED_CHANGED, at=NOW + 3 * DAY)
    run_clocks(at=NOW + 18 * DAY)
    ending.refresh_from_db()
    assert (ending.state, ending.ending) == (S.ENDED, Ending.NEED_CHANGED)
