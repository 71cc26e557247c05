from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.engine import (
    Circles,
    Group,
    GroupMatching,
    Person,
    ProblemError,
    Topic,
    circles,
    from_dict,
    mentors_for_groups,
    to_dict,
)
from alongside.engine.circles.coverage import covered, points, shares
from alongside.engine.solving.integer import Rows, maximise

few = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
LABELS = ["Pricing", "Cash flow", "Finance", "Exporting", "Leadership", "zebra keeping"]


def anyone(mentee_id, mentor_id):
    return True


def topics(*labels):
    return tuple(Topic(label) for label in labels)


@st.composite
def mentors_of_some_kind(draw, most=4):
    labels = st.lists(st.sampled_from(LABELS), max_size=3, unique=True)
    return tuple(
        Person(
            identifier,
            capacity=draw(st.integers(0, 2)),
            cleared=draw(st.sampled_from([True, True, True, False])),
            topics=tuple(Topic(label, draw(st.sampled_from([0.3, 1.0, 2.0]))) for label in draw(labels)),
        )
        for identifier in "wxyz"[: draw(st.integers(0, most))]
    )


@st.composite
def groups_with_mentors(draw):
    groups = tuple(
        Group(
            identifier,
            tuple(
                Topic(label, draw(st.sampled_from([0.5, 1.0])))
                for label in draw(st.lists(st.sampled_from(LABELS), max_size=3, unique=True))
            ),
            size=draw(st.integers(1, 2)),
        )
        for identifier in "gh"[: draw(st.integers(0, 2))]
    )
    mentors = draw(mentors_of_some_kind())
    pairs = [(group.id, mentor.id) for group in groups for mentor in mentors]
    return groups, mentors, frozenset(draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else [])


def coverage(group, team):
    gains = [points(group.needs, mentor) for mentor in team]
    return sum(max(each) for each in zip(*gains, strict=True))


def best_teams(groups, mentors, allowed):
    """Return the most groups served, places filled and coverage, by trying everything."""
    options = [
        [
            team
            for size in range(group.size + 1)
            for team in combinations([m for m in mentors if m.cleared and allowed(group.id, m.id)], size)
        ]
        for group in groups
    ]
    worth = []
    for teams in product(*options):
        load = Counter(mentor.id for team in teams for mentor in team)
        if all(load[mentor.id] <= mentor.capacity for mentor in mentors):
            covers = sum(coverage(group, team) for group, team in zip(groups, teams, strict=True))
            worth.append((sum(map(bool, teams)), sum(map(len, teams)), covers))
    return max(worth)


@few
@given(groups_with_mentors())
def test_no_choice_of_mentors_covers_more(case):
    groups, mentors, ruled_out = case

    def allowed(group, mentor):
        return (group, mentor) not in ruled_out

    found = mentors_for_groups(groups, mentors, allowed=allowed)
    assert tuple(goal.value for goal in found.proof.goals) == best_teams(groups, mentors, allowed)
    assert found.proof.proven
    assert found.proof.exact


@few
@given(groups_with_mentors())
def test_a_greedy_choice_keeps_the_rules_and_never_claims_more_than_it_knows(case):
    groups, mentors, ruled_out = case

    def allowed(group, mentor):
        return (group, mentor) not in ruled_out

    found = mentors_for_groups(groups, mentors, allowed=allowed, largest=0)
    load = Counter(mentor for team in found.teams for mentor in team.mentors)
    assert all(load[mentor.id] <= mentor.capacity * mentor.cleared for mentor in mentors)
    assert not {(team.group, mentor) for team in found.teams for mentor in team.mentors} & ruled_out
    best = best_teams(groups, mentors, allowed)
    reached = tuple(goal.value for goal in found.proof.goals)
    assert reached <= best
    assert best <= tuple(goal.bound for goal in found.proof.goals)
    assert not found.proof.proven or reached == best


@few
@given(groups_with_mentors(), st.randoms())
def test_the_order_of_groups_and_mentors_changes_nothing(case, random):
    groups, mentors, _ = case
    shuffled = random.sample(groups, len(groups)), random.sample(mentors, len(mentors))
    assert mentors_for_groups(*map(tuple, shuffled), allowed=anyone) == mentors_for_groups(
        groups, mentors, allowed=anyone
    )


def test_mentors_are_chosen_who_complete_each_other():
    group = Group("Council", topics("Pricing", "Leadership", "zebra keeping"), size=2)
    alike = Person("a", topics=topics("Pricing", "Leadership"))
    same = Person("b", topics=topics("Pricing", "Leadership"))
    other = Person("c", topics=topics("zebra keeping"))
    (team,) = mentors_for_groups((group,), (alike, same, other), allowed=anyone).teams
    assert "c" in team.mentors
    assert team.coverage == 10_000


