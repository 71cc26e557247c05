"""The lives of an offer (what a mentee is asked), a request (what a mentor is asked) and of what a worker does."""

from enum import StrEnum

from alongside.kernel.lifecycle import Lifecycle, Move


class OfferState(StrEnum):
    OPEN = "open"
    CHOSEN = "chosen"
    PLACED = "placed"
    EXHAUSTED = "exhausted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    CLOSED = "closed"


O = OfferState  # noqa: E741  the table below reads better with one letter
OFFER_LIFECYCLE = Lifecycle(
    Move("choose", frozenset({O.OPEN, O.LAPSED}), O.CHOSEN, "Send my choice"),
    Move("decline", frozenset({O.OPEN, O.LAPSED}), O.DECLINED, "None of these"),
    Move("lapse", frozenset({O.OPEN}), O.LAPSED, "No answer in time"),
    Move("reopen", frozenset({O.LAPSED}), O.OPEN, "Give more time"),
    Move("place", frozenset({O.CHOSEN}), O.PLACED, "Both said yes"),
    Move("exhaust", frozenset({O.CHOSEN}), O.EXHAUSTED, "No mentor left on the list"),
    Move("close", frozenset({O.OPEN, O.CHOSEN, O.LAPSED, O.EXHAUSTED, O.DECLINED}), O.CLOSED, "Close"),
)
OFFERS_IN_HAND = frozenset({O.OPEN, O.CHOSEN, O.LAPSED})
OFFERS_FOR_THE_COORDINATOR = frozenset({O.LAPSED, O.EXHAUSTED, O.DECLINED})


class RequestState(StrEnum):
    OFFERED = "offered"
    IN_LINE = "in_line"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    PASSED_OVER = "passed_over"


R = RequestState
REQUEST_LIFECYCLE = Lifecycle(
    Move("choose", frozenset({R.OFFERED}), R.IN_LINE, "Choose"),
    Move("ask", frozenset({R.IN_LINE}), R.ASKED, "Ask the mentor"),
    Move("accept", frozenset({R.ASKED}), R.ACCEPTED, "Yes, I would like to"),
    Move("decline", frozenset({R.ASKED}), R.DECLINED, "Not this time"),
    Move("lapse", frozenset({R.ASKED}), R.LAPSED, "No answer in time"),
    Move("pass_over", frozenset({R.OFFERED, R.IN_LINE, R.ASKED}), R.PASSED_OVER, "No longer needed"),
)


class SendingState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    REFUSED = "refused"


S = SendingState
SENDING_LIFECYCLE = Lifecycle(
    Move("finish", frozenset({S.RUNNING}), S.DONE, "All are sent"),
    Move("stop", frozenset({S.RUNNING}), S.STOPPED, "Stop"),
    Move("refuse", frozenset({S.RUNNING}), S.REFUSED, "It cannot go on"),
)


class CalculationState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    REFUSED = "refused"


C = CalculationState
CALCULATION_LIFECYCLE = Lifecycle(
    Move("finish", frozenset({C.RUNNING}), C.DONE, "It is on the board"),
    Move("stop", frozenset({C.RUNNING}), C.STOPPED, "Stop"),
    Move("refuse", frozenset({C.RUNNING}), C.REFUSED, "It cannot go on"),
)


class Stage(StrEnum):
    """How far a calculation is; ``PAIRS`` and ``AGAIN`` also tell their share."""

    WAITING = "waiting"
    PEOPLE = "people"
    PAIRS = "pairs"
    PAIRING = "pairing"
    AGAIN = "again"
