"""Asked only once: what is known of somebody already stands filled in where an item asks for it."""

from collections.abc import Mapping
from typing import Any

from alongside.questionnaires.answering import DoesNotFit, fitted
from alongside.questionnaires.definition import Answer, Definition, Question
from alongside.questionnaires.items import Consent, File, Many, One, Ranked


def known_answers(definition: Definition, known: Mapping[str, Any]) -> dict[str, Answer]:
    """Return the answers that somebody has given before, elsewhere, by question.

    What does not fit as an answer here is left out, as if it were not known. Nobody has agreed to anything before they
    read it, and a file is handed in where it is asked for: neither is ever filled in.

    :param known: what is known, by what items say they fill ("job_title"). Of options their ids, or their words.
    """
    found = {}
    for question in definition.questions:
        value = known.get(question.item.fills) if question.item.fills else None
        if isinstance(question.item, Consent | File) or value is None:
            continue
        answer = _answer(question, value)
        if answer is not None:
            found[question.id] = answer
    return found


def _answer(question: Question, value: Any) -> Answer | None:
    item = question.item
    if isinstance(item, One | Many | Ranked):
        ids = {name.casefold(): option.id for option in item.options for name in (option.id, option.label)}
        several = value if isinstance(value, list | tuple) else [value]
        chosen = [ids[name] for each in several if (name := str(each).casefold()) in ids]
        value = chosen if not isinstance(item, One) else chosen[0] if chosen else None
    try:
        return fitted(question, value)
    except DoesNotFit:
        return None
