"""What holds for any bytes and any text."""

from __future__ import annotations

import io
import zipfile
from unittest.mock import patch

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from alongside.sheets import (
    Sheet,
    UnreadableFile,
    choose_sheet,
    find_table,
    interpret,
    open_workbook,
    recognise,
    safe_cell,
    write_csv,
    write_xlsx,
)
from alongside.sheets import workbook as reading
from alongside.sheets.exports import NOT_IN_XML
from tests.sheets.files import ods, ods_row, xlsx

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(max_examples=300, deadline=None)

cells = st.text(max_size=30) | st.sampled_from(
    [
        "Name",
        "Email",
        "jo@example.org",
        "Yes",
        "Mentor",
        "1st choice",
        "Q [A]",
        "Q [B]",
        '{"ImportId":"x"}',
        "2-3",
        "#",
        "",
    ]
)
grids = st.lists(st.lists(cells, max_size=6), max_size=8)


def whole_way(data: bytes, name: str = "file") -> None:
    """Go from bytes to people, or to a refusal."""
    try:
        book = open_workbook(data, name)
    except UnreadableFile:
        return
    found = find_table(choose_sheet(book))
    run = interpret(found, recognise(found), default_role=None)
    assert all(finding.message for finding in run.findings)


@MANY
@given(st.binary(max_size=2000))
@example(b"\xff\xfe\x00")
@example(b'"')
@example(b'""\n"')
@example(b"sep=;\n")
def test_any_bytes_give_people_or_a_refusal(data: bytes) -> None:
    with patch.object(reading, "_ask_child", side_effect=UnreadableFile("damaged", "no")):
        whole_way(data)


@MANY
@given(st.text(max_size=2000), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_any_text_gives_people_or_a_refusal(text: str, encoding: str) -> None:
    whole_way(text.encode(encoding, "replace"))


GOOD = (
    xlsx(["Name", "Email"], *[[f"Person {n}", n] for n in range(30)]),
    ods(ods_row("Name", "Email") + ods_row("Jo", "jo@example.org")),
)


@FEW
@given(st.sampled_from(GOOD), st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), max_size=20))
def test_a_workbook_with_any_bytes_changed_gives_people_or_a_refusal(
    good: bytes, changes: list[tuple[int, int]]
) -> None:
    spoilt = bytearray(good)
    for place, value in changes:
        spoilt[place % len(spoilt)] = value
    whole_way(bytes(spoilt))


@FEW
@given(st.sampled_from(GOOD), st.data())
def test_a_workbook_with_any_part_spoilt_inside_gives_people_or_a_refusal(good: bytes, data: st.DataObject) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as before, zipfile.ZipFile(out, "w") as after:
        victim = data.draw(st.sampled_from(before.namelist()))
        for name in before.namelist():
            content = before.read(name)
            if name == victim:
                cut = data.draw(st.integers(0, len(content)))
                content = content[:cut] + data.draw(st.binary(max_size=20)) + content[cut + 5 :]
            after.writestr(name, content)
    whole_way(out.getvalue())


@MANY
@given(grids)
def test_any_grid_gives_people_and_keeps_its_row_numbers(grid: list[list[str]]) -> None:
    found = find_table(Sheet("s", [tuple(row) for row in grid]))
    numbers = [row.number for row in found.rows]
    assert numbers == sorted(set(numbers))
    assert all(len(row.cells) == len(found.columns) for row in found.rows)
    for row in found.rows:
        own = [cell for cell in grid[row.number - 1] if cell.strip()]
        assert own
        assert [cell for cell in row.cells if cell.strip()] == own
    headers = [column.header for column in found.columns]
    assert all(headers)
    assert len(set(headers)) == len(headers)
    interpret(found, recognise(found), default_role="mentor")


letters = st.characters(exclude_categories=["Cc"])
naughty = st.lists(
    st.lists(st.text(letters, max_size=40).filter(str.strip), min_size=2, max_size=4), min_size=1, max_size=5
)


@MANY
@given(naughty)
@example([["=1+1", "@SUM(A1)"], ["\t=x", "\r\n+1"], ["-2+3", '"quoted", yes']])
def test_what_is_written_as_csv_reads_back_as_the_same_safe_text(rows: list[list[str]]) -> None:
    header = ["Name, or so", "Note"]
    book = open_workbook(write_csv(rows, header=header), "x.csv")
    expected = [
        tuple(safe_cell(cell).encode("utf-8", "replace").decode().replace("\0", "") for cell in row) for row in rows
    ]
    assert list(book.sheets[0].rows)[1:] == expected


@FEW
@given(naughty)
def test_what_is_written_as_xlsx_reads_back_as_it_was(rows: list[list[str]]) -> None:
    book = open_workbook(write_xlsx(rows, header=["Name", "Note"], title="People"), "x.xlsx")

    def kept(cell: str) -> str:
        text = NOT_IN_XML.sub("", cell)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    found = [[cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row] for row in book.sheets[0].rows]
    width = max(len(row) for row in [["", ""], *rows])
    wanted = [[kept(cell) for cell in row] + [""] * (width - len(row)) for row in [["Name", "Note"], *rows]]
    while wanted and not any(cell.strip() for cell in wanted[-1]):
        wanted.pop()
    assert found == wanted
