"""Calls and questions in words, and the pieces that several pages show of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.journeys.placing_emails import about_call
from alongside.placing.models import Ask, Brought, Call, Placement
from alongside.placing.states import AskState, CallState
from alongside.web.shared.times import day

CALLS = {
    CallState.OPEN: (gettext_lazy("open"), "step"),
    CallState.FILLED: (gettext_lazy("all found"), "well"),
    CallState.DECLINED: (gettext_lazy("cannot be helped with"), ""),
    CallState.TAKEN_BACK: (gettext_lazy("taken back"), ""),
    CallState.LAPSED: (gettext_lazy("its day has passed"), "care"),
}
ASKS = {
    AskState.ASKED: (gettext_lazy("is asked"), "step"),
    AskState.ACCEPTED: (gettext_lazy("said yes"), "well"),
    AskState.DECLINED: (gettext_lazy("not this time"), ""),
    AskState.LAPSED: (gettext_lazy("no answer in time"), ""),
    AskState.RELEASED: (gettext_lazy("no longer needed"), ""),
}


def call_facts(call: Call, *, own: bool = False) -> list[dict[str, str]]:
    """What a call asks for, as facts.html takes it; ``own`` for whoever made it."""
    words = about_call(call)
    return [
        {"term": _("What for"), "value": words["topics"]},
        {"term": _("In your words") if own else _("In their words"), "value": call.words},
        {"term": _("Where"), "value": words["where"]},
        {"term": _("How many"), "value": words["wanted"]},
        {"term": _("By when"), "value": date_format(call.needed_by, "j F Y")},
        {"term": _("For"), "value": f"{call.programme.name}, {call.cohort.name}"},
    ]


def call_line(call: Call, counts: tuple[int, int], url: str) -> dict[str, Any]:
    """A call in a list."""
    label, kind = CALLS[CallState(call.state)]
    return {"call": call, "url": url, "label": label, "kind": kind, "standing": standing(call, counts)}


def standing(call: Call, counts: tuple[int, int]) -> str:
    """How many said yes, and how many are being asked: numbers, never who."""
    asked, placed = counts
    yes = _("%(placed)s of %(wanted)s said yes.") % {"placed": placed, "wanted": call.wanted}
    if call.state != CallState.OPEN:
        return yes
    if asked:
        being = ngettext("Somebody is being asked.", "%(n)s people are being asked.", asked) % {"n": asked}
        return f"{yes} {being}"
    return yes if placed >= call.wanted else f"{yes} {_('Nobody is being asked just now.')}"


def ask_line(ask: Ask, *, at: datetime) -> dict[str, Any]:
    """Somebody who was asked, for their own coordinator, with why not where they said it."""
    label, kind = ASKS[AskState(ask.state)]
    participant = ask.volunteer.participant
    return {
        "name": participant.person.name,
        "initials": participant.person.initials,
        "url": reverse("participant", args=[participant.ref]),
        "label": label,
        "kind": kind,
        "when": day(ask.answered_at or ask.asked_at, today=at),
        "reason": ask.reason,
    }


def profile_facts(profile: Mapping[str, Any]) -> list[dict[str, str]]:
    """What a volunteer shares, as facts.html takes it."""
    names = {
        "job_title": _("Job title"),
        "employer": _("Works at"),
        "place": _("Place"),
        "topics": _("Can help with"),
        "sector": _("Sector"),
        "languages": _("Languages"),
        "about": _("In their words"),
    }
    shown = ((term, profile[name]) for name, term in names.items() if name in profile)
    return [{"term": term, "value": ", ".join(value) if isinstance(value, list) else value} for term, value in shown]


def training_in_words(placement: Placement | Brought) -> str:
    """Say when somebody was trained, and until when it holds."""
    words = {"on": date_format(placement.trained_at, "j F Y"), "until": date_format(placement.valid_until, "j F Y")}
    return _("Trained on %(on)s; holds until %(until)s.") % words
