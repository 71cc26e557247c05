"""What somebody's answers come to, as a picture with its table: a line for each role, in whole units of the picture."""

from collections.abc import Iterator
from typing import Any

from alongside.questionnaires.definition import Answers, Definition, Role
from alongside.questionnaires.scoring import band_of, limits_of, role_scores

WIDTH, HEIGHT, MARGIN = 600, 32, 12


def results_of(definition: Definition, answers: Answers) -> dict[str, Any] | None:
    """Return what `components/results.html` draws; None where a questionnaire comes to no figures."""
    if not definition.roles:
        return None
    figures = role_scores(definition, answers)
    rows = [_row(definition, role, figures[role.id]) for role in definition.roles]
    return {"rows": rows, "width": WIDTH + 2 * MARGIN, "height": HEIGHT, "start": MARGIN, "end": WIDTH + MARGIN}


def _row(definition: Definition, role: Role, figure: float | None) -> dict[str, Any]:
    low, high = limits_of(definition, role)
    band = band_of(role, figure)
    return {
        "title": role.title,
        "about": role.about,
        "figure": None if figure is None else f"{figure:g}",
        "low": f"{low:g}",
        "high": f"{high:g}",
        "band": band.title if band else "",
        "feedback": band.feedback if band else "",
        "x": None if figure is None else _place(figure, low, high),
        "middle": HEIGHT // 2,
        "ticks": list(_ticks(role, low, high)),
    }


def _ticks(role: Role, low: float, high: float) -> Iterator[int]:
    """Yield where bands begin, between the ends."""
    return (_place(band.from_, low, high) for band in role.bands if low < band.from_ < high)


def _place(figure: float, low: float, high: float) -> int:
    return MARGIN + round(WIDTH * (figure - low) / (high - low))
