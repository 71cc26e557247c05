"""A problem's rules and criteria as arrays that a compiled loop reads, with the points of each criterion worked in.

Nothing is decided here: each form of `measuring.forms` is written down so that adding up its part for one pair
costs a few instructions. Whatever forbids a pair takes BAN away, so that a sum below 0 is a pair that may not be made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from alongside.engine.measuring import forms
from alongside.engine.measuring.forms import (
    HALF,
    Agreement,
    Bits,
    Codes,
    Distances,
    Kinds,
    Needs,
    Pairs,
    Points,
    Texts,
    Times,
)
from alongside.engine.scanning.texts import PackedWords, Sketch, Starts, packed, sketches
from alongside.engine.table import BoolArray, FloatArray, IntArray

BAN = 1 << 20
"""More points than any pair has, and far from overflowing when many rules forbid the same pair."""


ANYWHERE = 2**30
"""More metres than there are between two people, and fewer than stand for being out of reach."""


class KindTables(NamedTuple):
    """Hold L tables of points by kind: `points[at[l] + ours[l, i] * width[l] + codes[l, kind[j]]]` for a pair (i, j).

    Mentors who are alike in all tables share one of C kinds (`codes`: L by C), those of kind c being in the places
    `runs[c]` to `runs[c + 1]`.
    """

    kind: npt.NDArray[np.uint32]
    runs: IntArray
    codes: Codes
    ours: Codes
    points: Points
    at: IntArray
    width: IntArray


class NeedRows(NamedTuple):
    """Hold each mentee's needs, from `starts[i]` on: a row of `coverage` (rows by m), and the points it can give."""

    starts: IntArray
    row: Codes
    points: IntArray
    coverage: npt.NDArray[np.int16]


class TimeWords(NamedTuple):
    """Hold S sets of times as words, set s from `starts[s]` on; `points` (S by n by 4) for none to three in common."""

    starts: IntArray
    ours: Bits
    theirs: Bits
    points: Points


class Agreements(NamedTuple):
    """Hold R things on which both must agree, or must not (`same`), as codes (R by n, R by m)."""

    ours: Codes
    theirs: Codes
    same: BoolArray


class Exceptions(NamedTuple):
    """Hold what some pairs have beside all else, by mentee, from `starts[i]` on."""

    starts: IntArray
    mentor: Codes
    points: Points


class Travel(NamedTuple):
    """Hold where people are; mentees of one `place` are in the same spot. See `forms.Distances`."""

    place: Codes
    ours: FloatArray
    theirs: FloatArray
    our_remote: BoolArray
    their_remote: BoolArray
    our_limit: Points
    their_limit: Points
    bands: FloatArray
    points: Points
    half: Points


class Words(NamedTuple):
    """Hold the words of each text, from `starts` on: `word << WEIGHT_BITS | weight`, in one number to be read at once.

    Only words that both sides use; `most` is the greatest weight of theirs for each. Sketches (texts by groups) bound
    how alike two texts are (`texts.sketches`), and `longest` is what no sketch of theirs exceeds.
    """

    our_starts: Starts
    ours: PackedWords
    their_starts: Starts
    theirs: PackedWords
    most: Points
    share: IntArray
    our_sketch: Sketch
    their_sketch: Sketch
    longest: Sketch


class Plan(NamedTuple):
    """Hold what the scan reads of n mentees and m mentors.

    Mentors have places here, by kind, which no other module need know: `order` (m) is the column of the mentor in each.
    """

    order: Codes
    kinds: KindTables
    needs: NeedRows
    times: TimeWords
    agreements: Agreements
    exceptions: Exceptions
    travel: Travel
    words: Words
    least: IntArray

    @property
    def mentees(self) -> int:
        """Return n."""
        return len(self.travel.place)

    @property
    def mentors(self) -> int:
        """Return m."""
        return len(self.order)

    def by_column(self, by_place: Points) -> Points:
        """Return what stands by places (m, whatever follows) by columns."""
        found = np.empty_like(by_place)
        found[self.order] = by_place
        return found


