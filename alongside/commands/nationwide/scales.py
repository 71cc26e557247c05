"""How large a made-up network is, and how its people are shared out among programmes."""

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """So many of each; enquiries and searches over three years."""

    name: str
    organisations: int
    programmes: int
    mentors: int
    mentees: int
    enquiries: int
    searches: int


NATIONAL = Scale("national", 400, 1200, 40_000, 100_000, 24_000, 60_000)


def _part(name: str, of: int) -> Scale:
    whole = NATIONAL
    numbers = (whole.organisations, whole.programmes, whole.mentors, whole.mentees, whole.enquiries, whole.searches)
    return Scale(name, *(number // of for number in numbers))


SCALES = {each.name: each for each in (_part("small", 100), _part("medium", 10), NATIONAL)}


@dataclass(frozen=True)
class Share:
    """What one organisation has of the whole: its people by programme, and its enquiries."""

    mentors: tuple[int, ...]
    mentees: tuple[int, ...]
    enquiries: int


def shares_of(scale: Scale, dice: random.Random) -> list[Share]:
    """Return each organisation's share: every one has a programme, a few are large; together exactly the scale."""
    programmes = _shared_out(scale.programmes, [dice.lognormvariate(0, 0.7) for _ in range(scale.organisations)])
    weights = [dice.lognormvariate(0, 0.8) for _ in range(scale.programmes)]
    mentors, mentees = _shared_out(scale.mentors, weights), _shared_out(scale.mentees, weights)
    enquiries = _shared_out(scale.enquiries, [dice.lognormvariate(0, 0.8) for _ in range(scale.organisations)])
    found, first = [], 0
    for number, answering in zip(programmes, enquiries, strict=True):
        here = slice(first, first + number)
        found.append(Share(tuple(mentors[here]), tuple(mentees[here]), answering))
        first += number
    return found


def _shared_out(whole: int, weights: Sequence[float]) -> list[int]:
    """Share whole numbers out by weights, at least one each; what rounding leaves goes to the first ones."""
    left = whole - len(weights)
    total = sum(weights)
    found = [1 + int(left * weight / total) for weight in weights]
    for place in range(whole - sum(found)):
        found[place % len(found)] += 1
    return found
