"""Reads that are asked once for a page: a page that is only shown changes nothing, so what was read holds for it.

Edges declare it for a request that decides nothing. Where it is not declared, every read is asked anew.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from django.db.models import Model

Answer = TypeVar("Answer")
Key = tuple[object, ...]

_known: ContextVar[dict[Key, Any] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Ask each remembered read once while the block runs."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def remembered(read: Callable[..., Answer]) -> Callable[..., Answer]:
    """Ask ``read`` once for the same arguments where edges declared it. It may change no row, nor return what is lazy.

    Arguments are rows, known by their primary key, or values.
    """

    @wraps(read)
    def asked(*args: object) -> Answer:
        known = _known.get()
        if known is None:
            return read(*args)
        key = (read, *((type(each), each.pk) if isinstance(each, Model) else each for each in args))
        if key not in known:
            known[key] = read(*args)
        answer: Answer = known[key]
        return answer

    return asked
