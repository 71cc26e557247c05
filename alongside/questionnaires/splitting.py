"""A section that is too long for one page, as several. What belongs together stays together where it fits."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from alongside.questionnaires.items import NOT_ASKED, AnyItem, LongText

MOST = 8
"""How much is asked on a page at the most; a matrix is never split, and may be more by itself."""
LONG_TEXT = 2
"""How many questions a long text counts as."""

Items = tuple[AnyItem, ...]


def split(section: Sequence[AnyItem], of_item: Mapping[str, Sequence[Any]]) -> tuple[Items, ...]:
    """Return the pages of a section: as few as will do, and none of them longer than it must be.

    Words to read stand with what comes after them. What is shown only after some answers stands on the page of what it
    depends on, or on one after it.

    :param of_item: what each item asks.
    """
    weights = {item.id: _weight(item, of_item) for item in section}
    blocks = list(_blocks(section, weights))
    fewest = len(_filled(blocks, weights, MOST))
    return next(pages for most in range(1, MOST + 1) if len(pages := _filled(blocks, weights, most)) == fewest)


def _weight(item: AnyItem, of_item: Mapping[str, Sequence[Any]]) -> int:
    return LONG_TEXT if isinstance(item, LongText) else len(of_item[item.id])


def _filled(blocks: Iterable[Items], weights: Mapping[str, int], most: int) -> tuple[Items, ...]:
    """Put blocks on pages one after the other, as long as a page holds no more than ``most``."""
    pages: list[Items] = []
    room = 0
    for block in blocks:
        weight = _sum(block, weights)
        if pages and (weight <= room or not weight):
            pages[-1] += block
            room -= weight
        else:
            pages.append(block)
            room = most - weight
    return tuple(pages)


def _blocks(section: Sequence[AnyItem], weights: Mapping[str, int]) -> Iterable[Items]:
    """Yield what belongs together: a question with what leads to it, and with what follows up on it if there is room.

    What follows up on so much that no page holds it all is split like everything else.
    """
    for family in _families(section):
        if _sum(family, weights) <= MOST:
            yield family
        else:
            yield from _led_to(family)


def _families(section: Sequence[AnyItem]) -> Iterable[Items]:
    family: Items = ()
    for led in _led_to(section):
        names = {item.id for item in family}
        if any(condition.item.partition(".")[0] in names for item in led for condition in item.shown_if):
            family += led
        else:
            if family:
                yield family
            family = led
    if family:
        yield family


def _led_to(items: Sequence[AnyItem]) -> Iterable[Items]:
    """Yield each question with the headings and words before it; those after the last stand by themselves."""
    leading: Items = ()
    for item in items:
        leading += (item,)
        if not isinstance(item, NOT_ASKED):
            yield leading
            leading = ()
    if leading:
        yield leading


def _sum(items: Items, weights: Mapping[str, int]) -> int:
    return sum(weights[item.id] for item in items)
