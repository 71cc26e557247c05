"""Files nobody here wrote: every one gives a table or a clear refusal, and the known ones what they
should.
"""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest

from alongside.sheets import (
    DryRun,
    UnreadableFile,
    choose_sheet,
    find_table,
    interpret,
    open_workbook,
    recognise,
    write_csv,
    write_xlsx,
)

NAMED = os.environ.get("ALONGSIDE_SHARED_DATA")
BESIDE = [parent / "shared" / "data" for parent in Path(__file__).resolve().parents]
SHARED = Path(NAMED) if NAMED else next((path for path in BESIDE if path.is_dir()), Path("nowhere"))
SPECIAL, GOVUK, SPECTRUM = (
    SHARED / "robustness" / "tabulator_special",
    SHARED / "applications" / "govuk_mentor_match",
    SHARED / "robustness" / "csv_spectrum",
)
EVERY = sorted(path for path in SHARED.rglob("*") if path.is_file() and path.stat().st_size < 3_000_000)


def name_of(path: Path) -> str:
    return str(path.relative_to(SHARED))


def dry_run(path: Path, role: str | None = None) -> DryRun:
    found = find_table(choose_sheet(open_workbook(path.read_bytes(), path.name)))
    return interpret(found, recognise(found), default_role=role)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", EVERY, ids=name_of)
def test_every_file_gives_people_or_a_clear_refusal(path: Path) -> None:
    try:
        run = dry_run(path)
    except UnreadableFile:
        return
    assert run.people or run.findings


@pytest.mark.parametrize("path", sorted((SPECTRUM / "csvs").glob("*.csv")), ids=lambda path: path.stem)
def test_csv_spectrum_parses_as_its_json(path: Path) -> None:
    expected = json.loads((SPECTRUM / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
    rows = list(open_workbook(path.read_bytes(), path.name).sheets[0].rows)
    found = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    in_lines = [{key: value.replace("\r\n", "\n") for key, value in row.items()} for row in expected]
    assert found == in_lines


@pytest.mark.parametrize(("name", "people"), [("small", 50), ("large", 500)])
@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_the_civil_service_files_are_read_whole(name: str, people: int, role: str) -> None:
    path = GOVUK / f"{name}_{role}s.csv"
    if not path.exists():
        pytest.skip("the third-party files are not here")
    run = dry_run(path, role)
    assert len(run.ready) == people
    assert {finding.code for finding in run.findings} == {"free_text"}
    for number, person in enumerate(run.people):
        assert person.row == number + 2
        assert person.email == f"{person.name.replace(' ', '.')}@gov.uk"
        assert person.organisation.startswith("Department of ")
        assert person.seniority is not None
        assert role in person.roles
        assert not person.attributes
    assert any(len(person.roles) == 2 for person in run.people)


@pytest.mark.parametrize(
    "name", ["form-output-headings.csv", "package_example.csv", "package_template_participant.csv"]
)
def test_headings_alone_say_there_is_nobody(name: str) -> None:
    if not (GOVUK / name).exists():
        pytest.skip("the third-party files are not here")
    run = dry_run(GOVUK / name)
    assert run.people == ()
    assert run.findings[-1].code == "no_people" or run.findings[0].code == "no_people"


def cells_of(name: str) -> list[tuple[str, ...]]:
    if not (SPECIAL / name).exists():
        pytest.skip("the third-party files are not here")
    book = open_workbook((SPECIAL / name).read_bytes(), name)
    return list(choose_sheet(book).rows)


def test_booleans_dates_and_percentages_read_as_people_see_them() -> None:
    assert cells_of("special__table-with-booleans.xls")[1:] == [("1", "yes"), ("2", "no")]
    assert cells_of("special__table-with-booleans.ods")[1:] == [("1", "yes"), ("2", "no")]
    assert cells_of("special__table-with-ints-floats-dates.ods")[1] == (
        "2013",
        "3.3",
        "2009-08-16",
        "2009-08-16 05:43:21",
    )
    assert cells_of("special__preserve-formatting-percentage.xlsx")[1] == ("123", "52.00%")
    assert cells_of("special__adjust_floating_point_error.xlsx")[2][1] == "68.665"


def test_headings_of_several_rows_are_joined() -> None:
    path = SPECIAL / "special__multiline-headers.xlsx"
    if not path.exists():
        pytest.skip("the third-party files are not here")
    found = find_table(choose_sheet(open_workbook(path.read_bytes(), path.name)))
    headers = [column.header for column in found.columns]
    assert headers[:2] == ["Region", "Caloric contribution (%)"]
    assert headers[3].endswith("from baseline (%)")
    assert [(row.number, row.cells) for row in found.rows] == [(6, ("A", "B", "C", "D"))]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("table.csv.gz", "not_a_spreadsheet"),
        ("2-files.zip", "not_a_spreadsheet"),
        ("special__table.csv.html", "not_a_spreadsheet"),
        ("table1.html", "not_a_spreadsheet"),
        ("table-dicts.json", "not_a_spreadsheet"),
        ("table.ndjson", "not_a_spreadsheet"),
    ],
)
def test_what_is_no_spreadsheet_is_refused(name: str, code: str) -> None:
    if not (SPECIAL / name).exists():
        pytest.skip("the third-party files are not here")
    with pytest.raises(UnreadableFile) as caught:
        open_workbook((SPECIAL / name).read_bytes(), name)
    assert caught.value.code == code


def naughty_strings() -> list[str]:
    blns, xss = SHARED / "robustness/blns/blns.json", SHARED / "robustness/xss/payloads.txt"
    formulas = SHARED / "robustness/csv_formula_injection/payloadbox_csv-payload.txt"
    if not blns.exists():
        pytest.skip("the third-party files are not here")
    lines = [path.read_text(encoding="utf-8", errors="replace").splitlines() for path in (xss, formulas)]
    return [*json.loads(blns.read_text(encoding="utf-8")), *lines[0][:1500], *lines[1]]


def test_naughty_strings_come_through_every_column_as_they_are_and_leave_as_text() -> None:
    strings = naughty_strings()
    out = io.StringIO(newline="")
    csv.writer(out).writerow(["Name", "Email", "Needs", "Capacity", "Availability", "Town", "Languages", "About you"])
    csv.writer(out).writerows(
        [text, f"p{n}@x.org", text, text, text, text, text, text] for n, text in enumerate(strings)
    )
    found = find_table(open_workbook(out.getvalue().encode("utf-8", "replace"), "x.csv").sheets[0])
    run = interpret(found, recognise(found), default_role="mentor")
    assert len(run.people) >= len(strings) - 5
    rows = [[person.name, person.text] for person in run.people]
    for data in (write_csv(rows, header=["Name", "Text"]), write_xlsx(rows, header=["Name", "Text"])):
        again = open_workbook(data, "again")
        assert len(again.sheets[0].rows) >= len(rows)
    for cells in csv.reader(io.StringIO(write_csv(rows).decode("utf-8-sig"), newline="")):
        assert not [
            cell for cell in cells if cell[:1] in set("=+@\t\r\n") or (cell[:1] == "-" and not cell[1:2].isdigit())
        ]
