"""Match many people in a worker: their matching is looked at while it is worked out, left, and stopped."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from alongside import engine
from alongside.journeys.pool import pool_of
from alongside.matching.board import Answer, answer_again, ask, first_answer, reweigh
from alongside.matching.calculations import finish_calculation, note_progress
from alongside.matching.markets import market_of
from alongside.matching.models import Calculation
from alongside.matching.problem import Pool, problem_of, wanted_by
from alongside.matching.states import Stage

WHILE_SHE_WAITS = 5_000_000
"""Up to so many pairs, mentees times mentors, a matching takes a second or two."""

TOLD_EVERY = 0.5
"""Seconds between two notes of how far it is."""


def is_large(pool: Pool) -> bool:
    """Tell whether a worker matches these people rather than the page."""
    return len(pool.mentees) * len(pool.mentors) > WHILE_SHE_WAITS


@dataclass
class Progress:
    """How far a calculation is, noted now and then; what is noted also tells whether it is still wanted."""

    calculation: Calculation
    clock: Callable[[], float] = monotonic
    wanted: bool = True
    _stage: Stage = Stage.WAITING
    _told_at: float = field(default=float("-inf"))

    def tell(self, stage: Stage, share: float = 0.0) -> None:
        """Note it, if the stage is another or the last note is old."""
        now = self.clock()
        if stage != self._stage or now - self._told_at >= TOLD_EVERY:
            self._stage, self._told_at = stage, now
            self.wanted = note_progress(self.calculation, stage, round(100 * share))

    def hear(self, stage: str, share: float) -> None:
        """Hear of a step of the engine; once pairs were made, it looks only at what could be better."""
        again = stage == "pairs" and self._stage in {Stage.PAIRING, Stage.AGAIN}
        self.tell(Stage.AGAIN if again else Stage(stage), share)

    def watch(self) -> engine.Watch:
        return engine.Watch(report=self.hear, cancel=lambda: not self.wanted)


def match_cohort(calculation: Calculation, *, at: datetime) -> None:
    """Work out what was asked for and put it on the board. Nothing is locked while it works.

    :raises engine.ProblemError: if what is wanted contradicts itself.
    :raises engine.Stopped: if it was stopped meanwhile.
    :raises ChangedByAnother: if another version came on the board meanwhile.
    """
    progress = Progress(calculation)
    progress.tell(Stage.PEOPLE)
    pool = pool_of(calculation.matching.cohort, calculation.matching.kind)
    answer = _answer(calculation, pool, progress.watch())
    market = market_of(problem_of(pool, answer.wanted))
    finish_calculation(calculation, answer, engine.whom_to_recruit(market, answer.result), at=at)


def _answer(calculation: Calculation, pool: Pool, watch: engine.Watch) -> Answer:
    before = calculation.before
    if before is None:
        return first_answer(calculation.matching.cohort, pool, watch)
    if not calculation.weights:
        return answer_again(before, pool, watch)
    weights = engine.from_dict(engine.Weights, calculation.weights)
    return ask(before, pool, reweigh(wanted_by(before), weights), "Other weights", watch)
