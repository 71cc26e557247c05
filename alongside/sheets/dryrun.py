"""What an import would do, before it does it."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.places import Place
from alongside.sheets.remarks import Severity

Weighted = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know about one cell: where, what is wrong, and what would be right.

    `row` is the spreadsheet program's number, 0 where the finding is about the whole table; `column` is
    letter and header, "" where it is about the whole row. "stops" keeps the row out, "worth_a_look" does not.
    """

    row: int
    column: str
    value: str
    severity: Severity
    message: str
    code: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as a row tells of them; what it does not tell is "", (), or None.

    `needs` and `expertise` hold (label, weight from 0 to 1); `sector` is one text, several joined by "; ";
    `seniority` runs from 1 to 7; `availability` holds slots such as "mon-am"; `remote` says whether meeting
    online suits; `max_km` is kilometres; `prefers` and `avoids` hold names or addresses as written; `kind` is the id
    of a kind of mentor; `place`
    never holds more than a town and the first half of a postcode.
    """

    row: int
    name: str = ""
    email: str = ""
    organisation: str = ""
    roles: tuple[str, ...] = ()
    kind: str = ""
    job_title: str = ""
    place: str = ""
    position: Place | None = None
    capacity: int | None = None
    capacity_note: str = ""
    needs: Weighted = ()
    expertise: Weighted = ()
    sector: str = ""
    seniority: int | None = None
    availability: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    remote: bool | None = None
    max_km: float | None = None
    prefers: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DryRun:
    """Everyone a table tells of, stopped or not, in the order of its rows, and all there is to say."""

    people: tuple[PersonRow, ...]
    findings: tuple[Finding, ...]

    @property
    def stopped_rows(self) -> frozenset[int]:
        """The numbers of the rows that cannot be imported as they are."""
        return frozenset(finding.row for finding in self.findings if finding.severity == "stops")

    @property
    def ready(self) -> tuple[PersonRow, ...]:
        """The people nothing stops."""
        stopped = self.stopped_rows
        return tuple(person for person in self.people if person.row not in stopped)
