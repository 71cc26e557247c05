"""What shows how an organisation works: kept once, used in every standard, handed out to those who judge by it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.assessments import actions
from alongside.assessments.models import Assessment
from alongside.assessments.queries import assessments_run_by, evidence_for, evidence_kept_by
from alongside.assessments.standards import evidence_kinds, served_by
from alongside.kernel import clock
from alongside.web.coordinator.assessment.forms import EvidenceForm
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.assessments import evidence_lines
from alongside.web.shared.downloads import document_handed_over
from alongside.web.shared.forms import sent
from alongside.web.shared.words import plain_words


@coordinator
def add(request: PersonRequest, ref: str, kind: str) -> HttpResponse:
    """Show what there is of one kind of evidence, and take more."""
    found = get_or_404(assessments_run_by(request.person), ref=ref)
    if kind not in found.standard.evidence_ids:
        raise Http404
    form = EvidenceForm(sent(request), request.FILES or None, today=clock.now().date())
    if request.method == "POST" and form.is_valid() and _added(request, found, kind, form):
        messages.success(request, _("Kept. It counts in every standard that asks for it."))
        return redirect(f"{reverse('add_evidence', args=[ref, kind])}?{request.GET.urlencode()}")
    back = found.standard.criterion(request.GET.get("from", ""))
    context = {
        "assessment": found,
        "kind": evidence_kinds()[kind],
        "rows": evidence_lines([kind], evidence_for(found), lambda row: reverse("assessment_evidence", args=[row.ref]))[
            0
        ]["rows"],
        "serves": [f"{standard.name} {each.number}" for standard, each in served_by(kind)],
        "form": form,
        "back": back,
    }
    return render(request, "assessment/evidence.html", context)


def _added(request: PersonRequest, found: Assessment, kind: str, form: EvidenceForm) -> bool:
    """Keep what was handed in; where it is refused, say why beside it."""
    values, by, at = form.cleaned_data, request.person, clock.now()
    about = {"title": values["title"], "reviewed_on": values["reviewed_on"], "by": by, "at": at}
    try:
        if values["link"]:
            actions.add_link(found.organisation, kind, link=values["link"], **about)
        else:
            actions.add_file(found.organisation, kind, name=values["file"].name, content=form.content, **about)
    except ValueError as refusal:
        form.add_error("link" if values["link"] else "file", str(refusal))
        return False
    return True


@coordinator
def download(request: PersonRequest, ref: str) -> HttpResponse:
    """Hand out a file to those whose organisation keeps it."""
    row = get_or_404(evidence_kept_by(request.person).exclude(kind_name=""), ref=ref)
    return document_handed_over(row.content, name=row.name, kind=row.kind.content_type)


@require_POST
@coordinator
def remove(request: PersonRequest, ref: str) -> HttpResponse:
    """Take a piece of evidence away."""
    row = get_or_404(evidence_kept_by(request.person), ref=ref)
    with plain_words(request):
        actions.remove_evidence(row, by=request.person, at=clock.now())
        messages.success(request, _("Taken away."))
    found = assessments_run_by(request.person).filter(ref=request.POST.get("assessment", "")).first()
    if found and row.kind_id in found.standard.evidence_ids:
        return redirect("add_evidence", found.ref, row.kind_id)
    return redirect("assessments")
