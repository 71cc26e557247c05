from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from alongside.meetings.suggesting import times_to_suggest
from alongside.programmes.models import Participant
from tests.world import NOW, World

LONDON = ZoneInfo("Europe/London")


def propose(
    mentor: Participant, mentee: Participant, at: datetime = NOW, *, number: int = 1, taken: Sequence[datetime] = ()
) -> list[datetime]:
    return times_to_suggest([mentor, mentee], number=number, at=at, taken=taken)


def test_it_is_at_a_time_both_named_a_week_or_more_away(world: World) -> None:
    world.bea.availability, world.maya.availability = ["tue-pm", "thu-eve"], ["thu-eve", "fri-am"]
    starts = propose(world.maya, world.bea)[0].astimezone(LONDON)
    assert (starts.strftime("%A"), starts.hour, starts.minute) == ("Thursday", 18, 30)
    assert starts - NOW >= timedelta(days=7)


def test_where_they_share_no_time_the_mentees_counts(world: World) -> None:
    world.bea.availability, world.maya.availability = ["sat-am"], ["mon-am"]
    assert propose(world.maya, world.bea)[0].astimezone(LONDON).strftime("%A") == "Saturday"


def test_words_that_are_no_part_of_a_week_are_passed_over(world: World) -> None:
    world.bea.availability, world.maya.availability = ["whenever"], []
    assert propose(world.maya, world.bea)[0].astimezone(LONDON).weekday() < 5


@pytest.mark.parametrize(
    ("asked_at", "hour_in_utc"),
    [
        (datetime(2026, 3, 16, 9, tzinfo=UTC), 10),  # Tuesday 24 March, before the clocks go forward
        (datetime(2026, 3, 23, 9, tzinfo=UTC), 9),  # Tuesday 31 March, after
        (datetime(2026, 10, 12, 9, tzinfo=UTC), 9),  # Tuesday 20 October, before the clocks go back
        (datetime(2026, 10, 19, 9, tzinfo=UTC), 10),  # Tuesday 27 October, after
    ],
)
def test_ten_in_the_morning_stays_ten_when_the_clocks_change(
    world: World, asked_at: datetime, hour_in_utc: int
) -> None:
    world.bea.availability = world.maya.availability = ["tue-am"]
    starts = propose(world.maya, world.bea, asked_at)[0]
    assert starts.hour == hour_in_utc
    assert starts.astimezone(LONDON).hour == 10


def test_the_hour_is_the_mentees(world: World) -> None:
    world.bea.person.time_zone = "Australia/Sydney"
    world.bea.availability = world.maya.availability = ["tue-am"]
    starts = propose(world.maya, world.bea)[0].astimezone(ZoneInfo("Australia/Sydney"))
    assert (starts.strftime("%A"), starts.hour) == ("Tuesday", 10)


def test_as_many_as_are_wanted_one_after_the_other_without_those_that_are_taken(world: World) -> None:
    world.bea.availability = world.maya.availability = ["tue-am", "thu-eve"]
    times = propose(world.maya, world.bea, number=4)
    assert times == sorted(set(times))
    assert [each.astimezone(LONDON).strftime("%a %H:%M") for each in times] == ["Tue 10:00", "Thu 18:30"] * 2
    assert propose(world.maya, world.bea, taken=times[:1]) == times[1:2]


def test_of_several_people_all_count(world: World) -> None:
    world.bea.availability, world.maya.availability = ["mon-am", "wed-pm"], ["mon-am", "wed-pm"]
    world.marcus.availability = ["wed-pm"]
    (starts_at,) = times_to_suggest([world.bea, world.maya, world.marcus], number=1, at=NOW)
    assert starts_at.astimezone(LONDON).strftime("%A") == "Wednesday"
