"""What members can decide about their mentorship: rest, go on for longer, plan an ending, say how it ended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from alongside.journeys.say_how_it_ended import say_how_it_ended
from alongside.mentorships import actions
from alongside.mentorships.clocks import months_after
from alongside.mentorships.states import MENTORSHIP_LIFECYCLE, Ending, MentorshipState
from alongside.web.participant.mentorship.forms import DayForm, EndingForm
from alongside.web.participant.mentorship.here import Here

LONGER, REST = 3, 1
"""Months that we suggest for going on, and for a rest."""


@dataclass(frozen=True)
class Choice:
    """One thing to decide: its name in the form, its words, what it asks for, and the deed."""

    name: str
    title: str
    text: str
    button: str
    form: forms.Form
    act: Callable[[dict[str, Any], datetime], None]
    wanted: bool = False
    """Whether it is what the reader is here to do, rather than what they may."""

    def decide(self, *, at: datetime) -> None:
        """Do it with what was filled in."""
        self.act(self.form.cleaned_data, at)


def choices_of(here: Here, data: Any, *, at: datetime) -> Iterator[Choice]:
    """Yield what can be decided now; the form of the one that was sent is bound to ``data``."""
    mentorship, by, sent = here.mentorship, here.person, data.get("do") if data else None
    moves = {move.name for move in MENTORSHIP_LIFECYCLE.open_moves(MentorshipState(mentorship.state))}

    def day_form(name: str, label: str, day: date) -> DayForm:
        return DayForm(data if name == sent else None, label=label, day=day, prefix=name)

    if mentorship.state == MentorshipState.ENDING and not here.me.said_ending:
        yield Choice(
            "say",
            _("How did it end for you?"),
            _("Once all have said it, or two weeks after your last meeting, the mentorship is closed."),
            _("Send"),
            EndingForm(data if sent == "say" else None),
            lambda values, at: say_how_it_ended(here.me, Ending(values["ending"]), at=at),
            wanted=True,
        )
    if mentorship.state == MentorshipState.PAUSED:
        yield Choice(
            "resume",
            _("Go on"),
            _("You are having a rest just now."),
            _("Go on now"),
            forms.Form(data if sent == "resume" else None),
            lambda values, at: actions.resume(mentorship, by=by, at=at),
            wanted=True,
        )
    if "plan_ending" in moves:
        yield Choice(
            "plan",
            _("Plan a good ending"),
            _("Choose the day of your last meeting. You look back on what you achieved, and say thank you."),
            _("Plan the ending"),
            day_form("plan", _("Our last meeting"), mentorship.planned_end_on or months_after(at, REST)),
            lambda values, at: actions.plan_ending(mentorship, on=values["day"], by=by, at=at),
        )
    if "extend" in moves:
        yield Choice(
            "extend",
            _("Go on for longer"),
            _("If you all want to. The others hear of it."),
            _("Go on until then"),
            day_form("extend", _("Until"), months_after(mentorship.planned_end_on or at, LONGER)),
            lambda values, at: actions.extend(mentorship, until=values["day"], by=by, at=at),
        )
    if "pause" in moves:
        yield Choice(
            "pause",
            _("Have a rest"),
            _("Nobody is reminded of anything until then. You can go on sooner."),
            _("Rest until then"),
            day_form("pause", _("Until"), months_after(at, REST)),
            lambda values, at: actions.pause(mentorship, until=values["day"], by=by, at=at),
        )


def draft_of(here: Here) -> str:
    """Draft a kind message of somebody who leaves, for them to change."""
    names = ", ".join(member.participant.person.first_name for member in here.others)
    if here.me.is_mentor:
        words = _(
            "Dear %(names)s,\n\nI have enjoyed our time, and I am stepping back from our mentorship now. It is nothing "
            "you did. I wish you all the best with what you are building.\n\n%(me)s"
        )
    else:
        words = _(
            "Dear %(names)s,\n\nThank you for the time and thought you gave me. I am ending our mentorship now; it is "
            "nothing you did. I take a lot with me.\n\n%(me)s"
        )
    return words % {"names": names, "me": here.person.first_name}
