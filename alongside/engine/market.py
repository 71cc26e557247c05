"""A problem prepared for solving: rules and criteria measured once for every pair, then asked as often as one likes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from alongside.engine import rules as hard
from alongside.engine.assignment import Assignment, solve_assignment
from alongside.engine.changes import Difference, WhatIf, WhyNot, moves
from alongside.engine.cohort import Cohort
from alongside.engine.criteria import CRITERIA, Fit
from alongside.engine.explanation import Explanation, explain
from alongside.engine.leftovers import free_places, unmatched
from alongside.engine.objective import Rewards
from alongside.engine.people import Person
from alongside.engine.problem import IdPair, Problem
from alongside.engine.results import Certificate, Pair, Result, Solution
from alongside.engine.scores import scores
from alongside.engine.serialisation import fingerprint
from alongside.engine.settings import Objective, Rules, Weights
from alongside.engine.shortlists import shortlists
from alongside.engine.table import NEVER, BoolArray, IntArray


class UnknownPersonError(LookupError):
    """Say which id stands for nobody on its side."""


@dataclass(frozen=True, eq=False)
class Market:
    """Hold a problem with its people in order, the fit of every pair on each criterion, and the mask of
    each rule.

    A market never changes. Those made from it by `reweighted` and `with_pairs` share what is costly.
    """

    problem: Problem
    cohort: Cohort
    fits: Mapping[str, Fit]
    masks: Mapping[str, BoolArray]

    @classmethod
    def of(cls, problem: Problem) -> Market:
        """Measure every pair of a problem."""
        cohort = Cohort.of(problem)
        fits = {criterion.name: criterion.fit(cohort) for criterion in CRITERIA}
        return cls(problem, cohort, fits, hard.masks(cohort, problem.rules))

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
        )
        same = problem.rules == self.problem.rules
        return replace(self, problem=problem, masks=self.masks if same else hard.masks(self.cohort, problem.rules))

    # What every pair is worth.

    @cached_property
    def scores(self) -> IntArray:
        """Return the score of every pair (mentees by mentors, sorted by id), 0 to 10,000."""
        return scores(self.fits, self.problem.weights)

    @cached_property
    def allowances(self) -> BoolArray:
        """Mark every pair that may be made (mentees by mentors, sorted by id)."""
        return hard.allowed(self.problem, self.cohort, self.masks)

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
    def fingerprint(self) -> str:
        """Return the SHA-256 of the problem in canonical form: the same people and decisions, in any order."""
        return fingerprint(self.problem, *self.cohort.digests)

    def score(self, mentee_id: str, mentor_id: str) -> int:
        """Return the score of a pair, 0 to 10,000, whether or not it may be made."""
        return int(self.scores[self._at(mentee_id, mentor_id)])

    def allowed(self, mentee_id: str, mentor_id: str) -> bool:
        """Tell whether a pair may be made."""
        return bool(self.allowances[self._at(mentee_id, mentor_id)])

    def explain(self, mentee_id: str, mentor_id: str) -> Explanation:
        """Explain the score of a pair, whether or not it may be made."""
        at = self._at(mentee_id, mentor_id)
        fits = {name: int(fit[at]) for name, fit in self.fits.items()}
        return explain(*self._people(at), fits, self.problem.weights, int(self.scores[at]))

    def broken_rule(self, mentee_id: str, mentor_id: str) -> str:
        """Say which rule forbids a pair; an empty string where none does."""
        at = self._at(mentee_id, mentor_id)
        why_not = None if self.allowances[at] else self._forbidden(at)
        return why_not.sentence if why_not else ""

    # The whole.

    def solve(self, *, near: Solution | None = None, hint: Certificate | None = None) -> Result:
        """Find the best pairs and prove them.

        :param near: among equally good solutions, take one that keeps as many of these pairs as it can.
        :param hint: the certificate of a similar problem; saves time where it is similar indeed.
        """
        locked = self.cohort.pairs(self.problem.required)
        taken = locked.sum(axis=1)
        assignment = solve_assignment(
            np.where(self.allowances & ~locked, self.scores + self.rewards.pair, -1),
            self.wanted - taken,
            self.places - locked.sum(axis=0),
            first=np.where(taken > 0, 0, self.rewards.first),
            ties=None if near is None else self.cohort.pairs((p.mentee, p.mentor) for p in near.pairs),
            hint=None if hint is None else self._prices(hint),
        )
        return self._result(assignment, locked)

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
    ) -> WhatIf:
        """Return what other decisions would result in, and how that differs from a result of this market.

        Of equally good results it is one that moves as few as it can.
        """
        market = self.changed(weights=weights, rules=rules, required=required, forbidden=forbidden, objective=objective)
        result = market.solve(near=against.solution, hint=against.certificate)
        return WhatIf(result, market.difference(against, result))

    def difference(self, before: Result, after: Result) -> Difference:
        """Compare two results by the scores of this market."""
        quality = sum(self.score(pair.mentee, pair.mentor) for pair in before.solution.pairs)
        return Difference(
            after.certificate.placed - before.certificate.placed,
            after.certificate.quality - quality,
            moves(before.solution.pairs, after.solution.pairs),
        )

    def shortlists(self, result: Result, size: int = 3, most_per_place: int = 3) -> dict[str, tuple[str, ...]]:
        """Return for each mentee up to `size` mentors to choose from, best first, her match always among them.

        The others follow by score less the price of the mentor's place, so that whom many would need is not
        shown to all of them: no mentor is on more than `most_per_place` lists for each of her places.
        """
        if size < 1 or most_per_place < 1:
            raise ValueError("A shortlist needs room for at least one mentor, and a mentor for one list a place.")
        values = self.scores + self.rewards.pair - self._prices(result.certificate)
        pairs = [self._at(pair.mentee, pair.mentor) for pair in result.solution.pairs]
        lists = shortlists(np.where(self.allowances, values, NEVER), pairs, most_per_place * self.places, size)
        mentors = self.cohort.mentors
        return {
            mentee.id: tuple(mentors[column].id for column in columns)
            for mentee, columns in zip(self.cohort.mentees, lists, strict=True)
        }

    # How it is done.

    def _at(self, mentee_id: str, mentor_id: str) -> tuple[int, int]:
        try:
            return self.cohort.mentee_rows[mentee_id], self.cohort.mentor_columns[mentor_id]
        except KeyError as error:
            raise UnknownPersonError(f"There is no {error} on that side of this matching.") from None

    def _people(self, at: tuple[int, int]) -> tuple[Person, Person]:
        return self.cohort.mentees[at[0]], self.cohort.mentors[at[1]]

    def _prices(self, certificate: Certificate) -> IntArray:
        prices = dict(certificate.mentor_prices)
        return np.array([prices.get(person.id, 0) for person in self.cohort.mentors], dtype=np.int64)

    def _result(self, assignment: Assignment, locked: BoolArray) -> Result:
        made = locked.copy()
        made[assignment.rows, assignment.columns] = True
        return Result(self._solution(made), self._certificate(assignment, locked, made))

    def _solution(self, made: BoolArray) -> Solution:
        mentees, mentors = self.cohort.mentees, self.cohort.mentors
        pairs = tuple(
            Pair(mentees[row].id, mentors[column].id, int(self.scores[row, column]))
            for row, column in np.argwhere(made).tolist()
        )
        return Solution(
            pairs,
            unmatched(self.problem, self.cohort, self.masks, self.allowances, made),
            free_places(self.cohort, made),
        )

    def _certificate(self, assignment: Assignment, locked: BoolArray, made: BoolArray) -> Certificate:
        settled = int((self.scores[locked] + self.rewards.pair).sum() + self.rewards.first * locked.any(axis=1).sum())
        return Certificate(
            placed=int(made.any(axis=1).sum()),
            quality=int(self.scores[made].sum()),
            bound=settled + assignment.bound,
            value=settled + assignment.value,
            mentee_prices=_by_id(self.cohort.mentees, assignment.profits),
            mentor_prices=_by_id(self.cohort.mentors, assignment.prices),
            fingerprint=self.fingerprint,
        )

    def _forbidden(self, at: tuple[int, int]) -> WhyNot | None:
        mentee, mentor = self._people(at)
        for rule in hard.hard_rules(self.problem.rules):
            if not self.masks[rule.name][at]:
                return WhyNot("rule", rule.name, rule.sentence(mentee, mentor, self.problem.rules))
        if (mentee.id, mentor.id) in self.problem.forbidden:
            return WhyNot("rule", "forbidden", f"The pair of {mentee} and {mentor} was ruled out by hand.")
        return None

    def _no_room(self, at: tuple[int, int]) -> WhyNot | None:
        for side, person in enumerate(self._people(at)):
            locked = [pair for pair in self.problem.required if pair[side] == person.id]
            if len(locked) >= person.capacity:
                return WhyNot("no_room", None, f"Pairs required by hand leave {person} no room for another.")
        return None

    def _displaces(self, at: tuple[int, int], result: Result) -> WhyNot:
        mentee, mentor = self._people(at)
        forced = self.with_pairs(required=self.problem.required | {(mentee.id, mentor.id)})
        change = self.difference(result, forced.solve(near=result.solution, hint=result.certificate))
        others = len({move.mentee for move in change.moves} - {mentee.id})
        moving = {0: "nobody else", 1: "one other person"}.get(others, f"{others} others")
        sentence = f"{mentee} and {mentor} can be paired: {_cost(change)}, and {moving} would move."
        return WhyNot("displaces", None, sentence, -change.quality_change, change.placed_change, change.moves)


def _cost(change: Difference) -> str:
    """Say what the whole would lose, the gravest loss first."""
    pairs = sum(move.to_mentor is None for move in change.moves) - sum(
        move.from_mentor is None for move in change.moves
    )
    if change.placed_change < 0:
        people = "person" if change.placed_change == -1 else "people"
        return f"{-change.placed_change} {people} fewer would have a mentor"
    if pairs > 0:
        return f"there would be {pairs} pair{'s' if pairs > 1 else ''} fewer"
    if change.quality_change < 0:
        return f"the whole would lose {-change.quality_change / 100:.2f} points of fit (a perfect pair has 100)"
    return "the whole would be as good as it is"


def _by_id(people: tuple[Person, ...], numbers: IntArray) -> tuple[tuple[str, int], ...]:
    return tuple((person.id, number) for person, number in zip(people, numbers.tolist(), strict=True))
