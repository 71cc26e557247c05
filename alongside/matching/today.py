"""A version of the board seen with the people of today: what can be asked about it, and nothing is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from alongside import engine
from alongside.engine.answers.changes import moves
from alongside.matching.board import solution_of
from alongside.matching.markets import market_of, proof_of
from alongside.matching.models import Version
from alongside.matching.problem import Pool, RefPair, Wanted, problem_of, wanted_by

WEAK = 4_000
"""Below this score, of 10,000, a pair is weak."""


@dataclass(frozen=True)
class Figures:
    """What there is to say of some pairs in numbers; ``mean`` is 0 to 100."""

    placed: int
    pairs: int
    mean: float
    weak: int

    @classmethod
    def of(cls, pairs: Sequence[engine.Pair]) -> "Figures":
        total = sum(pair.score for pair in pairs)
        return cls(
            placed=len({pair.mentee for pair in pairs}),
            pairs=len(pairs),
            mean=total / len(pairs) / 100 if pairs else 0.0,
            weak=sum(pair.score < WEAK for pair in pairs),
        )


@dataclass(frozen=True)
class Effect:
    """What a change would do: the figures before and after, measured alike, and who would move."""

    before: Figures
    after: Figures
    moves: tuple[engine.Move, ...]


@dataclass(frozen=True)
class Changes:
    """How the people and rules of today differ from those a version was made for."""

    joined: int = 0
    gone: int = 0
    rules: bool = False


class Today:
    """A version of the board, the people of today, and what the engine knows of both."""

    def __init__(self, version: Version, pool: Pool) -> None:
        self.version, self.pool = version, pool

    @cached_property
    def wanted(self) -> Wanted:
        return wanted_by(self.version)

    @cached_property
    def solution(self) -> engine.Solution:
        return solution_of(self.version)

    @cached_property
    def _as_wanted(self) -> engine.Market | None:
        try:
            return market_of(problem_of(self.pool, self.wanted))
        except engine.ProblemError:
            return None

    @cached_property
    def market(self) -> engine.Market:
        """The people of today under what the version wants; without its wishes where they contradict today's people."""
        return self._as_wanted or market_of(problem_of(self.pool, Wanted(self.wanted.settings)))

    @cached_property
    def fresh(self) -> bool:
        """Whether the people and wishes of the version are those of today."""
        return bool(self._as_wanted and self._as_wanted.fingerprint == self.version.fingerprint)

    @cached_property
    def result(self) -> engine.Result:
        """What is on the board, with its proof; where that is out of date, what would be best today."""
        if self.fresh:
            return engine.Result(self.solution, proof_of(self.market))
        return self.market.solve(near=self.solution)

    @cached_property
    def recruits(self) -> tuple[engine.Recruit, ...]:
        """The kinds of mentor of whom one more would add most, best first."""
        return engine.whom_to_recruit(self.market, self.result)

    @cached_property
    def changes(self) -> Changes:
        """What changed since the version was made."""
        before = {pair.mentee for pair in self.solution.pairs} | {left.person for left in self.solution.unmatched}
        now = {mentee.ref for mentee in self.pool.mentees}
        mentors = {mentor.ref for mentor in self.pool.mentors}
        made_at = self.version.made_at
        joined = (now - before) | {mentor.ref for mentor in self.pool.mentors if mentor.joined_at > made_at}
        gone = (before - now) | ({pair.mentor for pair in self.solution.pairs} - mentors)
        rules = self.version.matching.settings.rules
        return Changes(len(joined), len(gone), rules != self.wanted.settings.rules)

    def explain(self, mentee: str, mentor: str) -> engine.Explanation | None:
        """Explain a pair; None where one of them is not among the people of today."""
        try:
            return self.market.explain(mentee, mentor)
        except engine.UnknownPersonError:
            return None

    def why_not(self, mentee: str, mentor: str) -> engine.WhyNot:
        """Say why two people are not paired, and what it would cost to pair them.

        :raises engine.UnknownPersonError: if one of them is not among the people of today.
        """
        return self.market.why_not(mentee, mentor, self.result)

    def try_weights(self, weights: engine.Weights) -> Effect:
        """Say what other weights would do; both sides are measured by the weights tried."""
        tried = self.market.reweighted(weights)
        return self._effect(tried, self.market.what_if(self.result, weights=weights).result)

    def try_pairs(self, pairs: Iterable[RefPair]) -> Effect:
        """Say what requiring these pairs would do, where the mentees and mentors in them are free of other wishes.

        :raises engine.ProblemError: if they contradict each other or a rule that no wish breaks.
        """
        pairs = frozenset(pairs)
        mentees = {mentee for mentee, _ in pairs}
        others = frozenset(pair for pair in self.market.problem.required if pair[0] not in mentees)
        forbidden = self.market.problem.forbidden - pairs
        what_if = self.market.what_if(self.result, required=others | pairs, forbidden=forbidden)
        return self._effect(self.market, what_if.result)

    def _effect(self, market: engine.Market, after: engine.Result) -> Effect:
        before = [replace(pair, score=market.score(pair.mentee, pair.mentor)) for pair in self.result.solution.pairs]
        return Effect(Figures.of(before), Figures.of(after.solution.pairs), moves(before, after.solution.pairs))


def compare(one: Version, other: Version) -> Effect:
    """Say how two versions differ, each by the scores it was made with."""
    before, after = solution_of(one).pairs, solution_of(other).pairs
    return Effect(Figures.of(before), Figures.of(after), moves(before, after))
