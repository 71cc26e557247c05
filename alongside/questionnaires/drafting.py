"""A questionnaire while it is written: its table with an item put in, changed, moved or taken out.

Nothing here is checked: a draft may be wrong, and says so when it is looked at (``reading.check``). Ids are made once,
of the words somebody begins with, and stay when the words change: answers and conditions name them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from difflib import SequenceMatcher
from typing import Any

Table = dict[str, Any]
LONGEST = 40
LIKE = 0.6
"""From which likeness on a line is taken for the same thing in other words."""


def items_of(draft: Mapping[str, Any]) -> list[Table]:
    """Return the items of a draft, which may have none yet."""
    return [item for item in draft.get("items", []) if isinstance(item, dict)]


def item_called(draft: Mapping[str, Any], name: str) -> Table | None:
    """Return the item with an id, if it is there."""
    return next((item for item in items_of(draft) if item.get("id") == name), None)


def put_in(draft: Mapping[str, Any], item: Mapping[str, Any], *, after: str = "") -> Table:
    """Return the draft with an item after another; where that is not there, at the end."""
    items = items_of(draft)
    places = [place for place, each in enumerate(items, 1) if each.get("id") == after]
    return put_at(draft, item, place=places[0] if places else len(items))


def put_at(draft: Mapping[str, Any], item: Mapping[str, Any], *, place: int) -> Table:
    """Return the draft with an item at a place, counted from 0."""
    items = items_of(draft)
    return {**draft, "items": [*items[:place], dict(item), *items[place:]]}


def changed(draft: Mapping[str, Any], name: str, item: Mapping[str, Any]) -> Table:
    """Return the draft with an item said anew; its id stays."""
    return {**draft, "items": [{**item, "id": name} if each.get("id") == name else each for each in items_of(draft)]}


def moved(draft: Mapping[str, Any], name: str, by: int) -> Table:
    """Return the draft with an item so many places further down; up where negative, never beyond an end."""
    items = items_of(draft)
    place = next((n for n, each in enumerate(items) if each.get("id") == name), None)
    if place is None:
        return dict(draft)
    item = items.pop(place)
    items.insert(min(max(place + by, 0), len(items)), item)
    return {**draft, "items": items}


def taken_out(draft: Mapping[str, Any], name: str) -> tuple[Table, Table, int] | None:
    """Return the draft without an item, the item, and where it stood; None where it is not there."""
    items = items_of(draft)
    for place, each in enumerate(items):
        if each.get("id") == name:
            return {**draft, "items": items[:place] + items[place + 1 :]}, each, place
    return None


def fresh_id(words: str, taken: Iterable[str], *, otherwise: str = "item") -> str:
    """Return an id made of words that nothing has yet."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")
    base = base if base[:1].isalpha() else f"{otherwise}-{base}".strip("-")
    there, number, found = set(taken), 1, base
    while found in there:
        number += 1
        found = f"{base}-{number}"
    return found


def entries_from(
    lines: Sequence[str], before: Sequence[Mapping[str, Any]], *, words: str = "label", otherwise: str = "option"
) -> list[Table]:
    """Return options or rows for lines of words, each with the id it had.

    A line that stands as it was is the same thing, wherever it moved. Of the others, each is the one most like it;
    where none is, the one that stood in its place, if as many are left as before or it stood in the very same one.
    What is left is new.

    :param words: under which key an entry has its words.
    """
    old = dict(enumerate(dict(entry) for entry in before))
    found: dict[int, Table] = {}
    for match in (_same, _like, _in_its_place):
        left = [place for place in range(len(lines)) if place not in found]
        for place, number in match(left, lines, {key: str(entry.get(words)) for key, entry in old.items()}):
            found[place] = {**old.pop(number), words: lines[place]}
    taken = {str(entry.get("id")) for entry in before}
    for place in range(len(lines)):
        if place not in found:
            found[place] = {"id": fresh_id(lines[place], taken, otherwise=otherwise), words: lines[place]}
            taken.add(found[place]["id"])
    return [found[place] for place in range(len(lines))]


def steps_from(lines: Sequence[str]) -> list[Table]:
    """Return the steps of a scale for lines of words, counted from 1; "3 = Mostly" says itself what a step counts."""
    steps, value = [], 0
    for line in lines:
        told = re.match(r"^(-?\d{1,6})\s*=\s*(.+)$", line)
        value = int(told[1]) if told else value + 1
        steps.append({"value": value, "label": told[2] if told else line})
    return steps


def answers_before(draft: Mapping[str, Any], name: str) -> list[tuple[str, str, Any, str]]:
    """Return what an item may be shown by: each answer to choose in items above it, as id, words, value, its words.

    :param name: of the item; of none, all items count as above it.
    """
    found: list[tuple[str, str, Any, str]] = []
    for item in items_of(draft):
        if item.get("id") == name:
            break
        for asked, text in _asked(item):
            found += [(asked, text, value, label) for value, label in _choices(draft, item)]
    return found


def without_role(draft: Mapping[str, Any], name: str) -> Table:
    """Return the draft without a role, and no item counting towards it."""
    table = deepcopy(dict(draft))
    table["roles"] = [role for role in table.get("roles", []) if role.get("id") != name]
    for item in items_of(table):
        for scored in (item, *item.get("rows", [])):
            if scored.get("role") == name:
                scored["role"] = ""
    return table


Left = Sequence[int]
Old = dict[int, str]


def _same(left: Left, lines: Sequence[str], old: Old) -> Iterator[tuple[int, int]]:
    for place in left:
        number = next((key for key, words in old.items() if words == lines[place]), None)
        if number is not None:
            del old[number]
            yield place, number


def _like(left: Left, lines: Sequence[str], old: Old) -> Iterator[tuple[int, int]]:
    for place in left:
        likeness = {key: SequenceMatcher(None, lines[place], words).ratio() for key, words in old.items()}
        best = max(likeness, key=lambda key: likeness[key], default=None)
        if best is not None and likeness[best] >= LIKE:
            del old[best]
            yield place, best


def _in_its_place(left: Left, lines: Sequence[str], old: Old) -> Iterator[tuple[int, int]]:
    if len(left) == len(old):
        yield from zip(left, sorted(old), strict=True)
    else:
        yield from ((place, place) for place in left if place in old)


def _asked(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    if item.get("kind") == "matrix":
        return [(f"{item['id']}.{row['id']}", str(row.get("text"))) for row in item.get("rows", [])]
    return [(str(item.get("id")), str(item.get("text")))]


def _choices(draft: Mapping[str, Any], item: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """Return the answers to choose from in an item, as value and words; "" stands for having answered at all."""
    if item.get("kind") in ("one", "many", "ranked"):
        return [(option["id"], option["label"]) for option in item.get("options", [])]
    if item.get("kind") in ("scale", "matrix"):
        return [(step["value"], step["label"]) for step in draft.get("scales", {}).get(item.get("scale"), [])]
    return [] if item.get("kind") in ("section", "explanation") else [("", "")]
