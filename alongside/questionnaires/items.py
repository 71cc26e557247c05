"""The kinds of items a questionnaire is made of, each with what may be said of it."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from alongside.datafiles.checking import Part

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Words = Annotated[str, Field(min_length=1)]
Limit = float | date


def _day(words: str) -> date | str:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return words


class Choice(Part):
    """One step of a scale: what it counts, and what it says."""

    value: int
    label: Words


class Option(Part):
    """One of several things to choose. ``alone`` goes with no other, such as "none of these"."""

    id: Id
    label: Words
    help: str = ""
    alone: bool = False


class Condition(Part):
    """What an earlier answer must be for an item to be shown: one of some values, within limits, or there at all.

    Limits of a date are days, of a number or a scale numbers.
    """

    item: Words
    is_in: tuple[str | int | bool, ...] = ()
    at_least: Limit | None = None
    at_most: Limit | None = None

    @field_validator("at_least", "at_most", mode="before")
    @classmethod
    def _as_limit(cls, value: Any) -> Any:
        """Say in one sentence that something is no limit: pydantic would say it once for each kind."""
        if isinstance(value, str):
            value = _day(value)
        if value is not None and type(value) not in (int, float, date):
            raise ValueError("A limit is a number such as 10, or a day such as 2027-03-31.")
        return value


class Item(Part):
    """What all kinds have. ``shown_if`` lists conditions that must all hold; none means always."""

    id: Id
    text: Words
    help: str = ""
    shown_if: tuple[Condition, ...] = ()


class Section(Item):
    """A heading. In a long questionnaire it begins a page."""

    kind: Literal["section"]


class Explanation(Item):
    """Words to read between the questions, in Markdown."""

    kind: Literal["explanation"]


class Asked(Item):
    """What all questions have. ``fills`` names what the answer tells of a person, so that it is asked only once."""

    required: bool = False
    fills: str = ""


class Text(Asked):
    kind: Literal["text"]
    at_most: int = Field(200, ge=1, le=1000, description="signs")


class LongText(Asked):
    kind: Literal["long_text"]
    at_most: int = Field(5000, ge=1, le=50_000, description="signs")


class Number(Asked):
    kind: Literal["number"]
    at_least: float | None = None
    at_most: float | None = None
    whole: bool = True
    unit: str = ""


class Date(Asked):
    kind: Literal["date"]
    earliest: date | None = None
    latest: date | None = None


class One(Asked):
    kind: Literal["one"]
    options: tuple[Option, ...] = Field(min_length=2)


class Many(Asked):
    kind: Literal["many"]
    options: tuple[Option, ...] = Field(min_length=2)
    at_least: int = Field(0, ge=0)
    at_most: int | None = Field(None, ge=1)


class Ranked(Asked):
    """Options put in order, the most wanted first; ``at_most`` of them."""

    kind: Literal["ranked"]
    options: tuple[Option, ...] = Field(min_length=2)
    at_least: int = Field(0, ge=0)
    at_most: int | None = Field(None, ge=1)


class Scale(Asked):
    """One step of a scale with labels. A ``reverse`` item counts from the other end."""

    kind: Literal["scale"]
    scale: Words
    role: str = ""
    counted: bool = True
    reverse: bool = False


class Row(Part):
    """One row of a matrix: a scale item of its own, whose id is the matrix's, a dot and this one's."""

    id: Id
    text: Words
    role: str = ""
    counted: bool = True
    reverse: bool = False


class Matrix(Asked):
    """Several statements on one scale, as a table. Each row is answered, counted and compared as a scale item."""

    kind: Literal["matrix"]
    scale: Words
    rows: tuple[Row, ...] = Field(min_length=1)


class Place(Asked):
    """A town or the first half of a postcode, never an address."""

    kind: Literal["place"]


class File(Asked):
    """A document. What may be in it is decided by its content, not by its name."""

    kind: Literal["file"]
    megabytes: int = Field(10, ge=1, le=50)


class Consent(Asked):
    """Something agreed to, in exactly these words; what is kept names the version in which they stood."""

    kind: Literal["consent"]
    purpose: Id


AnyItem = Annotated[
    Section
    | Explanation
    | Text
    | LongText
    | Number
    | Date
    | One
    | Many
    | Ranked
    | Scale
    | Matrix
    | Place
    | File
    | Consent,
    Field(discriminator="kind"),
]
NOT_ASKED = Section | Explanation
