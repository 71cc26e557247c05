"""What a member said from month to month, as they themselves see it, and what is asked of them now."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.evaluation.models import Pulse
from alongside.evaluation.queries import open_pulses, pulses_of
from alongside.web.participant.mentorship.here import Here
from alongside.web.participant.mentorship.pieces import Step

WIDE, HIGH = 24, 8  # of a step from month to month, and from number to number, in the picture


def history(here: Here) -> dict[str, Any]:
    """Return what the reader said before: as a line, and each with its day."""
    said = [pulse for pulse in pulses_of(here.me) if pulse.score]
    points = [(WIDE * place + WIDE // 2, HIGH * (5 - (pulse.score or 1)) + HIGH) for place, pulse in enumerate(said)]
    return {
        "said": said,
        "points": points,
        "line": " ".join(f"{x},{y}" for x, y in points),
        "width": WIDE * len(said),
    }


def latest_of(here: Here) -> Pulse | None:
    """Return the question the reader can answer or answer anew: the last one."""
    asked = pulses_of(here.me)
    return asked[-1] if asked else None


def steps(heres: Sequence[Here], at: datetime) -> Iterator[Step]:
    """Ask how it goes, where that was asked and not answered."""
    mine = {here.me.pk: here for here in heres}
    for pulse in open_pulses([here.me for here in heres], at=at):
        here = mine[pulse.member_id]
        yield Step(
            here.mentorship,
            _("How is it going with %(others)s?") % {"others": here.others_in_words},
            _("One click. Only you and your coordinators see it."),
            reverse("mentorship_pulse", args=[here.mentorship.ref]),
            _("Say how it goes"),
            weight=2,
        )
