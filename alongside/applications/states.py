from enum import StrEnum

from alongside.kernel.lifecycle import Lifecycle, Move


class ImportState(StrEnum):
    UPLOADED = "uploaded"
    CHECKING = "checking"
    CHECKED = "checked"
    IMPORTING = "importing"
    IMPORTED = "imported"
    CANCELLED = "cancelled"
    FAILED = "failed"


S = ImportState
IMPORT_LIFECYCLE = Lifecycle(
    Move("check", frozenset({S.UPLOADED, S.CHECKED, S.FAILED}), S.CHECKING, "Check the file"),
    Move("finish_check", frozenset({S.CHECKING}), S.CHECKED, "Show what was found"),
    Move("correct", frozenset({S.CHECKED, S.FAILED}), S.UPLOADED, "Correct the columns"),
    Move("import", frozenset({S.CHECKED}), S.IMPORTING, "Import"),
    Move("finish_import", frozenset({S.IMPORTING}), S.IMPORTED, "Done"),
    Move("fail", frozenset({S.CHECKING, S.IMPORTING}), S.FAILED, "Stop with an error"),
    Move("cancel", frozenset({S.UPLOADED, S.CHECKING, S.CHECKED, S.IMPORTING, S.FAILED}), S.CANCELLED, "Cancel"),
)
UNFINISHED = frozenset({S.UPLOADED, S.CHECKING, S.CHECKED, S.IMPORTING, S.FAILED})
