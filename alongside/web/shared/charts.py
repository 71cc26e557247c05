"""Pictures of numbers, as the components draw them."""

from collections.abc import Sequence
from typing import Any

WIDE, HIGH, ROOM = 600, 160, 6
"""The picture's own measures; the page stretches it."""


def line_of(points: Sequence[tuple[str, str, int | None]]) -> dict[str, Any]:
    """Return a line as ``components/line_chart.html`` takes it.

    :param points: what stands under each, how its number is written, and the number; None leaves it out.
    """
    most = max((number for _label, _text, number in points if number is not None), default=0)
    step = (WIDE - 2 * ROOM) / max(1, len(points) - 1)
    spots = [
        {"x": round(ROOM + place * step, 1), "y": round(HIGH - ROOM - (HIGH - 2 * ROOM) * number / max(1, most), 1)}
        for place, (_label, _text, number) in enumerate(points)
        if number is not None
    ]
    return {
        "path": " ".join(f"{spot['x']},{spot['y']}" for spot in spots),
        "spots": spots,
        "most": f"{most:,}",
        "first": points[0][0] if points else "",
        "last": points[-1][0] if points else "",
        "rows": [{"label": label, "text": text} for label, text, _number in points],
        "wide": WIDE,
        "high": HIGH,
    }
