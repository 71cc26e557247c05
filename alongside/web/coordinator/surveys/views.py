"""What came of the surveys of a cohort, for its coordinators."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.programmes.queries import cohorts_run_by
from alongside.programmes.states import Side
from alongside.questionnaires.definition import Definition, Question, Shown
from alongside.questionnaires.speaking import for_reader
from alongside.reports.survey_results import Column, Outcome, outcomes_of
from alongside.surveys.models import Response
from alongside.surveys.queries import responses_run_by
from alongside.web.coordinator.programmes.tabs import cohort_tabs
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.questionnaires.lines import picture_of
from alongside.web.shared.questionnaires.walking import Walk

TIMES = {
    "start": gettext_lazy("At the start"),
    "halfway": gettext_lazy("Halfway"),
    "ending": gettext_lazy("At the end"),
    "after_3_months": gettext_lazy("3 months after"),
    "after_6_months": gettext_lazy("6 months after"),
    "after_12_months": gettext_lazy("12 months after"),
}
SIDES = {Side.MENTOR: gettext_lazy("mentors"), Side.MENTEE: gettext_lazy("mentees")}


@coordinator
def cohort_surveys(request: PersonRequest, ref: str) -> HttpResponse:
    """List what the cohort was asked, and how many answered."""
    cohort = get_or_404(cohorts_run_by(request.person), ref=ref)
    context = {"cohort": cohort, "tabs": cohort_tabs(request, cohort), "outcomes": outcomes_of(cohort)}
    return render(request, "coordinator_surveys/surveys.html", {**context, "planned": cohort.rules.surveys})


@coordinator
def survey_result(request: PersonRequest, ref: str, questionnaire: str, version: int) -> HttpResponse:
    """Show what came of one survey: by role as a picture, by question as counts, each time beside the other."""
    cohort = get_or_404(cohorts_run_by(request.person), ref=ref)
    wanted = (questionnaire, version)
    found = next(
        (each for each in outcomes_of(cohort) if (each.definition.id, each.definition.version) == wanted), None
    )
    if found is None:
        raise Http404
    definition = for_reader(found.definition)
    names = [_name(column) for column in found.columns]
    context = {
        "cohort": cohort,
        "tabs": cohort_tabs(request, cohort),
        "outcome": found,
        "survey": definition,
        "names": names,
        "columns": list(zip(names, found.columns, strict=True)),
        "picture": _picture(definition, found, names),
        "questions": list(_questions(definition, found)),
        "counted": found.definition.shown == Shown.COUNTED,
        "least": max(column.at_least for column in found.columns),
    }
    return render(request, "coordinator_surveys/result.html", context)


@coordinator
def survey_answers(request: PersonRequest, ref: str) -> HttpResponse:
    """Show what one person answered, where the survey says that coordinators read it."""
    rows = responses_run_by(request.person).filter(done_at__isnull=False, member__isnull=False)
    found: Response = get_or_404(rows.select_related("member__participant__person"), ref=ref)
    definition = for_reader(found.definition)
    if definition.shown != Shown.TO_COORDINATORS:
        raise Http404
    sections = Walk(definition, found.answers).sections()
    context = {"response": found, "survey": definition, "sections": sections, "when": TIMES[found.when]}
    return render(request, "coordinator_surveys/answers.html", context)


def _name(column: Column) -> str:
    when = str(TIMES[column.when])
    return _("%(when)s, %(side)s") % {"when": when, "side": SIDES[column.side]} if column.side else when


def _picture(definition: Definition, found: Outcome, names: list[str]) -> dict[str, Any] | None:
    shares = [column.shares for column in found.columns]
    if not any(share is not None for each in shares for share in each.values()):
        return None
    return picture_of(
        ((role.title, role.about, [each[role.id] for each in shares]) for role in definition.roles), names
    )


def _questions(definition: Definition, found: Outcome) -> Iterator[dict[str, Any]]:
    """Yield each question that has counts to show, with a row for each answer there can be."""
    for question in definition.questions:
        cells = [(column.cells or {}).get(question.id) for column in found.columns]
        values = next((list(cell.counts) for cell in cells if cell and cell.counts), [])
        if values:
            rows = [
                _row(question, value, [cell.counts.get(value) if cell else None for cell in cells]) for value in values
            ]
            yield {"text": question.text, "rows": rows, "means": [cell.mean if cell else None for cell in cells]}


def _row(question: Question, value: Any, counts: list[int | None]) -> dict[str, Any]:
    return {"label": question.label(value), "counts": counts}
