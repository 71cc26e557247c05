"""What a steward does with assessments: name two who score, see their scores side by side, decide."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.assessments.clocks import next_step_due
from alongside.assessments.models import Assessment
from alongside.assessments.queries import (
    assessments_stewarded_by,
    assessors_of,
    everybody_asked,
    evidence_asked_for,
    finals_of,
    scores_handed_in,
)
from alongside.assessments.rules import another_can_answer, can_answer_appeal, can_moderate
from alongside.assessments.states import ASSESSOR_LIFE, ASSESSORS, BEING_JUDGED, AssessmentState, AssessorState
from alongside.journeys import assess
from alongside.journeys.assessment_emails import outcome_words
from alongside.kernel import clock
from alongside.kernel.permissions import NotAllowed
from alongside.web.shared.access import PersonRequest, get_or_404, steward
from alongside.web.shared.assessments import ASSESSOR_STATES, criteria_shown, state_words
from alongside.web.shared.downloads import document_handed_over
from alongside.web.shared.forms import sent
from alongside.web.shared.times import time_left
from alongside.web.shared.words import plain_words
from alongside.web.steward.assessments.forms import AppointForm, DecideForm, SendBackForm


@steward
def queue(request: PersonRequest) -> HttpResponse:
    """List the assessments that came to the network: those somebody waits for first, the oldest clock first."""
    at = clock.now()
    rows = [_row(each, at) for each in assessments_stewarded_by(request.person)]
    waiting = sorted((row for row in rows if row["waits"]), key=lambda row: row["due"] or at)
    rest = [row for row in rows if not row["waits"]]
    return render(request, "steward_assessments/queue.html", {"waiting": waiting, "rest": rest})


def _row(found: Assessment, at: datetime) -> dict[str, Any]:
    due = next_step_due(found)
    late = {"text": _("overdue"), "state": "over"}
    return {
        "row": found,
        "state": state_words(found),
        "outcome": outcome_words(found) if found.decided_at else "",
        "waits": found.state in BEING_JUDGED,
        "due": due,
        "clock": (late if due <= at else time_left(due, at=at)) if due else None,
    }


@steward
def assessment(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one assessment: what the organisation says and shows, who scores it, and what is to be done."""
    return _page(request, get_or_404(assessments_stewarded_by(request.person), ref=ref))


def _page(request: PersonRequest, found: Assessment, **forms: Any) -> HttpResponse:
    asked = list(everybody_asked(found))
    wanted = found.state in (AssessmentState.SENT, AssessmentState.WITH_ASSESSORS)
    context = {
        **_row(found, clock.now()),
        "assessment": found,
        "asked": [
            {"row": each, "state": ASSESSOR_STATES[AssessorState(each.state)], "can_go": wanted and _can_go(each.state)}
            for each in asked
        ],
        "can_appoint": wanted and len(assessors_of(found)) < ASSESSORS,
        "can_send_back": found.state == AssessmentState.SENT,
        "can_decide": _may_decide(request, found),
        "to_decide": found.state in (AssessmentState.MODERATION, AssessmentState.APPEALED),
        "alone": found.state == AssessmentState.APPEALED and not another_can_answer(found),
        "shown": criteria_shown(found, lambda row: reverse("stewarded_evidence", args=[found.ref, row.ref])),
        "declarations": found.declarations.select_related("by"),
        "appoint_form": AppointForm(),
        "back_form": SendBackForm(),
        **forms,
    }
    return render(request, "steward_assessments/assessment.html", context)


def _can_go(state: str) -> bool:
    return any(move.name == "release" for move in ASSESSOR_LIFE.open_moves(AssessorState(state)))


def _may_decide(request: PersonRequest, found: Assessment) -> bool:
    if found.state == AssessmentState.APPEALED:
        return can_answer_appeal(request.person, found)
    return found.state == AssessmentState.MODERATION and can_moderate(request.person, found)


@require_POST
@steward
def do(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask somebody to score it, let somebody go, or ask the organisation for more."""
    found = get_or_404(assessments_stewarded_by(request.person), ref=ref)
    if not can_moderate(request.person, found):
        messages.error(request, _("You have a part in this one. Another steward looks after it."))
        return redirect("stewarded_assessment", ref)
    match request.POST.get("do"):
        case "appoint":
            return _appoint(request, found)
        case "send_back":
            return _send_back(request, found)
        case "release":
            one = get_or_404(everybody_asked(found), ref=request.POST.get("assessor", ""))
            with plain_words(request):
                assess.let_assessor_go(one, by=request.person, at=clock.now())
                messages.success(request, _("Let go, with thanks. Ask somebody else now."))
    return redirect("stewarded_assessment", ref)


def _appoint(request: PersonRequest, found: Assessment) -> HttpResponse:
    form = AppointForm(request.POST)
    if form.is_valid():
        try:
            assess.appoint_assessor(found, **form.cleaned_data, by=request.person, at=clock.now())
        except ValueError as refusal:
            form.add_error("email", str(refusal))
    if not form.is_valid():
        return _page(request, found, appoint_form=form, form=form)
    messages.success(request, _("Asked by email."))
    return redirect("stewarded_assessment", found.ref)


def _send_back(request: PersonRequest, found: Assessment) -> HttpResponse:
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _page(request, found, back_form=form, form=form)
    with plain_words(request):
        assess.send_assessment_back(found, form.cleaned_data["words"], by=request.person, at=clock.now())
        messages.success(request, _("The organisation was asked for more."))
    return redirect("stewarded_assessments")


@steward
def decide(request: PersonRequest, ref: str) -> HttpResponse:
    """Show both scores of each criterion side by side, and take what counts, for whoever may decide.

    :raises NotAllowed: if this steward has a part in it, or there is nothing to decide.
    """
    found = get_or_404(assessments_stewarded_by(request.person), ref=ref)
    if not _may_decide(request, found):
        raise NotAllowed("decide an assessment")
    given = scores_handed_in(found)
    form = DecideForm(sent(request), standard=found.standard, given=given, finals=finals_of(found))
    if request.method == "POST" and form.is_valid() and _decided(request, found, form):
        messages.success(request, _("Decided: %(outcome)s.") % {"outcome": outcome_words(found)})
        return redirect("stewarded_assessment", ref)
    shown = criteria_shown(found, lambda row: reverse("stewarded_evidence", args=[ref, row.ref]))
    parts = [
        {
            "shown": each,
            "scores": [{"step": found.standard.step(row.score), "words": row.words} for row in given[each_id]],
            "differ": len({row.score for row in given[each_id]}) > 1,
            "score": form[f"score_{each_id}"],
            "words": form[f"words_{each_id}"],
        }
        for each in shown
        if (each_id := each["criterion"].id) in given
    ]
    context = {"assessment": found, "form": form, "parts": parts, "alone": not another_can_answer(found)}
    return render(request, "steward_assessments/decide.html", context)


def _decided(request: PersonRequest, found: Assessment, form: DecideForm) -> bool:
    words, by, at = form.cleaned_data["words"], request.person, clock.now()
    try:
        assess.decide_assessment(found, form.finals, words=words, plan=form.planned, by=by, at=at)
    except ValueError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@steward
def evidence(request: PersonRequest, ref: str, evidence: str) -> HttpResponse:
    """Hand out a file that the standard of this assessment asks for."""
    found = get_or_404(assessments_stewarded_by(request.person), ref=ref)
    row = get_or_404(evidence_asked_for(found).exclude(kind_name=""), ref=evidence)
    return document_handed_over(row.content, name=row.name, kind=row.kind.content_type)
