"""The matching of many people: asked for, looked at while a worker has it, stopped; and whom to recruit next."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside import engine
from alongside.journeys import tasks
from alongside.journeys.match_cohort import is_large
from alongside.kernel import clock
from alongside.matching.calculations import recruits_of, start_calculation, stop_calculation
from alongside.matching.models import Calculation
from alongside.matching.queries import calculations_run_by
from alongside.matching.states import CalculationState
from alongside.web.coordinator.board import words
from alongside.web.coordinator.board.standing import Standing, here
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.words import plain_words


def start(request: PersonRequest, standing: Standing, weights: engine.Weights | None = None) -> HttpResponse:
    """Give a matching to a worker and lead to where it can be looked at."""
    with transaction.atomic():  # asked for and given to a worker, or neither
        calculation, is_new = start_calculation(
            standing.cohort, weights, kind=standing.kind, by=request.person, at=clock.now()
        )
        if is_new:
            tasks.match_cohort.enqueue(calculation.pk)
    if not is_new:
        messages.warning(request, _("This matching was asked for before. Stop it, or wait for it, then ask again."))
    return redirect("calculation", calculation.ref)


@coordinator
def calculation(request: PersonRequest, ref: str) -> HttpResponse:
    """Show how far the matching of many people is."""
    found = get_or_404(calculations_run_by(request.person), ref=ref)
    response = render(
        request, "board/calculation.html", {**here(found.matching.cohort, found.matching.kind), **_how_far(found)}
    )
    if found.state == CalculationState.RUNNING:
        response["Refresh"] = "3"  # without JavaScript the page asks again by itself
    return response


@coordinator
def calculation_progress(request: PersonRequest, ref: str) -> HttpResponse:
    """Show only how far it is; the page asks again until it is done, then loads afresh."""
    found = get_or_404(calculations_run_by(request.person), ref=ref)
    if found.state == CalculationState.RUNNING:
        return render(request, "board/calculation_progress.html", _how_far(found))
    return HttpResponse(headers={"HX-Refresh": "true"})


@require_POST
@coordinator
def calculation_stop(request: PersonRequest, ref: str) -> HttpResponse:
    """Give it up; the board stays as it is."""
    found = get_or_404(calculations_run_by(request.person), ref=ref)
    with plain_words(request):
        stop_calculation(found, by=request.person, at=clock.now())
    return redirect("calculation", ref)


@coordinator
def board_recruit(request: PersonRequest, ref: str) -> HttpResponse:
    """Say of what kind one more mentor would help most."""
    standing = Standing(request.person, ref)
    found = _recruits(standing)
    rows = [{"who": words.recruit(each), "adds": words.recruit_adds(each)} for each in found or ()]
    context = {
        **standing.here,
        "rows": rows,
        "known": found is not None,
        "exact": len(standing.pool.mentees) * len(standing.pool.mentors) <= engine.LOWEST_UP_TO,
    }
    return render(request, "board/recruit.html", context)


def _recruits(standing: Standing) -> tuple[engine.Recruit, ...] | None:
    """Return what is known, worked out now where that is quick; None where only a matching by a worker would tell."""
    if not is_large(standing.pool):
        return standing.today.recruits
    rows = calculations_run_by(standing.person).filter(version=standing.version)
    kept = rows.first()
    return recruits_of(kept) if kept else None


def _how_far(found: Calculation) -> dict[str, object]:
    said, share = words.stage(found)
    return {"calculation": found, "said": said, "share": share, "running": found.state == CalculationState.RUNNING}
