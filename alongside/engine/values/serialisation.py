"""Values as JSON-safe dictionaries and back, and the fingerprint of a problem."""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

import numpy as np

from alongside.engine.numbering import Numbers
from alongside.engine.values.people import Person
from alongside.engine.values.problem import Problem

T = TypeVar("T")


class SerialisationError(ValueError):
    """Say where stored data does not have the form of the value it should be."""


def to_dict(value: Any) -> dict[str, Any]:
    """Return an engine value (a problem, a solution, a certificate …) as a dictionary that JSON can hold."""
    kind: Any = type(value)
    return {name: _encode(getattr(value, name)) for name in _field_types(kind)}


def from_dict(kind: type[T], data: Any) -> T:
    """Build the value that `to_dict` wrote; `from_dict(type(value), to_dict(value)) == value`.

    :raises SerialisationError: if the data has not the fields of `kind`.
    """
    form: Any = kind
    known = _field_types(form)
    if not isinstance(data, dict) or set(data) - set(known):
        raise SerialisationError(f"A {kind.__name__} is stored with the fields {', '.join(known)}, not {data!r:.80}.")
    try:
        return kind(**{name: _decode(known[name], data[name]) for name in data})
    except TypeError as error:
        raise SerialisationError(f"This is not a whole {kind.__name__}: {error}.") from error


@cache
def _field_types(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _encode(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, frozenset):
        return sorted(_encode(item) for item in value)
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    return to_dict(value)


def _decode(kind: Any, data: Any) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return None if data is None else _decode(next(a for a in arguments if a is not type(None)), data)
    if origin is frozenset:
        return frozenset(_decode(arguments[0], item) for item in data)
    if origin is tuple:
        inner = arguments[:1] * len(data) if arguments[-1] is Ellipsis else arguments
        return tuple(_decode(each, item) for each, item in zip(inner, data, strict=True))
    if is_dataclass(kind):
        return from_dict(typing.cast(type, kind), data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    return data


def people_digest(people: Sequence[Person]) -> str:
    """Return a digest (SHA-256) of people in the order given, written field by field: every id, then every name …"""
    digest = hashlib.sha256()
    for part in _written(tuple[Person, ...], [people]):
        digest.update(part)
    return digest.hexdigest()


def _written(kind: Any, values: Sequence[Any]) -> Iterator[bytes]:
    """Yield as bytes a known number of values of one declared type; no other values of that type give the same.

    Columns are written, not values: what is made of parts is taken apart, all first parts before all second ones, and
    what holds several things is written as how many each holds, then all of them. A string holds its characters.
    """
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is str or origin is typing.Literal:
        yield from (_counts(values), "".join(values).encode("utf-8", "surrogatepass"))
    elif kind is float:
        yield np.array(values, dtype="<f8").tobytes()
    elif origin in (types.UnionType, typing.Union):
        yield repr([value is not None for value in values]).encode()
        yield from _written(arguments[0], [value for value in values if value is not None])
    elif origin is frozenset:
        yield from _sets_written(arguments[0], values)
    elif origin is tuple and arguments[-1] is Ellipsis:
        yield _counts(values)
        yield from _written(arguments[0], list(chain.from_iterable(values)))
    elif origin is tuple:
        for place, each in enumerate(arguments):
            yield from _written(each, list(map(itemgetter(place), values)))
    elif kind in (int, bool):
        yield repr(values).encode()
    else:
        for name, each in _field_types(kind).items():
            yield from _written(each, list(map(attrgetter(name), values)))


def _counts(values: Sequence[Any]) -> bytes:
    return np.fromiter(map(len, values), dtype="<i8", count=len(values)).tobytes()


def _sets_written(kind: Any, values: Sequence[frozenset[Any]]) -> Iterator[bytes]:
    """Yield sets as numbers, and the members of each different set in order: many people say the same."""
    numbers = Numbers[frozenset[Any]]()
    yield numbers.of(values).astype("<i4").tobytes()
    yield from _written(tuple[kind, ...], list(map(sorted, numbers)))


def fingerprint(problem: Problem, mentees: str, mentors: str, read: str = "") -> str:
    """Return the SHA-256 of a problem's canonical form, given the digests of its people sorted by id.

    :param read: the digest of what a model read in their texts, if there was one.
    """
    quotas = sorted(problem.quotas, key=lambda quota: quota.name)
    decided = [problem.rules, problem.weights, problem.required, problem.forbidden, problem.objective, quotas]
    return _digest([mentees, mentors, *decided, problem.opened, *([read] if read else [])])


def _digest(value: Any) -> str:
    canonical = json.dumps(value, default=_members, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _members(value: Any) -> Any:
    """Return the members of a set in order, or the fields of a value in the order they are declared."""
    if isinstance(value, frozenset):
        return sorted(value)
    kind: Any = type(value)
    return [getattr(value, name) for name in _field_types(kind)]
