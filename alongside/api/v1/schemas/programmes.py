from datetime import date

from ninja import Schema


class CohortOut(Schema):
    ref: str
    name: str
    starts_on: date
    ends_on: date | None


class ProgrammeOut(Schema):
    ref: str
    name: str
    organisation: str
    cohorts: list[CohortOut]


class ParticipantOut(Schema):
    """What a coordinator knows of a participant; special-category answers are never in it.

    ``kind`` is that of a mentor, where the cohort has kinds; "" elsewhere.
    """

    ref: str
    name: str
    email: str
    side: str
    kind: str
    state: str
    capacity: int
    topics: list[str]
    sector: str
    place: str
