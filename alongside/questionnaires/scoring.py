"""What answers come to: a figure for each role, and what is worth talking about where several answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alongside.questionnaires.definition import Definition, Item, Kind, Role

Answers = Mapping[str, int | str]
ENOUGH = 0.6
"""The share of a role's items that must be answered before it has a figure."""


def role_scores(definition: Definition, answers: Answers) -> dict[str, int | None]:
    """Return for each role how much it was agreed with, 0 to 100; None where too little was answered.

    The mean of its counted items, the least choice of a scale being 0 and the most 100.
    """
    return {role.id: _score(_counted(definition, role), answers) for role in definition.roles}


def _counted(definition: Definition, role: Role) -> list[Item]:
    return [item for item in definition.questions if item.role == role.id and item.counted and item.kind == Kind.CHOICE]


def _score(items: Sequence[Item], answers: Answers) -> int | None:
    shares = [_share(item, int(answers[item.id])) for item in items if item.id in answers]
    if not items or len(shares) < ENOUGH * len(items):
        return None
    return round(100 * sum(shares) / len(shares))


def _share(item: Item, value: int) -> float:
    values = [choice.value for choice in item.scale]
    return (value - min(values)) / (max(values) - min(values))


@dataclass(frozen=True)
class Compared:
    """One item as several answered it: their answers in the order given, and how far they lie apart.

    ``gap`` counts steps of the scale between the furthest; it is 0 where fewer than two answered, or in own words.
    """

    item: Item
    answers: tuple[int | str | None, ...]
    gap: int

    def label(self, number: int) -> str:
        """Return what one of them said, in the words of the scale."""
        answer = self.answers[number]
        return next((choice.label for choice in self.item.scale if choice.value == answer), str(answer or ""))


def compare(definition: Definition, several: Sequence[Answers]) -> list[Compared]:
    """Return every question with the answers of each, those furthest apart first, otherwise as they were asked."""
    compared = [_compared(item, [answers.get(item.id) for answers in several]) for item in definition.questions]
    return sorted(compared, key=lambda each: -each.gap)


def _compared(item: Item, answers: list[int | str | None]) -> Compared:
    order = [choice.value for choice in item.scale]
    places = [order.index(answer) for answer in answers if isinstance(answer, int)]
    return Compared(item, tuple(answers), max(places) - min(places) if len(places) > 1 else 0)
