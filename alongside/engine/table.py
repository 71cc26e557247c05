"""An assignment problem as arrays, once people, rules and criteria have become numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

NEVER = np.int64(-(2**60))
"""The value of a pair that may not be made: far below any real one, and safe to subtract from."""


@dataclass(frozen=True, slots=True)
class Table:
    """Hold what is to be assigned: `values` (n by m), `wanted` and `first` (n), `places` (m).

    `values` are integers from 0, or NEVER where a pair may not be made. `wanted` counts the mentors a
    mentee is to have at most. `first` is earned once by a mentee who gets any mentor, on top of the pair's
    value.
    """

    values: IntArray
    wanted: IntArray
    places: IntArray
    first: IntArray

    @classmethod
    def of(
        cls,
        values: npt.ArrayLike,
        wanted: npt.ArrayLike,
        places: npt.ArrayLike,
        first: npt.ArrayLike | None = None,
    ) -> Table:
        """Build a table; a negative value marks a pair that may not be made.

        :raises ValueError: if the shapes do not fit each other.
        """
        values, wanted, places = (np.asarray(array, dtype=np.int64) for array in (values, wanted, places))
        first = np.zeros(len(wanted), np.int64) if first is None else np.asarray(first, dtype=np.int64)
        if values.shape != (len(wanted), len(places)) or first.shape != wanted.shape:
            raise ValueError(
                f"The values are {values.shape}; for {len(wanted)} mentees and {len(places)} mentors "
                f"they must be ({len(wanted)}, {len(places)})."
            )
        possible = (values >= 0) & (wanted > 0)[:, None]
        # Capacity beyond the number of people who could fill it changes nothing, and only costs time.
        wanted, places = np.minimum(wanted, len(places)), np.minimum(places, len(wanted))
        return cls(np.where(possible, values, NEVER), wanted, places, first)

    @property
    def top(self) -> int:
        """Return a value that no pair, with `first`, exceeds."""
        return max(1, int(self.values.max(initial=0) + self.first.max(initial=0)))

    def only(self, pairs: BoolArray) -> Table:
        """Return the table in which only the marked pairs may be made."""
        return replace(self, values=np.where(pairs, self.values, NEVER))

    def worth(self, prices: IntArray) -> IntArray:
        """Return what each pair is worth to its mentee at these prices, or NEVER."""
        return np.where(self.values == NEVER, NEVER, self.values - prices)
