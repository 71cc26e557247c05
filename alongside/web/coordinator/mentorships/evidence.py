"""The page of what whoever pays for a programme may be shown, and the same as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.programmes.models import Cohort
from alongside.programmes.queries import cohorts_run_by
from alongside.reports.evidence import Evidence, evidence_of, total_of
from alongside.sheets import write_csv, write_xlsx
from alongside.web.coordinator.mentorships.views import XLSX
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.downloads import handed_over

HEADINGS = ["Mentee", "Introduced", "Ended", "Meetings", "Hours"]


@coordinator
def evidence(request: PersonRequest, ref: str) -> HttpResponse:
    """Show who met how often and how long, as the one who pays sees it."""
    cohort = _cohort(request, ref)
    lines = evidence_of(cohort, at=clock.now())
    total = total_of(lines)
    context = {
        "cohort": cohort,
        "funder": cohort.rules.seen.funder,
        "columns": [
            {"label": _("Mentee")},
            {"label": _("Introduced")},
            {"label": _("Ended")},
            {"label": _("Meetings"), "numeric": True},
            {"label": _("Hours"), "numeric": True},
        ],
        "rows": [_row(place, line) for place, line in enumerate(lines)],
        "meetings": total.meetings,
        "hours": f"{total.minutes / 60:.1f}".removesuffix(".0"),
    }
    return render(request, "watching/evidence.html", context)


@coordinator
def export_evidence(request: PersonRequest, ref: str, kind: str) -> HttpResponse:
    """Hand over the same as a spreadsheet."""
    cohort = _cohort(request, ref)
    table: list[list[object]] = [
        [
            line.mentee,
            line.since.isoformat(),
            line.until.isoformat() if line.until else "",
            line.held.meetings,
            line.hours,
        ]
        for line in evidence_of(cohort, at=clock.now())
    ]
    write, content_type = (write_xlsx, XLSX) if kind == "xlsx" else (write_csv, "text/csv")
    return handed_over(write(table, header=HEADINGS), name=f"evidence-{cohort.ref}.{kind}", kind=content_type)


def _cohort(request: PersonRequest, ref: str) -> Cohort:
    """Return the cohort; where nobody is to be shown anything there is no such page."""
    cohort: Cohort = get_or_404(cohorts_run_by(request.person), ref=ref)
    if not cohort.rules.seen.funder:
        raise Http404
    return cohort


def _row(place: int, line: Evidence) -> dict[str, object]:
    values = [
        (line.mentee, _("Mentee")),
        (date_format(line.since, "j M Y"), _("Introduced")),
        (date_format(line.until, "j M Y") if line.until else _("goes on"), _("Ended")),
        (line.held.meetings, _("Meetings")),
        (line.hours, _("Hours")),
    ]
    cells = [{"value": value, "label": label, "numeric": isinstance(value, int | float)} for value, label in values]
    return {"id": str(place), "label": line.mentee, "url": "", "cells": cells}
