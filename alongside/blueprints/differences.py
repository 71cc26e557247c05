"""What differs between two sets of rules, thing by thing."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from alongside.blueprints.rules import Rules, check

ORDER = "(order)"
"""Stands in the path of a difference that is only in the order of a list."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One rule that differs: where it stands, and what it is before and after; None where it is not there."""

    path: tuple[str, ...]
    before: Any
    after: Any


def differences(before: Rules, after: Rules) -> list[Difference]:
    """Return what differs, in the order of the rules. Entries of a list that have an id are compared by it."""
    return list(_between(before.table, after.table, ()))


def applied(rules: Rules, chosen: Iterable[Difference]) -> Rules:
    """Return rules with some differences made, wherever they stand.

    :raises FaultsFound: if what comes out does not fit together.
    """
    table = deepcopy(rules.table)
    for difference in chosen:
        table = _put(table, difference.path, difference.after)
    return check(table)


def value_at(rules: Rules, path: tuple[str, ...]) -> Any:
    """Return what stands in rules at the path of a difference; None where nothing does."""
    value: Any = rules.table
    for part in path:
        inside = _by_name(value)
        value = None if inside is None else list(inside) if part == ORDER else inside.get(part)
    return value


def _put(value: Any, path: tuple[str, ...], after: Any) -> Any:
    """Return a value in which ``after`` stands at ``path``; None takes out what stands there."""
    if not path:
        return after
    name, rest = path[0], path[1:]
    if name == ORDER and isinstance(value, list):
        return sorted(value, key=lambda each: after.index(each["id"]) if each["id"] in after else len(after))
    inside = dict(_by_name(value) or {})
    inside[name] = _put(inside.get(name), rest, after)
    kept = {key: inner for key, inner in inside.items() if inner is not None or isinstance(value, dict)}
    return list(kept.values()) if isinstance(value, list) else kept


def _between(before: Any, after: Any, path: tuple[str, ...]) -> Iterator[Difference]:
    if before == after:
        return
    ours, theirs = _by_name(before), _by_name(after)
    if ours is None or theirs is None:
        yield Difference(path, before, after)
        return
    for name in dict.fromkeys([*ours, *theirs]):
        yield from _between(ours.get(name), theirs.get(name), (*path, name))
    kept, still = [name for name in ours if name in theirs], [name for name in theirs if name in ours]
    if isinstance(before, list) and kept != still:
        yield Difference((*path, ORDER), list(ours), list(theirs))


def _by_name(value: Any) -> Mapping[str, Any] | None:
    """Return a table, or a list of things with ids as one; None for anything else."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, list) and value and all(isinstance(each, Mapping) and "id" in each for each in value):
        return {each["id"]: each for each in value}
    return None
