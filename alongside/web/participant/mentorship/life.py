"""The life of a mentorship as it stands in its story, and what it wants of its members."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import Ending, MentorshipState
from alongside.web.participant.mentorship.here import Here
from alongside.web.participant.mentorship.pieces import Event, Step

S = MentorshipState


def _went_on(here: Here) -> str:
    return _("You both wanted to go on") if here.are_two else _("You all wanted to go on")


def events(here: Here) -> Iterator[Event]:
    """Tell when they were introduced, went on, agreed, rested and parted."""
    mentorship = here.mentorship
    yield Event(mentorship.introduced_at, _("You were introduced"), together=False)
    if mentorship.going_on_at:
        yield Event(mentorship.going_on_at, _went_on(here))
    if mentorship.paused_at and mentorship.paused_until:
        text = _("Until %(day)s; nobody is reminded of anything.") % {"day": _day(mentorship.paused_until)}
        yield Event(mentorship.paused_at, _("You are having a rest"), text)
    if mentorship.ended_at:
        yield Event(mentorship.ended_at, _("Your mentorship ended"), _ending(mentorship))
    elif mentorship.ending_on:
        yield Event(_noon(mentorship.ending_on), _("Your last meeting"), ahead=True)
    elif mentorship.planned_end_on and mentorship.agreed_at:
        text = _("You can go on for longer, or end sooner, whenever you like.")
        yield Event(_noon(mentorship.planned_end_on), _("The end you planned"), text, ahead=True)


def steps(heres: Sequence[Here], at: datetime) -> Iterator[Step]:
    """Ask whether to go on, whether a rest is over, and how it ended."""
    for here in heres:
        mentorship, ref = here.mentorship, [here.mentorship.ref]
        if mentorship.state == S.COOLING_OFF and here.me.asked_at and not here.me.going_on:
            yield Step(
                mentorship,
                _("Are you happy to go on with %(others)s?") % {"others": here.others_in_words},
                _("Only your coordinator ever sees your answer."),
                reverse("mentorship_going_on", args=ref),
                _("Answer"),
                weight=0,
            )
        if mentorship.state == S.PAUSED and mentorship.paused_until and mentorship.paused_until <= at.date():
            yield Step(
                mentorship,
                _("Your rest with %(others)s is over") % {"others": here.others_in_words},
                _("Go on when you are ready, or rest for longer."),
                reverse("mentorship_ending", args=ref),
                _("Decide"),
            )
        if mentorship.state == S.ENDING and not here.me.said_ending and _has_come(mentorship.ending_on, at):
            yield Step(
                mentorship,
                _("How did it end with %(others)s?") % {"others": here.others_in_words},
                _("It takes a minute, and the others do not see your answer."),
                reverse("mentorship_ending", args=ref),
                _("Say how it ended"),
                weight=0,
            )


def _ending(mentorship: Mentorship) -> str:
    """Say in the story why it ended, where that was something the two said together and not one of them alone."""
    return _("You reached what you set out for.") if mentorship.ending == Ending.OBJECTIVES_MET else ""


def _has_come(day: date | None, at: datetime) -> bool:
    return day is not None and day <= at.date()


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _day(day: date) -> str:
    return date_format(day, "l j F")
