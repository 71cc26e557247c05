"""Numbers for different things, so that each is looked at once, however many people said it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Thing = TypeVar("Thing", bound=Hashable)


class Numbers(dict[Thing, int]):
    """Number things from 0 as they are first met: `numbers[thing]`; the things themselves stand in that order."""

    def __missing__(self, thing: Thing) -> int:
        """Give a thing the next number."""
        self[thing] = number = len(self)
        return number

    def of(self, things: Iterable[Thing]) -> npt.NDArray[np.int32]:
        """Return the number of each thing."""
        return np.fromiter(map(self.__getitem__, things), dtype=np.int32)
