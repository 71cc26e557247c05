"""A problem prepared for solving: rules and criteria measured once for everybody, then asked as often as one likes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from alongside.engine.answers.changes import Difference, WhatIf, WhyNot, cost_in_words, moves
from alongside.engine.answers.explanation import Explanation, explain
from alongside.engine.answers.leftovers import Left, free_places, unmatched
from alongside.engine.answers.shortlists import Request, Shortlists, lists_of, unbounded
from alongside.engine.limits import modes
from alongside.engine.limits.terms import Counts, Terms, by_id, certificate, quota_in_the_way
from alongside.engine.measuring import forms
from alongside.engine.measuring import rules as hard
from alongside.engine.measuring.cohort import Cohort
from alongside.engine.measuring.criteria import Measured
from alongside.engine.measuring.forms import Points
from alongside.engine.measuring.reading import Reader
from alongside.engine.scanning.plan import BAN, Plan, draw_up
from alongside.engine.scanning.scan import scores
from alongside.engine.scanning.worth import Seeds, Worth, seeds, worth_of
from alongside.engine.solving.search import Demand, Search, threads
from alongside.engine.solving.standing import Standing
from alongside.engine.table import IntArray
from alongside.engine.values.objective import Rewards
from alongside.engine.values.people import Person
from alongside.engine.values.problem import IdPair, Problem
from alongside.engine.values.quotas import Quota
from alongside.engine.values.results import Certificate, Pair, Result, Solution
from alongside.engine.values.scores import FULL, shares
from alongside.engine.values.serialisation import fingerprint
from alongside.engine.values.settings import Objective, Rules, Weights
from alongside.engine.values.totals import Stakes
from alongside.engine.watch import Watch

ROWS_KEPT = 16_000_000
"""Scores of mentees asked about that are kept at hand, at most."""


class UnknownPersonError(LookupError):
    """Say which id stands for nobody on its side."""


@dataclass(frozen=True, eq=False)
class Market:
    """Hold a problem with its people in order, and what each criterion and each rule knows of them.

    A market never changes. Those made from it by `reweighted` and `with_pairs` share what is costly.
    """

    problem: Problem
    cohort: Cohort
    criteria: Mapping[str, forms.Criterion]
    rules: Mapping[str, tuple[forms.Rule, ...]]

    @classmethod
    def of(cls, problem: Problem, reader: Reader | None = None) -> Market:
        """Measure the people of a problem.

        :param reader: a model that reads their texts; without one, texts are compared word by word.
        """
        cohort = Cohort.of(problem, reader)
        return cls(problem, cohort, Measured(cohort), hard.measured(cohort, problem.rules))

    def reweighted(self, weights: Weights) -> Market:
        """Return the market under other weights."""
        return replace(self, problem=replace(self.problem, weights=weights))

    def with_pairs(
        self, *, required: frozenset[IdPair] | None = None, forbidden: frozenset[IdPair] | None = None
    ) -> Market:
        """Return the market with other required or forbidden pairs in place of its own; None keeps them."""
        return self.changed(required=required, forbidden=forbidden)

    def changed(
        self,
        *,
        weights: Weights | None = None,
        rules: Rules | None = None,
        required: frozenset[IdPair] | None = None,
        forbidden: frozenset[IdPair] | None = None,
        objective: Objective | None = None,
        quotas: tuple[Quota, ...] | None = None,
    ) -> Market:
        """Return the market with other decisions about the same people; None keeps what is decided.

        :raises ProblemError: if the decisions contradict each other.
        """
        problem = replace(
            self.problem,
            weights=self.problem.weights if weights is None else weights,
            rules=self.problem.rules if rules is None else rules,
            required=self.problem.required if required is None else required,
            forbidden=self.problem.forbidden if forbidden is None else forbidden,
            objective=self.problem.objective if objective is None else objective,
            quotas=self.problem.quotas if quotas is None else quotas,
        )
        same = problem.rules == self.problem.rules
        return replace(self, problem=problem, rules=self.rules if same else hard.measured(self.cohort, problem.rules))

    # What pairs are worth.

    @cached_property
    def plan(self) -> Plan:
        """Return the rules and criteria as arrays; pairs ruled out by hand are worked in, required ones are not."""
        return self._plan(self.problem.forbidden)

    def _plan(self, apart: frozenset[IdPair]) -> Plan:
        return draw_up(
            self.cohort.shape,
            [(self.criteria[name], share) for name, share in shares(self.problem.weights).items() if share],
            [form for rule in self.rules.values() for form in rule],
            apart=self.cohort.places_of(apart),
            least=self.problem.rules.least_score,
        )

    @cached_property
    def _rows(self) -> dict[int, Points]:
        return {}

    def _row(self, row: int) -> Points:
        """Return the scores of a mentee with everybody (m), less BAN for each rule in the way."""
        if row not in self._rows:
            if len(self._rows) * len(self.cohort.mentors) > ROWS_KEPT:
                self._rows.clear()
            self._rows[row] = scores(self.plan, np.array([row]))[0]
        return self._rows[row]

    @cached_property
    def wanted(self) -> IntArray:
        """Return how many mentors each mentee is to have."""
        return np.array([person.capacity for person in self.cohort.mentees], dtype=np.int64)

    @cached_property
    def places(self) -> IntArray:
        """Return the free places of each mentor."""
        return np.array([person.capacity for person in self.cohort.mentors], dtype=np.int64)

    @cached_property
    def rewards(self) -> Rewards:
        """Return what the objective gives for a pair and for a mentee's first mentor."""
        return Rewards.of(self.problem.objective, self.wanted, self.places)

    @cached_property
    def _seeds(self) -> tuple[Seeds, Seeds]:
        ours, theirs = self.cohort.mentees, self.cohort.mentors
        return seeds([person.id for person in ours]), seeds([person.id for person in theirs])

    @cached_property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the problem in canonical form: the same people and decisions, in any order."""
        return fingerprint(self.problem, *self.cohort.digests)

    def score(self, mentee_id: str, mentor_id: str) -> int:
        """Return the score of a pair, 0 to 10,000, whether or not it may be made."""
        row, column = self._at(mentee_id, mentor_id)
        return int(self._row(row)[column]) & (BAN - 1)

    def allowed(self, mentee_id: str, mentor_id: str) -> bool:
        """Tell whether a pair may be made: no rule is in the way, or a coordinator requires it."""
        row, column = self._at(mentee_id, mentor_id)
        least = self.problem.rules.least_score
        return bool(self._row(row)[column] >= least) or (mentee_id, mentor_id) in self.problem.required

    def explain(self, mentee_id: str, mentor_id: str) -> Explanation:
        """Explain the score of a pair, whether or not it may be made."""
        at = self._at(mentee_id, mentor_id)
        here = np.array([at[0]]), np.array([at[1]])
        given = {
            name: (int(self.criteria[name].points(share, *here)[0, 0]), share)
            for name, share in shares(self.problem.weights).items()
            if share
        }
        return explain(self.cohort, *self._people(at), given)

    def broken_rule(self, mentee_id: str, mentor_id: str) -> str:
        """Say which rule forbids a pair; an empty string where none does."""
        at = self._at(mentee_id, mentor_id)
        why_not = None if self.allowed(mentee_id, mentor_id) else self._forbidden(at)
        return why_not.sentence if why_not else ""

    # The whole.

    def solve(
        self,
        *,
        near: Solution | None = None,
        hint: Certificate | None = None,
        watch: Watch | None = None,
        executor: Executor | None = None,
    ) -> Result:
        """Find the best pairs and prove them.

        :param near: among equally good solutions, take one that keeps as many of these pairs as it can. Passed
            over where minimums, quotas or LEXIMIN are to be kept.
        :param hint: the certificate of a similar problem; saves time where it is similar indeed.
        :param watch: hears how far it is, and may stop it; what is returned then has a bound above its value.
        :param executor: where pairs are looked at; threads of this process where it is left out.
        :raises Stopped: if the watch cancelled it.
        :raises ProblemError: if there are too many people for minimums, quotas or LEXIMIN, or if LEXIMIN is to keep
            quotas that cross.
        """
        if modes.needs_table(self.problem):
            return self._solve_within(watch or Watch())
        if executor is None:
            with threads() as own:
                return self.solve(near=near, hint=hint, watch=watch, executor=own)
        if self.problem.objective is Objective.FLOOR_FIRST:
            return self._solve_raised(near, hint, watch, executor)
        standing = self.stand(near=near, executor=executor, watch=watch or Watch())
        standing.solve(None if hint is None or hint.limited else self._prices(hint))
        return self.result_of(standing)

    def _solve_within(self, watch: Watch) -> Result:
        """Find the best pairs within minimums and quotas, or for the worst off, from the table of all pairs."""
        modes.refuse_unsuitable(self.problem)
        raw = scores(self.plan, np.arange(len(self.cohort.mentees)))
        points = (raw & (BAN - 1)).astype(np.int64)
        terms = Terms.of(self.problem, self.cohort, points, raw >= self.problem.rules.least_score)
        found = modes.within(terms, self.problem, watch)
        rows, columns = terms.with_locked(found.chosen.rows, found.chosen.columns)
        pairs = self._pairs(rows, columns, points[rows, columns].tolist())
        left = unmatched(self._left(terms.possible), rows)
        solution = Solution(pairs, terms.left_by_limits(self.cohort, left, columns), free_places(self.cohort, columns))
        counts = Counts.of(solution, found.chosen.missing)
        proof = certificate(self.problem, self.cohort, terms, found.chosen, counts, fingerprint=self.fingerprint)
        return Result(solution, replace(proof, floor=found.floor, proof=found.proof))

    def _solve_raised(
        self, near: Solution | None, hint: Certificate | None, watch: Watch | None, executor: Executor
    ) -> Result:
        """Find the best pairs above the highest floor that places as many."""

        def attempt(floor: int, best: Result | None) -> modes.Attempt[Result]:
            known = best.certificate if best else hint
            found = self._above(floor).solve(near=near, hint=known, watch=watch, executor=executor)
            return modes.attempt_of(found, self.problem.required)

        peak = modes.highest(attempt, self.problem.rules.least_score)
        found = peak.found
        rows, _ = self.cohort.places_of((pair.mentee, pair.mentor) for pair in found.solution.pairs)
        solution = replace(found.solution, unmatched=unmatched(self._left(self._possible(rows)), rows))
        proof = replace(found.certificate, objective=Objective.FLOOR_FIRST, floor=peak.floor, proof=peak.proof)
        return Result(solution, replace(proof, fingerprint=self.fingerprint))

    def _above(self, floor: int) -> Market:
        """Return the market in which no pair is made that scores below a floor, and as many are placed as can be."""
        rules = replace(self.problem.rules, least_score=floor)
        # No form of a rule knows of the least score, so none is measured again.
        return replace(self, problem=replace(self.problem, rules=rules, objective=Objective.PLACE_FIRST))

    def stand(self, *, executor: Executor, watch: Watch | None = None, near: Solution | None = None) -> Standing:
        """Return the market as it stands before anybody is matched, to be solved step by step."""
        locked = self.cohort.places_of(self.problem.required)
        kept = [(pair.mentee, pair.mentor) for pair in near.pairs] if near else []
        demand = self._demand(locked)
        worth = self._worth(demand, self.cohort.places_of(kept))
        plan = self._plan(self.problem.forbidden | self.problem.required) if len(locked[0]) else self.plan
        return Standing(Search(plan, worth, self._scaled(demand, worth), executor, watch or Watch()), locked)

    def _demand(self, locked: tuple[IntArray, IntArray]) -> Demand:
        """Return what is left to be matched once the required pairs are made; rewards in points."""
        n, m = self.cohort.shape
        taken, filled = np.bincount(locked[0], minlength=n), np.bincount(locked[1], minlength=m)
        return Demand(
            np.minimum(self.wanted - taken, m),
            np.minimum(self.places - filled, n),
            np.where(taken > 0, 0, self.rewards.first),
            np.zeros(m, np.int64),
        )

    def _worth(self, demand: Demand, near: tuple[IntArray, IntArray]) -> Worth:
        rewards = self.rewards
        return worth_of(rewards.pair, rewards.first, max(1, demand.pairs), *self._seeds, near)

    def plain_worth(self) -> Worth:
        """Return worths that are scores and nothing else."""
        none = np.zeros(0, dtype=np.int64)
        plain = worth_of(0, 0, 1, *self._seeds, (none, none))
        return plain._replace(numbers=np.array([0, 1, 1, 0], dtype=np.int64))

    def _scaled(self, demand: Demand, worth: Worth) -> Demand:
        return replace(demand, first=demand.first * worth.scale)

    def result_of(self, standing: Standing) -> Result:
        """Return the pairs as they stand, who is left, and the proof."""
        rows, columns = standing.pairs()
        left = unmatched(self._left(standing.possible), rows)
        pairs = self._pairs(rows, columns, standing.scores(self._row))
        solution = Solution(pairs, left, free_places(self.cohort, columns))
        return Result(solution, self._certificate(standing, solution))

    def _pairs(self, rows: IntArray, columns: IntArray, scored: Iterable[int]) -> tuple[Pair, ...]:
        mentees, mentors = self.cohort.mentees, self.cohort.mentors
        return tuple(
            Pair(mentees[row].id, mentors[column].id, score & (BAN - 1))
            for row, column, score in zip(rows.tolist(), columns.tolist(), scored, strict=True)
        )

    def _left(self, possible: Points) -> Left:
        return Left(self.problem, self.cohort, self.rules, possible, self._row)

    def _possible(self, placed: IntArray) -> Points:
        """Return (n) how many mentors each mentee could have who is not placed; 0 for the others."""
        possible = np.zeros(len(self.cohort.mentees), np.int32)
        for row in np.setdiff1d(np.flatnonzero(self.wanted), placed).tolist():
            possible[row] = np.count_nonzero(self._row(row) >= 0)
        return possible

    def _certificate(self, standing: Standing, solution: Solution) -> Certificate:
        required, rewards = self.problem.required, self.rewards
        locked = sum(pair.score for pair in solution.pairs if (pair.mentee, pair.mentor) in required)
        settled = locked + rewards.pair * len(required) + rewards.first * len({mentee for mentee, _ in required})
        proof = standing.proof()
        return Certificate(
            placed=len({pair.mentee for pair in solution.pairs}),
            quality=sum(pair.score for pair in solution.pairs),
            bound=settled + proof.bound,
            value=settled + proof.value,
            mentee_prices=by_id(self.cohort.mentees, proof.profits),
            mentor_prices=by_id(self.cohort.mentors, proof.prices),
            fingerprint=self.fingerprint,
            objective=self.problem.objective,
            stakes=Stakes(rewards.first, 0, rewards.pair),
            proof="prices" if proof.value == proof.bound else "open",
            model=self.cohort.model,
        )

    def why_not(self, mentee_id: str, mentor_id: str, result: Result) -> WhyNot:
        """Say why two people are not paired in a result of this market, and what pairing them would cost the whole."""
        at = self._at(mentee_id, mentor_id)
        mentee, mentor = self._people(at)
        if any((pair.mentee, pair.mentor) == (mentee_id, mentor_id) for pair in result.solution.pairs):
            return WhyNot("already_paired", None, f"{mentee} and {mentor} are paired.")
        return self._forbidden(at) or self._no_room(at) or self._displaces(at, result)

    def what_if(
        self,
        against: Result,
        *,
        weights: Weights | None = None,
        rules: Rules | None = None,
        required: frozenset[IdPair] | None = None,
        forbidden: frozenset[IdPair] | None = None,
        objective: Objective | None = None,
        quotas: tuple[Quota, ...] | None = None,
    ) -> WhatIf:
        """Return what other decisions would result in, and how that differs from a result of this market.

        Of equally good results it is one that moves as few as it can, save within minimums and quotas and for LEXIMIN.
        """
        market = self.changed(
            weights=weights, rules=rules, required=required, forbidden=forbidden, objective=objective, quotas=quotas
        )
        result = market.solve(near=against.solution, hint=against.certificate)
        return WhatIf(result, market.difference(against, result))

    def difference(self, before: Result, after: Result) -> Difference:
        """Compare two results by the scores of this market."""
        quality = sum(self.score(pair.mentee, pair.mentor) for pair in before.solution.pairs)
        return Difference(
            after.certificate.placed - before.certificate.placed,
            after.certificate.quality - quality,
            moves(before.solution.pairs, after.solution.pairs),
            after.certificate.missing - before.certificate.missing,
        )

    def shortlists(self, result: Result, size: int = 3, most_per_place: int = 3) -> Shortlists:
        """Return for each mentee up to `size` mentors to choose from, best first, her match always among them.

        No mentor is on more than `most_per_place` lists for each of her places, and everybody has two to choose from
        where the rules and that limit allow. Quotas count for the match and by their prices; what mentees choose beside
        it may pass them.
        """
        if size < 1 or most_per_place < 1:
            raise ValueError("A shortlist needs room for at least one mentor, and a mentor for one list a place.")
        if not (self.cohort.mentees and self.cohort.mentors):
            return Shortlists({mentee.id: () for mentee in self.cohort.mentees}, 0, 0)
        made = frozenset((pair.mentee, pair.mentor) for pair in result.solution.pairs)
        limits, prices = most_per_place * self.places, self._prices(result.certificate)
        request = Request(self.cohort.places_of(made), limits, size, prices)
        with threads() as executor:
            lists = lists_of(self.plan, self._plan(self.problem.forbidden | made), self._seeds, request, executor)
        mentees, mentors = self.cohort.mentees, self.cohort.mentors
        ranked = [self._ranked(row, columns, lists.paired, prices) for row, columns in enumerate(lists.rows)]
        return Shortlists(
            {mentees[row].id: tuple(mentors[column].id for column in columns) for row, columns in enumerate(ranked)},
            sum(int(self._row(row)[column]) & (BAN - 1) for row, columns in enumerate(ranked) for column in columns),
            unbounded(self.plan, self._seeds, size),
        )

    def _ranked(self, row: int, columns: list[int], paired: set[tuple[int, int]], prices: IntArray) -> list[int]:
        """Return the names on a list, the match first, the others by score less price."""
        known = self._row(row)
        return sorted(columns, key=lambda at: ((row, at) not in paired, int(prices[at]) - int(known[at]), at))

    # How it is done.

    def _at(self, mentee_id: str, mentor_id: str) -> tuple[int, int]:
        try:
            return self.cohort.mentee_rows[mentee_id], self.cohort.mentor_columns[mentor_id]
        except KeyError as error:
            raise UnknownPersonError(f"There is no {error} on that side of this matching.") from None

    def _people(self, at: tuple[int, int]) -> tuple[Person, Person]:
        return self.cohort.mentees[at[0]], self.cohort.mentors[at[1]]

    def _prices(self, certificate: Certificate) -> IntArray:
        """Return (m) what a place with each mentor costs, quotas of mentors included.

        Where limits count above people and pairs, prices can be larger than without; they are cut to what those can be.
        """
        prices, quotas = dict(certificate.mentor_prices), dict(certificate.quota_prices)
        for quota in (quota for quota in self.problem.quotas if quota.side == "mentor"):
            for mentor in quota.members:
                prices[mentor] = prices.get(mentor, 0) + quotas.get(quota.name, 0)
        most = self.rewards.pair + self.rewards.first + FULL if certificate.limited else max(prices.values(), default=0)
        priced = [max(-most, min(most, prices.get(person.id, 0))) for person in self.cohort.mentors]
        return np.array(priced, dtype=np.int64)

    def _forbidden(self, at: tuple[int, int]) -> WhyNot | None:
        mentee, mentor = self._people(at)
        for rule in hard.hard_rules(self.problem.rules):
            if not all(form.allows(np.array([at[0]]), np.array([at[1]]))[0, 0] for form in self.rules[rule.name]):
                return WhyNot("rule", rule.name, rule.sentence(mentee, mentor, self.problem.rules))
        if (mentee.id, mentor.id) in self.problem.forbidden:
            return WhyNot("rule", "forbidden", f"The pair of {mentee} and {mentor} was ruled out by hand.")
        score, least = self.score(mentee.id, mentor.id), self.problem.rules.least_score
        if score < least:
            sentence = f"They fit at {score / 100:.2f} of 100, and no pair below {least / 100:g} is made."
            return WhyNot("rule", "least_score", sentence)
        return None

    def _no_room(self, at: tuple[int, int]) -> WhyNot | None:
        for side, person in enumerate(self._people(at)):
            locked = [pair for pair in self.problem.required if pair[side] == person.id]
            if len(locked) >= person.capacity:
                return WhyNot("no_room", None, f"Pairs required by hand leave {person} no room for another.")
        mentee, mentor = self._people(at)
        if quota := quota_in_the_way(self.problem, (mentee.id, mentor.id)):
            return WhyNot("no_room", None, f"The quota “{quota.name}” has no room beside the pairs required by hand.")
        return None

    def _displaces(self, at: tuple[int, int], result: Result) -> WhyNot:
        mentee, mentor = self._people(at)
        forced = self.with_pairs(required=self.problem.required | {(mentee.id, mentor.id)})
        after = forced.solve(near=result.solution, hint=result.certificate)
        change = self.difference(result, after)
        others = len({move.mentee for move in change.moves} - {mentee.id})
        moving = {0: "nobody else", 1: "one other person"}.get(others, f"{others} others")
        cost = cost_in_words(change, result, after, self.problem)
        sentence = f"{mentee} and {mentor} can be paired: {cost}, and {moving} would move."
        return WhyNot("displaces", None, sentence, -change.quality_change, change.placed_change, change.moves)
