"""Attributes that the law protects specially, known by their names: no rule and no weight touches one by accident.

The kinds are those of the UK GDPR, Article 9(1) (political opinions, racial or ethnic origin, belief, trade union
membership, health, sex life and orientation, genetic and biometric data) and Article 10 (criminal convictions). Their
names stand in `special.toml`: edit them there. Only names are looked at: an attribute that hides what it tells is not
known.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from alongside.engine.words import normalised, words


@dataclass(frozen=True, slots=True)
class Protected:
    """Name what an attribute tells of a person, and the article of the UK GDPR that protects it."""

    kind: str
    article: int


@dataclass(frozen=True, slots=True)
class _Names:
    protected: Protected
    names: tuple[frozenset[str], ...]
    apart: tuple[frozenset[str], ...]

    def within(self, stems: frozenset[str]) -> bool:
        """Tell whether a name stands among the words, and not only as a part of one that sounds like it."""
        for name in self.apart:
            stems = stems - name if name <= stems else stems
        return any(name <= stems for name in self.names)


@cache
def _known() -> tuple[_Names, ...]:
    data = tomllib.loads(resources.files(__package__).joinpath("special.toml").read_text(encoding="utf-8"))
    return tuple(
        _Names(Protected(kind, table["article"]), _stems(table["names"]), _stems(table.get("apart", [])))
        for kind, table in data.items()
    )


def _stems(names: list[str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(words(name)) for name in names)


@lru_cache(maxsize=10_000)
def protected(attribute: str) -> Protected | None:
    """Return what an attribute of this name tells that is protected; None where that is nothing."""
    stems = frozenset(words(attribute.replace("_", " ")))
    return next((known.protected for known in _known() if known.within(stems)), None)


def unopened(attributes: Collection[str], opened: Collection[str]) -> str:
    """Say which attribute is protected and not opened, and how it is opened; an empty string where there is none."""
    open_names = {normalised(name) for name in opened}
    for name in attributes:
        found = protected(name)
        if found and normalised(name) not in open_names:
            return (
                f"“{name}” tells of {found.kind}, which the law protects specially (UK GDPR, Article {found.article}). "
                "Matching may use it only where the programme has a lawful reason to, such as everybody’s explicit "
                f'consent; then name it among what is opened: opened = ["{name}"].'
            )
    return ""
