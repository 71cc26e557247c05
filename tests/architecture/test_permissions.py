"""Every rule answers for one thing as it answers for all: a person may exactly what the query of the rule finds."""

import pytest

from alongside.applications.rules import decide_on_application, work_on_import
from alongside.journeys.offer_mentors import offer_board
from alongside.journeys.pool import pool_of
from alongside.kernel import scope
from alongside.kernel.permissions import NotAllowed, Rule
from alongside.matching import board
from alongside.matching.rules import look_after_offer, work_on_matching
from alongside.mentorships.actions import start_mentorship
from alongside.mentorships.rules import take_part, watch_over
from alongside.placing.rules import answer_call, look_after_volunteer, make_call
from alongside.programmes.rules import look_after_participant, run_cohort, run_programme
from tests.applied import begun, let_apply, sent
from tests.placed import called, school, trained
from tests.world import NOW, World, person

RULES: list[Rule] = [
    run_programme, run_cohort, look_after_participant, work_on_import, work_on_matching, look_after_offer, watch_over,
    take_part, decide_on_application, make_call, answer_call, look_after_volunteer,
]  # fmt: skip


@pytest.fixture
def full_world(world: World) -> World:
    """The cast with a matching, offers and a mentorship."""
    matching = board.start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=NOW)
    offer_board(matching.current, pool_of(world.cohort), by=world.carys, at=NOW)
    start_mentorship(world.maya, world.bea, first_meeting_at=None, by=None, at=NOW)
    let_apply(world)
    sent(world)
    begun(world, world.maya.person)
    there = school(world)
    trained(there)
    called(there)
    return world


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_allows_exactly_what_its_query_finds(full_world: World, rule: Rule) -> None:
    people = [full_world.carys, full_world.piotr, full_world.olu, full_world.stella, full_world.maya.person]
    people.append(person("Tessa Trainer"))
    with scope.everywhere("the walls of scope are tested elsewhere; here it is about the rule alone"):
        things = list(rule.among(full_world.carys).model.objects.all())
        for who in people:
            found = set(rule.among(who).values_list("pk", flat=True))
            assert found == {thing.pk for thing in things if rule.allows(who, thing)}, who


def test_a_rule_that_does_not_allow_refuses(world: World) -> None:
    run_programme.require(world.carys, world.programme)
    with pytest.raises(NotAllowed, match="run this programme"):
        run_programme.require(world.olu, world.programme)
