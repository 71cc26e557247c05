"""Peers: people of one side in pairs who mentor each other, as many as can be and as well as can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from alongside.engine.circles.groups import LARGEST
from alongside.engine.solving.integer import Goal, Proof, Rows, maximise
from alongside.engine.values.problem import ProblemError

Two = tuple[str, str]
"""Two people by id, the first by the alphabet first."""


@dataclass(frozen=True, slots=True)
class Together:
    """Hold people who are to mentor each other, by id, and the mean `score` of any two of them, 0 to 10,000."""

    members: tuple[str, ...]
    score: int


@dataclass(frozen=True, slots=True)
class Peers:
    """Hold who is together, by the first of them, whoever is left over, by id, and the proof of the pairs.

    The aims of the proof are `people` in a pair, then `fit`, the sum of the scores of the pairs.
    """

    together: tuple[Together, ...]
    left: tuple[str, ...]
    proof: Proof


def pair_peers(
    people: tuple[str, ...],
    scores: Mapping[Two, int],
    *,
    most: int = 2,
    seconds: float = 10.0,
    largest: int = LARGEST,
) -> Peers:
    """Pair people of one side: as many as can be, then the best fit (a maximum-weight matching of a general graph).

    Where `most` is more than 2, whoever is left over joins the pair they fit best, one to a pair, if they may be with
    both of it.

    The pairs are exact and proven up to `largest` possible ones and within about `seconds`. Beyond, they are the
    better of what the solver found and a greedy choice, and the proof states the gap.

    :param scores: how well two fit, 0 to 10,000, by their ids in order; who may not be together is left out.
    :raises ProblemError: if somebody is there twice, or a score names two out of order or somebody unknown.
    """
    if len(set(people)) != len(people):
        raise ProblemError("Somebody is among the peers twice; each has one place.")
    for first, second in scores:
        if first >= second or not {first, second} <= set(people):
            raise ProblemError(f"A score names “{first}” and “{second}”; name two of the people, in order.")
    pairs, proof = _Pairing(tuple(sorted(scores)), scores).made(seconds, largest)
    together = {pair: list(pair) for pair in pairs}
    placed = {person for pair in pairs for person in pair}
    for person in sorted(set(people) - placed):
        if most > 2 and (pair := _joined(person, together, scores)):
            together[pair].append(person)
            placed.add(person)
    made = (Together(tuple(sorted(members)), _mean(members, scores)) for members in together.values())
    left = tuple(sorted(set(people) - placed))
    return Peers(tuple(sorted(made, key=lambda each: each.members)), left, proof)


def _joined(person: str, together: Mapping[Two, list[str]], scores: Mapping[Two, int]) -> Two | None:
    """Return the pair with which somebody fits best, of those that are still two; None where they may join none."""
    fits = {
        pair: sum(scores[_two(person, each)] for each in pair)
        for pair, members in together.items()
        if len(members) == len(pair) and all(_two(person, each) in scores for each in pair)
    }
    return max(sorted(fits), key=lambda pair: fits[pair], default=None)


def _two(one: str, other: str) -> Two:
    return (one, other) if one < other else (other, one)


def _mean(members: list[str], scores: Mapping[Two, int]) -> int:
    found = [scores[_two(one, other)] for place, one in enumerate(members) for other in members[place + 1 :]]
    return round(sum(found) / len(found))


@dataclass(frozen=True)
class _Pairing:
    """Hold the pairs that may be made, in order, and their scores."""

    pairs: tuple[Two, ...]
    scores: Mapping[Two, int]

    def made(self, seconds: float, largest: int) -> tuple[list[Two], Proof]:
        greedy = self._greedy()
        people = len({person for pair in self.pairs for person in pair}) // 2 * 2
        if not self.pairs or len(self.pairs) > largest:
            return greedy, self._proof(greedy, people, self._easy_bound(), exact=not self.pairs)
        placed, people = self._most_people(greedy, people, seconds / 2)
        best, fit = self._best_fit(placed, seconds / 2)
        return best, self._proof(best, people, min(fit, self._easy_bound()), exact=True)

    def _easy_bound(self) -> int:
        """Return the fit if everybody were with the one who fits them best: half of each one's best."""
        best: dict[str, int] = {}
        for pair in self.pairs:
            for person in pair:
                best[person] = max(self.scores[pair], best.get(person, 0))
        return sum(best.values()) // 2

    def _proof(self, chosen: list[Two], people: int, fit: int, *, exact: bool) -> Proof:
        _, value = self._worth(chosen)
        return Proof((Goal("people", 2 * len(chosen), people), Goal("fit", value, max(value, fit))), exact)

    def _most_people(self, greedy: list[Two], most: int, seconds: float) -> tuple[list[Two], int]:
        if 2 * len(greedy) == most:
            return greedy, most
        chosen, bound = self._solved([1] * len(self.pairs), self._rows, seconds)
        return max(chosen, greedy, key=self._worth), min(most, max(2 * bound, 2 * len(greedy)))

    def _best_fit(self, placed: list[Two], seconds: float) -> tuple[list[Two], int]:
        rows = self._constraints()
        rows.add(range(len(self.pairs)), [1] * len(self.pairs), low=len(placed))
        chosen, bound = self._solved([self.scores[pair] for pair in self.pairs], rows, seconds)
        return max(chosen, placed, key=self._worth), bound

    def _solved(self, gains: list[int], rows: Rows, seconds: float) -> tuple[list[Two], int]:
        found = maximise(gains, rows, seconds=seconds)
        taken = found.chosen
        return [] if taken is None else [p for place, p in enumerate(self.pairs) if taken[place]], found.bound

    @cached_property
    def _rows(self) -> Rows:
        return self._constraints()

    def _constraints(self) -> Rows:
        """Let nobody be in two pairs."""
        rows, places = Rows.none(), dict[str, list[int]]()
        for place, pair in enumerate(self.pairs):
            for person in pair:
                places.setdefault(person, []).append(place)
        for own in places.values():
            rows.limit(own, 1)
        return rows

    def _greedy(self) -> list[Two]:
        chosen: list[Two] = []
        taken: set[str] = set()
        for pair in sorted(self.pairs, key=lambda pair: (-self.scores[pair], pair)):
            if taken.isdisjoint(pair):
                chosen.append(pair)
                taken.update(pair)
        return sorted(chosen)

    def _worth(self, chosen: list[Two]) -> tuple[int, int]:
        return len(chosen), sum(self.scores[pair] for pair in chosen)
