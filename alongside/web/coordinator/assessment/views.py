"""What a coordinator does in an assessment: score themselves criterion by criterion, send it, read what it came to."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.assessments import actions
from alongside.assessments.clocks import can_appeal, can_declare
from alongside.assessments.models import Assessment, Evidence
from alongside.assessments.queries import (
    answers_of,
    assessments_run_by,
    evidence_for,
    finals_of,
    left_to_do,
    scores_handed_in,
)
from alongside.assessments.standard import Standard
from alongside.assessments.standards import newest
from alongside.assessments.states import IN_HAND, LIFE, AssessmentState
from alongside.journeys import assess
from alongside.journeys.assessment_emails import outcome_words
from alongside.kernel import clock
from alongside.organisations.models import Organisation
from alongside.organisations.queries import organisations_coordinated_by
from alongside.reports.measured import kept, measured
from alongside.web.coordinator.assessment.forms import CriterionForm, GatesForm, WordsForm
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.assessments import evidence_lines, state_words
from alongside.web.shared.forms import sent
from alongside.web.shared.words import plain_words


@coordinator
def assessments(request: PersonRequest) -> HttpResponse:
    """Show the standards there are, and how far each organisation of this person is in them."""
    rows = list(assessments_run_by(request.person))
    organisations = [
        {"organisation": each, "standards": [_standing(each, standard, rows) for standard in newest()]}
        for each in organisations_coordinated_by(request.person)
    ]
    return render(request, "assessment/assessments.html", {"organisations": organisations})


def _standing(organisation: Organisation, standard: Standard, rows: list[Assessment]) -> dict[str, Any]:
    """Return one standard with the assessments of one organisation by it, the newest first."""
    theirs = [row for row in rows if (row.organisation_id, row.standard_id) == (organisation.pk, standard.id)]
    lines = [{"row": row, "state": _said(row)} for row in theirs]
    free = not any(row.state in IN_HAND or row.state == AssessmentState.APPEALED for row in theirs)
    return {"standard": standard, "lines": lines, "can_begin": free}


def _said(row: Assessment) -> str:
    if row.state == AssessmentState.DECIDED:
        return outcome_words(row)
    return state_words(row)


@require_POST
@coordinator
def begin(request: PersonRequest) -> HttpResponse:
    """Begin an assessment of an organisation by the newest version of a standard."""
    theirs = organisations_coordinated_by(request.person)
    organisation = get_or_404(theirs, ref=request.POST.get("organisation", ""))
    standard = next((each for each in newest() if each.id == request.POST.get("standard")), None)
    if standard is None:
        raise Http404
    try:
        made = actions.begin(organisation, standard, by=request.person, at=clock.now())
    except ValueError as refusal:
        messages.error(request, str(refusal))
        return redirect("assessments")
    return redirect("assessment", made.ref)


@coordinator
def assessment(request: PersonRequest, ref: str) -> HttpResponse:
    """Show how far an assessment is: what is left to do, who has it, or what it came to and why."""
    return _page(request, get_or_404(assessments_run_by(request.person), ref=ref))


def _page(request: PersonRequest, found: Assessment, *, form: WordsForm | None = None) -> HttpResponse:
    at, left = clock.now(), left_to_do(found)
    answers = answers_of(found)
    own = found.state == AssessmentState.SELF_ASSESSING
    context = {
        "assessment": found,
        "standard": found.standard,
        "state": state_words(found),
        "own": own,
        "tasks": [
            {
                "criterion": each,
                "done": each.id not in left,
                "begun": each.id in answers,
                "step": found.standard.step(answers[each.id].score) if each.id in answers else None,
            }
            for each in found.standard.criteria
        ],
        "gates_done": not any(gate.id in left for gate in found.standard.gates),
        "ready": not left,
        "can_withdraw": any(move.name == "withdraw" for move in LIFE.open_moves(AssessmentState(found.state))),
        "outcome": outcome_words(found) if found.decided_at else "",
        "reasons": _reasons(found) if found.decided_at else [],
        "can_appeal": can_appeal(found, at=at),
        "appeal_form": form or _appeal_form(),
        "can_declare": can_declare(found, at=at),
        "declare_form": WordsForm(label=_("What has changed, if anything")),
        "form": form,
    }
    return render(request, "assessment/assessment.html", context)


def _appeal_form(data: Any = None) -> WordsForm:
    needed = _("Say what was not seen, or not seen rightly.")
    return WordsForm(data, label=_("What was not seen, or not seen rightly"), needed=needed)


def _reasons(found: Assessment) -> list[dict[str, Any]]:
    """Return what counts in each criterion and why; where the two agreed, what they wrote, without their names."""
    finals, given = finals_of(found), scores_handed_in(found)
    return [
        {
            "criterion": each,
            "step": found.standard.step(finals[each.id].score),
            "words": finals[each.id].words,
            "assessors": [row.words for row in given.get(each.id, []) if row.words],
        }
        for each in found.standard.criteria
        if each.id in finals
    ]


@coordinator
def gates(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask what has to be so before anything is judged."""
    found = _own(request, ref)
    form = GatesForm(sent(request), standard=found.standard, said=found.gates)
    if request.method == "POST" and form.is_valid():
        with plain_words(request):
            actions.save_gates(found, form.gates, by=request.person, at=clock.now())
        return redirect("assessment", ref)
    return render(request, "assessment/gates.html", {"assessment": found, "form": form})


