"""What a coordinator decides about a matching: the rules in force, the weights, the objective."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Literal

OrganisationRule = Literal["any", "same", "different"]

PERFECT = 10_000
"""The score of a pair that fits in everything."""


class SettingsError(ValueError):
    """Say, in words for a coordinator, which setting cannot be and what it may be."""


class Objective(StrEnum):
    """Choose what the whole matching is best at.

    PLACE_FIRST places as many people as the rules allow, then gives as many of the further mentors
    people asked for as it can, and only then looks at quality. QUALITY looks at quality alone.
    FLOOR_FIRST places as many as PLACE_FIRST, in as many pairs, then raises the worst match as high as it will go, and
    only then looks at quality. LEXIMIN raises the second worst next, and so on: nobody could be better off but
    at the cost of somebody who is worse off. The worst match is one of those chosen: required pairs are what they are.
    """

    PLACE_FIRST = "place_first"
    QUALITY = "quality"
    FLOOR_FIRST = "floor_first"
    LEXIMIN = "leximin"


@dataclass(frozen=True, slots=True)
class Rules:
    """Switch the hard rules. Clearance, capacity and forbidden pairs hold always, so have no switch.

    `max_km` is the limit where a person has not named a shorter one; it is ignored where both can
    meet remotely. `must_share` names attributes on which both must have said the same.
    `minimum_seniority_gap` is in levels, mentor above mentee. A pair that scores below `least_score`, in
    hundredths of a per cent, is never made.

    :raises SettingsError: if a limit is not a number that can be one.
    """

    organisation: OrganisationRule = "any"
    languages: bool = True
    distance: bool = True
    max_km: float = 50.0
    availability: bool = True
    must_share: tuple[str, ...] = ()
    avoid: bool = True
    minimum_seniority_gap: int | None = None
    least_score: int = 0

    def __post_init__(self) -> None:
        if self.organisation not in ("any", "same", "different"):
            raise SettingsError(
                f"The rule on organisations is “{self.organisation}”; it can be any, same or different."
            )
        if not (math.isfinite(self.max_km) and self.max_km >= 0):
            raise SettingsError(f"The greatest distance is {self.max_km} km; it must be 0 or more.")
        if not 0 <= self.least_score <= PERFECT:
            raise SettingsError(f"The least score is {self.least_score}; it must be from 0 to {PERFECT:,}.")


@dataclass(frozen=True, slots=True)
class Weights:
    """Weigh the soft criteria against each other; only their proportions count.

    The defaults follow `docs/matching.md`: what the mentee needs comes first.

    :raises SettingsError: if a weight is negative or not a number, or if all are zero.
    """

    needs: float = 40.0
    text: float = 10.0
    sector: float = 15.0
    place: float = 10.0
    seniority: float = 10.0
    availability: float = 10.0
    preferences: float = 5.0

    def __post_init__(self) -> None:
        for name, weight in self.by_criterion().items():
            if not (math.isfinite(weight) and weight >= 0):
                raise SettingsError(f"The weight of {name} is {weight}; a weight must be 0 or more.")
        if not any(self.by_criterion().values()):
            raise SettingsError("Every weight is 0, so no pair is better than another; raise at least one.")

    def by_criterion(self) -> dict[str, float]:
        """Return the weights under the names of their criteria."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Settings:
    """Gather all that a coordinator decides, as a rules file holds it."""

    rules: Rules = Rules()
    weights: Weights = Weights()
    objective: Objective = Objective.PLACE_FIRST
