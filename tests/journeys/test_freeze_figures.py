"""The figures of a month: counted once, in a handful of reads, whatever the number of organisations."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.directory.models import Search
from alongside.figures import actions
from alongside.figures.models import Figure, FrozenMonth
from alongside.figures.queries import month_ended
from alongside.journeys.freeze_figures import freeze_figures
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel import scope
from alongside.organisations.actions import found_organisation
from alongside.organisations.models import Network
from alongside.people.models import Person
from alongside.programmes.actions import enter_participant, open_cohort, start_programme
from alongside.programmes.models import Participant
from alongside.programmes.states import Side
from tests.counted import FEBRUARY, freeze
from tests.enquired import confirmed
from tests.paired import pair
from tests.world import NOW, World, person

AFTER = datetime(2026, 4, 2, 3, 0, tzinfo=UTC)
MARCH = date(2026, 3, 1)


def count(measure: str, *, region: str = "", sector: str = "", topic: str = "", month: date = MARCH) -> int:
    rows = Figure.objects.filter(measure=measure, region=region, sector=sector, topic=topic, month=month)
    return sum(rows.values_list("count", flat=True))


def freeze_now(world: World, at: datetime = AFTER) -> None:
    with scope.everywhere("a test counts as the clocks do"):
        freeze_figures(world.network, at=at)


def test_the_month_that_ended_is_that_of_london() -> None:
    assert month_ended(datetime(2026, 3, 31, 22, 59, tzinfo=UTC)) == date(2026, 2, 1)
    assert month_ended(datetime(2026, 3, 31, 23, 1, tzinfo=UTC)) == MARCH


def test_people_are_counted_by_place_sector_and_need(world: World) -> None:
    Participant.objects.filter(pk=world.maya.pk).update(place="Leeds")
    freeze_now(world)
    assert count("mentors") == 3
    assert count("free_places") == 4  # Maya has two
    assert count("mentors", region="Yorkshire and The Humber") == 1
    assert count("free_places", region="Yorkshire and The Humber", sector="food", topic="sales") == 2
    assert count("mentors", region="unknown") == 2
    assert count("mentees") == count("waiting") == 3


def test_somebody_with_two_needs_is_with_each_and_once_in_the_total(world: World) -> None:
    freeze_now(world)
    assert count("mentees", topic="sales") == 1  # Bea: pricing
    assert count("mentees", topic="people") == 1  # and hiring
    assert count("mentees") == 3


def test_somebody_in_two_programmes_is_one_mentor(world: World) -> None:
    with scope.everywhere("a test"):
        enter_participant(world.other_cohort, world.maya.person, Side.MENTOR, by=world.olu, at=NOW, details={})
    freeze_now(world)
    assert count("mentors") == 3
    assert Figure.objects.get(measure="mentors", region="", sector="", topic="").organisations == 2


def test_a_total_capacity_holds_over_all_programmes(world: World) -> None:
    with scope.everywhere("a test"):
        enter_participant(
            world.other_cohort, world.maya.person, Side.MENTOR, by=world.olu, at=NOW, details={"capacity": 4}
        )
    Person.objects.filter(pk=world.maya.person_id).update(mentor_capacity=3)
    freeze_now(world)
    assert count("free_places") == 5  # three of Maya's, one each of Marcus and Nia


def test_a_mentorship_counts_in_the_month_it_began_and_takes_a_place(world: World) -> None:
    pair(world.maya, world.bea)
    freeze_now(world)
    assert count("begun") == count("running") == 1
    assert count("waiting") == 2
    assert count("free_places") == 3
    assert count("begun", topic="sales") == 1  # what its mentee needs


def test_enquiries_and_searches_of_the_month_are_counted_without_the_person(world: World) -> None:
    confirmed(world, world.harbour, topics=["finance"], region="Wales")
    for on, missed in ((date(2026, 3, 31), False), (date(2026, 3, 2), True), (date(2026, 4, 1), False)):
        Search.objects.create(network=world.network, on=on, region="Wales", topics=["finance"], found=3, missed=missed)
    freeze_now(world)
    assert count("enquiries", region="Wales", topic="finance") == 1
    assert count("searches", region="Wales") == 1
    assert count("missed", region="Wales") == 1


def test_another_network_is_not_counted(world: World) -> None:
    other = Network.objects.create(name="Elsewhere Network")
    with scope.everywhere("a test"):
        freeze_figures(other, at=AFTER)
    assert FrozenMonth.objects.get(network=other).month == MARCH
    assert not Figure.objects.filter(network=other).exists()


def test_the_clocks_count_a_month_once_and_never_change_it(world: World) -> None:
    run_clocks(at=AFTER)
    before = list(Figure.objects.order_by("pk").values())
    with scope.within(world.harbour_scope):
        pair(world.maya, world.bea)
    run_clocks(at=AFTER + timedelta(days=3))
    assert before
    assert list(Figure.objects.order_by("pk").values()) == before
    run_clocks(at=AFTER + timedelta(days=30))
    assert FrozenMonth.objects.filter(network=world.network).count() == 2


def test_a_second_worker_who_comes_too_late_changes_nothing(world: World) -> None:
    freeze_now(world)
    before = Figure.objects.count()
    freeze_now(world)
    assert Figure.objects.count() == before
    with pytest.raises(actions.FrozenAlready):
        actions.freeze_month(world.network, MARCH, {}, at=AFTER)


def test_what_may_be_shown_moves_only_when_three_came_or_went(world: World) -> None:
    place = ("Wales", "food", "finance")
    freeze(world.network, date(2026, 1, 1), mentors={place: 20})
    freeze(world.network, FEBRUARY, mentors={place: 21})
    freeze(world.network, MARCH, mentors={place: 23})
    steady = Figure.objects.filter(region="", sector="", topic="").order_by("month")
    assert list(steady.values_list("count", "steady")) == [(20, 20), (21, 20), (23, 23)]


def test_what_was_shown_and_is_gone_falls_by_steps_too(world: World) -> None:
    freeze(world.network, FEBRUARY, mentors={("Wales", "food", "finance"): 2})
    freeze(world.network, MARCH, mentors={})
    assert set(Figure.objects.filter(month=MARCH).values_list("count", "steady")) == {(0, 2)}


def test_it_takes_as_many_reads_with_one_organisation_as_with_four(world: World) -> None:
    def reads(month: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            freeze_now(world, datetime(2026, month, 2, tzinfo=UTC))
        return len([each for each in queries if each["sql"].startswith("SELECT")])

    reads(4)
    before = reads(5)
    with scope.everywhere("a test"):
        for number in range(3):
            organisation = found_organisation(world.network, name=f"Another {number}", region="Wales")
            programme = start_programme(organisation, name="One more", by=world.olu, at=NOW)
            cohort = open_cohort(programme, name="Now", starts_on=date(2026, 3, 1), by=world.olu, at=NOW)
            enter_participant(cohort, person(f"Mo {number}"), Side.MENTOR, by=world.olu, at=NOW, details={})
    assert reads(6) == before


def test_a_figure_names_nobody(world: World) -> None:
    freeze_now(world)
    names = {field.name for field in Figure._meta.get_fields() if field.is_relation}
    assert names == {"network"}
    words = " ".join(" ".join(map(str, row)) for row in Figure.objects.values_list())
    for each in (*world.mentors, *world.mentees):
        assert each.person.name not in words
        assert each.person.email not in words
    assert "LEAK" not in words
