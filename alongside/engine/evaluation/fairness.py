"""How groups of mentees fared in a matching: figures with small numbers hidden, and gaps with their intervals.

It describes; it recommends nothing, and what a gap comes from it cannot know.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from alongside.engine.evaluation.disclosure import hidden, rounded, shown_total
from alongside.engine.evaluation.intervals import Interval, difference_of_means, difference_of_shares, mean, wilson
from alongside.engine.values.problem import Problem
from alongside.engine.values.results import Result

LEAST = 10
"""Fewer people than this are never shown: the limit for characteristics the law protects (ONS, ACRO)."""

LEAST_BASE = 23
"""A share of fewer people is never shown (HESA: no percentage of fewer than 22.5)."""

LEAST_FOR_MEAN = 8
"""A mean or median of fewer people is never shown (HESA), however low the other limit is set."""

NOT_SAID = "Not said"

WORDS = {
    "placed": ("had a mentor", "more often", "less often"),
    "score": ("fitted their mentors", "better", "less well"),
}
"""How a gap is said: what people did, and how one group did more or less of it."""


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """Say how a group fared. What is None is not shown; the sentence says why.

    `people` is rounded to the nearest 5; `placed` is in whole per cent; `score`, the mean of what each person
    who has a mentor scored, and `median` are in whole points of 100. A person with several mentors counts once.
    """

    label: str
    people: int | None
    placed: Interval | None
    score: Interval | None
    median: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Compare two groups: `one` less `other`, in whole points of 100, with the 95% interval of the difference."""

    one: str
    other: str
    measure: Literal["placed", "score"]
    difference: Interval
    sentence: str


@dataclass(frozen=True, slots=True)
class FairnessReport:
    """Hold the figures of everyone, of each group, the gaps between groups, and what to know when reading them."""

    everyone: GroupFigures
    groups: tuple[GroupFigures, ...]
    gaps: tuple[Gap, ...]
    notes: tuple[str, ...]


def fairness_report(
    problem: Problem, result: Result, groups: Mapping[str, str], *, least: int = LEAST
) -> FairnessReport:
    """Report how groups of mentees fared in a result.

    It counts the mentees who are to have a mentor. Those whose group is "" or missing have not said; they
    are reported as a group, since the total less the others would give them away, but compared with nobody.

    A share is shown where at least `least` people have a mentor and as many have none, a mean where `least` have
    one: so 100% and 0%, which say something of every single person, never stand there.

    :param groups: the label of the group of each mentee, by id.
    :param least: hide what rests on fewer people; 10 for the public and funders, 5 for coordinators.
    :raises ValueError: if `least` is below 3, when rounded counts would be 0.
    """
    if least < 3:
        raise ValueError(f"At least {least} people is no limit; it must be 3 or more.")
    return _Table.of(problem, result, groups, least).report()


def sizes(problem: Problem, groups: Mapping[str, str]) -> dict[str, int]:
    """Return how many mentees of each group are to have a mentor, by label in order; "" for not said."""
    labels = [groups.get(mentee.id, "") for mentee in problem.mentees if mentee.capacity > 0]
    return {label: labels.count(label) for label in sorted(set(labels))}