def test_who_covers_each_need_is_said_in_words():
    group = Group("Council", topics("Cash flow", "Tax", "zebra keeping"), size=2)
    ann = Person("a", "Ann", topics=topics("cashflow"))
    bob = Person("b", "Bob", topics=topics("Leadership"))
    (team,) = mentors_for_groups((group,), (ann, bob), allowed=anyone).teams
    assert [need.sentence for need in team.needs] == [
        "Cash flow: covered by Ann",
        "Tax: partly covered by the experience of Ann",
        "zebra keeping: covered by nobody",
    ]
    assert [(need.mentor, need.points, need.out_of) for need in team.needs] == [
        ("a", 3334, 3334),
        ("a", 1333, 3333),
        (None, 0, 3333),
    ]
    assert team.coverage == 4667


def test_no_group_goes_without_while_another_takes_two():
    groups = (Group("g", topics("Pricing"), size=2), Group("h", topics("zebra keeping"), size=1))
    mentors = (Person("a", topics=topics("Pricing")), Person("b", topics=topics("Pricing")))
    found = mentors_for_groups(groups, mentors, allowed=anyone)
    assert [len(team.mentors) for team in found.teams] == [1, 1]
    assert found.proof.proven


def test_every_member_of_a_group_must_be_allowed_a_mentor_and_none_mentors_their_own_group():
    group = Group("g", topics("Pricing"), members=("m", "n"), size=3)
    mentors = (Person("a"), Person("b"), Person("as mentor", account="m"))
    found = mentors_for_groups((group,), mentors, allowed=lambda mentee, mentor: (mentee, mentor) != ("n", "a"))
    assert found.teams[0].mentors == ("b",)
    assert [goal.bound for goal in found.proof.goals] == [1, 1, 0]


def test_a_budget_of_no_time_still_gives_teams_with_an_honest_gap():
    labels = [f"{word} {other}" for word in ("red", "blue", "green", "grey") for other in ("hens", "cows", "bees")]
    groups = tuple(Group(f"g{n}", topics(*labels[n % 7 : n % 7 + 5]), size=3) for n in range(12))
    mentors = tuple(Person(f"m{n}", topics=topics(labels[n % 12], labels[(n * 5) % 12])) for n in range(30))
    best = mentors_for_groups(groups, mentors, allowed=anyone)
    hurried = mentors_for_groups(groups, mentors, allowed=anyone, seconds=0)
    assert best.proof.proven
    assert hurried.proof.goals[2].value <= best.proof.goals[2].value <= hurried.proof.goals[2].bound


@pytest.mark.parametrize(
    ("group", "message"),
    [
        ({"id": ""}, "no id"),
        ({"size": 0}, "1 or more"),
        ({"needs": (Topic("x", 0),)}, "above 0"),
        ({"needs": (Topic("x", float("nan")),)}, "above 0"),
    ],
)
def test_a_group_that_cannot_be_is_refused(group, message):
    with pytest.raises(ProblemError, match=message):
        Group(**{"id": "g", "needs": (), **group})


def test_two_groups_or_mentors_of_one_id_are_refused():
    with pytest.raises(ProblemError, match="2 groups have the id “g”"):
        mentors_for_groups((Group("g", ()), Group("g", ())), (), allowed=anyone)
    with pytest.raises(ProblemError, match="2 mentors have the id “a”"):
        circles((), (Person("a"), Person("a")), least=1, most=2, allowed=anyone)


# Circles.


@st.composite
def people_for_circles(draw):
    mentees = tuple(
        Person(
            identifier,
            topics=topics(*draw(st.lists(st.sampled_from(LABELS), max_size=2, unique=True))),
            cleared=draw(st.sampled_from([True, True, True, False])),
        )
        for identifier in "abcde"[: draw(st.integers(0, 5))]
    )
    mentors = draw(mentors_of_some_kind(most=3))
    pairs = [(mentee.id, mentor.id) for mentee in mentees for mentor in mentors]
    ruled_out = frozenset(draw(st.lists(st.sampled_from(pairs), unique=True, max_size=6)) if pairs else [])
    least = draw(st.integers(1, 3))
    return mentees, mentors, ruled_out, least, least + draw(st.integers(0, 2))


