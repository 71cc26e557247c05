"""What it would cost the whole if every group of mentees were given a mentor at the same rate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from alongside.engine.evaluation.disclosure import hidden, in_words
from alongside.engine.evaluation.fairness import LEAST, sizes
from alongside.engine.values.problem import Problem
from alongside.engine.values.results import Result

SolveWithQuotas = Callable[[Mapping[str, int]], Result]
"""The best result in which each group named has at least so many mentees with a mentor."""


class QuotasImpossible(ValueError):
    """Say that no arrangement gives every group as many mentors as was asked; for the solver to raise."""


@dataclass(frozen=True, slots=True)
class Price:
    """Compare the best result with the best one under equal rates; positive numbers are what it would cost.

    `quality` is the sum of scores lost, in hundredths of a point; `points_per_pair` is what the mean pair loses, in
    points of 100; `people` is how many fewer would have a mentor. `rate` is the share, in whole per cent, that
    every group reaches, and `equal` tells whether all reach the same, as nearly as whole people allow. All
    are None where fewer than two groups are large enough to be compared.
    """

    quality: int | None
    points_per_pair: float | None
    people: int | None
    rate: int | None
    equal: bool | None
    sentences: tuple[str, ...]


def equal_quotas(sizes: Mapping[str, int], people: int) -> dict[str, int]:
    """Share places among groups in proportion to their size, as nearly as whole people allow.

    By the method of Webster (1832; Balinski and Young 1982, "Fair Representation"): each place goes to the
    group with the largest size / (2 * places so far + 1), the first by label among equals. Its answers never
    fall as places rise, and give no group more places than people.

    :raises ValueError: if there are more places than people.
    """
    if not 0 <= people <= sum(sizes.values()):
        raise ValueError(f"{people} places cannot be shared among {sum(sizes.values())} people.")
    quotas = dict.fromkeys(sorted(sizes), 0)
    for _ in range(people):
        quotas[max(quotas, key=lambda label: sizes[label] / (2 * quotas[label] + 1))] += 1
    return quotas


def cost_of_equality(
    problem: Problem,
    result: Result,
    groups: Mapping[str, str],
    solve_with_quotas: SolveWithQuotas,
    *,
    least: int = LEAST,
) -> Price:
    """Return what the best result loses if each group is given a mentor at the rate of all of them together.

    Where the rules do not let every group reach that rate, the highest that all can reach is asked for, and others
    are not held back to it. Groups that a report would hide, and people who have not said, have no quota.

    :param groups: the label of the group of each mentee, by id; "" or missing where it was not said.
    :param solve_with_quotas: solves the same problem under quotas; asked 2 + log2(people) times at most.
    """
    of_each = sizes(problem, groups)
    unseen = hidden({label: (count,) for label, count in of_each.items()}, (least,))
    shown = {label: count for label, count in of_each.items() if label and label not in unseen}
    if len(shown) < 2:
        return Price(None, None, None, None, None, (f"Fewer than two groups have {least} people to be compared.",))
    placed = _placed(result, groups)
    common, equalised = _highest_common(shown, sum(placed[label] for label in shown), solve_with_quotas)
    return _price(result, equalised, shown, _placed(equalised, groups), common, least)


def _placed(result: Result, groups: Mapping[str, str]) -> Counter[str]:
    return Counter(groups.get(mentee, "") for mentee in {pair.mentee for pair in result.solution.pairs})


def _highest_common(shown: Mapping[str, int], most: int, solve: SolveWithQuotas) -> tuple[int, Result]:
    """Return the most places, up to `most`, whose equal shares every group can have, and the result.

    Halving is enough, since no group's share falls as the places rise. No places at all are always possible.
    """
    found = _tried(solve, equal_quotas(shown, most))
    if found is not None:
        return most, found
    low, high, best = 0, most, solve(equal_quotas(shown, 0))
    while high - low > 1:
        middle = (low + high) // 2
        found = _tried(solve, equal_quotas(shown, middle))
        low, high, best = (middle, high, found) if found is not None else (low, middle, best)
    return low, best


def _tried(solve: SolveWithQuotas, quotas: Mapping[str, int]) -> Result | None:
    try:
        return solve(quotas)
    except QuotasImpossible:
        return None


def _price(
    before: Result, after: Result, shown: Mapping[str, int], placed: Counter[str], common: int, least: int
) -> Price:
    reached = {label: placed[label] for label in sorted(shown)}
    equal = reached == equal_quotas(shown, sum(reached.values()))
    # Where all are equal already, their common rate is what they reached, which may be more than was asked.
    common = sum(reached.values()) if equal else common
    quality = _quality(before) - _quality(after)
    per_pair = round((_mean(before) - _mean(after)) / 100, 2)
    people = len({p.mentee for p in before.solution.pairs}) - len({p.mentee for p in after.solution.pairs})
    rate = 100 * common // sum(shown.values())
    beyond = sum(reached.values()) - common
    sentences = _sentences(per_pair, people, rate, equal=equal, beyond=in_words(beyond, least))
    return Price(quality, per_pair, people, rate, equal, sentences)


def _quality(result: Result) -> int:
    return sum(pair.score for pair in result.solution.pairs)


def _mean(result: Result) -> float:
    return _quality(result) / max(1, len(result.solution.pairs))


def _sentences(per_pair: float, people: int, rate: int, *, equal: bool, beyond: str) -> tuple[str, ...]:
    lost = (
        "as well as now" if per_pair == 0 else f"{abs(per_pair):.2f} points {'less' if per_pair > 0 else 'more'} well"
    )
    who = "as many people as now" if people == 0 else f"{abs(people)} {'fewer' if people > 0 else 'more'} people"
    rates = "equal rates" if equal else "rates as equal as the rules allow"
    first = f"At {rates} the mean pair would fit {lost} (of 100), and {who} would have a mentor."
    if equal:
        return (first, f"Every group compared would have a mentor at the same rate, about {rate}%.")
    return (
        first,
        f"Under the rules as they are, {rate}% is the highest rate that every group can reach together.",
        f"Above it there would be {beyond}; the same rate for all could only be had without mentors for them.",
    )
