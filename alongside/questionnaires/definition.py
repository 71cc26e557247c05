"""Questionnaires as data: read from TOML, checked to the last word, never changed once used.

A definition has an id and a version; whoever answers keeps both, so that answers always show with what was asked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from pydantic import Field

from alongside.datafiles.checking import Part
from alongside.questionnaires.items import (
    NOT_ASKED,
    AnyItem,
    Asked,
    Choice,
    Id,
    Many,
    Matrix,
    One,
    Ranked,
    Row,
    Scale,
    Section,
    Words,
)
from alongside.questionnaires.splitting import split
from alongside.questionnaires.translating import translated

Answer = str | int | float | bool | list[str]
Answers = Mapping[str, Any]
LONG = 10
"""From how many questions a questionnaire is filled in page by page."""


class Audience(StrEnum):
    """Who answers."""

    EACH = "each"
    MENTORS = "mentors"
    MENTEES = "mentees"
    RATERS = "raters"
    COORDINATORS = "coordinators"
    ANYONE = "anyone"


class Shown(StrEnum):
    """When somebody other than its author sees an answer."""

    NEVER = "never"
    WHEN_ALL_DONE = "when_all_done"
    IF_SHARED = "if_shared"
    COUNTED = "counted"
    TO_COORDINATORS = "to_coordinators"


class How(StrEnum):
    """How the answers of a role become one figure."""

    PERCENT = "percent"
    MEAN = "mean"
    SUM = "sum"


class Band(Part):
    """What a figure from ``from_`` upwards means, and what somebody may do about it."""

    from_: float = Field(alias="from")
    title: Words
    feedback: str = ""


class Role(Part):
    """A group of items whose answers become one figure, with what a high and a low figure mean.

    With ``of_all`` it counts every item of the questionnaire.
    """

    id: Id
    title: Words
    about: str = ""
    how: How = How.PERCENT
    of_all: bool = False
    bands: tuple[Band, ...] = ()


class RaterGroup(Part):
    """People of one kind who are asked about somebody: named by them, shown together from ``at_least`` answers."""

    id: Id
    title: Words
    about: str = ""
    at_least: int = Field(3, ge=1)
    oneself: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is answered: an item that asks, or one row of a matrix. ``steps`` are those of its scale."""

    id: str
    text: str
    item: Asked
    steps: tuple[Choice, ...] = ()
    row: Row | None = None

    @property
    def kind(self) -> str:
        return "scale" if self.row else str(self.item.kind)  # type: ignore[attr-defined]  # each kind has it

    @property
    def scored(self) -> Scale | Row | None:
        """What says how it counts, where it does."""
        return self.row or (self.item if isinstance(self.item, Scale) else None)

    def label(self, answer: Any) -> str:
        """Return an answer in the words that were chosen; "" for none."""
        if answer is None or answer == "":
            return ""
        named: dict[Any, str] = {step.value: step.label for step in self.steps}
        if isinstance(self.item, One | Many | Ranked):
            named = {option.id: option.label for option in self.item.options}
        return ", ".join(str(named.get(each, each)) for each in (answer if isinstance(answer, list) else [answer]))


class Definition(Part):
    """A questionnaire in one version."""

    id: Id
    version: int = Field(ge=1)
    title: Words
    about: Words
    language: str = "en"
    audience: Audience
    shown: Shown
    at_least: int = Field(1, ge=1, description="how many answers there must be before any are shown as counts")
    scales: dict[str, tuple[Choice, ...]] = {}
    roles: tuple[Role, ...] = ()
    raters: tuple[RaterGroup, ...] = ()
    items: tuple[AnyItem, ...] = Field(min_length=1)
    translations: dict[str, dict[str, str]] = {}

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Everything that is answered, in order."""
        return tuple(question for item in self.items for question in self.of_item[item.id])

    @cached_property
    def of_item(self) -> dict[str, tuple[Question, ...]]:
        """What each item asks, by its id."""
        return {item.id: tuple(questions_of(item, self.scales)) for item in self.items}

    @cached_property
    def by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def pages(self) -> tuple[tuple[AnyItem, ...], ...]:
        """The items as they are filled in: all at once where they are few; where they are many a page for each section,
        and several for a long one.
        """
        return tuple(page for part in self.parts for page in part)

    @cached_property
    def parts(self) -> tuple[tuple[tuple[AnyItem, ...], ...], ...]:
        """The pages section by section; those of one section share its heading."""
        if len(self.questions) < LONG:
            return ((self.items,),)
        starts = [n for n, item in enumerate(self.items) if isinstance(item, Section) and n] + [len(self.items)]
        sections = (self.items[a:b] for a, b in zip([0, *starts], starts, strict=False))
        return tuple(split(section, self.of_item) for section in sections)

    def in_language(self, language: str) -> "Definition":
        """Return it in another language; what was not translated stays as it was written.

        What answers mean stays the same: only words differ, never an id or a value. For "de-at" the words in "de" do.
        """
        known = language if language in self.translations else language.partition("-")[0]
        if known == self.language or not self.translations.get(known):
            return self
        if known not in self.translated_before:
            table = translated(self.model_dump(mode="json", by_alias=True), self.translations[known])
            made = Definition.model_validate(table | {"language": known, "translations": {}})
            self.translated_before[known] = made
        return self.translated_before[known]

    @cached_property
    def translated_before(self) -> dict[str, "Definition"]:
        """The languages in which it was read already: to translate takes far longer than to show a page."""
        return {}


def questions_of(item: AnyItem, scales: Mapping[str, tuple[Choice, ...]]) -> Iterator[Question]:
    """Yield what an item asks: nothing, itself, or each of its rows."""
    if isinstance(item, Matrix):
        steps = scales.get(item.scale, ())
        yield from (Question(f"{item.id}.{row.id}", row.text, item, steps, row) for row in item.rows)
    elif isinstance(item, Scale):
        yield Question(item.id, item.text, item, scales.get(item.scale, ()))
    elif not isinstance(item, NOT_ASKED):
        yield Question(item.id, item.text, item)
