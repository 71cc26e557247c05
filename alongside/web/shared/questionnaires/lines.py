"""A picture of roles with a line for each of several voices, in the picture's own units; `components/roles.html`."""

from collections.abc import Iterable, Sequence
from typing import Any

WIDTH, MARGIN, APART, EDGE, COLOURS = 600, 12, 16, 12, 5

Figures = Sequence[float | None]


def picture_of(rows: Iterable[tuple[str, str, Figures]], names: Sequence[str]) -> dict[str, Any]:
    """Return the rows of the picture; the same figures stand in its table.

    :param rows: of each role its title, what it is about, and a figure from 0 to 100 for each voice.
    :param names: what the voices are called.
    """
    height = 2 * EDGE + APART * max(len(names) - 1, 0)
    drawn = [_row(title, about, figures, names) for title, about, figures in rows]
    return {"rows": drawn, "width": WIDTH + 2 * MARGIN, "height": height, "start": MARGIN, "end": WIDTH + MARGIN}


def _row(title: str, about: str, figures: Figures, names: Sequence[str]) -> dict[str, Any]:
    marks = [
        {
            "x": MARGIN + round(WIDTH * figure / 100),
            "y": EDGE + APART * number,
            "who": number % COLOURS + 1,
            "figure": round(figure),
            "name": names[number],
        }
        for number, figure in enumerate(figures)
        if figure is not None
    ]
    return {"title": title, "about": about, "marks": marks, "figures": figures}
