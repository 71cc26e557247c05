"""What a coordinator reads of a mentorship: its stage, its alerts, its clocks, and what she cannot see."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.mentorships.states import Due, Ending, MentorshipState
from alongside.reports.mentorships_board import TO_MEET, Alert, Watched

S = MentorshipState
STAGES: dict[MentorshipState, Any] = {
    S.INTRODUCED: gettext_lazy("introduced"),
    S.BOOKED: gettext_lazy("first meeting booked"),
    S.COOLING_OFF: gettext_lazy("have met, sleeping on it"),
    S.GOING_ON: gettext_lazy("going on, no agreement yet"),
    S.ACTIVE: gettext_lazy("under an agreement"),
    S.PAUSED: gettext_lazy("having a rest"),
    S.ENDING: gettext_lazy("ending planned"),
    S.ENDED: gettext_lazy("ended"),
}
ALERTS: dict[Alert, Any] = {
    Alert.CALL_WANTED: gettext_lazy("wants a call"),
    Alert.LOW_PULSE: gettext_lazy("low pulse"),
    Alert.NOT_MET: format_lazy(gettext_lazy("no first meeting after {days} days"), days=TO_MEET.days),
    Alert.SILENCE: gettext_lazy("silent for twice the rhythm"),
    Alert.OVERDUE: gettext_lazy("a clock is overdue"),
    Alert.LITTLE_USE: gettext_lazy("a meeting of little use"),
}
CLOCKS: dict[Due, Any] = {
    Due.NOT_ANSWERED: gettext_lazy("no answer whether to go on"),
    Due.NOT_AGREED: gettext_lazy("the agreement is overdue"),
    Due.END_IS_PAST: gettext_lazy("past the planned end"),
}
ENDINGS: list[tuple[str, Any]] = [
    (Ending.OBJECTIVES_MET, gettext_lazy("They reached what they set out for")),
    (Ending.NEED_CHANGED, gettext_lazy("What is needed has changed")),
    (Ending.NOT_THE_FIT, gettext_lazy("They are not the right fit: the mentee is matched again")),
    (Ending.CIRCUMSTANCES, gettext_lazy("Circumstances: the mentee is matched again")),
]
ENDED: dict[str, Any] = {
    Ending.OBJECTIVES_MET: gettext_lazy("objectives met"),
    Ending.NEED_CHANGED: gettext_lazy("the need has changed"),
    Ending.NOT_THE_FIT: gettext_lazy("not the right fit"),
    Ending.CIRCUMSTANCES: gettext_lazy("circumstances"),
    Ending.NOT_SAID: gettext_lazy("nobody said"),
}


def alerts_in_words(watched: Watched) -> list[str]:
    """Say what asks for a look; of a clock, which one."""
    late = [str(CLOCKS[due]) for due in CLOCKS if due in watched.overdue]
    return [
        ", ".join(late) if alert == Alert.OVERDUE else str(ALERTS[alert])
        for alert in watched.alerts
    ]  # fmt: skip


def stage_in_words(watched: Watched, at: datetime) -> str:
    """Say in which stage a mentorship is, and for how long."""
    days = watched.days(at)
    lasting = ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    return _("%(stage)s, %(days)s") % {"stage": STAGES[watched.state], "days": lasting}


def meetings_in_words(watched: Watched) -> str:
    words = {"held": watched.figures.held, "expected": watched.mentorship.cohort.rules.meetings.expected}
    return _("%(held)d of %(expected)d") % words


def pulse_in_words(watched: Watched) -> str:
    return " · ".join(str(score) for score in watched.signal.scores)


def day(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j M Y") if moment else ""
