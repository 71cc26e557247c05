from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.datafiles.checking import FaultsFound
from alongside.datafiles.writing import written
from alongside.journeys.retire_questionnaire import StillAsked, retire_questionnaire
from alongside.kernel import clock
from alongside.organisations.queries import organisations_coordinated_by
from alongside.programmes.queries import that_ask
from alongside.questionnaires import actions
from alongside.questionnaires.changes import changes_between
from alongside.questionnaires.definition import Definition
from alongside.questionnaires.drafting import fresh_id
from alongside.questionnaires.library import newest
from alongside.questionnaires.models import Published, Questionnaire
from alongside.questionnaires.queries import definition_of, questionnaires_run_by
from alongside.questionnaires.reading import check, parse
from alongside.reports.questionnaires_used import answered_counts, newest_numbers, programmes_asking
from alongside.web.coordinator.questionnaires.faults import faults_in
from alongside.web.coordinator.questionnaires.part_forms import BeginForm, FileForm
from alongside.web.coordinator.questionnaires.previews import whole
from alongside.web.coordinator.questionnaires.words import in_words
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.downloads import handed_over
from alongside.web.shared.forms import sent


@coordinator
def questionnaires(request: PersonRequest) -> HttpResponse:
    """List the questionnaires of one's organisations, and those that come with us."""
    found = list(questionnaires_run_by(request.person).select_related("organisation"))
    published, asking = newest_numbers(found), programmes_asking(request.person)
    rows = [
        {
            "row": each,
            "last": published.get(each.pk),
            "programmes": asking.get((each.organisation_id, each.key), []),
        }
        for each in found
    ]
    organisations = organisations_coordinated_by(request.person)
    context = {"rows": rows, "shipped": newest(), "organisations": organisations}
    return render(request, "questionnaires/questionnaires.html", context)


@coordinator
def begin(request: PersonRequest) -> HttpResponse:
    """Begin an empty questionnaire."""
    form = BeginForm(sent(request), organisations=organisations_coordinated_by(request.person))
    if form.is_valid():
        organisation, title = form.cleaned_data["organisation"], form.cleaned_data["title"]
        draft = {"title": title, "audience": "mentees", "shown": "to_coordinators", "items": []}
        key = fresh_id(title, _keys(organisation.pk), otherwise="questionnaire")
        made = actions.begin_questionnaire(organisation, key=key, draft=draft, by=request.person, at=clock.now())
        return redirect("questionnaire_about", made.ref)
    return render(request, "questionnaires/begin.html", {"form": form})


@coordinator
def copy(request: PersonRequest) -> HttpResponse:
    """Take a copy of a questionnaire that comes with us, to change it."""
    chosen = next((each for each in newest() if each.id == request.POST.get("questionnaire")), None)
    organisations = organisations_coordinated_by(request.person)
    owner = (
        organisations.filter(ref=request.POST["organisation"]) if request.POST.get("organisation") else organisations
    )
    organisation = owner.first()
    if request.method != "POST" or chosen is None or organisation is None:
        raise Http404
    key = fresh_id(f"our-{chosen.id}", _keys(organisation.pk))
    made = actions.begin_questionnaire(
        organisation, key=key, draft=_draft_of(chosen), by=request.person, at=clock.now()
    )
    messages.success(request, _("This copy is yours. Change what you like; the original stays as it is."))
    return redirect("questionnaire", made.ref)


@coordinator
def from_file(request: PersonRequest) -> HttpResponse:
    """Bring a questionnaire in from a TOML file: a draft to look at, published by hand."""
    data = sent(request)
    organisations = organisations_coordinated_by(request.person)
    form = FileForm(data, request.FILES if data is not None else None, organisations=organisations)
    faults: list[str] = []
    if form.is_valid():
        file, organisation = form.cleaned_data["file"], form.cleaned_data["organisation"]
        try:
            found = parse(file.read().decode("utf-8"), str(file.name))
        except UnicodeDecodeError:
            form.add_error("file", _("This file is no text in UTF-8. Save it as such, and bring it in again."))
        except FaultsFound as refused:
            faults = [str(fault) for fault in refused.faults]
            form.add_error("file", _("Something in this file is not right. Each place stands below."))
        else:
            key = fresh_id(found.id, _keys(organisation.pk))
            made = actions.begin_questionnaire(
                organisation, key=key, draft=_draft_of(found), by=request.person, at=clock.now()
            )
            return redirect("questionnaire", made.ref)
    context = {"form": form, "faults": faults}
    return render(request, "questionnaires/from_file.html", context, status=200)


