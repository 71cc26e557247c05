"""Letting whoever waits for a long matching see how far it is, and stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


class Stopped(Exception):
    """Say that whoever watched wanted no more."""


@dataclass(slots=True)
class Watch:
    """Hear of each step. `report` gets the name of a stage and how much of it is done, 0 to 1.

    `stop` is asked between steps. Where it says yes, the solver returns the best pairs it has with a bound on what is
    missing; or, where there is nothing yet, or `cancel` said yes, it raises Stopped.
    """

    report: Callable[[str, float], None] = field(default=lambda stage, share: None)
    stop: Callable[[], bool] = field(default=lambda: False)
    cancel: Callable[[], bool] = field(default=lambda: False)

    def step(self, stage: str, share: float) -> None:
        """Report, and let nothing more be done that is not wanted.

        :raises Stopped: if the matching was cancelled.
        """
        self.report(stage, share)
        if self.cancel():
            raise Stopped
