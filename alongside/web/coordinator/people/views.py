from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.journeys.leave_programme import leave_programme
from alongside.journeys.pass_gate import pass_gate
from alongside.journeys.places import free_places
from alongside.kernel import clock
from alongside.matching.queries import offers_run_by
from alongside.placing.queries import brought_by, trainings_of
from alongside.programmes import actions
from alongside.programmes.models import Participant
from alongside.programmes.queries import cohorts_run_by, mentors_without_a_kind, participants_run_by
from alongside.programmes.states import ParticipantState
from alongside.sheets import write_csv, write_xlsx
from alongside.web.coordinator.people import listing
from alongside.web.coordinator.people.forms import ParticipantForm
from alongside.web.coordinator.placing.words import training_in_words
from alongside.web.coordinator.programmes.tabs import cohort_tabs
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.lists import page_links, sortable
from alongside.web.shared.prose import html_of
from alongside.web.shared.words import plain_words

A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@coordinator
def people(request: PersonRequest, ref: str) -> HttpResponse:
    """List the people of a cohort."""
    cohort = get_or_404(cohorts_run_by(request.person), ref=ref)
    kinds = cohort.rules.shape.kinds
    rows = listing.listed(participants_run_by(request.person).filter(cohort=cohort), request.GET, kinds)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "people/people.html",
        {
            "cohort": cohort,
            "tabs": cohort_tabs(request, cohort),
            "columns": sortable(request, listing.columns(kinds), default="name", numeric={"capacity"}),
            "rows": [listing.table_row(row, reverse("participant", args=[row.ref]), kinds) for row in page],
            "kinds": kinds,
            "no_kind": listing.NO_KIND,
            "without_kind": mentors_without_a_kind([cohort]).count() if kinds else 0,
            "sides": listing.SIDES.items(),
            "states": listing.STATES.items(),
            "gates": cohort.rules.gates,
            **page_links(request, page),
        },
    )


@coordinator
def export_people(request: PersonRequest, ref: str, kind: str) -> HttpResponse:
    """Export what the list shows, with its filter."""
    cohort = get_or_404(cohorts_run_by(request.person), ref=ref)
    people = participants_run_by(request.person).filter(cohort=cohort)
    rows = listing.listed(people, request.GET, cohort.rules.shape.kinds)
    table = listing.exported(rows)
    write, content_type = (write_xlsx, XLSX) if kind == "xlsx" else (write_csv, "text/csv")
    content = write(table, header=listing.HEADINGS)
    headers = {"Content-Disposition": f'attachment; filename="people-{cohort.ref}.{kind}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


@require_POST
@coordinator
def pass_gate_for_several(request: PersonRequest, ref: str) -> HttpResponse:
    """Note a step as done for everybody selected."""
    cohort = get_or_404(cohorts_run_by(request.person), ref=ref)
    selected = participants_run_by(request.person).filter(cohort=cohort, ref__in=request.POST.getlist("selected"))
    gate = request.POST.get("gate", "")
    sides = {side for each in cohort.rules.gates if each.id == gate for side in each.sides}
    chosen = [each for each in selected.select_related("cohort") if each.side in sides]
    with plain_words(request):
        for participant in chosen:
            pass_gate(participant, gate, by=request.person, at=clock.now())
        number = len(chosen)
        messages.success(request, ngettext("Noted for one person.", "Noted for %(n)d people.", number) % {"n": number})
    return redirect("people", ref)


@coordinator
def participant(request: PersonRequest, ref: str) -> HttpResponse:
    """Show a participant and correct what matching knows of them."""
    found = get_or_404(participants_run_by(request.person), ref=ref)
    form = ParticipantForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.update_participant(found, by=request.person, at=clock.now(), **form.details(found))
        messages.success(request, _("Saved."))
        return redirect("participant", ref)
    return render(
        request,
        "people/participant.html",
        {
            "participant": found,
            "form": form,
            "facts": _facts(found),
            "guides": [
                {"title": gate.title, "about": html_of(gate.about, lowest=3), "guide": html_of(gate.guide, lowest=3)}
                for gate in found.gates_left
            ],
            "free": free_places([found])[found.ref] if found.is_mentor else None,
            "offers": offers_run_by(request.person).filter(mentee=found).order_by("-offered_at")[:5],
            "ready": found.state == ParticipantState.READY,
            "left": found.state == ParticipantState.WITHDRAWN,
        },
    )


@require_POST
@coordinator
def participant_gate(request: PersonRequest, ref: str) -> HttpResponse:
    """Note a step as done."""
    found = get_or_404(participants_run_by(request.person), ref=ref)
    with plain_words(request):
        pass_gate(found, request.POST.get("gate", ""), by=request.person, at=clock.now())
    return redirect("participant", ref)


@require_POST
@coordinator
def participant_leave(request: PersonRequest, ref: str) -> HttpResponse:
    """Let a participant leave; it can be undone."""
    found = get_or_404(participants_run_by(request.person), ref=ref)
    with plain_words(request):
        leave_programme(found, by=request.person, at=clock.now())
        said = _("%(name)s has left this cohort.") % {"name": found.person.name}
        messages.success(request, said, extra_tags=reverse("participant_return", args=[ref]))
    return redirect("participant", ref)


@require_POST
@coordinator
def participant_return(request: PersonRequest, ref: str) -> HttpResponse:
    """Bring a participant back."""
    found = get_or_404(participants_run_by(request.person), ref=ref)
    with plain_words(request):
        actions.return_participant(found, by=request.person, at=clock.now())
    return redirect("participant", ref)


def _facts(found: Participant) -> list[dict[str, object]]:
    return [
        {"term": _("Kind of mentor"), "value": found.kind_title},
        {"term": _("Email"), "value": found.person.email},
        {"term": _("Key contact"), "value": found.key_contact.name if found.key_contact else ""},
        {"term": _("Place"), "value": found.place},
        {"term": _("Languages"), "value": ", ".join(found.languages)},
        {"term": _("When"), "value": ", ".join(found.availability)},
        *_training(found),
        *({"term": header, "value": value} for header, value in found.attributes.items()),
    ]


def _brought(found: Participant) -> list[dict[str, object]]:
    brought = brought_by(found)
    if brought is None:
        return []
    return [
        {"term": _("Trained by"), "value": brought.trained_by.name},
        {"term": _("Training"), "value": training_in_words(brought)},
    ]


def _training(found: Participant) -> list[dict[str, object]]:
    """The record of training with which somebody came whom another organisation trained."""
    placement = trainings_of([found]).get(found.pk)
    if placement is None:
        return _brought(found)
    return [
        {"term": _("Trained by"), "value": placement.call.to.organisation.name},
        {"term": _("Training"), "value": training_in_words(placement)},
    ]
