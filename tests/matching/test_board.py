from collections.abc import Callable

import pytest

from alongside import engine
from alongside.audit.models import Entry
from alongside.journeys.pool import pool_of
from alongside.matching import board, markets
from alongside.matching.models import Matching, Version
from alongside.matching.problem import Wanted, problem_of, wanted_by
from alongside.matching.today import Today, compare
from alongside.programmes.actions import enter_participant, update_participant, withdraw_participant
from alongside.programmes.states import Side
from tests.world import NOW, World, person, set_rules


@pytest.fixture
def matching(world: World) -> Matching:
    return board.start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=NOW)


def current(matching: Matching) -> Version:
    assert matching.current is not None
    return matching.current


def want(world: World, matching: Matching, change: Callable[[Wanted], Wanted]) -> Version:
    return board.change_board(matching, pool_of(world.cohort), change, words="A change", by=world.carys, at=NOW)


def today(world: World, matching: Matching) -> Today:
    return Today(current(matching), pool_of(world.cohort))


class TestVersions:
    def test_starting_twice_keeps_the_board(self, world: World, matching: Matching) -> None:
        again = board.start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=NOW)
        assert again.current == matching.current
        assert Version.objects.count() == 1

    def test_a_change_leaves_the_version_before_as_it_was(self, world: World, matching: Matching) -> None:
        before = current(matching)
        pairs = list(before.pairs)
        after = want(world, matching, lambda wanted: board.forbid(wanted, (world.dai.ref, world.marcus.ref)))
        before.refresh_from_db()
        assert (before.pairs, after.parent, after.number) == (pairs, before, 2)

    def test_every_change_is_in_the_audit(self, world: World, matching: Matching) -> None:
        want(world, matching, lambda wanted: wanted)
        board.undo(matching, by=world.carys, at=NOW)
        verbs = list(Entry.objects.filter(verb__in=["change_board", "show_version"]).values_list("verb", flat=True))
        assert sorted(verbs) == ["change_board", "change_board", "show_version"]

    def test_undo_at_the_first_version_says_so(self, world: World, matching: Matching) -> None:
        with pytest.raises(board.NothingToUndo):
            board.undo(matching, by=world.carys, at=NOW)

    def test_undo_looks_at_what_is_on_the_board_now(self, world: World, matching: Matching) -> None:
        hers = Matching.objects.get(pk=matching.pk)
        want(world, matching, lambda wanted: wanted)
        want(world, matching, lambda wanted: wanted)
        assert board.undo(hers, by=world.piotr, at=NOW).number == 2

    def test_undo_of_what_was_changed_meanwhile_is_refused(self, world: World, matching: Matching) -> None:
        seen = want(world, matching, lambda wanted: wanted).ref
        want(world, matching, lambda wanted: wanted)
        with pytest.raises(board.ChangedByAnother):
            board.undo(matching, seen=seen, by=world.carys, at=NOW)

    def test_a_change_starts_from_what_a_colleague_left(self, world: World, matching: Matching) -> None:
        hers = Matching.objects.get(pk=matching.pk)
        want(world, matching, lambda wanted: board.lock(wanted, (world.bea.ref, world.maya.ref)))
        version = want(world, hers, lambda wanted: board.lock(wanted, (world.dai.ref, world.marcus.ref)))
        assert len(version.required) == 2

    def test_long_names_fit_into_the_list_of_versions(self, world: World, matching: Matching) -> None:
        version = board.change_board(
            matching, pool_of(world.cohort), lambda wanted: wanted, words="long " * 100, by=world.carys, at=NOW
        )
        assert len(version.change) == 300

    def test_the_mean_counts_pairs_where_mentees_have_two_mentors(self, world: World) -> None:
        update_participant(world.bea, by=world.carys, at=NOW, capacity=2)
        version = current(board.start_matching(world.cohort, pool_of(world.cohort), by=None, at=NOW))
        scores = [score for _mentee, _mentor, score in version.pairs]
        assert len(scores) == 4
        assert version.mean_score == pytest.approx(sum(scores) / 4 / 100)


