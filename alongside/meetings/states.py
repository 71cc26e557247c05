from enum import StrEnum

from django.db import models

from alongside.kernel.lifecycle import Lifecycle, Move


class MeetingState(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    HELD = "held"
    NOT_HELD = "not_held"
    CANCELLED = "cancelled"


S = MeetingState
OPEN = frozenset({S.PROPOSED, S.AGREED})
"""Where times can be suggested and answered, and where it can be cancelled."""

MEETING_LIFECYCLE = Lifecycle(
    Move("agree", frozenset({S.PROPOSED}), S.AGREED, "All can come"),
    Move("move", frozenset({S.AGREED}), S.AGREED, "All can come at another time"),
    Move("hold", frozenset({S.AGREED, S.NOT_HELD}), S.HELD, "It happened"),
    Move("miss", frozenset({S.AGREED}), S.NOT_HELD, "It did not happen"),
    Move("cancel", OPEN, S.CANCELLED, "Cancel it"),
)


class Mode(models.TextChoices):
    """How people meet."""

    IN_PERSON = "in_person", "In person"
    ONLINE = "online", "Online"
    TELEPHONE = "telephone", "By telephone"


class Answer(models.TextChoices):
    """What one member says to a time."""

    YES = "yes", "Yes"
    MAYBE = "maybe", "Perhaps"
    NO = "no", "No"


class Stage(StrEnum):
    """Where in the life of a mentorship a meeting stands: its agenda begins from that."""

    FIRST = "first"
    SECOND = "second"
    LATER = "later"
    REVIEW = "review"
    LAST = "last"
