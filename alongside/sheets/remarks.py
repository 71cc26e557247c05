"""What there is to say about one cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["stops", "worth_a_look"]


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about a cell that starts after its value: "“two or three” " + "was taken as 2." """

    code: str
    text: str
    severity: Severity = "worth_a_look"


def quoted(value: str, longest: int = 80) -> str:
    """Return a value as messages show it: on one line, cut where it is long, in quotation marks."""
    line = " ".join(value.split())
    return f"“{line[: longest - 1]}…”" if len(line) > longest else f"“{line}”"
