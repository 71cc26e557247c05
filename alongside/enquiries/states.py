"""The life of an enquiry as one table of moves, and what falls due in it."""

from enum import StrEnum

from alongside.kernel.lifecycle import Lifecycle, Move


class EnquiryState(StrEnum):
    UNCONFIRMED = "unconfirmed"
    HELD = "held"
    WAITING = "waiting"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    APPLIED = "applied"
    PASSED_ON = "passed_on"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


E = EnquiryState
UNSEEN = frozenset({E.UNCONFIRMED, E.HELD})
"""What no organisation knows of."""
OPEN = frozenset({E.WAITING, E.ACKNOWLEDGED})
"""What waits for an answer."""
IN_HAND = OPEN | {E.ANSWERED}

LIFE: Lifecycle[EnquiryState] = Lifecycle(
    Move("release", frozenset({E.HELD}), E.UNCONFIRMED, "Let it through"),
    Move("dismiss", frozenset({E.HELD}), E.LAPSED, "Throw it away"),
    Move("confirm", frozenset({E.UNCONFIRMED}), E.WAITING, "Yes, send it"),
    Move("forget", UNSEEN, E.LAPSED, "Nobody confirmed it in time"),
    Move("acknowledge", frozenset({E.WAITING}), E.ACKNOWLEDGED, "Say that you have read it"),
    Move("answer", IN_HAND, E.ANSWERED, "Send your answer"),
    Move("settle", OPEN, E.ANSWERED, "No more answer is needed"),
    Move("ask_again", frozenset({E.ANSWERED}), E.WAITING, "Add a word"),
    Move("apply", IN_HAND, E.APPLIED, "Turn it into an application"),
    Move("pass_on", IN_HAND | {E.DECLINED}, E.PASSED_ON, "Pass it on"),
    Move("decline", IN_HAND, E.DECLINED, "Say that you cannot help"),
    Move("withdraw", UNSEEN | IN_HAND, E.WITHDRAWN, "Take it back"),
    Move("lapse", OPEN, E.LAPSED, "Nobody answered in time"),
)


class Wants(StrEnum):
    """Which side of mentoring an enquiry is about."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    OTHER = "other"


class Doubt(StrEnum):
    """Why an enquiry is looked at by a steward before anything is sent."""

    NONE = ""
    TRAP = "trap"  # a field that nobody sees was filled in
    LINKS = "links"
    SAME_WORDS = "same_words"


class Due(StrEnum):
    """What falls due while nobody does anything."""

    REMIND = "remind"
    REMIND_AGAIN = "remind_again"
    PASS_ON = "pass_on"  # noqa: S105
    LAPSE = "lapse"
    RELEASE = "release"
    FORGET = "forget"


KEPT_MONTHS = 6
"""How long after it was closed an enquiry still says whose it was."""
