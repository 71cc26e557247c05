from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.questionnaires.definition import Question
from alongside.questionnaires.items import Number


def in_words(question: Question, answers: Mapping[str, Any]) -> str:
    """Return what was answered in the words that were chosen, or as people write it; "" for nothing."""
    answer = answers.get(question.id)
    if answer is None:
        return ""
    if question.kind == "date" and (day := parse_date(str(answer))):
        return date_format(day, "j F Y")
    if question.kind == "ranked" and isinstance(answer, list):
        return "\n".join(f"{place}. {question.label(each)}" for place, each in enumerate(answer, 1))
    if question.kind == "many" and isinstance(answer, list):
        return "\n".join(question.label(each) for each in answer)
    if question.kind in ("consent", "file"):
        return _("Agreed") if question.kind == "consent" else _("Handed in")
    unit = question.item.unit if isinstance(question.item, Number) else ""
    return f"{question.label(answer)} {unit}".strip()
