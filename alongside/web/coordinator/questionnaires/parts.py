"""What belongs to a questionnaire as a whole: its words, scales, roles, groups of raters, other languages."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.questionnaires.drafting import without_role
from alongside.questionnaires.models import Questionnaire
from alongside.web.coordinator.questionnaires.editing import found_in, kept
from alongside.web.coordinator.questionnaires.part_forms import (
    AboutForm,
    GroupForms,
    PartForm,
    RoleForm,
    ScaleForm,
    TranslationForm,
    bands_in_words,
    groups_of,
    missing_in,
)
from alongside.web.shared.access import PersonRequest, coordinator
from alongside.web.shared.forms import sent


@coordinator
def about(request: PersonRequest, ref: str) -> HttpResponse:
    """Say what a questionnaire is for, who answers and who sees it."""
    found = found_in(request, ref)
    form = AboutForm(sent(request), initial={**_usual(found.draft), "version": found.version})
    if form.is_valid() and _kept(request, found, {**found.draft, **form.table()}, form):
        return redirect("questionnaire_raters" if form.cleaned_data["audience"] == "raters" else "questionnaire", ref)
    return _page(request, found, form, _("What it is for"), "")


@coordinator
def scale(request: PersonRequest, ref: str, name: str) -> HttpResponse:
    """Change the words of a scale."""
    found = found_in(request, ref)
    steps = found.draft.get("scales", {}).get(name)
    if steps is None:
        raise Http404
    known = "\n".join(f"{step.get('value')} = {step.get('label')}" for step in steps)
    form = ScaleForm(sent(request), initial={"steps": known, "version": found.version})
    if form.is_valid():
        scales = {**found.draft["scales"], name: form.cleaned_data["steps"]}
        if _kept(request, found, {**found.draft, "scales": scales}, form):
            return redirect("questionnaire", ref)
    said = _("Every statement on this scale follows. Answers given before keep the words they were given with.")
    return _page(request, found, form, _("A scale"), said)


@coordinator
def role(request: PersonRequest, ref: str, name: str) -> HttpResponse:
    """Change what a role is called, how it is counted and what its figures mean; or take it out."""
    found = found_in(request, ref)
    roles = found.draft.get("roles", [])
    there = next((each for each in roles if each.get("id") == name), None)
    if there is None:
        raise Http404
    known = {**there, "bands": bands_in_words(there.get("bands", [])), "how": there.get("how", "percent")}
    removing = request.method == "POST" and request.POST.get("do") == "remove"
    form = RoleForm(None if removing else sent(request), initial={**known, "version": found.version})
    if removing:
        kept(request, found, without_role(found.draft, name), version=found.version)
        return redirect("questionnaire", ref)
    if form.is_valid():
        given = {key: value for key, value in form.cleaned_data.items() if key != "version"}
        changed = [{**each, **given} if each is there else each for each in roles]
        if _kept(request, found, {**found.draft, "roles": changed}, form):
            return redirect("questionnaire", ref)
    return _page(request, found, form, _("What answers count towards"), "", removable=True)


@coordinator
def raters(request: PersonRequest, ref: str) -> HttpResponse:
    """Say which groups of people are asked about a mentee."""
    found = found_in(request, ref)
    forms = GroupForms(sent(request), initial=found.draft.get("raters", []), prefix="group")
    head = PartForm(sent(request), initial={"version": found.version})
    if forms.is_bound and forms.is_valid() and head.is_valid():
        groups = groups_of([form.cleaned_data for form in forms if form.cleaned_data])
        if _kept(request, found, {**found.draft, "raters": groups}, head):
            return redirect("questionnaire", ref)
    return render(request, "questionnaires/raters.html", {"questionnaire": found, "forms": forms, "form": head})


@coordinator
def words(request: PersonRequest, ref: str) -> HttpResponse:
    """Write a questionnaire in another language, beside its own words."""
    found, language = found_in(request, ref), request.GET.get("language", "")
    languages = [(code, name) for code, name in settings.LANGUAGES if code != found.draft.get("language", "en")]
    context = {"questionnaire": found, "languages": languages, "missing": missing_in(found.draft)}
    if language not in dict(languages):
        return render(request, "questionnaires/languages.html", context)
    form = TranslationForm(sent(request), draft=found.draft, language=language, version=found.version)
    if form.is_valid():
        said = {**found.draft.get("translations", {}), language: form.words()}
        said = {code: each for code, each in said.items() if each}
        if _kept(request, found, {**found.draft, "translations": said}, form):
            messages.success(request, _("Saved."))
            return redirect("questionnaire_words", ref)
    context |= {"form": form, "language": language, "name": dict(languages)[language]}
    return render(request, "questionnaires/words.html", context)


def _usual(draft: Mapping[str, Any]) -> dict[str, Any]:
    return {"at_least": 1, "language": "en", "audience": "mentees", "shown": "to_coordinators", **draft}


def _kept(request: PersonRequest, found: Questionnaire, draft: Mapping[str, Any], form: PartForm) -> bool:
    """Keep a draft; where it was changed in another window, let what was typed be sent once more."""
    if kept(request, found, draft, version=form.cleaned_data["version"] or 0):
        return True
    form.data = {**request.POST.dict(), "version": found_in(request, found.ref).version}
    return False


def _page(
    request: PersonRequest, found: Questionnaire, form: PartForm, heading: str, said: str, *, removable: bool = False
) -> HttpResponse:
    context = {"questionnaire": found, "form": form, "heading": heading, "said": said, "removable": removable}
    return render(request, "questionnaires/part.html", context)
