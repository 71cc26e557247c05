from enum import StrEnum

from alongside.kernel.lifecycle import Lifecycle, Move


class MentorshipState(StrEnum):
    INTRODUCED = "introduced"
    MET = "met"
    ACTIVE = "active"
    ENDED = "ended"


S = MentorshipState
MENTORSHIP_LIFECYCLE = Lifecycle(
    Move("meet", frozenset({S.INTRODUCED}), S.MET, "We have met"),
    Move("go_on", frozenset({S.MET}), S.ACTIVE, "We go on"),
    Move("end", frozenset({S.INTRODUCED, S.MET, S.ACTIVE}), S.ENDED, "End it"),
)
RUNNING = frozenset({S.INTRODUCED, S.MET, S.ACTIVE})
