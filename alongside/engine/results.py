"""What a matching gives back: the pairs, who is left, and the proof."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Pair a mentee with a mentor, by id; `score` is in hundredths of a per cent, 0 to 10,000."""

    mentee: str
    mentor: str
    score: int


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Say why a mentee has nobody: `reason` for machines, `sentence` for people.

    `reason` is one of "not_cleared", "no_allowed_mentor", "places_full".
    """

    person: str
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FreePlaces:
    """Count the places a cleared mentor still has."""

    mentor: str
    places: int


@dataclass(frozen=True, slots=True)
class Solution:
    """Hold the pairs, the mentees without anyone, and the mentors with room, each sorted by id."""

    pairs: tuple[Pair, ...]
    unmatched: tuple[Unmatched, ...]
    unused: tuple[FreePlaces, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """Prove a solution: no arrangement is worth more than `bound`, and this one is worth `value`.

    `placed` counts mentees with a mentor; `quality` sums the scores. `value` and `bound` are in points
    of the objective, which counts people placed so high that no quality outweighs one of them. The prices
    are the dual solution: what one more place with a mentor would add, and what a mentee gains at these
    prices. `fingerprint` names the problem (SHA-256 of its canonical form).
    """

    placed: int
    quality: int
    bound: int
    value: int
    mentee_prices: tuple[tuple[str, int], ...]
    mentor_prices: tuple[tuple[str, int], ...]
    fingerprint: str

    @property
    def proven(self) -> bool:
        """Tell whether no other arrangement is worth more."""
        return self.value == self.bound


@dataclass(frozen=True, slots=True)
class Result:
    """Hold a solution and its proof together."""

    solution: Solution
    certificate: Certificate
