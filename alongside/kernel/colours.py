"""A colour of somebody's own, made readable: on paper, and on a dark page. Ratios are those of WCAG 2.2."""

from collections.abc import Iterator

PAPER, DARK = "#fbf9f5", "#161b22"
"""The page in the light and in the dark, as static/css/tokens.css has them."""
READABLE = 4.5
"""The least contrast of text with what it stands on (WCAG 2.2, 1.4.3)."""
BLACK, WHITE = "#000000", "#ffffff"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours such as "#2f6f62": from 1, the same, to 21, black on white."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, with_: str, share: float) -> str:
    """Return a colour with a share of another in it, from 0 to 1."""
    parts = zip(_channels(colour), _channels(with_), strict=True)
    return "#" + "".join(f"{round(ours + (theirs - ours) * share):02x}" for ours, theirs in parts)


def readable_on(page: str, colour: str) -> str:
    """Return a colour as it is where it can be read on a page, else the nearest one that can."""
    towards = BLACK if _luminance(page) > 0.5 else WHITE
    return next(each for each in _steps(colour, towards) if contrast(each, page) >= READABLE)


def _steps(colour: str, towards: str) -> Iterator[str]:
    return (mixed(colour, towards, step / 50) for step in range(51))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))
