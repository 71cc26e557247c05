from enum import StrEnum

from alongside.kernel.lifecycle import Lifecycle, Move


class EmailState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    LEFT = "left"


class Trouble(StrEnum):
    """Why an email did not go out the last time it was tried, as far as the server's answer says."""

    UNKNOWN = ""
    NO_SUCH_ADDRESS = "no_such_address"
    MAILBOX_FULL = "mailbox_full"
    NOT_TAKEN = "not_taken"
    NOT_NOW = "not_now"
    NO_SERVER = "no_server"
    NO_ANSWER = "no_answer"
    NOT_LET_IN = "not_let_in"
    NOT_WRITTEN = "not_written"


S = EmailState
EMAIL_LIFECYCLE = Lifecycle(
    Move("claim", frozenset({S.QUEUED}), S.SENDING, "Take it to send it"),
    Move("send", frozenset({S.SENDING}), S.SENT, "Sent"),
    Move("put_back", frozenset({S.SENDING}), S.QUEUED, "Try again later"),
    Move("fail", frozenset({S.SENDING}), S.FAILED, "Give up"),
    Move("try_again", frozenset({S.FAILED}), S.QUEUED, "Try again"),
    Move("leave", frozenset({S.FAILED}), S.LEFT, "Leave it"),
    Move("take_up", frozenset({S.LEFT}), S.FAILED, "Take it up again"),
)