@dataclass
class _Draft:
    """Collect the parts of a plan, form by form."""

    shape: tuple[int, int]
    kinds: list[tuple[Codes, Codes, Points]] = field(default_factory=list)
    times: list[tuple[Times, Points]] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    exceptions: list[tuple[IntArray, IntArray, Points]] = field(default_factory=list)
    needs: tuple[Needs, IntArray] | None = None
    distances: Distances | None = None
    place_share: int = 0
    texts: Texts | None = None
    text_share: int = 0

    def value(self, criterion: forms.Criterion, share: int) -> None:
        """Work in a criterion."""
        if isinstance(criterion, Kinds):
            self._table(criterion, forms.rounded(criterion.fits * np.int64(share)))
        elif isinstance(criterion, Needs):
            self._needs(criterion, share)
        elif isinstance(criterion, Times):
            self._times(criterion, forms.rounded(criterion.fits * np.int64(share)))
            self._half(criterion.unnamed, share, instead_of=share)
        elif isinstance(criterion, Distances):
            self.distances, self.place_share = criterion, share
        elif isinstance(criterion, Texts):
            self.texts, self.text_share = criterion, share
            self._half(criterion.unwritten, share, instead_of=0)
        elif isinstance(criterion, Pairs):
            self._pairs(criterion, share)
        else:
            raise TypeError(f"The plan does not know how to value {type(criterion).__name__}.")

    def forbid(self, rule: forms.Rule) -> None:
        """Work in a rule."""
        if isinstance(rule, Kinds):
            self._table(rule, _banned(rule.fits > 0))
        elif isinstance(rule, Agreement):
            self.agreements.append(rule)
        elif isinstance(rule, Times):
            self._times(rule, np.where(np.arange(forms.KNOWN_TIMES + 1) > 0, 0, -BAN) + 0 * rule.fits)
        elif isinstance(rule, Distances):
            self.distances = rule
        elif isinstance(rule, Pairs):
            self.except_for(rule.mentee, rule.mentor, _banned(rule.fits > 0))
        else:
            raise TypeError(f"The plan does not know how to enforce {type(rule).__name__}.")

    def except_for(self, mentees: IntArray, mentors: IntArray, points: Points) -> None:
        """Give some pairs points beside all else."""
        self.exceptions.append((mentees, mentors, points))

    def _table(self, kinds: Kinds, points: Points) -> None:
        if points.any():
            self.kinds.append((kinds.ours, kinds.theirs, points))

    def _half(self, unknown: Kinds, share: int, instead_of: int) -> None:
        """Give half the points where something is not known, instead of what the loop comes to there."""
        half = int(forms.rounded(np.array([share * HALF]))[0])
        self._table(unknown, np.where(unknown.fits > 0, half - instead_of, 0).astype(np.int32))

    def _needs(self, needs: Needs, share: int) -> None:
        self.needs = needs, needs.worths(share)
        without = Kinds(
            (np.diff(needs.starts) == 0).astype(np.int32), np.zeros(self.shape[1], np.int32), np.zeros((2, 1), np.int32)
        )
        half = forms.rounded(np.array([[0], [share * HALF]]))
        self._table(without, half)

    def _times(self, times: Times, points: Points) -> None:
        for number, (known, before) in enumerate(self.times):
            if known is times:
                self.times[number] = known, before + points
                return
        self.times.append((times, points))

    def _pairs(self, pairs: Pairs, share: int) -> None:
        self._table(pairs.otherwise, forms.rounded(pairs.otherwise.fits * np.int64(share)))
        others = pairs.otherwise.fits[pairs.otherwise.ours[pairs.mentee], pairs.otherwise.theirs[pairs.mentor]]
        usual = forms.rounded(others * np.int64(share))
        self.except_for(pairs.mentee, pairs.mentor, forms.rounded(pairs.fits * np.int64(share)) - usual)


def _banned(allowed: BoolArray) -> Points:
    return np.where(allowed, 0, -BAN).astype(np.int32)


