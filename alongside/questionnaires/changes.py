"""What is different between two versions of a questionnaire, item by item."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class How(StrEnum):
    """What became of something."""

    ADDED = "added"
    TAKEN_OUT = "taken_out"
    CHANGED = "changed"
    MOVED = "moved"


class Change(NamedTuple):
    """One difference: what became of which part ("items", "scales", "title" …), in its newest words."""

    how: How
    part: str
    words: str


LISTS = ("items", "roles", "raters")
WORDS = ("title", "about", "language", "audience", "shown", "at_least")


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Return what is different, as tables of whole definitions; their ids and versions are not compared."""
    return [
        *(Change(How.CHANGED, part, str(new.get(part))) for part in WORDS if old.get(part) != new.get(part)),
        *(change for part in LISTS for change in _listed(part, old.get(part) or [], new.get(part) or [])),
        *_named("scales", old.get("scales") or {}, new.get("scales") or {}),
        *_named("translations", old.get("translations") or {}, new.get("translations") or {}),
    ]


def _listed(part: str, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[Change]:
    before, after = {each["id"]: each for each in old}, {each["id"]: each for each in new}
    stay = [name for name in before if name in after]
    order = [name for name in after if name in before]
    for name, entry in after.items():
        if name not in before:
            yield Change(How.ADDED, part, _words(entry))
        elif entry != before[name]:
            yield Change(How.CHANGED, part, _words(entry))
    yield from (Change(How.TAKEN_OUT, part, _words(each)) for name, each in before.items() if name not in after)
    if stay != order:
        moved = [name for place, name in enumerate(order) if stay[place] != name]
        yield from (Change(How.MOVED, part, _words(after[name])) for name in moved)


def _named(part: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in {**old, **new}:
        if name not in old:
            yield Change(How.ADDED, part, name)
        elif name not in new:
            yield Change(How.TAKEN_OUT, part, name)
        elif old[name] != new[name]:
            yield Change(How.CHANGED, part, name)


def _words(entry: Mapping[str, Any]) -> str:
    return str(entry.get("text") or entry.get("title") or entry.get("id"))
