from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.engine import (
    Market,
    Move,
    Objective,
    Person,
    Problem,
    Rules,
    Topic,
    UnknownPersonError,
    Weights,
    solve,
    verify,
)
from tests.engine.strategies import arrangements, people, problems, with_locks, worth

few = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def made(result):
    return tuple((pair.mentee, pair.mentor) for pair in result.solution.pairs)


def crowd(mentees, mentors, capacity=1, **traits):
    return Problem(
        tuple(Person(f"mentee {number}", **traits) for number in range(mentees)),
        tuple(Person(f"mentor {number}", capacity=capacity, **traits) for number in range(mentors)),
    )


@few
@given(problems(most=3))
def test_no_arrangement_is_better_than_the_one_found(problem):
    market = Market.of(problem)
    result = market.solve()
    options = [worth(problem, pairs) for pairs in arrangements(problem)]
    assert worth(problem, made(result)) == max(options)
    verify(problem, result.solution, result.certificate)


@few
@given(problems(capacity=3))
def test_no_rule_or_capacity_is_ever_broken(problem):
    market = Market.of(problem)
    pairs = made(market.solve())
    assert set(pairs) >= problem.required
    assert not set(pairs) & problem.forbidden
    assert all(market.allowed(*pair) for pair in pairs)
    load = Counter(mentor for _, mentor in pairs)
    assert all(load[mentor.id] <= mentor.capacity for mentor in problem.mentors)
    cleared = {person.id for person in (*problem.mentees, *problem.mentors) if person.cleared}
    assert {person for pair in pairs for person in pair} <= cleared


@few
@given(problems(), st.randoms())
def test_the_order_of_the_input_changes_nothing(problem, random):
    mentees, mentors = list(problem.mentees), list(problem.mentors)
    random.shuffle(mentees)
    random.shuffle(mentors)
    assert solve(replace(problem, mentees=tuple(mentees), mentors=tuple(mentors))) == solve(problem)


@few
@given(problems(), people("mentor", most=1))
def test_another_mentor_never_makes_the_whole_worse(problem, newcomers):
    newcomers = tuple(replace(person, id="newcomer") for person in newcomers)
    larger = replace(problem, mentors=problem.mentors + newcomers)
    assert worth(larger, made(solve(larger))) >= worth(problem, made(solve(problem)))


@few
@given(problems(most=3), st.data())
def test_why_not_costs_exactly_what_the_best_arrangement_with_the_pair_loses(problem, data):
    if not problem.mentees or not problem.mentors:
        return
    market = Market.of(problem)
    mentee = data.draw(st.sampled_from(problem.mentees)).id
    mentor = data.draw(st.sampled_from(problem.mentors)).id
    result = market.solve()
    answer = market.why_not(mentee, mentor, result)
    with_pair = [pairs for pairs in arrangements(problem) if (mentee, mentor) in pairs]
    assert (answer.kind in ("already_paired", "displaces")) == bool(with_pair)
    if answer.kind == "displaces":
        best = max(worth(problem, pairs) for pairs in with_pair)
        now = worth(problem, made(result))
        assert answer.cost == now[-1] - best[-1]
        if problem.objective is Objective.PLACE_FIRST:
            assert answer.placed_change == best[0] - now[0]


@few
@given(problems())
def test_explanations_add_up_to_the_score_exactly(problem):
    market = Market.of(problem)
    for mentee in problem.mentees:
        for mentor in problem.mentors:
            explanation = market.explain(mentee.id, mentor.id)
            assert explanation.score == market.score(mentee.id, mentor.id)
            assert sum(part.points for part in explanation.contributions) == explanation.score
            assert sum(part.out_of for part in explanation.contributions) == 10_000
            assert all(0 <= part.points <= part.out_of and part.sentence for part in explanation.contributions)


@few
@given(problems(), st.integers(1, 3), st.integers(1, 2))
def test_shortlists_hold_the_match_and_show_nobody_too_often(problem, size, most):
    market = Market.of(problem)
    result = market.solve()
    found = market.shortlists(result, size=size, most_per_place=most)
    lists = found.mentors
    shown = Counter(mentor for mentors in lists.values() for mentor in mentors)
    assert lists.keys() == {person.id for person in problem.mentees}
    assert all(shown[mentor.id] <= most * mentor.capacity for mentor in problem.mentors)
    assert all(market.allowed(mentee, mentor) for mentee in lists for mentor in lists[mentee])
    assert all(mentor in lists[mentee] for mentee, mentor in made(result))
    assert found.quality == sum(market.score(mentee, mentor) for mentee in lists for mentor in lists[mentee])
    assert max(len(mentors) for mentors in [*lists.values(), ()]) <= max(size, 2)


