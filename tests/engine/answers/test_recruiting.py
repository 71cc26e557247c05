from __future__ import annotations

from hypothesis import assume, given, settings

from alongside.engine import Market, Person, Position, Problem, Topic, Weights
from alongside.engine.answers.recruiting import whom_to_recruit, with_recruit
from alongside.engine.limits.modes import is_plain, plainly
from tests.engine.strategies import limited, problems

LEEDS, YORK = Position(53.8, -1.55, "Leeds"), Position(53.96, -1.08, "York")


def mentee(identifier, *needs, **more):
    return Person(identifier, topics=tuple(Topic(need) for need in needs), **more)


def worth(market, result):
    return result.certificate.value


def test_the_skill_that_somebody_waits_for_comes_first():
    waiting = (mentee("ann", "Cash flow"), mentee("bea", "Cash flow"), mentee("cat", "Exporting"))
    market = Market.of(
        Problem(waiting, (Person("mia", topics=(Topic("Exporting"),)),), weights=Weights(1, 0, 0, 0, 0, 0, 0))
    )
    first, *_ = whom_to_recruit(market, market.solve())
    assert (first.skill, first.people) == ("Cash flow", 1)
    assert str(first) == "A mentor for Cash flow: one more person would have a mentor."


def test_where_everybody_has_a_mentor_a_better_one_is_worth_points_of_fit():
    people = (mentee("ann", "Cash flow", sector="food"),)
    market = Market.of(Problem(people, (Person("mia", topics=(Topic("Exporting"),), sector="law"),)))
    first, *_ = whom_to_recruit(market, market.solve())
    assert (first.skill, first.sector, first.people) == ("Cash flow", "food", 0)
    assert first.points > 0
    assert "points of fit" in str(first)


def test_nobody_is_looked_for_where_nothing_would_be_better():
    people = (mentee("ann", "Cash flow", prefers=("mia",)),)
    mentors = (Person("mia", topics=(Topic("Cash flow"),), prefers=("ann",)),)
    market = Market.of(Problem(people, mentors, weights=Weights(1, 0, 0, 0, 0, 0, 0)))
    assert whom_to_recruit(market, market.solve()) == ()
    empty = Market.of(Problem((), mentors))
    assert whom_to_recruit(empty, empty.solve()) == ()


def test_the_place_is_named_where_it_matters():
    people = (mentee("ann", "Cash flow", position=LEEDS, remote=False), mentee("bea", "Cash flow", position=YORK))
    market = Market.of(Problem(people, (Person("mia", topics=(Topic("Cash flow"),), position=YORK, remote=False),)))
    first, *_ = whom_to_recruit(market, market.solve())
    assert first.place == "Leeds"
    assert "near Leeds" in str(first)


@settings(max_examples=120, deadline=None)
@given(problems())
def test_a_recruit_adds_exactly_what_was_said(problem):
    # With so few mentors that a second one is out of the question, a first one is not rewarded apart.
    assume(len(problem.mentors) >= 2)
    market = Market.of(problem if is_plain(problem) else plainly(problem))
    result = market.solve()
    for recruit in whom_to_recruit(market, result, most=2):
        after = with_recruit(market, recruit)
        assert after.solve().certificate.placed - result.certificate.placed <= 1
        gained = recruit.people * market.rewards.pair + recruit.points
        assert value_of(market, after.solve()) - value_of(market, result) == gained


@settings(max_examples=40, deadline=None)
@given(limited(most_quotas=1))
def test_within_limits_a_recruit_is_priced_as_without_them(problem):
    market, plain = Market.of(problem), Market.of(plainly(problem))
    if not is_plain(problem):
        assert whom_to_recruit(market, market.solve()) == whom_to_recruit(plain, plain.solve())


def value_of(market, result):
    """Return what a result is worth by the rewards of one market, so that two of them can be compared."""
    pairs, placed = result.solution.pairs, len({pair.mentee for pair in result.solution.pairs})
    return sum(pair.score for pair in pairs) + market.rewards.pair * len(pairs) + market.rewards.first * placed
