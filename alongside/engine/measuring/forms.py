"""How a rule or a criterion holds what it knows of all pairs without holding a number for each pair.

A country has four thousand million pairs, so nothing here is a table of mentees by mentors. Each form is small, and
gives the fit of any block of pairs when asked. A fit is a whole number from 0 to ONE, and points are whole numbers:
sums come out the same on every machine, in any order, compiled or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy import sparse

from alongside.engine.table import BoolArray, FloatArray, IntArray

ONE_BITS = 14
ONE = 1 << ONE_BITS
"""A perfect fit. A power of two, so that points are rounded by a shift."""

HALF = ONE // 2
"""The fit where something is not known: it neither recommends a pair nor speaks against it."""

Codes = npt.NDArray[np.int32]
Points = npt.NDArray[np.int32]
Bits = npt.NDArray[np.uint32]

KNOWN_TIMES = 3
"""Times in common are counted up to here."""


def quantised(share: npt.ArrayLike) -> Points:
    """Return shares from 0 to 1 as fits from 0 to ONE."""
    return np.rint(np.asarray(share, dtype=np.float64) * ONE).astype(np.int32)


def rounded(points: npt.NDArray[np.int64] | Points) -> Points:
    """Return products of points and fits as whole points, half a point rounded up."""
    return np.asarray((points + HALF) >> ONE_BITS, dtype=np.int32)


class Criterion(Protocol):
    """Give what a criterion is worth to pairs."""

    def points(self, share: int, rows: IntArray, columns: IntArray) -> Points:
        """Return (rows by columns) the points of pairs, 0 to `share`."""


class Rule(Protocol):
    """Say which pairs a rule allows."""

    def allows(self, rows: IntArray, columns: IntArray) -> BoolArray:
        """Mark (rows by columns) the pairs that are allowed."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Judge by what kind of mentee and mentor they are: `fits[ours[i], theirs[j]]`, from 0 to ONE.

    Serves wherever few different things can be said: sectors, levels, languages. As a rule, a fit above 0 allows.
    """

    ours: Codes
    theirs: Codes
    fits: Points

    def points(self, share: int, rows: IntArray, columns: IntArray) -> Points:
        """Return (rows by columns) the points of pairs."""
        return rounded(self.fits[self.ours[rows][:, None], self.theirs[columns]] * np.int64(share))

    def allows(self, rows: IntArray, columns: IntArray) -> BoolArray:
        """Mark (rows by columns) the pairs of kinds that go together."""
        return np.asarray(self.fits[self.ours[rows][:, None], self.theirs[columns]] > 0)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Compare what both said of one thing, as codes, -1 where nothing was said; both the same, or not both the same."""

    ours: Codes
    theirs: Codes
    same: bool

    def allows(self, rows: IntArray, columns: IntArray) -> BoolArray:
        """Mark (rows by columns) the pairs who agree, or who do not."""
        ours, theirs = self.ours[rows][:, None], self.theirs[columns]
        agree = (ours == theirs) & (ours >= 0)
        return np.asarray(agree if self.same else ~agree)