@few
@given(problems(), st.sampled_from([Weights(needs=0), Weights(text=90)]))
def test_a_market_with_other_weights_is_the_same_as_one_made_from_nothing(problem, weights):
    afresh = solve(replace(problem, weights=weights))
    assert Market.of(problem).reweighted(weights).solve() == afresh


@few
@given(problems())
def test_what_if_tells_what_the_change_would_do(problem):
    market = Market.of(problem)
    before = market.solve()
    changed = replace(problem, rules=Rules(distance=False, languages=False), required=frozenset())
    answer = market.what_if(before, rules=changed.rules, required=frozenset())
    verify(changed, answer.result.solution, answer.result.certificate)
    assert answer.difference.placed_change == answer.result.certificate.placed - before.certificate.placed


@few
@given(problems(most=3))
def test_a_solution_near_another_is_as_good_and_keeps_all_it_can(problem):
    market = Market.of(problem)
    best = market.solve()
    again = market.solve(near=best.solution, hint=best.certificate)
    assert again.solution == best.solution
    verify(problem, again.solution, again.certificate)


def test_nobody_waits_while_places_are_free():
    result = solve(crowd(250, 100, capacity=3))
    assert result.certificate.placed == 250
    assert result.certificate.proven


def test_all_ties_are_solved_at_once():
    result = solve(crowd(600, 300, capacity=2))
    assert (result.certificate.placed, result.certificate.quality) == (600, 600 * result.solution.pairs[0].score)
    assert result.certificate.proven


def test_one_beloved_mentor_takes_as_many_as_she_has_places_for():
    problem = crowd(40, 40)
    star = Person("star", capacity=2, topics=(Topic("Pricing"),))
    fans = tuple(replace(p, topics=(Topic("Pricing"),), prefers=("star",)) for p in problem.mentees)
    result = solve(replace(problem, mentees=fans, mentors=(*problem.mentors, star)))
    assert Counter(pair.mentor for pair in result.solution.pairs)["star"] == 2
    assert result.certificate.placed == 40


def test_where_nobody_is_compatible_nobody_is_paired_and_all_hear_why():
    problem = crowd(3, 2)
    mentors = tuple(replace(mentor, languages=frozenset({"cy"})) for mentor in problem.mentors)
    mentees = tuple(replace(mentee, languages=frozenset({"en"})) for mentee in problem.mentees)
    result = solve(replace(problem, mentors=mentors, mentees=mentees))
    assert not result.solution.pairs
    assert {left.reason for left in result.solution.unmatched} == {"no_allowed_mentor"}
    assert "a language in common (2)" in result.solution.unmatched[0].sentence
    assert result.certificate.proven


def test_two_islands_are_matched_each_for_itself():
    islands = [
        ([Person(f"{name} mentee {n}", languages=frozenset({name})) for n in range(30)],
         [Person(f"{name} mentor {n}", languages=frozenset({name})) for n in range(20 + 15 * (name == "cy"))])
        for name in ("cy", "en")
    ]  # fmt: skip
    result = solve(Problem(tuple(sum((a for a, _ in islands), [])), tuple(sum((b for _, b in islands), []))))  # noqa: RUF017
    assert result.certificate.placed == 30 + 20
    assert all(pair.mentee[:2] == pair.mentor[:2] for pair in result.solution.pairs)


def test_a_mentor_without_places_takes_nobody_and_the_mentee_hears_it():
    market = Market.of(crowd(2, 1, capacity=0))
    result = market.solve()
    assert not result.solution.pairs
    assert market.why_not("mentee 0", "mentor 0", result).sentence == "mentor 0 has no free place."


