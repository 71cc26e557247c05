"""What a column can be, and the mapping of a table's columns to that."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping as MappingOf
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from alongside.sheets.tables import Table


class Field(StrEnum):
    """What a column tells about a person."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    ORGANISATION = "organisation"
    ROLE = "role"
    KIND = "kind"
    JOB_TITLE = "job_title"
    PLACE = "place"
    CAPACITY = "capacity"
    NEEDS = "needs"
    EXPERTISE = "expertise"
    SECTOR = "sector"
    SENIORITY = "seniority"
    AVAILABILITY = "availability"
    LANGUAGES = "languages"
    MEETING_MODE = "meeting_mode"
    MAX_DISTANCE = "max_distance"
    PREFERS = "prefers"
    AVOIDS = "avoids"
    TEXT = "text"
    ATTRIBUTE = "attribute"
    IGNORE = "ignore"


class SpecialCategory(StrEnum):
    """Kinds of data that are left out unless the coordinator takes them in on purpose.

    All but the last are special-category or criminal-offence data in law; CONFIDENTIAL is gender, age and the
    like, which the same care suits.
    """

    HEALTH = "health"
    ETHNICITY = "ethnicity"
    BELIEF = "belief"
    POLITICS = "politics"
    SEXUALITY = "sexuality"
    CRIMINAL_RECORD = "criminal_record"
    TRADE_UNION = "trade_union"
    CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What one column is taken for, how sure that is (0 to 1), and why in a few plain words.

    `option` is set where the column stands for one option of a question; `rank` (from 1) where it holds the
    person's first, second, ... choice; `examples` are up to three cells, none where the column is special.
    """

    index: int
    header: str
    field: Field
    option: str | None = None
    rank: int | None = None
    confidence: float = 0.0
    examples: tuple[str, ...] = ()
    special: SpecialCategory | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """The choices for a table's columns, in their order, with the fingerprint of its headers."""

    columns: tuple[ColumnChoice, ...]
    fingerprint: str = ""

    def with_choice(self, index: int, field: Field) -> Mapping:
        """Return the mapping with the column at `index` taken for `field`, as the coordinator says.

        :raises IndexError: if there is no such column
        """
        if not any(choice.index == index for choice in self.columns):
            raise IndexError(f"no column with index {index}")
        columns = tuple(
            replace(choice, field=field, confidence=1.0, why="You chose this.") if choice.index == index else choice
            for choice in self.columns
        )
        return replace(self, columns=columns)

    def of(self, *fields: Field) -> tuple[ColumnChoice, ...]:
        """Return the columns taken for any of `fields`."""
        return tuple(choice for choice in self.columns if choice.field in fields)

    def to_dict(self) -> dict[str, Any]:
        """Return the mapping as plain values for JSON, without the examples, which are people's data."""
        columns = [{**asdict(choice), "examples": []} for choice in self.columns]
        return {"fingerprint": self.fingerprint, "columns": columns}

    @classmethod
    def from_dict(cls, values: MappingOf[str, Any]) -> Mapping:
        """Return the mapping `to_dict` was called on, less its examples.

        :raises ValueError: if the values are none that `to_dict` gives
        """
        try:
            return cls(tuple(_choice(column) for column in values["columns"]), str(values["fingerprint"]))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not a mapping of columns") from error


def fingerprint(table: Table) -> str:
    """Return what stays the same when a file with the same headers is dropped again."""
    headers = "\x1f".join(plain(column.header) for column in table.columns)
    return hashlib.sha256(headers.encode("utf-8", "replace")).hexdigest()[:32]


def plain(header: str) -> str:
    """Return a header without case, spaces and punctuation, as headers are compared."""
    return re.sub(r"[\W_]+", " ", header.casefold()).strip()


def _choice(values: MappingOf[str, Any]) -> ColumnChoice:
    special = values.get("special")
    return ColumnChoice(
        index=int(values["index"]),
        header=str(values["header"]),
        field=Field(values["field"]),
        option=values.get("option"),
        rank=values.get("rank"),
        confidence=float(values.get("confidence", 1.0)),
        special=SpecialCategory(special) if special else None,
        why=str(values.get("why", "")),
    )
