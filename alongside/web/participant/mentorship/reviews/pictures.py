"""The picture of a review: for each role a line for oneself and for each group, in the picture's own units."""

from typing import Any

from alongside.reports.all_round_result import Outcome, RoleRow

WIDTH, MARGIN, APART, EDGE, COLOURS = 600, 12, 16, 12, 5


def picture_of(found: Outcome) -> dict[str, Any]:
    """Return the rows of the picture; the same figures stand in its table."""
    names = [voice.title for voice in found.voices]
    height = 2 * EDGE + APART * max(len(names) - 1, 0)
    rows = [_row(row, names) for row in found.roles]
    return {"rows": rows, "width": WIDTH + 2 * MARGIN, "height": height, "start": MARGIN, "end": WIDTH + MARGIN}


def _row(row: RoleRow, names: list[str]) -> dict[str, Any]:
    marks = [
        {
            "x": MARGIN + round(WIDTH * figure / 100),
            "y": EDGE + APART * number,
            "who": number % COLOURS + 1,
            "figure": round(figure),
            "name": names[number],
        }
        for number, figure in enumerate(row.figures)
        if figure is not None
    ]
    return {"title": row.role.title, "about": row.role.about, "marks": marks, "figures": row.figures}
