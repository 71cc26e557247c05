"""Answers that are kept nowhere: they travel from page to page in hidden fields of the form."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict

from alongside.questionnaires.answering import cleaned
from alongside.questionnaires.definition import Answer, Answers, Definition
from alongside.questionnaires.items import AnyItem

SEVERAL = ("many", "ranked")


def carried(definition: Definition, sent: QueryDict) -> dict[str, Answer]:
    """Return the answers of pages sent before that travel along; what does not fit is left out."""
    found: dict[str, Any] = {}
    for question in definition.questions:
        values = sent.getlist(_name(question.id))
        found[question.id] = values if question.kind in SEVERAL else values[0] if values else None
    return cleaned(definition, found)


def to_carry(answers: Answers, *, besides: tuple[AnyItem, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield the hidden fields in which answers travel, but for those of the items that are asked on this page."""
    here = {item.id for item in besides}
    for key, answer in answers.items():
        if key.partition(".")[0] not in here:
            values = answer if isinstance(answer, list) else [answer]
            yield from ((_name(key), _as_typed(value)) for value in values)


def _name(key: str) -> str:
    return f"so-far-{key}"


def _as_typed(value: Any) -> str:
    return "on" if value is True else str(value)
