"""An item of a draft as people will see it, as far as it is right already."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from pydantic import ValidationError

from alongside.questionnaires.definition import Definition
from alongside.questionnaires.drafting import items_of
from alongside.web.coordinator.questionnaires.kinds import SCALE, Kind
from alongside.web.shared.questionnaires.forms import AnswerForm

FRAME = {"id": "preview", "version": 1, "title": "-", "about": "-", "audience": "anyone", "shown": "never"}


def blocks_of(draft: Mapping[str, Any], item: Mapping[str, Any], *, prefix: str = "") -> list[dict[str, Any]]:
    """Return an item as `components/questionnaire.html` draws it; nothing where it is not right yet.

    :param prefix: of the names of its fields, so that the same item may stand twice on a page.
    """
    scales = draft.get("scales", {})
    if "scale" in item and item["scale"] not in scales:
        return []
    try:
        definition = Definition.model_validate({**FRAME, "scales": scales, "items": [{**item, "shown_if": []}]})
    except ValidationError:
        return []
    form = AnswerForm(definition=definition, answers={})
    form.prefix = prefix or None
    return list(form.blocks())


def whole(definition: Definition) -> list[dict[str, Any]]:
    """Return a whole questionnaire as it is asked, with everything shown."""
    return [{**block, "asked": True, "watched": ""} for block in AnswerForm(definition=definition, answers={}).blocks()]


def example_of(kind: Kind) -> list[dict[str, Any]]:
    """Return the example of a kind as people would see it."""
    item = _in_words({"id": kind.name.replace("_", "-"), "kind": kind.name, **kind.example})
    return blocks_of({"scales": _in_words(SCALE)}, item, prefix=f"example-{kind.name}")


def previews(draft: Mapping[str, Any]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Return every item of a draft with its preview."""
    return [(item, blocks_of(draft, item)) for item in items_of(draft)]


def _in_words(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _in_words(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_in_words(inner) for inner in value]
    return str(value) if isinstance(value, Promise) else value
