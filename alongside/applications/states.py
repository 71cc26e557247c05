from enum import StrEnum

from alongside.kernel.lifecycle import Lifecycle, Move


class ImportState(StrEnum):
    READING = "reading"
    READ = "read"
    CHECKING = "checking"
    CHECKED = "checked"
    IMPORTING = "importing"
    IMPORTED = "imported"
    CANCELLED = "cancelled"
    PUT_AWAY = "put_away"
    FAILED = "failed"


S = ImportState
NOT_RUN = frozenset({S.READING, S.READ, S.CHECKING, S.CHECKED})
IMPORT_LIFECYCLE = Lifecycle(
    Move("finish_reading", frozenset({S.READING}), S.READ, "Show the columns"),
    Move("choose_sheet", frozenset({S.READ, S.CHECKED}), S.READING, "Use this sheet"),
    Move("check", frozenset({S.READ, S.CHECKED}), S.CHECKING, "Check the rows"),
    Move("finish_check", frozenset({S.CHECKING}), S.CHECKED, "Show what was found"),
    Move("correct", frozenset({S.CHECKED}), S.READ, "Correct the columns"),
    Move("import", frozenset({S.CHECKED}), S.IMPORTING, "Import"),
    Move("finish_import", frozenset({S.IMPORTING}), S.IMPORTED, "Done"),
    Move("fail", frozenset({S.READING, S.CHECKING, S.IMPORTING}), S.FAILED, "Stop with an error"),
    Move(
        "cancel",
        frozenset({S.READING, S.READ, S.CHECKING, S.CHECKED, S.IMPORTING}),
        S.CANCELLED,
        "Cancel",
    ),
    Move("put_away", NOT_RUN, S.PUT_AWAY, "Put away"),
)
AT_WORK = frozenset({S.READING, S.CHECKING, S.IMPORTING})
WAITING_FOR_THE_COORDINATOR = frozenset({S.READ, S.CHECKED})


class ApplicationState(StrEnum):
    BEGUN = "begun"
    SENT = "sent"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


A = ApplicationState
OPEN = frozenset({A.BEGUN, A.SENT, A.WAITING})
"""Somebody has one such application at most for a side of a cohort."""
TO_DECIDE = frozenset({A.SENT, A.WAITING})
APPLICATION_LIFECYCLE = Lifecycle(
    Move("send", frozenset({A.BEGUN}), A.SENT, "Send it"),
    Move("wait", frozenset({A.SENT}), A.WAITING, "Put on the waiting list"),
    Move("accept", TO_DECIDE, A.ACCEPTED, "Accept"),
    Move("decline", TO_DECIDE, A.DECLINED, "Decline"),
    Move("withdraw", OPEN, A.WITHDRAWN, "Withdraw"),
)


class Reason(StrEnum):
    """Why an application is declined. The words that go out are written by the coordinator."""

    FULL = "full"
    NOT_MEANT_FOR = "not_meant_for"
    OTHER_HELP = "other_help"
    NO_CONVERSATION = "no_conversation"
    CHECK = "check"
    OTHER = "other"
