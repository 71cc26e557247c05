"""The life of a question of an organisation to a mentor whom it found, and the ways in which mentors meet."""

from enum import StrEnum

from alongside.kernel.lifecycle import Lifecycle, Move


class How(StrEnum):
    """How a mentor meets."""

    EITHER = "either"
    ONLINE = "online"
    IN_PERSON = "in_person"


class InvitationState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"


A = InvitationState.ASKED
LIFE: Lifecycle[InvitationState] = Lifecycle(
    Move("accept", frozenset({A}), InvitationState.ACCEPTED, "Yes"),
    Move("decline", frozenset({A}), InvitationState.DECLINED, "Not this time"),
)
