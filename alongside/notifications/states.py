from enum import StrEnum

from alongside.kernel.lifecycle import Lifecycle, Move


class EmailState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


S = EmailState
EMAIL_LIFECYCLE = Lifecycle(
    Move("claim", frozenset({S.QUEUED}), S.SENDING, "Take it to send it"),
    Move("send", frozenset({S.SENDING}), S.SENT, "Sent"),
    Move("put_back", frozenset({S.SENDING}), S.QUEUED, "Try again later"),
    Move("fail", frozenset({S.SENDING}), S.FAILED, "Give up"),
)
