from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from alongside.kernel import clock
from alongside.mentorships.queries import mentorships_run_by
from alongside.programmes.models import Cohort
from alongside.programmes.queries import cohorts_run_by
from alongside.reports.mentorships_board import Watched, board_of
from alongside.sheets import write_csv, write_xlsx
from alongside.web.coordinator.mentorships import listing
from alongside.web.coordinator.mentorships.words import ALERTS, STAGES
from alongside.web.coordinator.programmes.tabs import cohort_tabs
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.lists import page_links

A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@coordinator
def cohort_mentorships(request: PersonRequest, ref: str) -> HttpResponse:
    """Show how the mentorships of a cohort stand: a picture, figures, then each, whoever needs a look first."""
    cohort, at = get_or_404(cohorts_run_by(request.person), ref=ref), clock.now()
    everything = _board(request, cohort)
    page = Paginator(listing.listed(everything, request.GET), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "watching/mentorships.html",
        {
            "cohort": cohort,
            "tabs": cohort_tabs(request, cohort),
            "stages": listing.stages(everything),
            "all": len(everything),
            "figures": listing.figures(everything),
            "columns": listing.COLUMNS,
            "rows": [listing.table_row(row, at) for row in page],
            "stage_choices": STAGES.items(),
            "alert_choices": ALERTS.items(),
            "contacts": sorted({contact for row in everything for contact in row.contacts}),
            **page_links(request, page),
        },
    )


@coordinator
def export_mentorships(request: PersonRequest, ref: str, kind: str) -> HttpResponse:
    """Export what the list shows, with its filter."""
    cohort = get_or_404(cohorts_run_by(request.person), ref=ref)
    table = listing.exported(listing.listed(_board(request, cohort), request.GET), clock.now())
    write, content_type = (write_xlsx, XLSX) if kind == "xlsx" else (write_csv, "text/csv")
    headers = {"Content-Disposition": f'attachment; filename="mentorships-{cohort.ref}.{kind}"'}
    return HttpResponse(write(table, header=listing.HEADINGS), content_type=content_type, headers=headers)


def _board(request: PersonRequest, cohort: Cohort) -> list[Watched]:
    return board_of(mentorships_run_by(request.person).filter(cohort=cohort), at=clock.now())
