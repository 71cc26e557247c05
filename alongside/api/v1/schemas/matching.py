from datetime import datetime

from ninja import Schema


class PairOut(Schema):
    mentee: str
    mentor: str
    score: int


class LeftOut(Schema):
    mentee: str
    reason: str


class MatchingOut(Schema):
    """The version on the board. ``value == bound`` means that no other matching is better.

    ``kind`` is that of the mentors, where the cohort has kinds; "" elsewhere.
    """

    kind: str
    version: int
    placed: int
    value: int
    bound: int
    fingerprint: str
    pairs: list[PairOut]
    unmatched: list[LeftOut]


class MentorshipOut(Schema):
    ref: str
    state: str
    introduced_at: datetime
    mentors: list[str]
    mentees: list[str]
