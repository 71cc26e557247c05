"""The rules file of the command line: settings as TOML, read with plain words for what is wrong."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import fields
from typing import Any

from alongside.engine.values.problem import IdPair
from alongside.engine.values.quotas import Quota
from alongside.engine.values.settings import Objective, Rules, Settings, SettingsError, Weights


class RulesFileError(ValueError):
    """Say which line of a rules file cannot be, and what it may say."""


EXPECTED: dict[str, tuple[Any, str]] = {
    "organisation": (str, '"any", "same" or "different"'),
    "languages": (bool, "true or false"),
    "distance": (bool, "true or false"),
    "max_km": ((int, float), "a number of kilometres"),
    "availability": (bool, "true or false"),
    "must_share": (list, 'a list of attributes in quotes, such as ["authority"]'),
    "must_differ": (list, 'a list of attributes in quotes, such as ["line"]'),
    "former": (bool, "true or false"),
    "avoid": (bool, "true or false"),
    "minimum_seniority_gap": (int, "a whole number of levels"),
    "least_score": (int, "a whole number from 0 to 10,000"),
}
"""The type of each rule in the file, and its name in words."""

QUOTA: dict[str, tuple[Any, str]] = {
    "name": (str, "given, in quotes"),
    "side": (str, '"mentee" or "mentor"'),
    "members": (list, 'a list of ids in quotes, such as ["maya@example.org"]'),
    "least": (int, "a whole number of pairs"),
    "most": (int, "a whole number of pairs"),
}
"""The type of each part of a quota in the file, and its form in words; the first three must be given."""


def read_rules(toml_text: str) -> Settings:
    """Read settings from TOML: `objective`, `opened`, and the tables `[rules]`, `[weights]` and, for attributes,
    `[weights.alike]`, all optional.

    :raises RulesFileError: if the text is not TOML, or names or holds something that cannot be.
    """
    data = _parsed(toml_text)
    file = _File(toml_text)
    file.check_keys(data, ["objective", "opened", "required", "forbidden", "rules", "weights", "quotas"], "a setting")
    try:
        return Settings(_rules(file, data), _weights(file, data), _objective(file, data), _opened(file, data))
    except SettingsError as error:
        raise RulesFileError(str(error)) from error


def read_pairs(toml_text: str) -> tuple[frozenset[IdPair], frozenset[IdPair]]:
    """Read the pairs a rules file requires and forbids, each as `["mentee", "mentor"]`, at its top.

    :raises RulesFileError: if the text is not TOML, or a pair is not two ids.
    """
    data, file = _parsed(toml_text), _File(toml_text)
    required, forbidden = (_pairs(file, data, key) for key in ("required", "forbidden"))
    return required, forbidden


def _pairs(file: _File, data: dict[str, Any], key: str) -> frozenset[IdPair]:
    pairs = data.get(key, [])
    form = 'a list of pairs such as [["bea@example.org", "maya@example.org"]], the mentee first'
    file.demand(isinstance(pairs, list), key, form)
    for pair in pairs:
        two = isinstance(pair, list) and len(pair) == 2
        file.demand(two and all(isinstance(each, str) for each in pair), key, form)
    return frozenset((mentee, mentor) for mentee, mentor in pairs)


def read_quotas(toml_text: str) -> tuple[Quota, ...]:
    """Read the quotas of a rules file: tables `[[quotas]]` with name, side and members, and least or most.

    Whether the members exist is for `Problem` to say.

    :raises RulesFileError: if the text is not TOML, or a quota names or holds something that cannot be.
    """
    data, file = _parsed(toml_text), _File(toml_text)
    tables = data.get("quotas", [])
    tabled = isinstance(tables, list) and all(isinstance(table, dict) for table in tables)
    file.demand(tabled, "quotas", "tables, each below a line [[quotas]]")
    return tuple(_quota(file, number, table) for number, table in enumerate(tables, start=1))


def write_quotas(quotas: tuple[Quota, ...]) -> str:
    """Write quotas as TOML that `read_quotas` reads back exactly; goes below what `write_rules` wrote."""
    return "".join(f"\n[[quotas]]\n{_quota_lines(quota)}" for quota in quotas)


def _quota(file: _File, number: int, table: dict[str, Any]) -> Quota:
    file.check_keys(table, list(QUOTA), "part of a quota")
    for key, (kind, form) in QUOTA.items():
        value = table.get(key, 0 if kind is int else None)
        listed = not isinstance(value, list) or all(isinstance(item, str) for item in value)
        if not isinstance(value, kind) or isinstance(value, bool) or not listed:
            # Not by line: every quota has these keys, and the first line that says one may be another's.
            raise RulesFileError(f"Quota {number}: “{key}” must be {form}.")
    quota = Quota(**{**table, "members": frozenset(table["members"])})
    if fault := quota.fault():
        raise RulesFileError(fault)
    return quota


def _quota_lines(quota: Quota) -> str:
    values = {field.name: getattr(quota, field.name) for field in fields(Quota)}
    values["members"] = tuple(sorted(quota.members))
    return "".join(f"{name} = {_toml(value)}\n" for name, value in values.items() if value is not None)


def _parsed(toml_text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise RulesFileError(f"The rules file cannot be read: {error}.") from error


def write_rules(settings: Settings) -> str:
    """Write settings as TOML that `read_rules` reads back exactly."""
    lines = [f'objective = "{settings.objective}"', f"opened = {_toml(tuple(sorted(settings.opened)))}", "", "[rules]"]
    rules = {field.name: getattr(settings.rules, field.name) for field in fields(Rules)}
    lines += [f"{name} = {_toml(value)}" for name, value in rules.items() if value is not None]
    plain = {field.name: getattr(settings.weights, field.name) for field in fields(Weights) if field.name != "alike"}
    lines += ["", "[weights]", *(f"{name} = {_number(weight)}" for name, weight in plain.items())]
    if settings.weights.alike:
        lines += ["", "[weights.alike]"]
        lines += [f"{_quoted(name)} = {_number(weight)}" for name, weight in settings.weights.alike]
    return "\n".join(lines) + "\n"


def _number(weight: float) -> str:
    return f"{weight:g}" if weight == float(f"{weight:g}") else repr(weight)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(_quoted(item) for item in value) + "]"
    return repr(value)


def _quoted(text: str) -> str:
    """Return a TOML basic string: quotes, backslashes and control characters escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'


