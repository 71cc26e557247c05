"""The mentorships of a cohort as a table: what can be searched, filtered and exported, in one place."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.mentorships.states import MentorshipState
from alongside.reports.mentorships_board import Alert, Watched
from alongside.web.coordinator.mentorships import words

COLUMNS: list[dict[str, Any]] = [
    {"label": _("People")},
    {"label": _("Stage")},
    {"label": _("Last met")},
    {"label": _("Next")},
    {"label": _("Meetings"), "numeric": True},
    {"label": _("Pulse"), "numeric": True},
    {"label": _("Look at")},
]
EXPORTED: list[tuple[str, Callable[[Watched, datetime], object]]] = [
    ("Mentees", lambda row, at: _people(row, mentors=False)),
    ("Mentors", lambda row, at: _people(row, mentors=True)),
    ("Key contacts", lambda row, at: "; ".join(row.contacts)),
    ("Stage", lambda row, at: str(words.STAGES[row.state])),
    ("Days in stage", lambda row, at: row.days(at)),
    ("Introduced", lambda row, at: row.mentorship.introduced_at.date().isoformat()),
    ("Last met", lambda row, at: _iso(row.last_met_at)),
    ("Next meeting", lambda row, at: _iso(row.next_meeting_at)),
    ("Meetings held", lambda row, at: row.figures.held),
    ("Meetings expected", lambda row, at: row.mentorship.cohort.rules.meetings.expected),
    ("Minutes together", lambda row, at: row.figures.minutes),
    ("Pulse", lambda row, at: words.pulse_in_words(row)),
    ("Look at", lambda row, at: "; ".join(words.alerts_in_words(row))),
]
HEADINGS = [heading for heading, _value in EXPORTED]


def listed(rows: Sequence[Watched], query: QueryDict) -> list[Watched]:
    """Return the mentorships the address asks for, in their order; what it does not understand it leaves out."""
    stage, alert, contact = query.get("stage", ""), query.get("alert", ""), query.get("contact", "").strip()
    sought = query.get("q", "").strip().casefold()
    if stage in set(MentorshipState):
        rows = [row for row in rows if row.state == stage]
    if alert == "any":
        rows = [row for row in rows if row.alerts]
    elif alert in set(Alert):
        rows = [row for row in rows if alert in row.alerts]
    if contact:
        rows = [row for row in rows if contact in row.contacts]
    return [row for row in rows if sought in row.names.casefold()]


def exported(rows: Sequence[Watched], at: datetime) -> list[list[object]]:
    """Return the rows of a spreadsheet: what the page shows, nothing from inside."""
    return [[value(row, at) for _heading, value in EXPORTED] for row in rows]


def table_row(row: Watched, at: datetime) -> dict[str, Any]:
    """Return a row as ``components/table.html`` takes it."""
    values = [
        row.who,
        words.stage_in_words(row, at),
        words.day(row.last_met_at),
        words.day(row.next_meeting_at),
        words.meetings_in_words(row),
        words.pulse_in_words(row),
        ", ".join(words.alerts_in_words(row)),
    ]
    cells = [{**column, "value": value} for column, value in zip(COLUMNS, values, strict=True)]
    url = reverse("looking_after", args=[row.mentorship.ref])
    return {"id": row.mentorship.ref, "label": row.names, "url": url, "cells": cells}


def stages(rows: Sequence[Watched]) -> list[dict[str, Any]]:
    """Return how many mentorships are in each stage, for the picture on top."""
    counts = Counter(row.state for row in rows)
    return [{"label": label, "count": counts[state], "state": state.value} for state, label in words.STAGES.items()]


def figures(rows: Sequence[Watched]) -> list[dict[str, Any]]:
    """Return the mentorships at a glance, each number with what it is of."""
    running = [row for row in rows if row.state != MentorshipState.ENDED]
    held, expected = (
        sum(r.figures.held for r in running),
        sum(r.mentorship.cohort.rules.meetings.expected for r in running),
    )
    scores = [score for row in running for score in row.signal.scores]
    asks = sum(bool(row.alerts) for row in rows)
    said = ngettext("from %(n)d answer", "from %(n)d answers", len(scores)) % {"n": len(scores)}
    return [
        {"label": _("Running"), "number": len(running), "of": _("of %(all)d") % {"all": len(rows)}},
        {"label": _("Ask for a look"), "number": asks, "of": _("of %(all)d") % {"all": len(rows)}},
        {"label": _("Meetings held"), "number": held, "of": _("of %(all)d expected by the end") % {"all": expected}},
        {"label": _("Pulse"), "number": f"{sum(scores) / len(scores):.1f}" if scores else "–", "of": said},
    ]


def _people(row: Watched, *, mentors: bool) -> str:
    """Name those on one side; peers are on both."""
    of_peers = row.mentorship.of_peers
    return "; ".join(row.named(each) for each in row.members if of_peers or each.is_mentor == mentors)


def _iso(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""
