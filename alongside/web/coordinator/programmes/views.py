from collections.abc import Sequence

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.datafiles.checking import FaultsFound
from alongside.journeys import name_lead as journey
from alongside.journeys.pool import mentees_without_an_offer
from alongside.kernel import clock
from alongside.matching.queries import offers_run_by
from alongside.people.actions import find_or_create_person
from alongside.programmes import actions
from alongside.programmes.models import Cohort, Partner, Programme
from alongside.programmes.queries import cohorts_run_by, contacts_by_region, coordinators_running, programmes_run_by
from alongside.reports.funnel import figures_of, funnel_of
from alongside.web.coordinator.programmes import pictures
from alongside.web.coordinator.programmes.forms import CohortForm, ContactsForm, LeadForm
from alongside.web.coordinator.programmes.rules_form import FIELDS, ProgrammeForm
from alongside.web.coordinator.programmes.tabs import cohort_tabs
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.forms import sent


@coordinator
def programmes(request: PersonRequest) -> HttpResponse:
    """List the programmes this coordinator runs, with their cohorts."""
    found = programmes_run_by(request.person).select_related("organisation").order_by("name")
    cohorts: dict[int, list[Cohort]] = {}
    for cohort in cohorts_run_by(request.person):
        cohorts.setdefault(cohort.programme_id, []).append(cohort)
    rows = [(programme, cohorts.get(programme.pk, [])) for programme in found]
    return render(request, "programmes/programmes.html", {"rows": rows})


@coordinator
def programme(request: PersonRequest, ref: str) -> HttpResponse:
    """Show a programme and change how it works."""
    found = get_or_404(programmes_run_by(request.person).select_related("organisation", "safeguarding_lead"), ref=ref)
    running = list(cohorts_run_by(request.person).filter(programme=found))
    form = ProgrammeForm.of(found, request.POST or None, running=running)
    if request.method == "POST" and form.is_valid() and _changed(request, found, form, running):
        messages.success(request, _("Saved. Offers already made keep the clocks they were made with."))
        return redirect("programme", ref)
    context = {
        "programme": found,
        "form": form,
        "cohorts": running,
        "contacts": contacts_by_region(found.pk),
        "partners": Partner.objects.filter(programme=found).select_related("partner"),
    }
    return render(request, "programmes/programme.html", context)


def _changed(request: PersonRequest, found: Programme, form: ProgrammeForm, running: Sequence[Cohort]) -> bool:
    """Change a programme as the form says, or say at the form why not."""
    follow = [cohort for cohort in running if cohort.ref in form.cleaned_data["cohorts"]]
    try:
        with transaction.atomic():
            rules = form.rules(found.rules)
            actions.change_programme(found, by=request.person, at=clock.now(), **form.about)
            actions.change_rules(found, rules, cohorts=follow, by=request.person, at=clock.now())
    except FaultsFound as refused:
        for fault in refused.faults:
            form.add_error(FIELDS.get(fault.path), fault.words)
        return False
    except IntegrityError:
        form.add_error("name", _("You have a programme of this name already. Give this one another."))
        return False
    return True


@coordinator
def name_lead(request: PersonRequest, ref: str) -> HttpResponse:
    """Name the safeguarding lead of a programme: whoever hears concerns."""
    rows = programmes_run_by(request.person).select_related("safeguarding_lead", "organisation")
    found = get_or_404(rows, ref=ref)
    form = LeadForm(sent(request), lead=found.safeguarding_lead)
    if form.is_valid():
        lead = find_or_create_person(at=clock.now(), **form.cleaned_data)
        journey.name_lead(found, lead, by=request.person, at=clock.now())
        said = _("Concerns of this programme go to %(name)s from now on, and they are told by email.")
        messages.success(request, said % {"name": lead.name})
        return redirect("programme", ref)
    return render(request, "programmes/lead.html", {"programme": found, "form": form})


@coordinator
def name_contacts(request: PersonRequest, ref: str) -> HttpResponse:
    """Name who is the key contact of whom, by region."""
    found = get_or_404(programmes_run_by(request.person), ref=ref)
    people = coordinators_running(found)
    form = ContactsForm(sent(request), people=people, contacts=contacts_by_region(found.pk))
    if form.is_valid():
        also_now = form.cleaned_data["also_now"]
        actions.name_contacts(found, form.contacts, also_now=also_now, by=request.person, at=clock.now())
        messages.success(request, _("Saved. Whoever joins from now on gets the contact of where they are."))
        return redirect("programme", ref)
    return render(request, "programmes/contacts.html", {"programme": found, "form": form})


@coordinator
def new_cohort(request: PersonRequest, ref: str) -> HttpResponse:
    """Open an intake of a programme."""
    found = get_or_404(programmes_run_by(request.person), ref=ref)
    form = CohortForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                cohort = actions.open_cohort(found, by=request.person, at=clock.now(), **form.cleaned_data)
            return redirect("cohort", cohort.ref)
        except IntegrityError:
            form.add_error("name", _("This programme has a cohort of this name already. Give this one another."))
    return render(request, "programmes/new_cohort.html", {"programme": found, "form": form})


@coordinator
def cohort(request: PersonRequest, ref: str) -> HttpResponse:
    """Show a cohort at a glance and what comes next."""
    found = get_or_404(cohorts_run_by(request.person), ref=ref)
    stages, figures = funnel_of(found), figures_of(found)
    shown = pictures.figures(figures, of_peers=found.rules.shape.of == "peers")
    offers = offers_run_by(request.person).filter(cohort=found)
    kinds = [kind.id for kind in found.rules.shape.kinds if mentees_without_an_offer(found, kind.id)]
    return render(
        request,
        "programmes/cohort.html",
        {
            "cohort": found,
            "tabs": cohort_tabs(request, found),
            "figures": shown[: 1 if found.rules.placing else None],
            "stages": pictures.stages(stages),
            "out_of": stages[0].count,
            "next": pictures.next_step(found, figures, offers, kinds),
        },
    )
