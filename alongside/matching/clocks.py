"""When a question is due, and when to remind: pure arithmetic on moments."""

from datetime import datetime, timedelta


def due(at: datetime, days: int) -> datetime:
    """Return when a question asked at ``at`` falls due: ``days`` times 24 hours later."""
    return at + timedelta(days=days)


def reminders_due(asked_at: datetime, due_at: datetime, reminders: int, at: datetime) -> int:
    """Return how many of ``reminders`` should have gone out by ``at``.

    They divide the time to answer into equal parts: of two reminders in five days, the first goes after 1 day and
    16 hours, the second after 3 days and 8 hours. Nobody is reminded once the clock has run out.
    """
    if at >= due_at:
        return reminders
    part = (due_at - asked_at) / (reminders + 1)
    return max(0, min(reminders, int((at - asked_at) / part)))
