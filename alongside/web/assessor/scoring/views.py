"""What an assessor does: say whether they have a conflict of interest, read, score each criterion alone, hand in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.assessments import actions
from alongside.assessments.actions import Said
from alongside.assessments.models import Assignment, Score
from alongside.assessments.queries import asked_of, assessments_opened_to, evidence_asked_for, scores_others_gave
from alongside.assessments.states import AssessorState
from alongside.journeys import assess
from alongside.kernel import clock
from alongside.web.assessor.scoring.forms import DeclareForm, ScoreForm
from alongside.web.shared.access import PersonRequest, assessor, get_or_404
from alongside.web.shared.assessments import ASSESSOR_STATES, criteria_shown, state_words
from alongside.web.shared.downloads import document_handed_over
from alongside.web.shared.forms import sent
from alongside.web.shared.words import plain_words


@assessor
def assessing(request: PersonRequest) -> HttpResponse:
    """List what this person was asked to score."""
    open_ones = set(assessments_opened_to(request.person).values_list("pk", flat=True))
    rows = [
        {
            "row": each,
            "mine": ASSESSOR_STATES[AssessorState(each.state)],
            "state": state_words(each.assessment),
            "open": each.pk in open_ones or each.state == AssessorState.ASKED,
        }
        for each in asked_of(request.person).order_by("-asked_at")
    ]
    return render(request, "assessor/assessing.html", {"rows": rows})


@assessor
def assignment(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one: the question of conflicts first, and after a no what there is to score."""
    mine = _mine(request, ref)
    if mine.state == AssessorState.ASKED:
        return redirect("declare_interest", ref)
    opened = get_or_404(assessments_opened_to(request.person), ref=ref)
    scores = {row.criterion: row for row in opened.scores.all()}
    others: dict[str, list[Score]] = {}
    for row in scores_others_gave(opened):
        others.setdefault(row.criterion, []).append(row)
    standard = opened.assessment.standard
    parts = [
        {
            "criterion": each,
            "step": standard.step(scores[each.id].score) if each.id in scores else None,
            "others": [standard.step(row.score) for row in others.get(each.id, [])],
        }
        for each in standard.criteria
    ]
    context = {
        "assignment": opened,
        "parts": parts,
        "scoring": opened.state == AssessorState.SCORING,
        "ready": all(each["step"] for each in parts),
    }
    return render(request, "assessor/assignment.html", context)


@assessor
def declare(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask for conflicts of interest; whoever has one scores nothing and reads nothing more of it."""
    mine = _mine(request, ref)
    if not mine.can_declare_conflict:
        raise Http404
    form = DeclareForm(sent(request))
    if request.method == "POST" and form.is_valid():
        return _declared(request, mine, form.cleaned_data)
    return render(request, "assessor/declare.html", {"assignment": mine, "form": form})


def _declared(request: PersonRequest, mine: Assignment, said: dict[str, Any]) -> HttpResponse:
    by, at = request.person, clock.now()
    if said["interest"] == "conflict":
        with plain_words(request):
            assess.declare_conflict(mine, said["words"], by=by, at=at)
            messages.success(request, _("Thank you for saying so. Somebody else is asked."))
        return redirect("home")
    if mine.state == AssessorState.ASKED:
        with plain_words(request):
            actions.declare_none(mine, by=by, at=at)
    return redirect("assessing_one", mine.ref)


@assessor
def criterion(request: PersonRequest, ref: str, criterion: str) -> HttpResponse:
    """Show one criterion with all that was said and shown, and take a score with its reason."""
    opened = get_or_404(assessments_opened_to(request.person), ref=ref)
    standard = opened.assessment.standard
    asked = standard.criterion(criterion)
    if asked is None:
        raise Http404
    known = opened.scores.filter(criterion=asked.id).first()
    form = ScoreForm(sent(request), standard=standard, known=known)
    if request.method == "POST" and form.is_valid():
        with plain_words(request):
            actions.save_score(opened, asked, Said(**form.cleaned_data), by=request.person, at=clock.now())
        return redirect(_next(opened, asked.id))
    shown = criteria_shown(opened.assessment, lambda row: reverse("assessing_evidence", args=[ref, row.ref]))
    context = {
        "assignment": opened,
        "shown": next(each for each in shown if each["criterion"].id == asked.id),
        "form": form,
        "scoring": opened.state == AssessorState.SCORING,
        "known": known,
        "step": standard.step(known.score) if known else None,
    }
    return render(request, "assessor/criterion.html", context)


def _next(opened: Assignment, here: str) -> str:
    ids = [each.id for each in opened.assessment.standard.criteria]
    after = ids[ids.index(here) + 1 :]
    if after:
        return reverse("score_criterion", args=[opened.ref, after[0]])
    return reverse("assessing_one", args=[opened.ref])


@require_POST
@assessor
def hand_in(request: PersonRequest, ref: str) -> HttpResponse:
    """Hand in one's scores, for good."""
    opened = get_or_404(assessments_opened_to(request.person), ref=ref)
    with plain_words(request):
        assess.hand_in_scores(opened, by=request.person, at=clock.now())
        messages.success(request, _("Handed in. Thank you."))
    return redirect("assessing_one", ref)


@assessor
def evidence(request: PersonRequest, ref: str, evidence: str) -> HttpResponse:
    """Hand out a file that the standard asks for, to whoever scores by it."""
    opened = get_or_404(assessments_opened_to(request.person), ref=ref)
    row = get_or_404(evidence_asked_for(opened.assessment).exclude(kind_name=""), ref=evidence)
    return document_handed_over(row.content, name=row.name, kind=row.kind.content_type)


def _mine(request: PersonRequest, ref: str) -> Assignment:
    return get_or_404(asked_of(request.person).select_related("assessment__organisation__network"), ref=ref)
