"""Reading one row as a person, column by column."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from alongside.places import Place, find, outward_code
from alongside.sheets.availability import DAYS, SLOTS, read_availability
from alongside.sheets.dryrun import Finding, PersonRow, Weighted
from alongside.sheets.emails import find_emails, read_email
from alongside.sheets.fields import ColumnChoice, Field, plain
from alongside.sheets.languages import language_in, read_languages
from alongside.sheets.marks import says_nothing, weight_of_mark, weight_of_rank, yes_or_no
from alongside.sheets.meeting import read_meeting_mode
from alongside.sheets.numbers import read_capacity, read_distance
from alongside.sheets.options import Splitter
from alongside.sheets.people import first_name_first, read_role, tidy_name
from alongside.sheets.remarks import Remark, quoted
from alongside.sheets.seniority import read_seniority
from alongside.sheets.tables import Row, Table

AGREES = re.compile(r"\b(?:agree|consent|privacy|gdpr|data protection)", re.IGNORECASE)
# True of a whole column, so said for its first row alone.
SAID_ONCE = frozenset({"distance_unit", "language_assumed"})
LONGEST_TEXT = 20_000
LONGEST_LINE = 500
Values = dict[str, Any]


class PersonReader:
    """Reads rows of one table. Keeps the findings of the row in hand, and of the rows before only what was
    said once.
    """

    def __init__(
        self,
        table: Table,
        choices: Sequence[ColumnChoice],
        splitters: dict[int, Splitter],
        default_role: str | None,
        kinds: Mapping[str, str] | None = None,
    ) -> None:
        """Read with the kinds of mentors there are, their titles by their ids."""
        self.kinds = kinds or {}
        self.names = {column.index: f"{column.letter} “{column.header}”" for column in table.columns}
        self.splitters = splitters
        self.default_role = default_role
        self.by_field: dict[Field, list[ColumnChoice]] = defaultdict(list)
        for choice in choices:
            if choice.index in self.names:
                self.by_field[choice.field].append(choice)
        self.row = Row(0, ())
        self.findings: list[Finding] = []
        self.said: set[tuple[int, str]] = set()

    def read(self, row: Row) -> tuple[PersonRow, list[Finding]]:
        """Return the person in a row and what there is to say about the row."""
        self.row, self.findings = row, []
        values: Values = {
            "row": row.number,
            "name": self._name(),
            "email": self._email(),
            "roles": self._roles(),
        }
        values["kind"] = self._kind(values["roles"])
        values.update(self._lines())
        values.update(self._place())
        values.update(self._capacity())
        values.update(self._lists())
        values.update(self._meeting())
        self._check_name(values)
        return PersonRow(**values), self.findings

    # Cells and findings

    def _cell(self, choice: ColumnChoice) -> str:
        cell = self.row.cells[choice.index].strip()
        return cell[1:] if cell[:1] == "'" and cell[1:2] in set("=+-@") else cell

    def _filled(self, *fields: Field) -> list[tuple[ColumnChoice, str]]:
        pairs = [(choice, self._cell(choice)) for field in fields for choice in self.by_field.get(field, ())]
        return [(choice, cell) for choice, cell in pairs if cell]

    def _first(self, field: Field) -> tuple[ColumnChoice | None, str]:
        return next(iter(self._filled(field)), (None, ""))

    def _say(self, choice: ColumnChoice, value: str, remark: Remark | None) -> None:
        if remark and (remark.code not in SAID_ONCE or self._first_time(choice, remark)):
            where = self.names[choice.index]
            subject = quoted(value) if value else "this"
            message = f"Row {self.row.number}, column {where}: {subject} {remark.text}"
            self.findings.append(Finding(self.row.number, where, value, remark.severity, message, remark.code))

    def _first_time(self, choice: ColumnChoice, remark: Remark) -> bool:
        known = (choice.index, remark.code) in self.said
        self.said.add((choice.index, remark.code))
        return not known

    # Who

    def _name(self) -> str:
        first, last = (tidy_name(self._first(field)[1]) for field in (Field.FIRST_NAME, Field.LAST_NAME))
        whole = " ".join(filter(None, (first, last)))
        return whole or first_name_first(tidy_name(self._first(Field.NAME)[1]))

    def _check_name(self, values: Values) -> None:
        if values["name"]:
            return
        who = f" ({values['email']})" if values["email"] else ""
        message = f"Row {self.row.number} has no name{who}. Write the name this person goes by."
        self.findings.append(Finding(self.row.number, "", "", "stops", message, "name_missing"))

    def _email(self) -> str:
        columns = self.by_field.get(Field.EMAIL, [])
        if not columns:
            message = f"Row {self.row.number} has no email address. Everyone needs one, like jo@example.org."
            self.findings.append(Finding(self.row.number, "", "", "stops", message, "email_missing"))
            return ""
        filled = self._filled(Field.EMAIL)
        choice, cell = filled[0] if filled else (columns[0], "")
        address, remark = read_email(cell)
        if not cell:
            remark = Remark(
                "email_missing",
                "cell is empty. Everyone needs an email address, like jo@example.org.",
                "stops",
            )
        self._say(choice, cell, remark)
        return address

    def _roles(self) -> tuple[str, ...]:
        said: set[str] = set()
        for choice, cell in self._filled(Field.ROLE):
            said |= set(read_role(cell, choice.header))
        if self.default_role and not said:
            said = {self.default_role}
        if not said:
            message = f"Row {self.row.number} does not say mentor or mentee. Write one of them, or both."
            self.findings.append(Finding(self.row.number, "", "", "stops", message, "role_missing"))
        return tuple(role for role in ("mentor", "mentee") if role in said)

    def _kind(self, roles: tuple[str, ...]) -> str:
        """Return the id of the kind of mentor that a cell names by id or title."""
        choice, cell = self._first(Field.KIND)
        if choice is None or "mentor" not in roles:
            return ""
        named = {plain(word): kind for kind, title in self.kinds.items() for word in (kind, title)}
        if plain(cell) not in named:
            titles = " or ".join(quoted(title) for title in self.kinds.values())
            self._say(choice, cell, Remark("kind_unknown", f"is no kind of mentor here. Write {titles}.", "stops"))
        return named.get(plain(cell), "")

    # What they are

    def _lines(self) -> Values:
        choice, cell = self._first(Field.SENIORITY)
        seniority, remark = read_seniority(cell, choice.header) if choice else (None, None)
        if choice:
            self._say(choice, cell, remark)
        return {
            "organisation": _line(self._first(Field.ORGANISATION)[1]),
            "job_title": _line(self._first(Field.JOB_TITLE)[1]),
            "seniority": seniority,
            "text": self._text(),
            "attributes": self._attributes(),
        }

    def _text(self) -> str:
        filled = self._filled(Field.TEXT)
        if len(filled) == 1:
            return filled[0][1][:LONGEST_TEXT]
        return "\n\n".join(f"{choice.header}: {cell}" for choice, cell in filled)[:LONGEST_TEXT]

    def _attributes(self) -> tuple[tuple[str, str], ...]:
        filled = self._filled(Field.ATTRIBUTE)
        for choice, cell in filled:
            if AGREES.search(choice.header) and yes_or_no(cell) is False:
                self._say(choice, cell, CONSENT_REFUSED)
        return tuple((choice.header, cell[:LONGEST_TEXT]) for choice, cell in filled)

    # Where

    def _place(self) -> Values:
        """Return the place, its town and outward code at most, and where that is."""
        filled = [pair for pair in self._filled(Field.PLACE) if not says_nothing(pair[1])]
        outward = next(filter(None, (outward_code(cell) for _, cell in filled)), None)
        by_code = find(outward) if outward else None
        by_name = next(filter(None, (find(cell) for _, cell in filled if not outward_code(cell))), None)
        if filled and not (by_code or by_name):
            self._say(filled[0][0], filled[0][1], PLACE_UNKNOWN)
        return {"place": _place_words(filled, by_name, by_code, outward), "position": by_code or by_name}

    def _capacity(self) -> Values:
        choice, cell = self._first(Field.CAPACITY)
        if choice is None:
            return {}
        capacity, note, remark = read_capacity(cell)
        self._say(choice, cell, remark)
        return {"capacity": capacity, "capacity_note": note}

    def _meeting(self) -> Values:
        modes = []
        for choice, cell in self._filled(Field.MEETING_MODE):
            chosen = choice.option if choice.option and weight_of_mark(cell, choice.option) else ""
            modes.append(read_meeting_mode(chosen or cell, choice.header) if chosen or not choice.option else None)
        known = [mode for mode in modes if mode is not None]
        asked, far = self._first(Field.MAX_DISTANCE)
        max_km, remark = read_distance(far, asked.header) if asked else (None, None)
        if asked:
            self._say(asked, far, remark)
        return {"remote": any(known) if known else None, "max_km": max_km}

    # Lists

    def _lists(self) -> Values:
        sectors = [label for label, _ in self._weighted(Field.SECTOR)]
        return {
            "needs": self._weighted(Field.NEEDS),
            "expertise": self._weighted(Field.EXPERTISE),
            "sector": "; ".join(sectors),
            "availability": self._availability(),
            "languages": self._languages(),
            "prefers": self._people(Field.PREFERS),
            "avoids": self._people(Field.AVOIDS),
        }

    def _weighted(self, field: Field) -> Weighted:
        """Return the labels of all columns of a field with their weights, the heaviest first, each once."""
        found: dict[str, tuple[str, float]] = {}
        for choice, cell in self._filled(field):
            for label, weight in self._labels(choice, cell):
                known = found.get(label.casefold(), (label, 0.0))
                found[label.casefold()] = (known[0], max(known[1], weight))
        return tuple(sorted(found.values(), key=lambda pair: -pair[1]))

    def _labels(self, choice: ColumnChoice, cell: str) -> list[tuple[str, float]]:
        if choice.option is not None:
            return self._marked(choice, choice.option, cell)
        split = self.splitters.get(choice.index, Splitter()).split(cell)
        share = weight_of_rank(choice.rank) if choice.rank else 1.0
        return [(_line(label), weight * share) for label, weight in split]

    def _marked(self, choice: ColumnChoice, option: str, cell: str) -> list[tuple[str, float]]:
        weight = weight_of_mark(cell, option)
        if weight is None:
            self._say(choice, cell, Remark("mark_unclear", f"was read as yes to {quoted(option)}."))
            weight = 1.0
        return [(option, weight)] if weight else []

    def _availability(self) -> tuple[str, ...]:
        slots: set[str] = set()
        for choice, cell in self._filled(Field.AVAILABILITY):
            phrase = cell
            if choice.option:
                weight = weight_of_mark(cell, choice.option)
                phrase = f"{choice.option} {cell}" if weight is None else choice.option if weight else ""
                phrase = phrase.replace(",", " ") if any(day in phrase.casefold() for day in DAYS) else phrase
            found, remark = read_availability(phrase)
            self._say(choice, cell, remark)
            slots |= set(found)
        return tuple(slot for slot in SLOTS if slot in slots)

    def _languages(self) -> tuple[str, ...]:
        spoken: dict[str, None] = {}
        for choice, cell in self._filled(Field.LANGUAGES):
            asked = choice.option or language_in(choice.header)
            answer = yes_or_no(cell)
            if answer is False or (choice.option and not weight_of_mark(cell, choice.option)):
                continue
            found, remark = read_languages(asked if asked and (answer or choice.option) else cell)
            if asked and answer and not choice.option and asked != "English":
                found, remark = ("English", asked), ENGLISH_TOO
            self._say(choice, cell, remark)
            spoken.update(dict.fromkeys(found))
        return tuple(spoken)

    def _people(self, field: Field) -> tuple[str, ...]:
        """Return the names and addresses of people, as written."""
        named: dict[str, None] = {}
        for _, cell in self._filled(field):
            emails = find_emails(cell) if "@" in cell else []
            pieces = emails or [tidy_name(piece) for piece in re.split(r"[;\n]|,\s|\s+(?:and|or|&)\s+", cell)]
            named.update(dict.fromkeys(piece for piece in pieces if piece and not says_nothing(piece)))
        return tuple(named)


PLACE_UNKNOWN = Remark(
    "place_unknown", "is not a place we know. Write a town, or the first half of a postcode, like LL57."
)
ENGLISH_TOO = Remark("language_assumed", "says nothing of English, which was taken as spoken too, in the whole column.")
CONSENT_REFUSED = Remark("consent_refused", "says no to the use of this person's details. Ask them before you import.")


def _place_words(
    filled: list[tuple[ColumnChoice, str]], by_name: Place | None, by_code: Place | None, outward: str | None
) -> str:
    """Return "Bangor, LL57": the town as known and the first half of the postcode.

    Words we do not know are kept where they are short and hold no number, so that no street address is.
    """
    town = by_name or by_code
    name = town.name if town else next((cell for _, cell in filled if _is_harmless(cell)), "")
    return ", ".join(filter(None, (name, outward)))


def _is_harmless(cell: str) -> bool:
    return len(cell) <= 40 and not any(map(str.isdigit, cell)) and "," not in cell


def _line(cell: str) -> str:
    return " ".join(cell.split())[:LONGEST_LINE]
