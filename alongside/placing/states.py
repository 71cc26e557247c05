"""The lives of a call for mentors, and of the question that a volunteer is asked."""

from enum import StrEnum

from alongside.kernel.lifecycle import Lifecycle, Move


class CallState(StrEnum):
    OPEN = "open"
    FILLED = "filled"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"


C = CallState
CALL_LIFECYCLE = Lifecycle(
    Move("fill", frozenset({C.OPEN}), C.FILLED, "As many as were needed said yes"),
    Move("decline", frozenset({C.OPEN}), C.DECLINED, "We cannot help just now"),
    Move("take_back", frozenset({C.OPEN}), C.TAKEN_BACK, "Take it back"),
    Move("lapse", frozenset({C.OPEN}), C.LAPSED, "The day it was for has passed"),
)


class AskState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    RELEASED = "released"


A = AskState
ASK_LIFECYCLE = Lifecycle(
    Move("accept", frozenset({A.ASKED}), A.ACCEPTED, "Yes, I would like to"),
    Move("decline", frozenset({A.ASKED}), A.DECLINED, "Not this time"),
    Move("lapse", frozenset({A.ASKED}), A.LAPSED, "No answer in time"),
    Move("release", frozenset({A.ASKED}), A.RELEASED, "No longer needed"),
)
COUNTED = frozenset({A.ASKED, A.ACCEPTED})
CAME_TO_NOTHING = frozenset({A.DECLINED, A.LAPSED, A.RELEASED})

ASKS_KEPT = 12
"""Months for which a question that came to nothing is kept; how often somebody was asked stays as a number."""

REMINDED_BEFORE = 30
"""Days before their training is to be refreshed on which a volunteer hears of it."""
