"""When an item is shown, in words: "Shown only if “How many people work with you?” is 10 or more"."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from alongside.questionnaires.conditions import questions_in
from alongside.questionnaires.definition import Question

LONGEST = 80
"""Signs: of a question named in a sentence."""


def shown_in_words(draft: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    """Return when an item of a draft is shown; "" for always."""
    return told(item, questions_in(draft)) if item.get("shown_if") else ""


def told(item: Mapping[str, Any], asked: Mapping[str, Question]) -> str:
    """Return when an item is shown, given all that is asked by its id; "" for always."""
    said = [condition_in_words(each, question_of(each, asked)) for each in item.get("shown_if", [])]
    if not said:
        return ""
    together = said[0]
    for each in said[1:]:
        together = _("%(first)s, and %(then)s") % {"first": together, "then": each}
    return _("Shown only if %(conditions)s") % {"conditions": together}


def question_of(condition: Mapping[str, Any], asked: Mapping[str, Question]) -> Question | None:
    """Return the question that a condition names; None where it is not there or not right yet."""
    return asked.get(str(condition.get("item")))


def condition_in_words(condition: Mapping[str, Any], question: Question | None) -> str:
    """Return one condition: the words of its question, and what the answer must be."""
    words = {"question": Truncator(question.text if question else str(condition.get("item"))).chars(LONGEST)}
    values = condition.get("is_in") or []
    limits = _limits(condition, question)
    if question and question.kind == "consent":
        return _("“%(question)s” is agreed to") % words
    if not values and not limits:
        return _("“%(question)s” has an answer") % words
    wanted = [_one_of(values, question)] if values else []
    wanted += [limits] if limits else []
    return _("“%(question)s” is %(wanted)s") % {**words, "wanted": _(" and ").join(wanted)}


def limit_as_typed(limit: Any) -> str:
    """Return a limit as it stands in a field: 10 for 10.0; "" for none."""
    whole = isinstance(limit, float) and limit.is_integer()
    return "" if limit is None else str(int(limit) if whole else limit)


def _one_of(values: list[Any], question: Question | None) -> str:
    return _(" or ").join(f"“{question.label(each) if question else each}”" for each in values)


def _limits(condition: Mapping[str, Any], question: Question | None) -> str:
    least, most = (_limit(condition.get(end), question) for end in ("at_least", "at_most"))
    dated = question is not None and question.kind == "date"
    if least and most:
        return least if least == most else _("from %(least)s to %(most)s") % {"least": least, "most": most}
    if least:
        return (_("%(least)s or later") if dated else _("%(least)s or more")) % {"least": least}
    if most:
        return (_("%(most)s or earlier") if dated else _("%(most)s or less")) % {"most": most}
    return ""


def _limit(limit: Any, question: Question | None) -> str:
    typed = limit_as_typed(limit)
    if not typed or question is None:
        return typed
    steps = {step.value: step.label for step in question.steps}
    if question.kind == "scale":
        return f"“{steps[limit]}”" if limit in steps else typed
    if question.kind == "date":
        return _day(typed)
    unit = getattr(question.item, "unit", "")
    return f"{typed} {unit}" if unit else typed


def _day(typed: str) -> str:
    try:
        return date_format(date.fromisoformat(typed), "j F Y")
    except ValueError:
        return typed
