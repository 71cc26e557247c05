"""A figure of each of the twelve regions, as ``components/tile_map.html`` takes it."""

from collections.abc import Callable, Mapping
from typing import Any

from alongside.places.regions import TILES

STEPS = 4


def tiles_of(
    figures: Mapping[str, float],
    *,
    shown: Callable[[str], str],
    unit: str = "",
    url: Callable[[str], str] | None = None,
    current: str = "",
) -> list[dict[str, Any]]:
    """Return the tiles, darker the greater the figure.

    :param figures: by region; one that is missing counts as nothing.
    :param shown: how the figure of a region is written, such as "fewer than 5".
    :param unit: what is counted, for people who listen.
    """
    most = max(figures.values(), default=0)
    return [
        {
            "region": region,
            "at": f"{column}-{row}",
            "level": _level(figures.get(region, 0), most),
            "number": shown(region),
            "unit": unit,
            "url": url(region) if url else "",
            "current": region == current,
        }
        for region, (column, row) in TILES.items()
    ]


def _level(figure: float, most: float) -> int:
    """Return 0 for nothing, then 1 to 4 in equal steps up to the most."""
    return 0 if figure <= 0 or most <= 0 else min(STEPS, 1 + int(figure / most * STEPS - 1e-9))