def best_circles(mentees, mentors, ruled_out, least, most):
    """Return the most people in circles and the best fit, by trying everything."""
    leaders = [mentor for mentor in mentors if mentor.cleared and mentor.capacity]
    options = [
        [None, *(mentor for mentor in leaders if mentee.cleared and (mentee.id, mentor.id) not in ruled_out)]
        for mentee in mentees
    ]
    worth = [(0, 0)]
    for seats in product(*options):
        load = Counter(mentor.id for mentor in seats if mentor)
        if all(least <= people <= most for people in load.values()):
            fit = sum(covered(mentee, mentor) for mentee, mentor in zip(mentees, seats, strict=True) if mentor)
            worth.append((sum(load.values()), fit))
    return max(worth)


@few
@given(people_for_circles())
def test_no_circles_place_more_people_or_fit_them_better(case):
    mentees, mentors, ruled_out, least, most = case
    found = circles(
        mentees, mentors, least=least, most=most, allowed=lambda mentee, mentor: (mentee, mentor) not in ruled_out
    )
    assert tuple(goal.value for goal in found.proof.goals) == best_circles(*case)
    assert found.proof.proven


@few
@given(people_for_circles(), st.sampled_from([0, 100_000]))
def test_every_circle_that_opens_keeps_the_rules_however_it_was_found(case, largest):
    mentees, mentors, ruled_out, least, most = case
    found = circles(
        mentees,
        mentors,
        least=least,
        most=most,
        allowed=lambda mentee, mentor: (mentee, mentor) not in ruled_out,
        largest=largest,
    )
    assert all(least <= len(circle.members) <= most for circle in found.circles)
    seated = [pair.mentee for circle in found.circles for pair in circle.members]
    assert sorted((*seated, *found.unplaced)) == [mentee.id for mentee in mentees if mentee.cleared]
    assert not {(pair.mentee, pair.mentor) for circle in found.circles for pair in circle.members} & ruled_out
    assert best_circles(*case) <= tuple(goal.bound for goal in found.proof.goals)


def test_a_circle_too_small_does_not_open():
    mentees = tuple(Person(f"e{number}", topics=topics("Pricing")) for number in range(5))
    mentors = (Person("a", topics=topics("Pricing")), Person("b", topics=topics("Pricing")))
    found = circles(mentees, mentors, least=3, most=4, allowed=anyone)
    assert [len(circle.members) for circle in found.circles] == [4]
    assert len(found.unplaced) == 1
    assert found.proof.proven


def test_a_mentor_leads_one_circle_and_nobody_leads_themselves():
    mentees = (Person("x", account="one"), Person("y"), Person("z"))
    found = circles(mentees, (Person("m", capacity=9, account="one"),), least=2, most=2, allowed=anyone)
    assert [[pair.mentee for pair in circle.members] for circle in found.circles] == [["y", "z"]]
    assert found.unplaced == ("x",)


def test_a_score_of_ones_own_decides_who_sits_where():
    mentees, mentors = tuple(map(Person, "abcd")), tuple(map(Person, "mn"))
    found = circles(
        mentees, mentors, least=2, most=2, allowed=anyone, score=lambda e, m: 10_000 * ((e in "ad") == (m == "n"))
    )
    assert [[pair.mentee for pair in circle.members] for circle in found.circles] == [["b", "c"], ["a", "d"]]
    assert found.circles[1].sentence == "2 people with n, who fits them at 100 of 100 on average"


def test_limits_that_leave_no_room_for_a_circle_are_refused():
    for least, most in ((0, 2), (3, 2)):
        with pytest.raises(ProblemError, match="A circle is to have"):
            circles((), (), least=least, most=most, allowed=anyone)


# What both stand on.


def test_what_a_need_counts_adds_up_exactly():
    assert shares(topics("a", "b", "c")) == (3334, 3333, 3333)
    assert shares(()) == ()


def test_a_weak_expertise_covers_less_and_a_strong_one_no_more_than_all():
    (need,) = topics("Pricing")
    assert points((need,), Person("m", topics=(Topic("Pricing", 0.3),))) == (3000,)
    assert points((need,), Person("m", topics=(Topic("Pricing", 3.0),))) == (10_000,)
    assert covered(Person("e"), Person("m", topics=(need,))) == 5000


def test_a_choice_that_no_row_allows_is_refused():
    rows = Rows.none()
    rows.add([0, 1], [1, 1], low=3)
    with pytest.raises(ValueError, match="No choice keeps to the rows"):
        maximise([1, 1], rows, seconds=5)


def test_teams_and_circles_are_stored_and_read_back():
    person = Person("m", topics=topics("Pricing"))
    teams = mentors_for_groups((Group("g", topics("Pricing")),), (person,), allowed=anyone)
    seats = circles((replace(person, id="e"),), (person,), least=1, most=1, allowed=anyone)
    assert from_dict(GroupMatching, json.loads(json.dumps(to_dict(teams)))) == teams
    assert from_dict(Circles, json.loads(json.dumps(to_dict(seats)))) == seats
