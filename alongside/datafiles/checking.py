"""Check what a file says against what it may say, and put every fault in plain words with its remedy."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from alongside.datafiles.lines import Lines, Path, line_of, lines_of


class Part(BaseModel):
    """One table of a data file: nothing in it is unknown, and nothing changes after it was read."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Remark(NamedTuple):
    """What a rule between several parts of a file found: where it is, what is wrong and what would be right."""

    path: Path
    words: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file. ``line`` is None where there is no file, as for what was made on a page."""

    file: str
    line: int | None
    path: Path
    words: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{where}: {self.words}"


class FaultsFound(ValueError):
    """Say everything that is wrong with a file, in the order of its lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line or 0)))
        super().__init__("\n".join(map(str, self.faults)))


Read = TypeVar("Read", bound=Part)
Further = Callable[[Read], Iterable[Remark]]


def table_of(text: str, file: str) -> dict[str, Any]:
    """Read TOML.

    :raises FaultsFound: if it is none.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = getattr(error, "lineno", None) or _line_in(str(error))
        said = str(error).partition(" (at")[0]
        raise FaultsFound([Fault(file, line, (), f"This is not TOML: {said}.")]) from error


def read(model: type[Read], text: str, file: str, further: Further[Read] = lambda _: ()) -> Read:
    """Read a file into ``model``.

    :param file: what to call it in faults, such as its name.
    :param further: rules between parts, asked once each part fits by itself.
    :raises FaultsFound: if anything in it is missing, unknown or does not fit.
    """
    return check(model, table_of(text, file), file, further, lines_of(text))


def check(
    model: type[Read],
    table: Mapping[str, Any],
    file: str,
    further: Further[Read] = lambda _: (),
    lines: Lines | None = None,
) -> Read:
    """Check a table, of a file whose ``lines`` are known or made on a page.

    :raises FaultsFound: if anything in it is missing, unknown or does not fit.
    """
    where = lines or {}
    try:
        found = model.model_validate(table)
    except ValidationError as error:
        details = _telling(error.errors(include_url=False))
        paths = [_real_path((*detail["loc"], *_kind(detail)), table) for detail in details]
        raise FaultsFound(
            Fault(file, line_of(where, path), path, _in_plain_words(model, path, detail))
            for path, detail in zip(paths, details, strict=True)
        ) from error
    if faults := [Fault(file, line_of(where, path), path, words) for path, words in further(found)]:
        raise FaultsFound(faults)
    return found


def _telling(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out what is only said because something else is wrong: that a list is too short where entries of it are
    wrong, and that a table is not ``false`` where it could have been.
    """
    inside = {detail["loc"][:n] for detail in details for n in range(len(detail["loc"]))}
    tables = {detail["loc"][:n] for detail in details for n, part in enumerate(detail["loc"]) if _is_alternative(part)}
    return [
        each
        for each in details
        if (each["type"] != "too_short" or each["loc"] not in inside)
        and not (each["type"] == "literal_error" and _is_literal(each["loc"][-1]) and each["loc"][:-1] in tables)
    ]


def _is_alternative(part: str | int) -> bool:
    """Tell whether a part of a path is what pydantic calls a kind of table that it tried: no key of ours looks so."""
    return isinstance(part, str) and part[:1].isupper()


def _is_literal(part: str | int) -> bool:
    return isinstance(part, str) and part.startswith("literal[")


def _line_in(said: str) -> int | None:
    _, _, rest = said.partition("(at line ")
    number = rest.partition(",")[0]
    return int(number) if number.isdigit() else None


def _real_path(loc: Path, table: Any) -> Path:
    """Leave out of a path the name of the kind that pydantic puts after a table that has one."""
    path: list[str | int] = []
    named = False
    for part in loc:
        if _is_alternative(part) or _is_literal(part):
            continue
        if not named and isinstance(table, Mapping) and part == table.get("kind") and part != loc[-1]:
            named = True
            continue
        path.append(part)
        table, named = _within(table, part), False
    return tuple(path)


def _kind(detail: ErrorDetails) -> Path:
    """Return the key by which pydantic told kinds of tables apart, where it could not."""
    return (detail["ctx"]["discriminator"].strip("'"),) if detail["type"] == "union_tag_invalid" else ()


def _within(table: Any, part: str | int) -> Any:
    if isinstance(table, Mapping):
        return table.get(part)
    if isinstance(table, list) and isinstance(part, int) and part < len(table):
        return table[part]
    return None


def _in_plain_words(model: type[BaseModel], path: Path, detail: ErrorDetails) -> str:
    name = path[-1] if path else "the file"
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return f"“{name}” is missing. Write it here."
        case "extra_forbidden":
            return f"“{name}” means nothing here.{_did_you_mean(model, str(name))}"
        case "literal_error" | "enum":
            return f"“{name}” cannot be {_shown(detail['input'])}. It is one of {context['expected']}."
        case "union_tag_invalid":
            return f"“{name}” cannot be {_shown(context['tag'])}. It is one of {context['expected_tags']}."
        case "union_tag_not_found":
            return f"“{context.get('discriminator', 'kind').strip(chr(39))}” is missing. Write it here."
        case "value_error":
            return str(context["error"])
        case kind if kind in _SHOULD_BE:
            return f"“{name}” should be {_SHOULD_BE[kind].format(**context)}; it is {_shown(detail['input'])}."
        case _:
            return f"“{name}” does not fit: {detail['msg'].lower()}."


_SHOULD_BE = {
    "string_type": "words in quotes",
    "string_too_short": "at least {min_length} signs long",
    "string_too_long": "at most {max_length} signs long",
    "string_pattern_mismatch": "small letters, digits and hyphens, beginning with a letter",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list in square brackets",
    "tuple_type": "a list in square brackets",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "too_short": "a list of at least {min_length}",
    "too_long": "a list of at most {max_length}",
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "less_than": "less than {lt}",
    "less_than_equal": "{le} or less",
    "date_type": "a date such as 2027-03-31",
    "date_from_datetime_parsing": "a date such as 2027-03-31",
    "date_parsing": "a date such as 2027-03-31",
}


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    words = f"“{value}”" if isinstance(value, str) else str(value)
    return words if len(words) <= 60 else f"{words[:59]}…"


def _did_you_mean(model: type[BaseModel], name: str) -> str:
    """Name the likeliest key somebody meant, of all that stand anywhere in this kind of file."""
    near = get_close_matches(name, _names(model, set()), n=1, cutoff=0.7)
    return f" Did you mean “{near[0]}”?" if near else " Take it out, or look up what it is called."


def _names(model: type[BaseModel], seen: set[type[BaseModel]]) -> list[str]:
    seen.add(model)
    found = list(model.model_fields)
    for field in model.model_fields.values():
        for inner in _models_in(field.annotation):
            if inner not in seen:
                found += _names(inner, seen)
    return found


def _models_in(annotation: Any) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)
