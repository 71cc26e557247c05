"""Pages on which a programme is started from a blueprint, drawn, carried away, and brought up to date."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.blueprints.blueprint import Blueprint
from alongside.blueprints.library import NoSuchBlueprint, blueprint_of, shipped
from alongside.blueprints.writing import unzipped, zipped
from alongside.datafiles.checking import FaultsFound
from alongside.journeys.start_from_blueprint import follow_blueprint, start_from_blueprint
from alongside.kernel import clock
from alongside.organisations.queries import organisations_coordinated_by
from alongside.programmes.models import Programme
from alongside.programmes.queries import cohorts_run_by, programmes_run_by
from alongside.reports.how_it_runs import course_of
from alongside.reports.newer_blueprint import newer_for
from alongside.reports.programme_as_blueprint import as_blueprint
from alongside.web.coordinator.programmes import rule_words
from alongside.web.coordinator.programmes.forms import FileForm, FollowForm, NameForm, OrganisationForm
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.downloads import handed_over
from alongside.web.shared.forms import sent
from alongside.web.shared.prose import html_of


@coordinator
def pick(request: PersonRequest) -> HttpResponse:
    """Show the blueprints there are, by what they are for."""
    found = list(shipped().values())
    groups = [(words, [each for each in found if each.file.kind == kind]) for kind, words in rule_words.KINDS.items()]
    return render(request, "programmes/pick.html", {"groups": [group for group in groups if group[1]]})


@coordinator
def start(request: PersonRequest, blueprint: str) -> HttpResponse:
    """Show on one page how a blueprint runs, and start a programme from it."""
    try:
        found = blueprint_of(blueprint)
    except NoSuchBlueprint as error:
        raise Http404 from error
    form = NameForm(sent(request), name=found.file.title)
    owner = OrganisationForm(sent(request), organisations=organisations_coordinated_by(request.person))
    if form.is_valid() and owner.is_valid():
        made = _started(request, found, form, owner)
        if made:
            return redirect("programme", made.ref)
    context = {
        "blueprint": found.file,
        "about": html_of(found.file.about),
        "course": course_of(found.rules),
        "texts": [(title, html_of(text, lowest=3)) for title, text in rule_words.texts(found.rules)],
        "questionnaires": found.questionnaires.values(),
        "form": form,
        "owner": owner,
    }
    return render(request, "programmes/start.html", context)


@coordinator
def from_file(request: PersonRequest) -> HttpResponse:
    """Start a programme from a blueprint that somebody brought along."""
    form = FileForm(sent(request), request.FILES or None)
    owner = OrganisationForm(sent(request), organisations=organisations_coordinated_by(request.person))
    faults: list[str] = []
    if form.is_valid() and owner.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = unzipped(file.read(), file.name)
        except FaultsFound as refused:
            faults = [str(fault) for fault in refused.faults]
        else:
            name = NameForm({"name": form.cleaned_data["name"] or found.file.title}, name="")
            made = _started(request, found, name, owner) if name.is_valid() else None
            if made:
                return redirect("how_it_runs", made.ref)
            for words in name.errors.get("name", []):
                form.add_error("name", words)
    status = 422 if faults else 200
    return render(request, "programmes/from_file.html", {"form": form, "owner": owner, "faults": faults}, status=status)


@coordinator
def how_it_runs(request: PersonRequest, ref: str) -> HttpResponse:
    """Draw how a programme runs, and say whether there is a newer version of its blueprint."""
    found = get_or_404(programmes_run_by(request.person).select_related("organisation"), ref=ref)
    running = cohorts_run_by(request.person).filter(programme=found)
    context = {
        "programme": found,
        "course": course_of(found.rules),
        "others": running.exclude(rules_fingerprint=found.rules_fingerprint),
        "newer": newer_for(found),
        "texts": [(title, html_of(text, lowest=3)) for title, text in rule_words.texts(found.rules)],
    }
    return render(request, "programmes/how_it_runs.html", context)


@coordinator
def take_along(request: PersonRequest, ref: str) -> HttpResponse:
    """Hand over a programme's rules, texts and questionnaires as one file."""
    found = get_or_404(programmes_run_by(request.person), ref=ref)
    blueprint = as_blueprint(found)
    return handed_over(zipped(blueprint), name=f"{blueprint.id}.zip", kind="application/zip")


@coordinator
def follow(request: PersonRequest, ref: str) -> HttpResponse:
    """Show what is newer in a programme's blueprint, and take on what is chosen."""
    found = get_or_404(programmes_run_by(request.person).select_related("organisation"), ref=ref)
    newer = newer_for(found)
    if newer is None:
        messages.info(request, _("This programme runs by the newest version of its blueprint, or by none."))
        return redirect("how_it_runs", ref)
    running = list(cohorts_run_by(request.person).filter(programme=found))
    form = FollowForm(sent(request), changes=newer.changes, running=running)
    if form.is_valid():
        try:
            follow_blueprint(
                found,
                newer.blueprint,
                form.chosen,
                cohorts=[each for each in running if each.ref in form.cleaned_data["cohorts"]],
                by=request.person,
                at=clock.now(),
            )
        except FaultsFound as refused:
            for fault in refused.faults:
                form.add_error(None, fault.words)
        else:
            messages.success(request, _("Saved. Cohorts you open from now on run like this."))
            return redirect("how_it_runs", ref)
    return render(request, "programmes/follow.html", {"programme": found, "newer": newer, "form": form})


def _started(request: PersonRequest, found: Blueprint, form: NameForm, owner: OrganisationForm) -> Programme | None:
    """Start a programme, or say at the form why not."""
    try:
        with transaction.atomic():
            return start_from_blueprint(
                found,
                owner.cleaned_data["organisation"],
                name=form.cleaned_data["name"],
                by=request.person,
                at=clock.now(),
            )
    except IntegrityError:
        form.add_error("name", _("You have a programme of this name already. Give this one another."))
        return None
