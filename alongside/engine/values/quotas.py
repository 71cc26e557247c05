"""Bounds on how many pairs a group of people is in, as a coordinator states them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Side = Literal["mentee", "mentor"]


@dataclass(frozen=True, slots=True)
class Quota:
    """Bound the number of pairs that involve the members, who are ids of people on one side.

    `most` is hard, and None is no limit: a mentor who takes part in several programmes under several ids has
    one total by it. `least` holds where possible: what is missing counts after the people placed, and before
    further mentors and the quality of pairs. A programme holds places for a group by it.
    """

    name: str
    side: Side
    members: frozenset[str]
    least: int = 0
    most: int | None = None

    def holds(self, pair: tuple[str, str]) -> bool:
        """Tell whether a pair, the id of the mentee first, counts."""
        return pair[0 if self.side == "mentee" else 1] in self.members

    def fault(self) -> str:
        """Say what about the quota by itself cannot be; an empty string where all can."""
        called = f"The quota “{self.name}”"
        if not self.name:
            return "A quota has no name; every quota needs one of its own."
        if self.side not in ("mentee", "mentor"):
            return f"{called} is on the side “{self.side}”; it can be mentee or mentor."
        if not self.members:
            return f"{called} names nobody; it needs at least one {self.side}."
        if self.least < 0 or (self.most is not None and self.most < 0):
            return f"{called} has a bound below 0; a bound must be 0 or more."
        if self.most is not None and self.least > self.most:
            return f"{called} asks for at least {self.least} pairs and at most {self.most}; the first is to be no more."
        return ""


def in_order(quotas: Iterable[Quota]) -> list[Quota]:
    """Return quotas by name, so that the order of the input counts for nothing."""
    return sorted(quotas, key=lambda quota: quota.name)


def doubled(quotas: Iterable[Quota]) -> str:
    """Return a name that more than one quota has; an empty string where each has its own."""
    counts = Counter(quota.name for quota in quotas)
    return next((name for name, count in counts.items() if count > 1), "")