class TestFreshness:
    def test_a_board_is_fresh_until_people_change(self, world: World, matching: Matching) -> None:
        assert board.is_fresh(current(matching), pool_of(world.cohort))
        enter_participant(world.cohort, person("Gwen Grey"), Side.MENTOR, by=world.carys, at=NOW, details={})
        assert not board.is_fresh(current(matching), pool_of(world.cohort))

    def test_a_lock_that_contradicts_the_people_of_today_makes_it_stale_and_breaks_nothing(
        self, world: World, matching: Matching
    ) -> None:
        want(world, matching, lambda wanted: board.lock(wanted, (world.bea.ref, world.maya.ref)))
        update_participant(world.maya, by=world.carys, at=NOW, avoids=["Bea Baker"])
        assert not board.is_fresh(current(matching), pool_of(world.cohort))
        assert not today(world, matching).fresh
        assert today(world, matching).explain(world.bea.ref, world.maya.ref)
        version = board.match_again(matching, pool_of(world.cohort), by=world.carys, at=NOW)
        assert version.required == []
        assert board.is_fresh(version, pool_of(world.cohort))

    def test_matching_again_takes_the_rules_of_today_and_keeps_the_weights(
        self, world: World, matching: Matching
    ) -> None:
        want(world, matching, lambda wanted: board.reweigh(wanted, engine.Weights(needs=90)))
        rules = engine.Settings(engine.Rules(organisation="different"))
        set_rules(world, matching=engine.to_dict(rules))
        version = board.match_again(matching, pool_of(world.cohort), by=world.carys, at=NOW)
        assert wanted_by(version).settings == engine.Settings(rules.rules, engine.Weights(needs=90))

    def test_it_says_who_joined_and_who_left(self, world: World, matching: Matching) -> None:
        enter_participant(world.cohort, person("Gwen Grey"), Side.MENTEE, by=world.carys, at=NOW, details={})
        withdraw_participant(world.dai, by=world.carys, at=NOW)
        changes = today(world, matching).changes
        assert (changes.joined, changes.gone, changes.rules) == (1, 1, False)


class TestQuestions:
    def test_what_is_asked_changes_nothing(self, world: World, matching: Matching) -> None:
        asked = today(world, matching)
        asked.try_weights(engine.Weights(needs=1))
        asked.try_pairs([(world.bea.ref, world.nia.ref)])
        asked.why_not(world.bea.ref, world.nia.ref)
        assert Version.objects.count() == 1

    def test_the_effect_of_weights_is_what_applying_them_gives(self, world: World, matching: Matching) -> None:
        weights = engine.Weights(needs=1, sector=90)
        effect = today(world, matching).try_weights(weights)
        version = want(world, matching, lambda wanted: board.reweigh(wanted, weights))
        assert effect.after.mean == pytest.approx(version.mean_score)

    def test_what_a_pair_costs_is_what_making_it_costs(self, world: World, matching: Matching) -> None:
        answer = today(world, matching).why_not(world.bea.ref, world.nia.ref)
        before = current(matching)
        after = want(world, matching, lambda wanted: board.pick(wanted, (world.bea.ref, world.nia.ref)))
        assert answer.cost == before.quality - after.quality
        assert len(compare(before, after).moves) == len(answer.moves)

    def test_nobody_knows_a_stranger(self, world: World, matching: Matching) -> None:
        assert today(world, matching).explain(world.bea.ref, "nobody") is None
        with pytest.raises(engine.UnknownPersonError):
            today(world, matching).why_not(world.bea.ref, "nobody")


class TestMarkets:
    def test_the_same_question_measures_nobody_again(self, world: World) -> None:
        problem = problem_of(pool_of(world.cohort), Wanted(engine.Settings()))
        assert markets.market_of(problem) is markets.market_of(problem)

    def test_other_wishes_about_the_same_people_share_what_was_measured(self, world: World) -> None:
        pool = pool_of(world.cohort)
        one = markets.market_of(problem_of(pool, Wanted(engine.Settings())))
        wanted = board.forbid(Wanted(engine.Settings()), (world.bea.ref, world.maya.ref))
        other = markets.market_of(problem_of(pool, wanted))
        assert other.criteria is one.criteria
        assert not other.allowed(world.bea.ref, world.maya.ref)

    def test_somebody_who_changes_is_measured_afresh(self, world: World) -> None:
        one = markets.market_of(problem_of(pool_of(world.cohort), Wanted(engine.Settings())))
        update_participant(world.bea, by=world.carys, at=NOW, topics=[["Exporting", 1.0]])
        other = markets.market_of(problem_of(pool_of(world.cohort), Wanted(engine.Settings())))
        assert one.score(world.bea.ref, world.nia.ref) < other.score(world.bea.ref, world.nia.ref)

    def test_only_a_few_cohorts_are_kept(self, world: World) -> None:
        for number in range(markets.KEPT + 2):
            markets.market_of(engine.Problem((engine.Person(f"mentee {number}"),), (engine.Person("mentor"),)))
        assert len(markets._kept) == markets.KEPT