@pytest.mark.parametrize(("mentees", "mentors"), [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_the_smallest_cohorts_work(mentees, mentors):
    problem = crowd(mentees, mentors)
    result = solve(problem)
    verify(problem, result.solution, result.certificate)
    assert result.certificate.placed == min(mentees, mentors)
    assert len(Market.of(problem).shortlists(result).mentors) == mentees


def test_a_councillor_gets_two_different_mentors():
    councillors = tuple(Person(f"councillor {n}", capacity=2) for n in range(40))
    mentors = tuple(Person(f"mentor {n}", capacity=3) for n in range(30))
    problem = Problem(councillors, mentors)
    result = solve(problem)
    assert len(result.solution.pairs) == len(set(made(result))) == 80
    verify(problem, result.solution, result.certificate)


def test_everyone_gets_one_mentor_before_anyone_gets_two():
    eager, shy = Person("eager", capacity=2, sector="food"), Person("shy", sector="law")
    mentors = (Person("one", sector="food"), Person("two", sector="food"))
    result = solve(Problem((eager, shy), mentors))
    assert result.certificate.placed == 2


def test_quality_alone_may_leave_someone_out():
    # Either one excellent pair, or two poor ones: the first is worth more, the second places more people.
    problem = Problem(
        (
            Person("a", sector="food", languages=frozenset({"en", "cy"})),
            Person("b", sector="law", languages=frozenset({"en"})),
        ),
        (
            Person("x", sector="food", languages=frozenset({"en"})),
            Person("y", sector="arts", languages=frozenset({"cy"})),
        ),
        weights=Weights(0, 0, 1, 0, 0, 0, 0),
    )
    assert solve(problem).certificate.placed == 2
    assert ("a", "x") in made(solve(replace(problem, objective=Objective.QUALITY)))


def test_a_required_pair_is_made_against_judgement():
    problem = with_locks(
        Problem((Person("a", languages=frozenset({"en"})),), (Person("x", languages=frozenset({"cy"})),)),
        [("a", "x")],
    )
    assert made(solve(problem)) == (("a", "x"),)


def test_why_not_says_who_moves():
    problem = Problem(
        (Person("ann", sector="food"), Person("bob", sector="law")),
        (Person("fay", sector="food"), Person("liz", sector="law")),
        weights=Weights(0, 0, 1, 0, 0, 0, 0),
    )
    market = Market.of(problem)
    answer = market.why_not("ann", "liz", market.solve())
    assert (answer.kind, answer.cost, answer.placed_change) == ("displaces", 20_000, 0)
    assert answer.moves == (Move("ann", "fay", "liz"), Move("bob", "liz", "fay"))
    assert answer.sentence == (
        "ann and liz can be paired: the whole would lose 200.00 points of fit (a perfect pair has 100), "
        "and one other person would move."
    )


def test_why_not_says_when_somebody_would_be_left_without_a_mentor():
    problem = Problem(
        (Person("ann"), Person("bob", languages=frozenset({"cy"}))),
        (Person("fay", languages=frozenset({"cy"})), Person("liz", languages=frozenset({"en"}))),
    )
    market = Market.of(problem)
    answer = market.why_not("ann", "fay", market.solve())
    assert (answer.kind, answer.placed_change) == ("displaces", -1)
    assert answer.sentence == (
        "ann and fay can be paired: 1 person fewer would have a mentor, and one other person would move."
    )


def test_why_not_names_the_rule():
    problem = Problem(
        (Person("ann", organisation="Harbour Bakery"),),
        (Person("fay", organisation="harbour bakery"),),
        rules=Rules(organisation="different"),
    )
    market = Market.of(problem)
    answer = market.why_not("ann", "fay", market.solve())
    assert (answer.kind, answer.rule) == ("rule", "different_organisation")
    assert answer.sentence == (
        "Both are at Harbour Bakery, and this programme pairs people from different organisations."
    )


def test_why_not_knows_when_locks_leave_no_room():
    market = Market.of(crowd(2, 1)).with_pairs(required=frozenset({("mentee 0", "mentor 0")}))
    assert market.why_not("mentee 1", "mentor 0", market.solve()).kind == "no_room"


def test_asking_about_a_stranger_says_so():
    with pytest.raises(UnknownPersonError, match="no 'nobody' on that side"):
        Market.of(crowd(1, 1)).score("nobody", "mentor 0")


@few
@given(problems(capacity=1), st.integers(2, 3))
def test_everybody_has_two_to_choose_from_where_nobody_is_shown_too_often_by_that(problem, size):
    problem = replace(problem, quotas=(), required=frozenset())
    market = Market.of(problem)
    found = market.shortlists(market.solve(), size=size, most_per_place=len(problem.mentees) + 1)
    for mentee in problem.mentees:
        possible = sum(market.allowed(mentee.id, mentor.id) for mentor in problem.mentors)
        assert len(found.mentors[mentee.id]) == min(size, possible)
    assert found.lost == 0


def test_a_second_name_goes_to_whoever_has_only_one_mentor_to_choose_from():
    mentees = (Person("a", topics=(Topic("Tax"),)), Person("b", topics=(Topic("Hiring"),)))
    problem = Problem(mentees, (Person("x", topics=(Topic("Tax"),)), Person("y", topics=(Topic("Hiring"),))))
    market = Market.of(problem)
    found = market.shortlists(market.solve(), size=2, most_per_place=1)
    assert sorted(map(len, found.mentors.values())) == [1, 1]
    assert found.lost > 0