def draw_up(
    shape: tuple[int, int],
    criteria: Iterable[tuple[forms.Criterion, int]],
    rules: Iterable[forms.Rule],
    *,
    apart: tuple[IntArray, IntArray],
    least: int = 0,
) -> Plan:
    """Write down criteria with their shares (points out of 10,000), and rules.

    :param apart: rows and columns of pairs that may not be made, whatever the rules say.
    :param least: the score below which a pair may not be made.
    """
    draft = _Draft(shape)
    for criterion, share in criteria:
        draft.value(criterion, share)
    for rule in rules:
        draft.forbid(rule)
    draft.except_for(*apart, np.full(len(apart[0]), -BAN, dtype=np.int32))
    plan = Plan(
        np.arange(shape[1], dtype=np.int32),
        _kinds(draft),
        _needs(draft),
        _times(draft),
        _agreements(draft),
        _exceptions(draft),
        _travel(draft),
        _words(draft),
        np.array([least], dtype=np.int64),
    )
    by_kind = np.argsort(plan.kinds.kind, kind="stable")
    return _with(plan, by_kind, by_kind)


def _kinds(draft: _Draft) -> KindTables:
    n, m = draft.shape
    kinds = draft.kinds or [(np.zeros(n, np.int32), np.zeros(m, np.int32), np.zeros((1, 1), np.int32))]
    codes, kind = np.unique(np.stack([theirs for _, theirs, _ in kinds]), axis=1, return_inverse=True)
    sizes = [points.size for _, _, points in kinds]
    return KindTables(
        kind.reshape(-1).astype(np.uint32),
        np.zeros(codes.shape[1] + 1, np.int64),
        np.ascontiguousarray(codes, dtype=np.int32),
        np.stack([ours for ours, _, _ in kinds]).astype(np.int32),
        np.concatenate([points.ravel() for _, _, points in kinds]).astype(np.int32),
        np.cumsum([0, *sizes[:-1]]).astype(np.int64),
        np.array([points.shape[1] for _, _, points in kinds], dtype=np.int64),
    )


def _needs(draft: _Draft) -> NeedRows:
    n, m = draft.shape
    if draft.needs is None:
        none = np.zeros(0, np.int64)
        return NeedRows(np.zeros(n + 1, np.int64), none.astype(np.int32), none, np.zeros((0, m), np.int16))
    needs, points = draft.needs
    return NeedRows(needs.starts, needs.row, points, needs.coverage)


def _times(draft: _Draft) -> TimeWords:
    n, m = draft.shape
    sets = draft.times
    points = np.array([points for _, points in sets], dtype=np.int32)
    return TimeWords(
        np.cumsum([0, *(len(times.ours) for times, _ in sets)]).astype(np.int64),
        np.concatenate([np.zeros((0, n), np.uint32), *(times.ours for times, _ in sets)]),
        np.concatenate([np.zeros((0, m), np.uint32), *(times.theirs for times, _ in sets)]),
        points.reshape(len(sets), n, forms.KNOWN_TIMES + 1),
    )


def _agreements(draft: _Draft) -> Agreements:
    n, m = draft.shape
    return Agreements(
        np.array([each.ours for each in draft.agreements], dtype=np.int32).reshape(len(draft.agreements), n),
        np.array([each.theirs for each in draft.agreements], dtype=np.int32).reshape(len(draft.agreements), m),
        np.array([each.same for each in draft.agreements], dtype=np.bool_),
    )


def _exceptions(draft: _Draft) -> Exceptions:
    mentee, mentor, points = (_joined([each[part] for each in draft.exceptions]) for part in range(3))
    order = np.lexsort((mentor, mentee))
    starts = np.searchsorted(mentee[order], np.arange(draft.shape[0] + 1)).astype(np.int64)
    return Exceptions(starts, mentor[order].astype(np.int32), points[order].astype(np.int32))


def _joined(arrays: Sequence[npt.NDArray[Any]]) -> IntArray:
    return np.concatenate([np.zeros(0, np.int64), *arrays]).astype(np.int64)


def _travel(draft: _Draft) -> Travel:
    known = draft.distances or _nowhere(*draft.shape)
    _, place = np.unique(np.nan_to_num(known.ours, nan=-1.0), axis=0, return_inverse=True)
    return Travel(
        place.reshape(-1).astype(np.int32),
        known.ours,
        np.ascontiguousarray(known.theirs.T),
        known.our_remote,
        known.their_remote,
        np.minimum(known.our_limit, ANYWHERE).astype(np.int32),
        np.minimum(known.their_limit, ANYWHERE).astype(np.int32),
        known.bands.astype(np.float64),
        forms.rounded(known.fits * np.int64(draft.place_share)),
        forms.rounded(np.array([HALF * draft.place_share])),
    )


