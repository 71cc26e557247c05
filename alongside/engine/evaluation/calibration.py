"""How well the score foretold what became of past mentorships, with what cannot be told said plainly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby

from alongside.engine.evaluation.foretelling import area_under_curve, brier_score, somers_d
from alongside.engine.evaluation.intervals import Interval, wilson
from alongside.engine.evaluation.learning import out_of_fold, turns

LEAST_EVENTS = 10
"""So many pairs that went on, and as many that did not, are the least for each number that is estimated from
them (Peduzzi et al. 1996)."""

FIRM_EVENTS = 100
"""So many of each make figures firm (Collins, Ogundimu, Altman 2016); below, they are said to be early."""

LEAST_PAIRS = 20
"""So many ratings or lengths are the least to compare with scores: with fewer a rank correlation of 0 is known to
within 0.45 at best (1.96 / √(n - 3), after Fisher's z)."""

LEAST_IN_BIN = 10
MOST_BINS = 10

SELECTION = (
    "Only pairs that were made have an outcome, and pairs with low scores are seldom made. So this tells how scores "
    "matter among pairs like those, which may be less than among all (restriction of range: Thorndike 1949)."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what a past pair scored and what became of it; None is not known.

    `score` and `parts`, how well the pair fitted each criterion by its name, run from 0 to 10,000, as they were
    when the pair was made. `went_on` tells whether the mentorship lasted as planned; `rating` is from 1 to 5.

    :raises ValueError: if a number is outside its range.
    """

    score: int
    parts: tuple[tuple[str, int], ...] = ()
    went_on: bool | None = None
    rating: int | None = None
    months: float | None = None

    def __post_init__(self) -> None:
        for name, fit in (("score", self.score), *self.parts):
            if not 0 <= fit <= 10_000:
                raise ValueError(f"The {name} of a past pair is {fit}; it must be from 0 to 10,000.")
        if self.rating is not None and not 1 <= self.rating <= 5:
            raise ValueError(f"The rating of a past pair is {self.rating}; it must be from 1 to 5.")
        if self.months is not None and not 0 <= self.months < math.inf:
            raise ValueError(f"A past pair lasted {self.months} months; it must be 0 or more.")


@dataclass(frozen=True, slots=True)
class Bin:
    """Count the pairs with scores from `low` to `high`, and the share of them that went on, 0 to 1."""

    low: int
    high: int
    pairs: int
    went_on: int
    share: Interval


@dataclass(frozen=True, slots=True)
class Measure:
    """Say in one figure, and in words, how well scores foretold; `estimate` is None where nothing can be said.

    `pairs` is how many it rests on.
    """

    name: str
    pairs: int
    estimate: Interval | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """Hold the reliability curve (empty where there is not enough data), the measures, and what limits them.

    The estimates of the measures are: `brier`, the skill of the score read as a probability, at most 1 and 0 for the
    base rate; `brier_fitted`, the same once the score is fitted to outcomes it is not judged by;
    `went_on`, the area under the ROC curve, 0.5 for chance; `rating` and `months`, Somers' D, from -1 to 1.
    """

    reliability: tuple[Bin, ...]
    measures: tuple[Measure, ...]
    notes: tuple[str, ...]


def calibrate(outcomes: tuple[Outcome, ...]) -> Calibration:
    """Compare the scores of past pairs with what became of them. The order of the outcomes changes nothing."""
    known = sorted((o.score, o.went_on) for o in outcomes if o.went_on is not None)
    notes = [SELECTION, "Mentorships still under way, and people who did not answer, are not counted."]
    if LEAST_EVENTS <= _events(known) < FIRM_EVENTS:
        notes.append(f"Early figures: firm ones need {FIRM_EVENTS} pairs that went on and as many that did not.")
    return Calibration(
        reliability(known),
        (
            _brier(known),
            _brier_fitted(known),
            _went_on(known),
            _agreement("rating", "rated higher", [(o.score, o.rating) for o in outcomes if o.rating is not None]),
            _agreement("months", "that lasted longer", [(o.score, o.months) for o in outcomes if o.months is not None]),
        ),
        tuple(notes),
    )


Known = list[tuple[int, bool]]
"""Scores and whether the pair went on, in order."""


def _events(known: Known) -> int:
    """Return the number of the rarer outcome."""
    yes = sum(went_on for _, went_on in known)
    return min(yes, len(known) - yes)


def reliability(known: Known) -> tuple[Bin, ...]:
    """Return the share that went on by score, in up to 10 bins of about equal numbers, of 10 pairs or more.

    Pairs of one score stay together. There is no curve of fewer than two bins.
    """
    size = max(LEAST_IN_BIN, math.ceil(len(known) / MOST_BINS))
    bins: list[Known] = [[]]
    for _, alike in groupby(sorted(known), key=lambda pair: pair[0]):
        if len(bins[-1]) >= size:
            bins.append([])
        bins[-1].extend(alike)
    if len(bins[-1]) < LEAST_IN_BIN and len(bins) > 1:
        bins[-2:] = [bins[-2] + bins[-1]]
    return tuple(_bin(pairs) for pairs in bins) if len(bins) > 1 else ()


def _bin(pairs: Known) -> Bin:
    yes = sum(went_on for _, went_on in pairs)
    return Bin(pairs[0][0], pairs[-1][0], len(pairs), yes, wilson(yes, len(pairs)))


# The measures.


def _lacking(name: str, known: Known, numbers: int) -> Measure | None:
    """Return the measure that says what is lacking to estimate so many numbers, or None where nothing is."""
    needed, yes = numbers * LEAST_EVENTS, sum(went_on for _, went_on in known)
    if _events(known) >= needed:
        return None
    there = f"there are {yes} and {len(known) - yes}"
    sentence = f"Not enough data: {needed} pairs that went on and {needed} that did not are needed; {there}."
    return Measure(name, len(known), None, sentence)


def _brier(known: Known) -> Measure:
    lacking = _lacking("brier", known, 1)
    if lacking:
        return lacking
    rate = sum(went_on for _, went_on in known) / len(known)
    found = brier_score([score / 10_000 for score, _ in known], [went_on for _, went_on in known], [rate] * len(known))
    sentence = (
        f"Read as a probability, the score misses by {found.score:.3f} (Brier), the base rate by {found.baseline:.3f}: "
        f"{_skill(found.skill)}. A score is not made to be a probability."
    )
    return Measure("brier", len(known), found.skill, sentence)


def _brier_fitted(known: Known) -> Measure:
    lacking = _lacking("brier_fitted", known, 2)
    if lacking:
        return lacking
    went_on = [yes for _, yes in known]
    found = brier_score(*out_of_fold([[score / 10_000] for score, _ in known], went_on, turns(known)))
    sentence = (
        f"Fitted to other pairs, the score misses by {found.score:.3f} (Brier), their base rate by "
        f"{found.baseline:.3f}: {_skill(found.skill)}."
    )
    return Measure("brier_fitted", len(known), found.skill, sentence)


def _skill(skill: Interval) -> str:
    judged = (
        "it cannot be told from" if skill.holds_zero else "it is better than" if skill.value > 0 else "it is worse than"
    )
    return f"a skill of {skill.value:.0%} (95% interval {skill.low:.0%} to {skill.high:.0%}), so {judged} the base rate"


def _went_on(known: Known) -> Measure:
    lacking = _lacking("went_on", known, 1)
    if lacking:
        return lacking
    area = area_under_curve([s for s, went_on in known if went_on], [s for s, went_on in known if not went_on])
    return Measure("went_on", len(known), area, _of_two("Of two pairs, one of which went on, that one", area))


def _agreement(name: str, which: str, known: list[tuple[int, int]] | list[tuple[int, float]]) -> Measure:
    if len(known) < LEAST_PAIRS:
        sentence = f"Not enough data: {LEAST_PAIRS} pairs of known {name} are needed; there are {len(known)}."
        return Measure(name, len(known), None, sentence)
    found = somers_d([score for score, _ in known], [float(outcome) for _, outcome in known])
    if found is None:
        return Measure(
            name, len(known), None, f"Nothing to compare: the {name} or the score is the same for nearly all."
        )
    share = Interval(*((1 + each) / 2 for each in (found.value, found.low, found.high)))
    return Measure(name, len(known), found, _of_two(f"Of two pairs, the one {which}", share))


def _of_two(which: str, share: Interval) -> str:
    """Say how often the better of two had the higher score, ties counting half."""
    interval = f"95% interval {share.low:.0%} to {share.high:.0%}"
    chance = "; that may be chance, which is 50%" if share.low <= 0.5 <= share.high else "; chance is 50%"
    return f"{which} had the higher score in {share.value:.0%} of cases ({interval}{chance})."
