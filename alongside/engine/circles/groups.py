"""Several mentors for one group, chosen together so that between them they cover what the group needs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import maximum_flow

from alongside.engine.circles.coverage import WELL, points, shares, strength
from alongside.engine.solving.integer import Goal, Proof, Rows, maximise
from alongside.engine.values.people import Person, Topic
from alongside.engine.values.problem import ProblemError

Allowed = Callable[[str, str], bool]
"""Whether a mentee (or a group without members), by id, may have a mentor, by id."""

LARGEST = 100_000
"""More choices (a mentor for a group, or for one of its needs) than this are made greedily."""


@dataclass(frozen=True, slots=True)
class Group:
    """Describe a group that is to have up to `size` mentors; `members` are ids of its people.

    :raises ProblemError: if the group has no id, no room for a mentor, or a need without a weight above 0.
    """

    id: str
    needs: tuple[Topic, ...]
    members: tuple[str, ...] = ()
    size: int = 1

    def __post_init__(self) -> None:
        if not self.id:
            raise ProblemError("A group has no id; each needs one of its own.")
        if self.size < 1:
            raise ProblemError(f"The group {self.id} is to have {self.size} mentors; it must be 1 or more.")
        for need in self.needs:
            if not (math.isfinite(need.weight) and need.weight > 0):
                raise ProblemError(f"{self.id} gives “{need.label}” the weight {need.weight}; it must be above 0.")


@dataclass(frozen=True, slots=True)
class CoveredNeed:
    """Say who covers a need best, by id (None for nobody), in `points` of `out_of`, and in words."""

    need: str
    mentor: str | None
    points: int
    out_of: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Team:
    """Hold the mentors of a group, by id; `coverage` is the share of its needs they cover, 0 to 10,000."""

    group: str
    mentors: tuple[str, ...]
    coverage: int
    needs: tuple[CoveredNeed, ...]


@dataclass(frozen=True, slots=True)
class GroupMatching:
    """Hold a team for every group, sorted by id, and the proof.

    The aims of the proof are, in this order: `groups` with any mentor, `places` filled, and `coverage`,
    the sum over the groups.
    """

    teams: tuple[Team, ...]
    proof: Proof


def mentors_for_groups(
    groups: tuple[Group, ...],
    mentors: tuple[Person, ...],
    *,
    allowed: Allowed,
    seconds: float = 30.0,
    largest: int = LARGEST,
) -> GroupMatching:
    """Choose mentors for all groups at once: no group without any first, then places filled, then coverage.

    Coverage counts for every need of a group, by its weight, the best of the group's mentors (the facility
    location problem: Cornuéjols, Fisher, Nemhauser 1977), so that mentors are chosen who complete each other. A
    mentor serves as many groups as they have capacity, never the group they belong to.

    The answer is exact and proven up to `largest` choices and within about `seconds`. Beyond, it is the better
    of what the solver found and a greedy choice, and the proof states the gap. An answer cut short by time may
    differ between machines.

    :param allowed: asked for each member of a group, or for the group's id where it names no members.
    :raises ProblemError: if two groups or two mentors have one id.
    """
    check_ids("groups", [group.id for group in groups])
    check_ids("mentors", [mentor.id for mentor in mentors])
    by_id = sorted(groups, key=lambda group: group.id)
    free = sorted((m for m in mentors if m.cleared and m.capacity > 0), key=lambda mentor: mentor.id)
    return _Choice(tuple(by_id), tuple(free), allowed).made(seconds, largest)


def covered_by(group: Group, mentors: tuple[Person, ...]) -> Team:
    """Say how well mentors who are chosen already cover what a group needs, need by need."""
    return _team(group, sorted(mentors, key=lambda mentor: mentor.id))


def check_ids(what: str, ids: list[str]) -> None:
    """Check that no two have one id.

    :raises ProblemError: if two have.
    """
    for identifier, count in Counter(ids).items():
        if count > 1:
            raise ProblemError(f"{count} {what} have the id “{identifier}”; each needs one of its own.")


def _may_have(group: Group, mentor: Person, allowed: Allowed) -> bool:
    if {mentor.id, mentor.account or mentor.id} & set(group.members):
        return False
    return all(allowed(member, mentor.id) for member in group.members or (group.id,))


@dataclass(frozen=True)
class _Choice:
    """Hold all pairs of a group and a mentor that may be made, as places in their tuples, and what each covers."""

    groups: tuple[Group, ...]
    mentors: tuple[Person, ...]
    allowed: Allowed

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        return [
            (row, column)
            for row, group in enumerate(self.groups)
            for column, mentor in enumerate(self.mentors)
            if _may_have(group, mentor, self.allowed)
        ]

    @cached_property
    def points(self) -> dict[tuple[int, int], tuple[int, ...]]:
        return {at: points(self.groups[at[0]].needs, self.mentors[at[1]]) for at in self.pairs}

    @cached_property
    def parts(self) -> list[tuple[int, int, int]]:
        """Return (place among the pairs, need, points) wherever a mentor covers anything of a need."""
        return [
            (place, need, gain)
            for place, at in enumerate(self.pairs)
            for need, gain in enumerate(self.points[at])
            if gain
        ]

    def made(self, seconds: float, largest: int) -> GroupMatching:
        most = (self._flow([1] * len(self.groups)), self._flow([group.size for group in self.groups]))
        greedy, bound = self._greedy(), self._easy_bound()
        exact = 0 < len(self.pairs) + len(self.parts) <= largest
        if not exact:
            return self._matching(greedy, most, bound, exact=not self.pairs)
        found, proven = self._solved(most, seconds)
        best = greedy if found is None else max(found, greedy, key=self._worth)
        return self._matching(best, most, min(bound, proven), exact=True)

    # What can be reached at all.

    def _flow(self, wanted: list[int]) -> int:
        """Return how many places can be filled: a largest flow from groups to mentors, exact in whole numbers."""
        if not self.pairs:
            return 0
        groups, mentors = len(self.groups), len(self.mentors)
        end = groups + mentors + 1
        edges = [(0, 1 + row, count) for row, count in enumerate(wanted)]
        edges += [(1 + row, 1 + groups + column, 1) for row, column in self.pairs]
        edges += [(1 + groups + column, end, min(m.capacity, groups)) for column, m in enumerate(self.mentors)]
        start, stop, room = (np.array(each, dtype=np.int32) for each in zip(*edges, strict=True))
        return int(maximum_flow(sparse.csr_array((room, (start, stop)), shape=(end + 1, end + 1)), 0, end).flow_value)

    def _easy_bound(self) -> int:
        """Return the coverage if every need had the best mentor for it, whoever else needs them."""
        best: dict[tuple[int, int], int] = {}
        for place, need, gain in self.parts:
            at = (self.pairs[place][0], need)
            best[at] = max(gain, best.get(at, 0))
        return sum(best.values())

    # The exact choice.

    def _solved(self, most: tuple[int, int], seconds: float) -> tuple[list[tuple[int, int]] | None, int]:
        """Return the pairs of the best coverage among the choices that fill most, and the bound.

        The variables are one for each pair, one for each part of a need that a pair could answer for (whole
        as soon as the pairs are), and one for each group that has anyone.
        """
        pairs, parts = len(self.pairs), len(self.parts)
        gains = [0] * pairs + [gain for _, _, gain in self.parts] + [0] * len(self.groups)
        whole = [1] * pairs + [0] * parts + [1] * len(self.groups)
        found = maximise(gains, self._rows(most), seconds=seconds, whole=whole)
        chosen = found.chosen
        if chosen is None:
            return None, found.bound
        return [at for place, at in enumerate(self.pairs) if chosen[place]], found.bound

    def _rows(self, most: tuple[int, int]) -> Rows:
        rows = Rows.none()
        pairs, first_group = len(self.pairs), len(self.pairs) + len(self.parts)
        for column, mentor in enumerate(self.mentors):
            rows.limit([place for place, at in enumerate(self.pairs) if at[1] == column], mentor.capacity)
        for row, group in enumerate(self.groups):
            own = [place for place, at in enumerate(self.pairs) if at[0] == row]
            rows.limit(own, group.size)
            rows.add([*own, first_group + row], [1] * len(own) + [-1], low=0)
        self._add_parts(rows)
        rows.add(range(first_group, first_group + len(self.groups)), [1] * len(self.groups), low=most[0])
        rows.add(range(pairs), [1] * pairs, low=most[1])
        return rows

    def _add_parts(self, rows: Rows) -> None:
        """Let a part count only with its pair, and of the parts of one need only one."""
        answers: dict[tuple[int, int], list[int]] = {}
        for place, (pair, need, _) in enumerate(self.parts, start=len(self.pairs)):
            rows.add([place, pair], [1, -1], high=0)
            answers.setdefault((self.pairs[pair][0], need), []).append(place)
        for places in answers.values():
            rows.limit(places, 1)

    # The greedy choice.

    def _greedy(self) -> list[tuple[int, int]]:
        """Take the pair that adds most again and again, groups that have nobody yet before others.

        What a pair adds only ever falls, so one whose old worth is still on top once measured anew is the next
        (lazy evaluation: Minoux 1978).
        """
        left = [mentor.capacity for mentor in self.mentors]
        teams: dict[int, list[int]] = {row: [] for row in range(len(self.groups))}
        best = {row: [0] * len(group.needs) for row, group in enumerate(self.groups)}
        queue = [(False, -self._gain(best, at), at) for at in self.pairs]
        heapify(queue)
        while queue:
            *old, (row, column) = heappop(queue)
            if len(teams[row]) == self.groups[row].size or not left[column]:
                continue
            gain = self._gain(best, (row, column))
            if old != [bool(teams[row]), -gain]:
                heappush(queue, (bool(teams[row]), -gain, (row, column)))
                continue
            teams[row].append(column)
            left[column] -= 1
            best[row] = [max(both) for both in zip(best[row], self.points[row, column], strict=True)]
        return [(row, column) for row, team in teams.items() for column in sorted(team)]

    def _gain(self, best: dict[int, list[int]], at: tuple[int, int]) -> int:
        return sum(max(0, gain - have) for gain, have in zip(self.points[at], best[at[0]], strict=True))

    # What comes out.

    def _worth(self, made: list[tuple[int, int]]) -> tuple[int, int, int]:
        """Return the groups with anyone, the places filled and the coverage."""
        best: dict[tuple[int, int], int] = {}
        for at in made:
            for need, gain in enumerate(self.points[at]):
                best[at[0], need] = max(gain, best.get((at[0], need), 0))
        return len({row for row, _ in made}), len(made), sum(best.values())

    def _matching(
        self, made: list[tuple[int, int]], most: tuple[int, int], bound: int, *, exact: bool
    ) -> GroupMatching:
        served, places, coverage = self._worth(made)
        goals = (
            Goal("groups", served, most[0]),
            Goal("places", places, most[1]),
            Goal("coverage", coverage, max(coverage, bound)),
        )
        teams = tuple(
            _team(group, [self.mentors[column] for at, column in sorted(made) if at == row])
            for row, group in enumerate(self.groups)
        )
        return GroupMatching(teams, Proof(goals, exact))


def _team(group: Group, mentors: list[Person]) -> Team:
    """Explain a team: who covers each need best, the first by id where several do."""
    needs = tuple(
        _covered(group.needs[place], share, place, group, mentors) for place, share in enumerate(shares(group.needs))
    )
    return Team(group.id, tuple(mentor.id for mentor in mentors), sum(need.points for need in needs), needs)


def _covered(need: Topic, share: int, place: int, group: Group, mentors: list[Person]) -> CoveredNeed:
    gains = [points(group.needs, mentor)[place] for mentor in mentors]
    most = max(gains, default=0)
    if not most:
        return CoveredNeed(need.label, None, 0, share, f"{need.label}: covered by nobody")
    mentor = mentors[gains.index(most)]
    how = "covered by" if strength(need, mentor) >= WELL else "partly covered by the experience of"
    return CoveredNeed(need.label, mentor.id, most, share, f"{need.label}: {how} {mentor}")
