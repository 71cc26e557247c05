"""What differs between two sets of rules, thing by thing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from alongside.blueprints.rules import Rules


@dataclass(frozen=True, slots=True)
class Difference:
    """One rule that differs: where it stands, and what it is before and after; None where it is not there."""

    path: tuple[str, ...]
    before: Any
    after: Any


def differences(before: Rules, after: Rules) -> list[Difference]:
    """Return what differs, in the order of the rules. Entries of a list that have an id are compared by it."""
    return list(_between(before.table, after.table, ()))


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
        yield Difference((*path, "order"), list(ours), list(theirs))


def _by_name(value: Any) -> Mapping[str, Any] | None:
    """Return a table, or a list of things with ids as one; None for anything else."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, list) and value and all(isinstance(each, Mapping) and "id" in each for each in value):
        return {each["id"]: each for each in value}
    return None
