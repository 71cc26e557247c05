"""An independent check of a matching within minimums and quotas, and of the prices that prove it.

It shares with the solver only what its input means, and nothing of how it is solved. Everything is added up here pair
by pair and total by total, in Python's own whole numbers, so that whoever doubts a matching need only read this page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from alongside.engine.limits.constrained import Constrained
from alongside.engine.table import Table
from alongside.engine.values.problem import Problem
from alongside.engine.values.results import Pair
from alongside.engine.values.settings import Objective
from alongside.engine.values.totals import QuotaRows
from alongside.engine.verification.pairs import VerificationError


class QuotaVerificationError(VerificationError):
    """Say what about a matching within quotas, or about its certificate, is not as claimed."""


def verify_quotas(problem: Problem, pairs: Iterable[Pair]) -> int:
    """Check that no quota's most is passed, and return how many pairs minimums and quotas still miss.

    :raises QuotaVerificationError: if a quota's most is passed.
    """
    made = [(pair.mentee, pair.mentor) for pair in pairs]
    load = Counter(mentor for _, mentor in made)
    missing = sum(max(0, mentor.minimum - load[mentor.id]) for mentor in problem.mentors)
    for quota in problem.quotas:
        count = sum(quota.holds(pair) for pair in made)
        most = count if quota.most is None else quota.most
        _demand(count <= most, f"The quota “{quota.name}” allows {most} pairs, but {count} are made.")
        missing += max(0, quota.least - count)
    return missing


def verify_constrained(
    table: Table,
    quotas: Sequence[QuotaRows],
    minimums: Sequence[int],
    found: Constrained,
    *,
    objective: Objective = Objective.PLACE_FIRST,
    settled: Sequence[bool] | None = None,
) -> None:
    """Check that a matching keeps all bounds, is worth what it says, and that its prices add up to its bound.

    Says nothing on whether the bound is reached: that is `found.proof`.

    :raises QuotaVerificationError: if anything is not as claimed.
    """
    check = _Check(table, quotas, minimums, [False] * len(table.wanted) if settled is None else settled)
    check.bounds(found)
    check.stakes(found, objective)
    check.value(found)
    check.prices(found)


class _Check:
    """Hold the problem in plain lists: of every total the pairs counted, its least, its most and its reward's kind."""

    def __init__(
        self, table: Table, quotas: Sequence[QuotaRows], minimums: Sequence[int], settled: Sequence[bool]
    ) -> None:
        self.scores: list[list[int]] = table.values.tolist()
        self.wanted: list[int] = table.wanted.tolist()
        self.places: list[int] = table.places.tolist()
        self.top = table.top
        self.quotas = [(quota.side, set(map(int, quota.members)), quota.least, quota.most) for quota in quotas]
        self.minimums, self.settled = [int(least) for least in minimums], settled
        self.capacity = min(sum(self.wanted), sum(self.places))

    def bounds(self, found: Constrained) -> None:
        """Check that every pair may be made, once, and that nobody and no quota has too many."""
        pairs = list(zip(found.rows.tolist(), found.columns.tolist(), strict=True))
        _demand(len(set(pairs)) == len(pairs), "A pair is there twice.")
        _demand(all(self.scores[i][j] >= 0 for i, j in pairs), "A pair may not be made.")
        for capacity, load in zip((self.wanted, self.places), self._loads(found), strict=True):
            _demand(all(load[at] <= capacity[at] for at in load), "Somebody is in more pairs than there is room for.")
        for (_, _, _, most), count in zip(self.quotas, self._quota_loads(found), strict=True):
            _demand(most is None or count <= most, f"A quota allows {most} pairs, but {count} are made.")

    def stakes(self, found: Constrained, objective: Objective) -> None:
        """Check that nothing that counts can be outweighed by all there can be of what counts less."""
        stakes, quality = found.stakes, self.capacity * self.top
        expected = sum(self.minimums) + sum(least for _, _, least, _ in self.quotas)
        if objective is Objective.QUALITY:
            _demand(stakes.placed == stakes.pair == 0, "Where quality alone counts, people and pairs must not.")
        else:
            _demand(stakes.pair > quality, "Quality could outweigh a pair.")
            rest = min(expected, self._expected_at_most()) * stakes.met + self.capacity * stakes.pair + quality
            _demand(stakes.placed > rest, "What minimums and quotas miss could outweigh a person.")
        _demand(stakes.met > self.capacity * stakes.pair + quality, "Pairs could outweigh what a quota misses.")

    def value(self, found: Constrained) -> None:
        """Check what is counted, and that it adds up to the value."""
        mentees, mentors = self._loads(found)
        placed = sum(not self.settled[at] for at in mentees)
        wishes = [(least, mentors[at]) for at, least in enumerate(self.minimums)]
        wishes += [(q[2], count) for q, count in zip(self.quotas, self._quota_loads(found), strict=True)]
        met = sum(min(least, count) for least, count in wishes)
        quality = sum(self.scores[i][j] for i, j in zip(found.rows.tolist(), found.columns.tolist(), strict=True))
        said = (found.placed, found.missing, found.quality)
        missing = sum(least for least, _ in wishes) - met
        _demand(said == (len(mentees), missing, quality), "The pairs are not what the certificate says.")
        stakes, pairs = found.stakes, len(found.rows)
        value = placed * stakes.placed + met * stakes.met + pairs * stakes.pair + quality
        _demand(value == found.value, "The pairs are not worth what the certificate says.")

    def prices(self, found: Constrained) -> None:
        """Check that the prices add up to the bound.

        What any matching is worth is what its pairs have left after each has paid its mentee, its mentor and their
        quotas, and what these earn. The first is at most all that any pair could have left; the second is, for each of
        them, greatest with no pair, with as many as its least, or with as many as its most.
        """
        mentee, mentor, quota = (
            prices.tolist() for prices in (found.mentee_prices, found.mentor_prices, found.quota_prices)
        )
        sizes = (len(mentee), len(mentor), len(quota))
        _demand(sizes == (len(self.wanted), len(self.places), len(self.quotas)), "Not all have one price each.")
        stakes, bound = found.stakes, 0
        for at, price in enumerate(mentee):
            least = 0 if self.settled[at] else min(1, self.wanted[at])
            bound += _earned(price, stakes.placed, least, self.wanted[at])
        for price, least, places in zip(mentor, self.minimums, self.places, strict=True):
            bound += _earned(price, stakes.met, min(least, places), places)
        for price, (_, _, least, most) in zip(quota, self.quotas, strict=True):
            limit = self.capacity if most is None else min(most, self.capacity)
            bound += _earned(price, stakes.met, min(least, limit), limit)
        paid = [price + self._of_quotas("mentee", at, quota) for at, price in enumerate(mentee)]
        asked = [price + self._of_quotas("mentor", at, quota) for at, price in enumerate(mentor)]
        for scores, own in zip(self.scores, paid, strict=True):
            offers = zip(scores, asked, strict=True)
            bound += sum(max(0, score + stakes.pair - own - other) for score, other in offers if score >= 0)
        _demand(bound == found.bound, "The prices do not add up to the bound.")
        _demand(found.value <= found.claimed <= found.bound, "The claim is below the value or above the bound.")

    def _expected_at_most(self) -> int:
        """Return how many pairs of minimums and quotas can be met at most, each total by itself."""
        most = [min(least, places) for least, places in zip(self.minimums, self.places, strict=True)]
        most += [min(least, self.capacity) for _, _, least, _ in self.quotas]
        return sum(most)

    def _loads(self, found: Constrained) -> tuple[Counter[int], Counter[int]]:
        return Counter(found.rows.tolist()), Counter(found.columns.tolist())

    def _quota_loads(self, found: Constrained) -> list[int]:
        sides = dict(zip(("mentee", "mentor"), self._loads(found), strict=True))
        return [sum(sides[side][at] for at in members) for side, members, _, _ in self.quotas]

    def _of_quotas(self, side: str, at: int, prices: list[int]) -> int:
        quotas = zip(self.quotas, prices, strict=True)
        paid = [price for (its, members, _, _), price in quotas if its == side and at in members]
        return sum(paid)


def _earned(price: int, reward: int, least: int, most: int) -> int:
    """Return the most that is earned with any number of pairs up to `most`, the first `least` of them rewarded."""
    return max(0, (reward + price) * least, reward * least + price * most)


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise QuotaVerificationError(otherwise)