@dataclass(frozen=True, slots=True)
class _Table:
    """Hold the people of each group, the scores of those with a mentor, and what must not be shown of whom."""

    people: dict[str, int]
    scores: dict[str, list[float]]
    least: int
    no_count: frozenset[str]
    no_share: frozenset[str]
    no_mean: frozenset[str]

    @classmethod
    def of(cls, problem: Problem, result: Result, groups: Mapping[str, str], least: int) -> _Table:
        people = sizes(problem, groups)
        scores: dict[str, list[float]] = {label: [] for label in people}
        for mentee, score in _score_of_each(result).items():
            scores[groups.get(mentee, "")].append(score)
        no_count = hidden({label: (count,) for label, count in people.items()}, (least,))
        no_share = hidden(_sides(people, scores), (least, least, LEAST_BASE), no_count)
        placed = {label: (len(own),) for label, own in scores.items()}
        no_mean = hidden(placed, (max(least, LEAST_FOR_MEAN),), no_count)
        return cls(people, scores, least, no_count, no_share, no_mean)

    def report(self) -> FairnessReport:
        figures = tuple(self._figures(label) for label in self.people if label)
        silent = (self._figures(""),) if "" in self.people else ()
        gaps = tuple(self._gaps())
        return FairnessReport(self._everyone(), (*figures, *silent), gaps, self._notes(len(gaps)))

    # The figures.

    def _figures(self, label: str) -> GroupFigures:
        name = label or NOT_SAID
        if label in self.no_count:
            return GroupFigures(name, None, None, None, None, f"{name}: {self._too_few()}.")
        return self._shown(
            name,
            self.people[label],
            self.scores[label],
            share=label not in self.no_share,
            middle=label not in self.no_mean,
        )

    def _everyone(self) -> GroupFigures:
        people, scores = sum(self.people.values()), [score for own in self.scores.values() for score in own]
        if people < self.least:
            return GroupFigures("Everyone", None, None, None, None, f"Everyone: {self._too_few()}.")
        share = shown_total(_sides(self.people, self.scores), (self.least, self.least, LEAST_BASE))
        middle = len(scores) >= max(self.least, LEAST_FOR_MEAN)
        return self._shown("Everyone", people, scores, share=share, middle=middle)

    def _shown(self, name: str, people: int, scores: list[float], *, share: bool, middle: bool) -> GroupFigures:
        placed = wilson(len(scores), people).rounded(100) if share else None
        score = mean(scores).within(0, 10_000).rounded(0.01) if middle else None
        median = round(statistics.median(scores) / 100) if middle else None
        sentence = f"{name}: about {rounded(people)} people. {self._share(placed)} {self._fit(score, median)}"
        return GroupFigures(name, rounded(people), placed, score, median, sentence)

    def _too_few(self) -> str:
        return f"fewer than {self.least} people, or not shown so that fewer than {self.least} cannot be worked out"

    def _share(self, placed: Interval | None) -> str:
        if placed is None:
            return (
                f"With a mentor: not shown, since fewer than {self.least} people have one or have none, the group "
                f"has fewer than {LEAST_BASE}, or one like that could be worked out."
            )
        return f"With a mentor: {placed.value:.0f}% (95% interval {placed.low:.0f}% to {placed.high:.0f}%)."

    def _fit(self, score: Interval | None, median: int | None) -> str:
        if score is None:
            least = max(self.least, LEAST_FOR_MEAN)
            return f"Fit: not shown, since fewer than {least} people have a mentor, or could be worked out."
        interval = f"95% interval {score.low:.0f} to {score.high:.0f}"
        return f"Fit: {score.value:.0f} of 100 on average ({interval}), median {median}."

    # The gaps.

    def _gaps(self) -> list[Gap]:
        pairs = list(combinations([label for label in self.people if label], 2))
        shares = [self._share_gap(*pair) for pair in pairs if not self.no_share & set(pair)]
        return shares + [self._score_gap(*pair) for pair in pairs if not self.no_mean & set(pair)]

    def _share_gap(self, one: str, other: str) -> Gap:
        difference = difference_of_shares(*((len(self.scores[x]), self.people[x]) for x in (one, other)))
        return _gap(one, other, "placed", difference.rounded(100))

    def _score_gap(self, one: str, other: str) -> Gap:
        return _gap(one, other, "score", difference_of_means(self.scores[one], self.scores[other]).rounded(0.01))

    def _notes(self, gaps: int) -> tuple[str, ...]:
        notes = [
            "Counts are rounded to the nearest 5 and other figures to whole numbers, so they may not add up.",
            f"What rests on fewer than {self.least} people is not shown.",
            "Scores come from the criteria and weights of this matching. A gap does not say what it comes from.",
        ]
        if gaps > 1:
            notes.append(f"Of {gaps} comparisons, about 1 in 20 would look like more than chance by chance alone.")
        return tuple(notes)


def _sides(people: Mapping[str, int], scores: Mapping[str, list[float]]) -> dict[str, tuple[int, ...]]:
    """Return for each group who has a mentor, who has none, and all."""
    return {label: (len(scores[label]), count - len(scores[label]), count) for label, count in people.items()}


def _score_of_each(result: Result) -> dict[str, float]:
    """Return the mean score of each mentee's pairs, by id."""
    own: dict[str, list[int]] = {}
    for pair in result.solution.pairs:
        own.setdefault(pair.mentee, []).append(pair.score)
    return {mentee: sum(scores) / len(scores) for mentee, scores in own.items()}


def _gap(one: str, other: str, measure: Literal["placed", "score"], difference: Interval) -> Gap:
    verb, more, less = WORDS[measure]
    points = abs(round(difference.value))
    size = "1 point" if points == 1 else f"{points} points"
    how = f"{size} {more if difference.value > 0 else less} than" if points else "as much as"
    chance = (
        "The interval includes 0: chance alone could make such a difference"
        if difference.holds_zero
        else "The interval does not include 0: chance alone would seldom make such a difference"
    )
    sentence = f"{one} {verb} {how} {other} (95% interval {difference.low:.0f} to {difference.high:.0f}). {chance}."
    return Gap(one, other, measure, difference, sentence)