@dataclass(frozen=True, slots=True)
class Needs:
    """Add up how well a mentor covers each need of a mentee.

    Mentee i has the needs `starts[i]` to `starts[i + 1]`: each names a row of `coverage` (rows by mentors, 0 to ONE)
    and has a weight. A mentor who said nothing covers one half of anything; a mentee without needs is half served by
    everyone.
    """

    starts: IntArray
    row: Codes
    weight: FloatArray
    coverage: npt.NDArray[np.int16]

    def points(self, share: int, rows: IntArray, columns: IntArray) -> Points:
        """Return (rows by columns) the points of pairs, the share divided between a mentee's needs by weight."""
        mine = self.of(rows)
        worth, counts = mine.worths(share), np.diff(mine.starts)
        total = np.zeros((len(rows), len(columns)), dtype=np.int32)
        for place in range(int(counts.max(initial=0))):
            having = np.flatnonzero(counts > place)
            need = mine.starts[having] + place
            covered = self.coverage[np.ix_(mine.row[need], columns)].astype(np.int64)
            total[having] += rounded(worth[need][:, None] * covered)
        total[counts == 0] = rounded(np.array([share * HALF]))
        return total

    def of(self, rows: IntArray) -> Needs:
        """Return the needs of some mentees only, in their order."""
        counts = np.diff(self.starts)[rows]
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        places = np.repeat(self.starts[rows] - starts[:-1], counts) + np.arange(starts[-1])
        return Needs(starts, self.row[places], self.weight[places], self.coverage)

    def worths(self, share: int) -> IntArray:
        """Return the points each need can give: the share divided by weight within each mentee, adding up exactly."""
        counts = np.diff(self.starts)
        owner = np.repeat(np.arange(len(counts)), counts)
        total = np.bincount(owner, weights=self.weight, minlength=len(counts))
        exact = share * self.weight / total[owner]
        whole = np.floor(exact).astype(np.int64)
        left = share - np.bincount(owner, weights=whole, minlength=len(counts)).astype(np.int64)
        order = np.lexsort((whole - exact, owner))
        rank = np.empty(len(owner), dtype=np.int64)
        rank[order] = np.arange(len(owner)) - self.starts[owner]
        return np.asarray(whole + (rank < left[owner]))


