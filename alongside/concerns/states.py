from enum import StrEnum

from django.db import models

from alongside.kernel.lifecycle import Lifecycle, Move


class ConcernState(StrEnum):
    RECEIVED = "received"
    LOOKED_AT = "looked_at"
    CLOSED = "closed"


S = ConcernState
CONCERN_LIFECYCLE = Lifecycle(
    Move("acknowledge", frozenset({S.RECEIVED}), S.LOOKED_AT, "I am looking at it"),
    Move("decide", frozenset({S.LOOKED_AT}), S.LOOKED_AT, "Note what was decided"),
    Move("close", frozenset({S.LOOKED_AT}), S.CLOSED, "Close it"),
)


class About(models.TextChoices):
    """What a concern is about."""

    PERSON = "person", "A person"
    MEETING = "meeting", "A meeting"
    MYSELF = "myself", "Myself"
    PROGRAMME = "programme", "The programme"


class Severity(models.TextChoices):
    """How pressing it is, in the words of whoever reports it."""

    NOW = "now", "Somebody may be in danger now"
    SOON = "soon", "It should be looked at within a day or two"
    SOMETIME = "sometime", "It is not urgent, but somebody should know"


class EntryKind(StrEnum):
    RAISED = "raised"
    ADDED = "added"
    ACKNOWLEDGED = "acknowledged"
    NOTED = "noted"
    DECIDED = "decided"
    CLOSED = "closed"
    JOINED = "joined"


class Due(StrEnum):
    """What falls due where a concern is left lying."""

    ACKNOWLEDGE = "acknowledge"
    SECOND_PERSON = "second_person"
    DECIDE = "decide"
    SECOND_PERSON_DECIDES = "second_person_decides"
