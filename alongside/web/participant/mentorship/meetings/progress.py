"""How the meetings of a mentorship stand against what its programme expects: a line of words and a picture."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.meetings.queries import Figures, figures_of
from alongside.web.participant.mentorship.here import Here

STEP, EDGE, MOST = 24, 14, 24
"""In the picture: from one meeting to the next, before the first, and how many are drawn."""


@dataclass(frozen=True)
class Mark:
    """One meeting in the picture, ``done``, ``next`` or ``ahead``."""

    x: int
    kind: str


@dataclass(frozen=True)
class Progress:
    """How many meetings were held of how many expected, how long they were, and their rhythm."""

    figures: Figures
    expected: int
    minutes: int
    rhythm_days: int
    minutes_to: int | None = None

    @property
    def line(self) -> str:
        """Say it: "3 of about 9 meetings, 4 h 30 together."."""
        words = {"held": self.figures.held, "expected": self.expected, "together": in_hours(self.figures.minutes)}
        if not self.figures.held:
            return _("About %(expected)s meetings lie before you.") % words
        if self.figures.held > self.expected:
            return ngettext("%(held)s meeting, %(together)s together.", "%(held)s meetings, %(together)s together.",
                            self.figures.held) % words  # fmt: skip
        return _("%(held)s of about %(expected)s meetings, %(together)s together.") % words

    @property
    def expectation(self) -> str:
        """Say what the programme has in mind."""
        length = in_hours(self.minutes)
        if self.minutes_to:
            length = _("%(least)s to %(most)s") % {"least": length, "most": in_hours(self.minutes_to)}
        words = {"minutes": length, "days": self.rhythm_days}
        return _("Your programme has in mind: about every %(days)s days, %(minutes)s each.") % words

    @property
    def width(self) -> int:
        return 2 * EDGE + STEP * (len(self.marks) - 1)

    @property
    def marks(self) -> list[Mark]:
        held, coming = self.figures.held, self.figures.next_at is not None
        total = min(max(self.expected, held + coming, 1), MOST)
        kinds = ["done"] * held + ["next"] * coming + ["ahead"] * total
        return [Mark(EDGE + STEP * place, kind) for place, kind in enumerate(kinds[:total])]


def progress_of(here: Here, *, at: datetime) -> Progress:
    """Return how the meetings of a mentorship stand."""
    mentorship, aim = here.mentorship, here.mentorship.cohort.rules.meetings
    figures = figures_of([mentorship], at=at)[mentorship.pk]
    return Progress(figures, aim.expected, aim.minutes, aim.rhythm_days, aim.minutes_to)


def in_hours(minutes: int | None) -> str:
    """Write a length as "45 minutes", "2 h" or "4 h 30"; None is one that nobody said."""
    if minutes is None:
        return _("length not said")
    hours, rest = divmod(minutes, 60)
    if not hours:
        return ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest}
    return _("%(hours)s h %(rest)02d") % {"hours": hours, "rest": rest} if rest else _("%(hours)s h") % {"hours": hours}
