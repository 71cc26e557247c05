from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.applications import actions, tasks
from alongside.applications.models import SheetImport
from alongside.applications.queries import UNTOUCHED_DAYS, imports_run_by
from alongside.applications.states import AT_WORK
from alongside.kernel import clock
from alongside.programmes.queries import cohorts_run_by
from alongside.web.coordinator.imports import columns
from alongside.web.coordinator.imports.findings import sentence_of
from alongside.web.coordinator.imports.forms import DropForm, ImportForm
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.words import plain_words

PAGES = {
    "read": "columns",
    "checked": "check",
    "imported": "done",
    "failed": "failed",
    "cancelled": "failed",
    "put_away": "put_away",
}


@coordinator
def drop(request: PersonRequest, ref: str) -> HttpResponse:
    """Drop the spreadsheet you have."""
    cohort = get_or_404(cohorts_run_by(request.person), ref=ref)
    form = DropForm(request.POST or None, request.FILES or None, shape=cohort.rules.shape)
    if request.method == "POST" and form.is_valid():
        sheet_import = actions.drop_file(
            cohort,
            form.cleaned_data["file"],
            side=form.chosen_side,
            kind=form.chosen_kind,
            by=request.person,
            at=clock.now(),
        )
        tasks.go_on(sheet_import)
        return redirect("sheet_import", sheet_import.ref)
    earlier = imports_run_by(request.person).filter(cohort=cohort)[:10]
    return render(
        request, "imports/drop.html", {"form": form, "cohort": cohort, "earlier": earlier, "days": UNTOUCHED_DAYS}
    )


@coordinator
def sheet_import(request: PersonRequest, ref: str) -> HttpResponse:
    """Show where an import is, and what is wanted of the coordinator."""
    found = get_or_404(imports_run_by(request.person), ref=ref)
    if found.state in AT_WORK:
        response = render(request, "imports/at_work.html", {"import": found})
        response["Refresh"] = "3"  # without JavaScript the page asks again by itself
        return response
    page = PAGES[found.state]
    return render(request, f"imports/{page}.html", {"import": found, "cohort": found.cohort, **_about(found)})


@coordinator
def progress(request: PersonRequest, ref: str) -> HttpResponse:
    """Show only how far an import is; the page asks again until it is done, then loads afresh."""
    found = get_or_404(imports_run_by(request.person), ref=ref)
    if found.state in AT_WORK:
        return render(request, "imports/progress.html", {"import": found})
    return HttpResponse(headers={"HX-Refresh": "true"})


@require_POST
@coordinator
def correct(request: PersonRequest, ref: str) -> HttpResponse:
    """Take what the coordinator says of the columns and check the rows."""
    found = get_or_404(imports_run_by(request.person), ref=ref)
    with plain_words(request):
        actions.correct_columns(
            found,
            columns.fields_from(found, request.POST),
            consent_basis=request.POST.get("consent_basis", ""),
            at=clock.now(),
        )
        tasks.go_on(found)
    return redirect("sheet_import", ref)


@require_POST
@coordinator
def choose_sheet(request: PersonRequest, ref: str) -> HttpResponse:
    """Read another sheet of the file."""
    found = get_or_404(imports_run_by(request.person), ref=ref)
    with plain_words(request):
        actions.choose_sheet(found, request.POST.get("sheet", ""), at=clock.now())
        tasks.go_on(found)
    return redirect("sheet_import", ref)


@require_POST
@coordinator
def back(request: PersonRequest, ref: str) -> HttpResponse:
    """Go back to the columns."""
    with plain_words(request):
        actions.back_to_columns(get_or_404(imports_run_by(request.person), ref=ref), at=clock.now())
    return redirect("sheet_import", ref)


@require_POST
@coordinator
def start(request: PersonRequest, ref: str) -> HttpResponse:
    """Import the rows."""
    found = get_or_404(imports_run_by(request.person), ref=ref)
    form = ImportForm(request.POST)
    with plain_words(request):
        all_or_nothing = not form.is_valid() or form.cleaned_data["rows"] == "all"
        actions.start_import(found, all_or_nothing=all_or_nothing, at=clock.now())
        tasks.go_on(found)
    return redirect("sheet_import", ref)


@require_POST
@coordinator
def cancel(request: PersonRequest, ref: str) -> HttpResponse:
    """Stop an import."""
    found = get_or_404(imports_run_by(request.person), ref=ref)
    with plain_words(request):
        actions.cancel_import(found, by=request.person, at=clock.now())
        messages.success(request, "The import was stopped. Nothing of it was kept.")
    return redirect("import", found.cohort.ref)


def _about(found: SheetImport) -> dict[str, object]:
    if found.state == "read":
        rows = columns.rows_of(found)
        return {"columns": rows, "meanings": columns.meanings(), "special": [row for row in rows if row["why"]]}
    return {"findings": [_finding(finding) for finding in found.findings], "days": UNTOUCHED_DAYS}


def _finding(finding: dict[str, object]) -> dict[str, object]:
    kind = "problem" if finding["severity"] == "stops" else "warn"
    return {**finding, "kind": kind, "sentence": sentence_of(finding), "value": ""}
