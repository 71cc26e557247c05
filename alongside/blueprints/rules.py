"""The rules of a programme: everything in which one programme runs otherwise than another, as data."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from alongside import engine
from alongside.datafiles import checking
from alongside.datafiles.checking import Part, Remark
from alongside.questionnaires.items import Id, Words

SideName = Literal["mentor", "mentee"]
BOTH: tuple[SideName, ...] = ("mentor", "mentee")


class Gate(Part):
    """Something a participant completes before anybody is matched with them."""

    id: Id
    title: Words
    sides: tuple[SideName, ...] = Field(BOTH, min_length=1)
    about: str = Field("", description="Markdown, for those who are to complete it")


class Choice(Part):
    """How a mentee is offered mentors, and how long each has to answer."""

    shape: Literal["rank", "one"] = "rank"
    mentors_offered: int = Field(3, ge=1, le=3)
    days_to_answer: int = Field(5, ge=1, le=60)
    reminders: int = Field(2, ge=0, le=5)


class Start(Part):
    """How a mentorship begins."""

    cooling_off_days: int = Field(2, ge=1, le=30, description="working days until both are asked")


class Meetings(Part):
    """What a mentorship aims at; nobody is held to it."""

    expected: int = Field(9, ge=1, le=100)
    minutes: int = Field(90, ge=15, le=480)
    rhythm_days: int = Field(30, ge=1, le=180)


class Length(Part):
    """How long a mentorship is planned for."""

    months: int = Field(12, ge=1, le=60)


class Agreement(Part):
    """What members of a mentorship sign; empty for the texts that come with us."""

    text: str = ""
    charter: str = ""


class Objectives(Part):
    scaled: bool = Field(False, description="offer goal attainment scaling")


class Rules(Part):
    """How a programme runs. What is left out is as most programmes do it."""

    gates: tuple[Gate, ...] = ()
    matching: dict[str, Any] = Field(default={}, description="hard rules and weights, as the engine reads them")
    choice: Choice = Choice()
    start: Start = Start()
    meetings: Meetings = Meetings()
    length: Length = Length()
    agreement: Agreement = Agreement()
    objectives: Objectives = Objectives()

    @cached_property
    def table(self) -> dict[str, Any]:
        """Every rule as plain data, also those that are as usual: what is usual may change, these do not."""
        return self.model_dump(mode="json", by_alias=True)

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of the rules: two programmes with one fingerprint run alike."""
        canonical = json.dumps(self.table, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @cached_property
    def settings(self) -> engine.Settings:
        """Return what the engine is to keep to and to aim at."""
        return engine.from_dict(engine.Settings, self.matching) if self.matching else engine.Settings()

    def gates_of(self, side: str) -> tuple[Gate, ...]:
        """Return what somebody on this side completes before they are matched."""
        return tuple(gate for gate in self.gates if side in gate.sides)

    def changed(self, sections: Mapping[str, Any]) -> "Rules":
        """Return rules in which some sections differ.

        :param sections: plain data by section; of a section that is a table only what differs.
        :raises FaultsFound: if anything does not fit.
        """
        merged = {**self.table}
        for name, value in sections.items():
            whole = isinstance(value, Mapping) and name != "matching"
            merged[name] = {**merged[name], **value} if whole else value
        return check(merged)


def check(table: Mapping[str, Any], file: str = "the rules") -> Rules:
    """Check rules that were made on a page or kept.

    :raises FaultsFound: if anything in them is missing, unknown or does not fit.
    """
    return checking.check(Rules, table, file, remarks)


def remarks(rules: Rules) -> Iterator[Remark]:
    """Yield what is wrong between the rules of a programme."""
    ids = [gate.id for gate in rules.gates]
    for place, each in enumerate(ids):
        if each in ids[:place]:
            yield Remark(("gates", place, "id"), f"The step “{each}” stands twice. Give each an id of its own.")
    try:
        _ = rules.settings
    except (ValueError, TypeError, KeyError) as refusal:
        yield Remark(("matching",), f"The matching cannot be read: {refusal}")
