"""The week as a table of boxes: a row a day, a column a part of the day."""

from collections.abc import Iterable
from typing import Any

from alongside.programmes.availability import DAYS, PARTS


def week_of(chosen: Iterable[str] | None) -> dict[str, Any]:
    """Return the columns and the rows, with the boxes that are ticked."""
    ticked = set(chosen or ())
    rows = [
        {
            "day": day_words,
            "boxes": [
                {"value": f"{day}-{part}", "label": f"{day_words} {words}", "ticked": f"{day}-{part}" in ticked}
                for part, words in PARTS.items()
            ],
        }
        for day, day_words in DAYS.items()
    ]
    return {"parts": list(PARTS.values()), "rows": rows}
