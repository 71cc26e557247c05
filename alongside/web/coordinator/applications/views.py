from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.applications import applying
from alongside.applications.models import Opening
from alongside.applications.queries import applications_run_by, documents_run_by
from alongside.kernel import clock
from alongside.programmes.models import Cohort
from alongside.programmes.queries import cohorts_run_by
from alongside.programmes.states import Side
from alongside.questionnaires.queries import newest_definition
from alongside.web.coordinator.applications import pages
from alongside.web.coordinator.applications.forms import OpeningForm
from alongside.web.coordinator.applications.words import SIDES, STATES
from alongside.web.coordinator.programmes.tabs import cohort_tabs
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.downloads import document_handed_over
from alongside.web.shared.lists import page_links
from alongside.web.shared.words import plain_words

A_PAGE = 50


@coordinator
def cohort_applications(request: PersonRequest, ref: str) -> HttpResponse:
    """List the applications to a cohort, and until when one can apply."""
    found = get_or_404(cohorts_run_by(request.person), ref=ref)
    return _listed(request, found, {})


@require_POST
@coordinator
def open_or_close(request: PersonRequest, ref: str) -> HttpResponse:
    """Let people apply for a side until a day, or let nobody new."""
    found = get_or_404(cohorts_run_by(request.person), ref=ref)
    side = request.POST.get("side", "")
    if side not in Side.values:
        raise Http404
    if request.POST.get("do") == "close":
        applying.close_applications(found, side, by=request.person, at=clock.now())
        messages.success(request, _("Closed. What was sent is decided as before."))
        return redirect("cohort_applications", ref)
    form = OpeningForm(request.POST, side=side, until=None, today=timezone.localdate(clock.now()))
    if not form.is_valid():
        return _listed(request, found, {side: form})
    with plain_words(request):
        applying.open_applications(found, side, until=form.cleaned_data["until"], by=request.person, at=clock.now())
        messages.success(request, _("Open. Give people the address below."))
    return redirect("cohort_applications", ref)


@coordinator
def application(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one application: what they answered, their documents, the steps, and what can be decided."""
    found = get_or_404(applications_run_by(request.person), ref=ref)
    return render(request, "applications/application.html", pages.one(found, at=clock.now()))


@coordinator
def application_document(request: PersonRequest, ref: str) -> HttpResponse:
    """Hand over a document that was handed in."""
    found = get_or_404(documents_run_by(request.person), ref=ref)
    return document_handed_over(found.content, name=found.name, kind=found.kind.content_type)


def _listed(request: PersonRequest, cohort: Cohort, forms: dict[str, OpeningForm]) -> HttpResponse:
    rows = applications_run_by(request.person).filter(cohort=cohort)
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    state = request.GET.get("state", "sent" if counts.get("sent") else "")
    if state in {each.value for each in STATES}:
        rows = rows.filter(state=state)
    if request.GET.get("side") in SIDES:
        rows = rows.filter(side=request.GET["side"])
    page = Paginator(rows.prefetch_related("steps_done").order_by("due_at", "sent_at", "pk"), A_PAGE)
    shown = page.get_page(request.GET.get("page"))
    context = {
        "cohort": cohort,
        "tabs": cohort_tabs(request, cohort),
        "openings": _openings(cohort, forms),
        "columns": pages.COLUMNS,
        "rows": [pages.table_row(row, reverse("application", args=[row.ref])) for row in shown],
        "states": STATES.items(),
        "state": state,
        "sides": SIDES.items(),
        "steps": pages.steps_of(cohort),
        "any": bool(counts),
        **page_links(request, shown),
    }
    return render(request, "applications/applications.html", context)


def _openings(cohort: Cohort, forms: dict[str, OpeningForm]) -> list[dict[str, Any]]:
    """Return for each side whether one can apply, until when, and where."""
    at = clock.now()
    there = {each.side: each for each in Opening.objects.filter(cohort=cohort)}
    found = []
    for side in Side:
        rules, opening = cohort.rules.applications.of(side), there.get(side)
        until = opening.until if opening else None
        found.append(
            {
                "side": side.value,
                "label": SIDES[side.value],
                "form_title": newest_definition(rules.form, cohort.organisation_id).title if rules else "",
                "can": rules is not None,
                "open": bool(opening and opening.is_open(at)),
                "until": until,
                "url": pages.address_of(cohort, side),
                "form": forms.get(side) or OpeningForm(side=side, until=until, today=timezone.localdate(at)),
            }
        )
    return found
