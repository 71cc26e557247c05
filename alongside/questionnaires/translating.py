"""The words of a questionnaire in another language, kept beside it by where they stand.

``title`` · ``about`` · ``items.listen.text`` · ``items.travel.options.yes.label`` · ``items.how.rows.pace.text`` ·
``scales.often.2`` · ``roles.trust.bands.0.feedback``: entries are named by their id, steps of a scale by their value.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

TRANSLATED = frozenset({"title", "about", "text", "help", "label", "feedback", "unit"})


def translated(table: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """Return a definition's table with ``words`` in their places.

    :raises KeyError: if there is nothing to be translated in one of the places.
    """
    changed = deepcopy(dict(table))
    for key, text in words.items():
        *way, last = key.split(".")
        holder: Any = changed
        for part in way:
            holder = _inside(holder, part)
        if isinstance(holder, list):  # a step of a scale has one thing to translate
            holder, last = _inside(holder, last), "label"
        if not isinstance(holder, dict) or last not in TRANSLATED or not holder.get(last):
            raise KeyError(key)
        holder[last] = text
    return changed


def translatable(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the place and the words of everything that can be translated, in order."""
    for key, value in table.items():
        if key in TRANSLATED and isinstance(value, str) and value:
            yield key, value
        elif key == "scales":
            for name, steps in value.items():
                yield from ((f"scales.{name}.{step['value']}", step["label"]) for step in steps)
        elif key != "translations" and isinstance(value, list | tuple):
            yield from _entries(key, value)


def _entries(key: str, entries: Any) -> Iterator[tuple[str, str]]:
    for place, entry in enumerate(entries):
        if isinstance(entry, Mapping):
            name = entry.get("id", place)
            yield from ((f"{key}.{name}.{inner}", words) for inner, words in translatable(entry))


def _inside(holder: Any, part: str) -> Any:
    if isinstance(holder, list):
        for place, entry in enumerate(holder):
            if str(entry.get("id", entry.get("value", place))) == part:
                return entry
        raise KeyError(part)
    return holder[part]
