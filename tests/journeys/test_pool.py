from datetime import date

import pytest

from alongside import engine
from alongside.journeys.pool import pool_of
from alongside.matching.markets import market_of
from alongside.matching.problem import Pool, Wanted, problem_of
from alongside.mentorships.actions import end_mentorship, start_mentorship
from alongside.mentorships.states import Ending
from alongside.programmes.actions import enter_participant, open_cohort
from alongside.programmes.states import Side
from tests.world import NOW, World

SAME_PARTY = engine.Settings(engine.Rules(must_share=("party",)), opened=frozenset({"party"}))


def parted(world: World) -> Pool:
    """Let Bea and Maya be introduced and part without blame, and return the pool."""
    mentorship = start_mentorship(world.maya, world.bea, first_meeting_at=None, by=None, at=NOW)
    end_mentorship(mentorship, ending=Ending.NOT_THE_FIT, by=None, at=NOW)
    return pool_of(world.cohort)


def test_who_parted_is_matched_with_somebody_else(world: World) -> None:
    pool = parted(world)
    assert pool.former == {(world.bea.ref, world.maya.ref)}
    market = market_of(problem_of(pool, Wanted(engine.Settings())))
    assert market.broken_rule(world.bea.ref, world.maya.ref) == (
        "Bea Baker and Maya Mentor were paired before, and this programme makes new pairs."
    )
    assert (world.bea.ref, world.maya.ref) not in {(p.mentee, p.mentor) for p in market.solve().solution.pairs}


def test_a_coordinator_or_a_programme_may_pair_them_again(world: World) -> None:
    pool, pair = parted(world), (world.bea.ref, world.maya.ref)
    again = problem_of(pool, Wanted(engine.Settings(), required=frozenset({pair})))
    heedless = problem_of(pool, Wanted(engine.Settings(engine.Rules(former=False))))
    assert market_of(again).allowed(*pair)
    assert market_of(heedless).allowed(*pair)


def test_people_who_were_paired_in_another_cohort_are_known_by_who_they_are(world: World) -> None:
    parted(world)
    later = open_cohort(world.programme, name="Autumn", starts_on=date(2026, 9, 1), by=world.carys, at=NOW)
    bea, maya, dai = (
        enter_participant(later, each.person, side, by=world.carys, at=NOW, details={})
        for each, side in ((world.bea, Side.MENTEE), (world.maya, Side.MENTOR), (world.dai, Side.MENTOR))
    )
    assert pool_of(later).former == {(bea.ref, maya.ref)}
    assert dai.ref not in {mentor for _, mentor in pool_of(later).former}


def test_nobody_was_paired_before_in_a_first_cohort(world: World) -> None:
    assert pool_of(world.cohort).former == frozenset()


def test_what_a_programme_opens_reaches_the_engine(world: World) -> None:
    pool = pool_of(world.cohort)
    assert market_of(problem_of(pool, Wanted(engine.Settings()))).problem.opened == frozenset()
    opened = market_of(problem_of(pool, Wanted(SAME_PARTY)))
    assert opened.problem.opened == {"party"}
    assert not opened.solve().solution.pairs


def test_what_the_law_protects_is_refused_where_it_is_not_opened() -> None:
    with pytest.raises(engine.SettingsError, match="“party” tells of political opinions"):
        engine.from_dict(engine.Settings, {**engine.to_dict(SAME_PARTY), "opened": []})