def _nowhere(n: int, m: int) -> Distances:
    """Return the distances of people of whom no place is known."""
    unknown, never, far = np.full((1, 3), np.nan), np.zeros(1, np.bool_), np.array([2**40])
    places, remote, limits = ((np.repeat(one, n, axis=0), np.repeat(one, m, axis=0)) for one in (unknown, never, far))
    return Distances(*places, *remote, *limits, np.zeros(0, np.int64), np.zeros(1, np.int32))


def _words(draft: _Draft) -> Words:
    n, m = draft.shape
    share = np.array([draft.text_share], dtype=np.int64)
    if draft.texts is None or not draft.text_share:
        none, blank = np.zeros(0, np.uint32), np.zeros(0, np.uint8)
        starts = np.zeros(n + 1, np.uint64), np.zeros(m + 1, np.uint64)
        sketch = np.zeros((n, 0), np.uint8), np.zeros((m, 0), np.uint8)
        return Words(starts[0], none, starts[1], none, np.zeros(0, np.int32), share, *sketch, blank)
    ours, theirs = draft.texts.ours, draft.texts.theirs
    common = np.flatnonzero(_held(ours) & _held(theirs))
    ours, theirs = ours[:, common], theirs[:, common]
    most = np.zeros(len(common), dtype=np.int32)
    np.maximum.at(most, theirs.indices, theirs.data)
    sketch = sketches(ours, theirs)
    starts = ours.indptr.astype(np.uint64), theirs.indptr.astype(np.uint64)
    longest = sketch[1].max(axis=0, initial=0)
    return Words(starts[0], packed(ours), starts[1], packed(theirs), most, share, *sketch, longest)


def _held(table: sparse.csr_array) -> BoolArray:
    """Mark the words that any text has."""
    return np.asarray(np.bincount(table.indices, minlength=table.shape[1]) > 0)


def columns_of(plan: Plan, columns: IntArray) -> Plan:
    """Return the plan of some mentors only (sorted), in their order."""
    place = np.searchsorted(columns, plan.order)
    kept = np.flatnonzero(columns[np.minimum(place, len(columns) - 1)] == plan.order)
    return _with(plan, kept, place[kept])


def _with(plan: Plan, places: IntArray, columns: IntArray) -> Plan:
    """Return the plan of the mentors in some places, in this order by kind, as these columns."""
    words, kind = plan.words, plan.kinds.kind[places]
    before = words.their_starts.astype(np.int64)
    lengths = np.diff(before)[places]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    at = np.repeat(before[places] - starts[:-1], lengths) + np.arange(starts[-1])
    return Plan(
        columns.astype(np.int32),
        plan.kinds._replace(kind=kind, runs=np.searchsorted(kind, np.arange(len(plan.kinds.runs))).astype(np.int64)),
        plan.needs._replace(coverage=np.ascontiguousarray(plan.needs.coverage[:, places])),
        plan.times._replace(theirs=np.ascontiguousarray(plan.times.theirs[:, places])),
        plan.agreements._replace(theirs=np.ascontiguousarray(plan.agreements.theirs[:, places])),
        _exceptions_with(plan.exceptions, plan.mentors, places),
        plan.travel._replace(
            theirs=np.ascontiguousarray(plan.travel.theirs[:, places]),
            their_remote=plan.travel.their_remote[places],
            their_limit=plan.travel.their_limit[places],
        ),
        words._replace(
            their_starts=starts.astype(np.uint64), theirs=words.theirs[at], their_sketch=words.their_sketch[places]
        ),
        plan.least,
    )


def _exceptions_with(exceptions: Exceptions, mentors: int, places: IntArray) -> Exceptions:
    to = np.full(mentors, -1, dtype=np.int32)
    to[places] = np.arange(len(places))
    kept = np.flatnonzero(to[exceptions.mentor] >= 0)
    starts = np.searchsorted(kept, exceptions.starts).astype(np.int64)
    return Exceptions(starts, to[exceptions.mentor[kept]], exceptions.points[kept])
