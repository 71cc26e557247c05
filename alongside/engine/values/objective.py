"""The objective in whole numbers: people, then pairs, then quality, so far apart that none outweighs the one before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from alongside.engine.table import IntArray
from alongside.engine.values.scores import FULL
from alongside.engine.values.settings import Objective

LARGEST = 2**31 - 20_001
"""The greatest reward of a pair. For more than 214,000 pairs it is less than all quality there can be; but to lose as
much as that for one person more, as many would have to change from a perfect mentor to one who does not suit at all."""


@dataclass(frozen=True, slots=True)
class Rewards:
    """Reward each pair by `pair` beside its score, and each mentee's first mentor by `first` on top."""

    pair: int
    first: int

    @classmethod
    def of(cls, objective: Objective, wanted: IntArray, places: IntArray) -> Rewards:
        """Return the rewards for the capacities of both sides; none where quality alone counts.

        A pair is worth more than all quality there can be, even with one place more. A first mentor is worth all the
        further mentors
        there can be; where everyone wants one, that is nothing, and the reward of the pair suffices.
        """
        if objective is Objective.QUALITY:
            return cls(0, 0)
        wanted, places = np.minimum(wanted, len(places)), np.minimum(places, len(wanted))
        most = int(min(wanted.sum(), places.sum()))
        pair = min((most + 1) * FULL + 1, LARGEST)
        further = min(int(np.maximum(wanted - 1, 0).sum()), most)
        return cls(pair, further * pair)
