"""The one place that reads the time.

The domain never asks what time it is: actions take ``at``. Edges (views, tasks, commands) call :func:`now`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)


def now() -> datetime:
    """Return the present moment, aware and in UTC."""
    return _stopped_at.get() or datetime.now(UTC)


@contextmanager
def stopped(at: datetime) -> Iterator[None]:
    """Hold the clock at ``at``, for tests and for building the demonstration's past.

    :raises ValueError: if ``at`` is not aware.
    """
    if at.tzinfo is None:
        raise ValueError("The clock can only be stopped at an aware moment, such as one in UTC.")
    token = _stopped_at.set(at)
    try:
        yield
    finally:
        _stopped_at.reset(token)
