"""What a matching gives back: the pairs, who is left, and the proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from alongside.engine.values.settings import Objective
from alongside.engine.values.totals import Stakes

Proof = Literal["prices", "solver", "open"]
"""What shows that no arrangement is worth more: the prices, the word of a solver, or nothing yet."""


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Pair a mentee with a mentor, by id; `score` is in hundredths of a per cent, 0 to 10,000."""

    mentee: str
    mentor: str
    score: int


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Say why a mentee has nobody: `reason` for machines, `sentence` for people.

    `reason` is one of "not_cleared", "no_allowed_mentor", "places_full", "group_limit".
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
    of the objective, which counts people placed so high that no quality outweighs one of them; `stakes` say how high.
    The prices are the dual solution: what one more place with a mentor would add, and what a mentee gains at these
    prices. `fingerprint` names the problem (SHA-256 of its canonical form).

    With minimums and quotas (`limited`), `missing` counts the pairs they still wait for, each quota has a price as
    well, and a price below 0 is what a minimum adds to a pair. `claimed` is the least bound there is: None for that of
    the prices, or one that a solver reports and nobody can check by adding up.

    With the objective FLOOR_FIRST, everything holds given that no pair is chosen that scores below `floor`, which is
    what the worst of them scores (0 where none is); that a higher one costs people or pairs is seen by solving again.
    With LEXIMIN, value and bound count people, minimums, quotas and pairs, and leave out the scores: how evenly they
    are shared is exact, but not proven by prices.

    `model` names what read the texts (`Reader.name`); without one, they were compared word by word.
    """

    placed: int
    quality: int
    bound: int
    value: int
    mentee_prices: tuple[tuple[str, int], ...]
    mentor_prices: tuple[tuple[str, int], ...]
    fingerprint: str
    objective: Objective = Objective.PLACE_FIRST
    limited: bool = False
    missing: int = 0
    quota_prices: tuple[tuple[str, int], ...] = ()
    stakes: Stakes | None = None
    claimed: int | None = None
    floor: int = 0
    proof: Proof = "prices"
    model: str = ""

    @property
    def proven(self) -> bool:
        """Tell whether prices prove that no other arrangement is worth more."""
        return self.value == self.bound and self.proof == "prices"

    @property
    def gap(self) -> int:
        """Return how much more than this arrangement another could be worth at most, in points of the objective."""
        return (self.bound if self.claimed is None else self.claimed) - self.value

    @property
    def sentence(self) -> str:
        """Say what is proven, in words for a coordinator."""
        unraised = self.objective is Objective.FLOOR_FIRST and not self.floor
        about = Objective.PLACE_FIRST if unraised else self.objective
        best = _BEST[about].format(more=_MORE[about, self.limited], floor=f"{self.floor / 100:.2f}")
        if self.proven:
            return f"Proven{', within the limits on groups' if self.limited else ''}: {best}"
        if self.proof == "solver":
            return f"Proven as far as the limits on groups allow: the solver, not the prices, says that {best}"
        return f"The best found when time ran out; {self._open()}"

    def _open(self) -> str:
        """Say what is not excluded, beginning with what counts most."""
        if self.stakes is None:
            return "how much better another could be is not known."
        ahead, stakes = self.gap + self.quality, self.stakes
        first = stakes.placed + stakes.pair
        if first and ahead >= first:
            return f"another arrangement may place up to {ahead // first:,} more."
        if ahead >= (stakes.pair or stakes.met or ahead + 1):
            return "no arrangement places more people, but another may make more pairs that are asked for."
        if not self.gap:
            return "how far the worst match can be raised is not known."
        return f"no arrangement scores more than {100 * self.gap / max(1, self.quality):.2f} % higher."


_WAITING = "misses fewer of the pairs they ask for"

_MORE = {
    **{(objective, False): "places more people" for objective in Objective},
    **{(objective, True): f"places more people, {_WAITING}" for objective in Objective},
    (Objective.QUALITY, False): "",
    (Objective.QUALITY, True): f"{_WAITING} or ",
}

_BEST = {
    Objective.PLACE_FIRST: "no other arrangement {more} or scores higher.",
    Objective.QUALITY: "no other arrangement {more}scores higher.",
    Objective.FLOOR_FIRST: (
        "with no pair below {floor} of 100, no other arrangement {more} or scores higher; a higher least score would "
        "cost people or pairs."
    ),
    Objective.LEXIMIN: (
        "no other arrangement {more} or makes more pairs. That the pairs that fit least fit as well as can be is "
        "worked out exactly, but not proven by prices."
    ),
}
"""What no other arrangement does, by objective."""


@dataclass(frozen=True, slots=True)
class Result:
    """Hold a solution and its proof together."""

    solution: Solution
    certificate: Certificate
