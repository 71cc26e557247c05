"""What the page of an ending shows, and what an ending gives to the story of a mentorship."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.endings.models import Achievement
from alongside.endings.queries import achievements_read_by, in_touch_with, looked_back, thanks_in, wish_of
from alongside.endings.states import Sees
from alongside.mentorships.clocks import months_after
from alongside.mentorships.states import MentorshipState
from alongside.reports.mentors_record import record_of
from alongside.web.participant.mentorship.here import Here
from alongside.web.participant.mentorship.pieces import Event, Step


def agenda() -> list[str]:
    """Return the questions of a last meeting."""
    return [
        _("What did you want when you began, and where are you now?"),
        _("What are you proudest of? Who should hear of it?"),
        _("What surprised you about yourself, or about each other?"),
        _("What would you do differently another time?"),
        _("What comes next, and who can help with it?"),
        _("How do you want to part: do you stay in touch, and how?"),
    ]


def ending_page(here: Here, *, at: datetime) -> dict[str, Any]:
    """Return what everybody sees of an ending, but for the forms."""
    mentorship, touch = here.mentorship, in_touch_with(here.me)
    kept = mentorship.cohort.rules.kept
    return {
        "agenda": agenda(),
        "achieved": [_shown(each, here) for each in achievements_read_by(here.me) if each.author_id != here.me.pk],
        "thanks": list(thanks_in(mentorship)),
        "in_touch": [member for member in here.others if member.pk in touch],
        "wished": wish_of(here.me),
        "record": record_of(here.person, mentorship.organisation, at=at) if here.me.mentors_others else None,
        "goes_on": timezone.localtime(mentorship.ended_at + kept.inside) if mentorship.ended_at else None,
        "meetings_go_on": _meetings_go_on(mentorship.ended_at, kept.meetings_months),
        "kept": kept,
        "gone": mentorship.wrapped_key is None,
    }


def sees_achievement(achievement: Achievement, here: Here) -> str:
    """Say who can read what was achieved, from the reader's side."""
    return {
        Sees.ME: _("only you"),
        Sees.ALL: here.members_in_words,
        Sees.COORDINATOR: _("%(members)s, and the coordinators of the programme") % {"members": here.members_in_words},
    }[Sees(achievement.sees)]


def events(here: Here) -> Iterator[Event]:
    """Tell of thanks."""
    url = reverse("mentorship_farewell", args=[here.mentorship.ref])
    for each in thanks_in(here.mentorship):
        yield Event(
            each.written_at, _("%(name)s said thank you") % {"name": each.author.participant.person.name}, url=url
        )


def steps(heres: Sequence[Here], at: datetime) -> Iterator[Step]:
    """Ask to look back, once an ending is planned."""
    ending = [here for here in heres if here.mentorship.state == MentorshipState.ENDING]
    done = looked_back(here.me for here in ending) if ending else set()
    for here in ending:
        if here.me.pk not in done:
            yield Step(
                here.mentorship,
                _("Look back with %(others)s") % {"others": here.others_in_words},
                _("Questions for your last meeting, what was achieved, and a few words of thanks."),
                reverse("mentorship_farewell", args=[here.mentorship.ref]),
                _("Look back"),
            )


def _shown(achievement: Achievement, here: Here) -> dict[str, Any]:
    return {"row": achievement, "sees": sees_achievement(achievement, here)}


def _meetings_go_on(ended_at: datetime | None, months: int) -> date | None:
    return months_after(timezone.localtime(ended_at).date(), months) if ended_at else None
