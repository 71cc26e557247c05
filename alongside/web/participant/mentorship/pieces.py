"""What a group of pages gives to the story of a mentorship: things that happened or are planned, and next steps."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from alongside.mentorships.models import Mentorship
from alongside.web.shared.times import day, time_left


@dataclass(frozen=True)
class Event:
    """Something in the story: when, what, and where to read more.

    ``meeting`` draws the rung between the two lines; ``ahead`` is planned; ``together`` says that they have met.
    """

    at: datetime
    title: str
    text: str = ""
    url: str = ""
    when: str = ""
    meeting: bool = False
    ahead: bool = False
    together: bool = True

    def shown(self, *, now: datetime, is_next: bool = False) -> dict[str, Any]:
        """Return it as timeline.html shows it."""
        return {
            "when": self.when or day(self.at, today=now),
            "title": self.title,
            "text": self.text,
            "url": self.url,
            "meeting": self.meeting,
            "ahead": self.ahead,
            "next": is_next,
            "phase": "alongside" if self.together else "nearing",
        }


@dataclass(frozen=True)
class Step:
    """Something wanted of the reader in a mentorship, and until when where it has a clock.

    Of several, the one with the lowest ``weight`` stands on top: 0 is asked of this person now, 1 moves the mentorship
    on, 2 is good to do.
    """

    mentorship: Mentorship
    title: str
    text: str
    url: str
    action: str
    weight: int = 1
    due: datetime | None = None

    def shown(self, *, now: datetime) -> dict[str, Any]:
        """Return it as next_step.html shows it."""
        clock = None
        if self.due is not None:
            late = {"text": _("your answer still counts"), "state": ""}
            clock = late if self.due < now else time_left(self.due, at=now)
        return {"title": self.title, "text": self.text, "url": self.url, "action": self.action, "clock": clock}
