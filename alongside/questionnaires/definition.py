"""Questionnaires as data: read from TOML, checked to the last word, never changed once used.

A definition has an id and a version; whoever answers keeps both, so that answers always show with what was asked.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What an item is: one of a scale's choices, own words, or something to read between the questions."""

    CHOICE = "choice"
    TEXT = "text"
    SECTION = "section"


class Audience(StrEnum):
    """Who answers."""

    EACH = "each"
    MENTORS = "mentors"
    MENTEES = "mentees"


class Shown(StrEnum):
    """When the others see an answer: once all have answered, or only if the author shares it."""

    WHEN_ALL_DONE = "when_all_done"
    IF_SHARED = "if_shared"


class DefinitionError(ValueError):
    """Say in plain words what is wrong with a definition, and where."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer on a scale: what it counts, and what it says."""

    value: int
    label: str


@dataclass(frozen=True, slots=True)
class Role:
    """A group of items whose answers are averaged, with what a high and a low figure mean."""

    id: str
    title: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item. ``role`` groups it for scoring where ``counted``; ``help`` stands under it in small print."""

    id: str
    kind: Kind
    text: str
    help: str = ""
    scale: tuple[Choice, ...] = ()
    role: str = ""
    counted: bool = True
    required: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """A questionnaire in one version."""

    id: str
    version: int
    title: str
    about: str
    audience: Audience
    shown: Shown
    items: tuple[Item, ...]
    roles: tuple[Role, ...] = ()

    @property
    def questions(self) -> tuple[Item, ...]:
        """The items that are answered."""
        return tuple(item for item in self.items if item.kind != Kind.SECTION)

    def cleaned(self, answers: Mapping[str, Any]) -> dict[str, int | str]:
        """Return the answers that fit: known items, values of their scales, words that say something.

        What does not fit is left out, as if it had not been answered.
        """
        found: dict[str, int | str] = {}
        for item in self.questions:
            answer = answers.get(item.id)
            if item.kind == Kind.TEXT and isinstance(answer, str) and answer.strip():
                found[item.id] = answer.strip()
            elif item.kind == Kind.CHOICE and answer in {choice.value for choice in item.scale}:
                found[item.id] = int(answer)
        return found

    def unanswered(self, answers: Mapping[str, int | str]) -> list[str]:
        """Return the ids of the items that ask for a choice and have none."""
        return [item.id for item in self.questions if item.kind == Kind.CHOICE and item.id not in answers]


def parse(text: str, name: str = "the definition") -> Definition:
    """Read a definition from TOML.

    :param name: what to call it in errors, such as its file's name.
    :raises DefinitionError: if it is no TOML, or anything in it is missing, unknown, twice there or does not fit.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{name} is not TOML: {error}.") from error
    return _Reader(name).definition(table)


class _Reader:
    """Turns a table into a definition, and says where something is wrong."""

    def __init__(self, name: str) -> None:
        self.name = name

    def definition(self, table: Mapping[str, Any]) -> Definition:
        known = {"id", "version", "title", "about", "audience", "shown", "scales", "roles", "items"}
        self.only(table, known, self.name)
        scales = {key: self.scale(key, rows) for key, rows in table.get("scales", {}).items()}
        roles = tuple(self.role(row, n) for n, row in enumerate(table.get("roles", []), 1))
        self.once([role.id for role in roles], "role")
        items = tuple(self.item(row, n, scales, roles) for n, row in enumerate(table.get("items", []), 1))
        self.once([item.id for item in items], "item")
        if not any(item.kind != Kind.SECTION for item in items):
            raise DefinitionError(f"{self.name} asks nothing: give it at least one item.")
        return Definition(
            id=self.words(table, "id", self.name),
            version=self.number(table, "version", self.name),
            title=self.words(table, "title", self.name),
            about=self.words(table, "about", self.name),
            audience=self.one_of(Audience, table, "audience", self.name),
            shown=self.one_of(Shown, table, "shown", self.name),
            items=items,
            roles=roles,
        )

    def scale(self, key: str, rows: Any) -> tuple[Choice, ...]:
        where = f"scale “{key}” of {self.name}"
        if not isinstance(rows, list) or len(rows) < 2:
            raise DefinitionError(f"The {where} needs two choices or more.")
        for row in rows:
            self.only(row, {"value", "label"}, where)
        choices = tuple(Choice(self.number(row, "value", where), self.words(row, "label", where)) for row in rows)
        self.once([str(choice.value) for choice in choices], f"value in the {where}")
        return choices

    def role(self, row: Mapping[str, Any], n: int) -> Role:
        where = f"role {n} of {self.name}"
        self.only(row, {"id", "title", "about"}, where)
        return Role(self.words(row, "id", where), self.words(row, "title", where), row.get("about", ""))

    def item(
        self, row: Mapping[str, Any], n: int, scales: Mapping[str, tuple[Choice, ...]], roles: Iterable[Role]
    ) -> Item:
        where = f"item {n} of {self.name}"
        self.only(row, {"id", "kind", "text", "help", "scale", "role", "counted", "required"}, where)
        kind = self.one_of(Kind, row, "kind", where) if "kind" in row else Kind.CHOICE
        scale, role = row.get("scale", ""), row.get("role", "")
        if kind == Kind.CHOICE and scale not in scales:
            raise DefinitionError(f"The {where} names the scale “{scale}”, which is not among the scales.")
        if role and role not in {each.id for each in roles}:
            raise DefinitionError(f"The {where} names the role “{role}”, which is not among the roles.")
        return Item(
            id=self.words(row, "id", where),
            kind=kind,
            text=self.words(row, "text", where),
            help=row.get("help", ""),
            scale=scales[scale] if kind == Kind.CHOICE else (),
            role=role,
            counted=bool(row.get("counted", True)),
            required=bool(row.get("required", False)),
        )

    def words(self, table: Mapping[str, Any], key: str, where: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise DefinitionError(f"“{key}” is missing in the {where}: write it as words in quotes.")
        return value.strip()

    def number(self, table: Mapping[str, Any], key: str, where: str) -> int:
        value = table.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise DefinitionError(f"“{key}” is missing in the {where}: write it as a whole number.")
        return value

    def one_of(self, choices: type[Any], table: Mapping[str, Any], key: str, where: str) -> Any:
        try:
            return choices(table.get(key))
        except ValueError as error:
            names = ", ".join(f"“{choice.value}”" for choice in choices)
            raise DefinitionError(f"“{key}” in the {where} is one of {names}.") from error

    def only(self, table: Any, known: set[str], where: str) -> None:
        if not isinstance(table, Mapping):
            raise DefinitionError(f"The {where} is not a table.")
        if unknown := sorted(set(table) - known):
            raise DefinitionError(f"The {where} has “{unknown[0]}”, which means nothing here.")

    def once(self, ids: list[str], what: str) -> None:
        for each in ids:
            if ids.count(each) > 1:
                raise DefinitionError(f"The {what} “{each}” stands twice in {self.name}.")