@coordinator
def export(request: PersonRequest, ref: str) -> HttpResponse:
    """Hand a questionnaire over as a file, as it is written now."""
    found = _found(request, ref)
    number = newest_numbers([found])
    version = number[found.pk].number + 1 if found.pk in number else 1
    table = {"id": found.key, "version": version, **found.draft}
    made = written(table, heading=str(found)).encode()
    return handed_over(made, name=f"{found.key}.toml", kind="application/toml")


@coordinator
def publish(request: PersonRequest, ref: str) -> HttpResponse:
    """Show what changed since the last version, and make what is written the next."""
    found = _found(request, ref)
    faults = faults_in(found)
    last = newest_numbers([found]).get(found.pk)
    if request.method == "POST" and not faults:
        try:
            made = actions.publish(found, by=request.person, at=clock.now())
        except FaultsFound:  # changed in another window meanwhile
            return redirect("publish_questionnaire", ref)
        messages.success(request, _("Published as version %(number)s.") % {"number": made.version})
        return redirect("questionnaire", ref)
    changes = [] if faults else _changes(found, last)
    context = {"questionnaire": found, "faults": faults, "last": last, "changes": changes}
    return render(request, "questionnaires/publish.html", context)


@coordinator
def retire(request: PersonRequest, ref: str) -> HttpResponse:
    """Say what it means that nobody new is asked, and do it; or say where it is still asked."""
    found = _found(request, ref)
    if found.retired_at:
        return redirect("questionnaire", ref)
    if request.method == "POST":
        try:
            retire_questionnaire(found, by=request.person, at=clock.now())
        except StillAsked:
            return redirect("retire_questionnaire", ref)  # which says where
        messages.success(request, _("Nobody new is asked it."), extra_tags=reverse("take_up_questionnaire", args=[ref]))
        return redirect("questionnaire", ref)
    where = that_ask(found.key, found.organisation, today=clock.now().date())
    return render(request, "questionnaires/retire.html", {"questionnaire": found, "where": where})


@coordinator
@require_POST
def take_up(request: PersonRequest, ref: str) -> HttpResponse:
    """Let a retired questionnaire be asked again."""
    actions.take_up(_found(request, ref), by=request.person, at=clock.now())
    messages.success(request, _("It can be asked again."))
    return redirect("questionnaire", ref)


@coordinator
def version(request: PersonRequest, ref: str, number: int) -> HttpResponse:
    """Show one version as it was asked."""
    found = _found(request, ref)
    row = get_or_404(Published.objects.filter(questionnaire=found).select_related("published_by"), number=number)
    definition = definition_of(found.key, number, found.organisation_id)
    context = {
        "questionnaire": found,
        "row": row,
        "definition": definition,
        "blocks": whole(definition),
        "answered": answered_counts(found).get(number),
    }
    return render(request, "questionnaires/version.html", context)


def _found(request: PersonRequest, ref: str) -> Questionnaire:
    return get_or_404(questionnaires_run_by(request.person).select_related("organisation"), ref=ref)


def _keys(organisation: int) -> set[str]:
    """Return the keys that are taken: ours too, so that a questionnaire never stands in the place of another."""
    own = Questionnaire.objects.filter(organisation=organisation).values_list("key", flat=True)
    return {*own, *(each.id for each in newest())}


def _draft_of(definition: Definition) -> dict[str, object]:
    return definition.model_dump(mode="json", by_alias=True, exclude={"id", "version"})


def _changes(found: Questionnaire, last: Published | None) -> list[str]:
    if last is None:
        return []
    now = check({**found.draft, "id": found.key, "version": 1}, str(found))
    return [in_words(change) for change in changes_between(last.table, now.model_dump(mode="json", by_alias=True))]