@dataclass(frozen=True, slots=True)
class Times:
    """Count the times at which both are free, up to three. Times are bits of one or more words (words by people).

    `fits` (mentees by 4) is the fit for none, one, two, three times or more. Who named no times has every bit set;
    `unnamed` says who, and such pairs are half fits.
    """

    ours: Bits
    theirs: Bits
    fits: Points
    unnamed: Kinds

    def points(self, share: int, rows: IntArray, columns: IntArray) -> Points:
        """Return (rows by columns) the points of pairs."""
        known = rounded(np.take_along_axis(self.fits[rows], self.common(rows, columns), axis=1) * np.int64(share))
        half = rounded(np.array([share * HALF]))
        return np.where(self.unnamed.allows(rows, columns), half, known)

    def allows(self, rows: IntArray, columns: IntArray) -> BoolArray:
        """Mark (rows by columns) the pairs with a time in common, or of whom one named none."""
        return np.asarray(self.common(rows, columns) > 0)

    def common(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Count (rows by columns) the times in common, up to three."""
        total = np.zeros((len(rows), len(columns)), dtype=np.int64)
        for ours, theirs in zip(self.ours, self.theirs, strict=True):
            left = ours[rows][:, None] & theirs[columns]
            for _ in range(KNOWN_TIMES):
                total += left != 0
                left &= left - np.uint32(1) * (left != 0)
        return np.minimum(total, KNOWN_TIMES)


EARTH_RADIUS = 6_371_008.8
"""The mean radius of the Earth in metres (IUGG)."""

NOWHERE = -1
"""The distance to a place that is not known."""


@dataclass(frozen=True, slots=True)
class Distances:
    """Tell the metres between two people, in a straight line through the ground, which bends with the distance alike.

    Points (people by 3) are whole metres from the middle of the Earth, so that sums of squares are exact, and nan where
    a place is not known. `remote` says who can meet at a distance; `limit`, how far each travels, in straight metres.
    `bands` are the straight metres below which each band ends, and `fits` those of the bands, the last for beyond.
    """

    ours: FloatArray
    theirs: FloatArray
    our_remote: BoolArray
    their_remote: BoolArray
    our_limit: IntArray
    their_limit: IntArray
    bands: IntArray
    fits: Points

    def metres(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return (rows by columns) whole metres, NOWHERE where a place is not known."""
        square = sum((self.ours[rows][:, None, axis] - self.theirs[columns, axis]) ** 2 for axis in range(3))
        length = np.floor(np.sqrt(square))
        return np.where(np.isnan(length), NOWHERE, np.nan_to_num(length)).astype(np.int64)

    def points(self, share: int, rows: IntArray, columns: IntArray) -> Points:
        """Return (rows by columns) the points of pairs: by band, and at least half where both meet remotely."""
        metres = self.metres(rows, columns)
        fit = self.fits[np.searchsorted(self.bands, metres, side="right")]
        both = self.our_remote[rows][:, None] & self.their_remote[columns]
        fit = np.where(both, np.maximum(fit, HALF), fit)
        return rounded(np.where(metres == NOWHERE, HALF, fit) * np.int64(share))

    def allows(self, rows: IntArray, columns: IntArray) -> BoolArray:
        """Mark (rows by columns) the pairs near enough for both, who both meet remotely, or of a place not known."""
        limit = np.minimum(self.our_limit[rows][:, None], self.their_limit[columns])
        both = self.our_remote[rows][:, None] & self.their_remote[columns]
        return np.asarray((self.metres(rows, columns) <= limit) | both)


TEXT_BITS = 12
"""Words weigh in whole numbers, a text's length being 2 to this power."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Compare what both wrote: rows of whole-number word weights, each of length about 2 ** TEXT_BITS."""

    ours: sparse.csr_array
    theirs: sparse.csr_array
    unwritten: Kinds

    def points(self, share: int, rows: IntArray, columns: IntArray) -> Points:
        """Return (rows by columns) the points of pairs: twice the cosine, at most all of the share."""
        one = len(rows) == len(columns) == 1
        product = self._product(int(rows[0]), int(columns[0])) if one else self._products(rows, columns)
        known = rounded(np.minimum(product >> TEXT_TO_FIT, ONE) * share)
        half = rounded(np.array([share * HALF]))
        return np.where(self.unwritten.allows(rows, columns), half, known)

    def _products(self, rows: IntArray, columns: IntArray) -> IntArray:
        return np.asarray((self.ours[rows] @ self.theirs[columns].T).toarray(), dtype=np.int64)

    def _product(self, row: int, column: int) -> IntArray:
        """Return the product of one pair, for which slicing whole tables would take longest."""
        mine, theirs = (
            slice(side.indptr[at], side.indptr[at + 1]) for side, at in ((self.ours, row), (self.theirs, column))
        )
        _, here, there = np.intersect1d(self.ours.indices[mine], self.theirs.indices[theirs], return_indices=True)
        weights = self.ours.data[mine][here].astype(np.int64) * self.theirs.data[theirs][there]
        return np.array([[weights.sum()]], dtype=np.int64)


TEXT_TO_FIT = 2 * TEXT_BITS - 1 - ONE_BITS
"""The shift from a product of texts to a fit: a cosine of one half is a perfect fit."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Judge some pairs by name, sorted by mentee, then mentor: their fits; all others by `otherwise`."""

    mentee: IntArray
    mentor: IntArray
    fits: Points
    otherwise: Kinds

    def points(self, share: int, rows: IntArray, columns: IntArray) -> Points:
        """Return (rows by columns) the points of pairs."""
        total = self.otherwise.points(share, rows, columns)
        here, row, column = self._named(rows, columns)
        total[row, column] = rounded(self.fits[here] * np.int64(share))
        return total

    def allows(self, rows: IntArray, columns: IntArray) -> BoolArray:
        """Mark (rows by columns) the pairs whose fit is above 0."""
        allowed = self.otherwise.allows(rows, columns)
        here, row, column = self._named(rows, columns)
        allowed[row, column] = self.fits[here] > 0
        return allowed

    def _named(self, rows: IntArray, columns: IntArray) -> tuple[IntArray, IntArray, IntArray]:
        """Return which named pairs lie in a block (rows and columns sorted), and where."""
        row, column = np.searchsorted(rows, self.mentee), np.searchsorted(columns, self.mentor)
        inside = (row < len(rows)) & (column < len(columns))
        inside[inside] &= (rows[row[inside]] == self.mentee[inside]) & (columns[column[inside]] == self.mentor[inside])
        here = np.flatnonzero(inside)
        return here, row[here], column[here]