class _File:
    """Find lines of the text, to name them in errors."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()

    def where(self, key: str) -> str:
        """Return "Line 4" for the first line that sets or opens a key."""
        opening = re.compile(rf"""\s*\[{{0,2}}\s*["']?{re.escape(key)}["']?\s*[\]=.]""")
        for number, line in enumerate(self.lines, start=1):
            if opening.match(line):
                return f"Line {number}"
        return "The rules file"

    def check_keys(self, table: dict[str, Any], allowed: list[str], what: str) -> None:
        """:raises RulesFileError: if the table has a key that is not allowed."""
        for key in table:
            if key not in allowed:
                near = difflib.get_close_matches(key, allowed, n=1)
                hint = f"did you mean “{near[0]}”?" if near else f"it can be {', '.join(allowed)}."
                raise RulesFileError(f"{self.where(key)}: “{key}” is not {what}; {hint}")

    def table(self, data: dict[str, Any], name: str, within: str = "") -> dict[str, Any]:
        """Return a table of the file, or of its table `within`, empty where it is not there."""
        table = data.get(name, {})
        if not isinstance(table, dict):
            raise RulesFileError(
                f"{self.where(name)}: “{name}” must be a table: a line [{within}{name}], its settings below it."
            )
        return table

    def demand(self, holds: bool, key: str, form: str) -> None:
        """:raises RulesFileError: if what a key says does not hold its form."""
        if not holds:
            raise RulesFileError(f"{self.where(key)}: “{key}” must be {form}.")


def _rules(file: _File, data: dict[str, Any]) -> Rules:
    table = file.table(data, "rules")
    file.check_keys(table, list(EXPECTED), "a rule")
    for key, value in table.items():
        kind, form = EXPECTED[key]
        file.demand(isinstance(value, kind) and (kind is bool or not isinstance(value, bool)), key, form)
    for key in ("must_share", "must_differ"):
        if key in table:
            table = {**table, key: _names(file, key, table[key], EXPECTED[key][1])}
    return Rules(**table)


def _names(file: _File, key: str, names: list[Any], form: str) -> tuple[str, ...]:
    file.demand(all(isinstance(name, str) for name in names), key, form)
    return tuple(names)


def _opened(file: _File, data: dict[str, Any]) -> frozenset[str]:
    names, form = data.get("opened", []), 'a list of attributes in quotes, such as ["party"]'
    file.demand(isinstance(names, list), "opened", form)
    return frozenset(_names(file, "opened", names, form))


def _weights(file: _File, data: dict[str, Any]) -> Weights:
    table = file.table(data, "weights")
    file.check_keys(table, [field.name for field in fields(Weights)], "a weight")
    alike = file.table(table, "alike", "weights.")
    plain = {key: value for key, value in table.items() if key != "alike"}
    for key, value in (plain | alike).items():
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        file.demand(number, key, "a number from 0")
    return Weights(**plain, alike=tuple(alike.items()))


def _objective(file: _File, data: dict[str, Any]) -> Objective:
    chosen = data.get("objective", Objective.PLACE_FIRST)
    file.demand(chosen in list(Objective), "objective", " or ".join(f'"{name}"' for name in Objective))
    return Objective(chosen)