@coordinator
def criterion(request: PersonRequest, ref: str, criterion: str) -> HttpResponse:
    """Ask one criterion: what is counted, in which words, and what shows it."""
    found = _own(request, ref)
    asked = found.standard.criterion(criterion)
    if asked is None:
        raise Http404
    form = CriterionForm(
        sent(request), standard=found.standard, criterion=asked, answer=answers_of(found).get(asked.id)
    )
    if request.method == "POST" and form.is_valid():
        with plain_words(request):
            actions.save_answer(found, asked, **form.cleaned_data, by=request.person, at=clock.now())
        return redirect(_next(found, asked.id, request.POST.get("then", "")))
    figures = measured(found.organisation, at=clock.now()) if asked.measured else {}
    context = {
        "assessment": found,
        "criterion": asked,
        "form": form,
        "figures": [{"term": figures[key].title, "value": figures[key].shown} for key in asked.measured],
        "evidence": evidence_lines(asked.evidence, evidence_for(found), _file),
    }
    return render(request, "assessment/criterion.html", context)


def _file(row: Evidence) -> str:
    return reverse("assessment_evidence", args=[row.ref])


def _next(found: Assessment, here: str, then: str) -> str:
    """Return where to go after a criterion: to a kind of evidence, the criterion that follows, or the list."""
    if then in found.standard.evidence_ids:
        return f"{reverse('add_evidence', args=[found.ref, then])}?from={here}"
    ids = [each.id for each in found.standard.criteria]
    after = ids[ids.index(here) + 1 :]
    if then == "next" and after:
        return reverse("assessment_criterion", args=[found.ref, after[0]])
    return reverse("assessment", args=[found.ref])


def _own(request: PersonRequest, ref: str) -> Assessment:
    """Return an assessment that is still the organisation's own to write in."""
    rows = assessments_run_by(request.person).filter(state=AssessmentState.SELF_ASSESSING)
    return get_or_404(rows, ref=ref)


@require_POST
@coordinator
def do(request: PersonRequest, ref: str) -> HttpResponse:
    """Send it, withdraw it, appeal, or make the yearly declaration."""
    found = get_or_404(assessments_run_by(request.person), ref=ref)
    by, at = request.person, clock.now()
    match request.POST.get("do"):
        case "send":
            with plain_words(request):
                assess.send_assessment(found, kept(measured(found.organisation, at=at)), by=by, at=at)
                messages.success(request, _("Sent. The network names two people who score it."))
        case "withdraw":
            with plain_words(request):
                assess.withdraw_assessment(found, by=by, at=at)
                messages.success(request, _("Withdrawn. What you wrote is there when you begin again."))
        case "appeal":
            form = _appeal_form(request.POST)
            if not form.is_valid():
                return _page(request, found, form=form)
            with plain_words(request):
                assess.appeal_assessment(found, form.cleaned_data["words"], by=by, at=at)
                messages.success(request, _("Your appeal is with the network."))
        case "declare":
            declaration = WordsForm(request.POST, label="")
            words = declaration.cleaned_data["words"] if declaration.is_valid() else ""
            with plain_words(request):
                actions.declare(found, words, by=by, at=at)
                messages.success(request, _("Thank you. The next declaration is due in a year."))
    return redirect("assessment", ref)
