"""The items of a questionnaire: put in, changed, moved, taken out and put back."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.questionnaires import drafting
from alongside.questionnaires.actions import save_draft
from alongside.questionnaires.conditions import questions_in
from alongside.questionnaires.models import Published, Questionnaire
from alongside.questionnaires.queries import questionnaires_run_by
from alongside.reports.questionnaires_used import answered_counts, programmes_asking
from alongside.web.coordinator.questionnaires.conditions_in_words import shown_in_words, told
from alongside.web.coordinator.questionnaires.faults import faults_in
from alongside.web.coordinator.questionnaires.item_forms import ItemForm
from alongside.web.coordinator.questionnaires.kinds import BY_NAME, KINDS
from alongside.web.coordinator.questionnaires.part_forms import missing_in
from alongside.web.coordinator.questionnaires.previews import blocks_of, example_of, previews
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.forms import sent

MOVES = {"up": -1, "down": 1}
REMOVED = "questionnaire_items_removed"


@coordinator
def questionnaire(request: PersonRequest, ref: str) -> HttpResponse:
    """Show a questionnaire as the list of its items, each as people will see it."""
    found = found_in(request, ref)
    faults = faults_in(found)
    counts = answered_counts(found)
    asked = questions_in(found.draft)
    versions = Published.objects.filter(questionnaire=found).select_related("published_by").order_by("-number")
    context = {
        "questionnaire": found,
        "items": [_listed(item, blocks, faults, told(item, asked)) for item, blocks in previews(found.draft)],
        "faults": faults,
        "versions": [(version, counts.get(version.number)) for version in versions],
        "programmes": programmes_asking(request.person).get((found.organisation_id, found.key), []),
        "missing": missing_in(found.draft),
    }
    return render(request, "questionnaires/questionnaire.html", context)


@coordinator
def new_item(request: PersonRequest, ref: str) -> HttpResponse:
    """Choose one of the kinds of items, then say it."""
    found, after = found_in(request, ref), request.GET.get("after", "")
    kind = BY_NAME.get(request.GET.get("kind", ""))
    if kind is None:
        kinds = [(each, example_of(each)) for each in KINDS]
        return render(request, "questionnaires/kinds.html", {"questionnaire": found, "kinds": kinds, "after": after})
    return _item(request, found, {"kind": kind.name}, after=after)


@coordinator
def item(request: PersonRequest, ref: str, item: str) -> HttpResponse:
    """Change an item."""
    found = found_in(request, ref)
    there = drafting.item_called(found.draft, item)
    if there is None or there.get("kind") not in BY_NAME:
        raise Http404
    return _item(request, found, there)


@coordinator
def preview(request: PersonRequest, ref: str) -> HttpResponse:
    """Show an item as it would be with what is typed so far. Nothing is kept."""
    found = found_in(request, ref)
    there = drafting.item_called(found.draft, request.GET.get("item", "")) or {"kind": request.GET.get("kind", "")}
    shows = _typed(request, found, there) if there["kind"] in BY_NAME else {}
    return render(request, "questionnaires/preview.html", shows)


@coordinator
def arrange(request: PersonRequest, ref: str) -> HttpResponse:
    """Move an item up or down, or take it out."""
    found, name, wants = found_in(request, ref), request.POST.get("item", ""), request.POST.get("do", "")
    if request.method != "POST" or drafting.item_called(found.draft, name) is None:
        return redirect("questionnaire", ref)
    if wants in MOVES:
        kept(request, found, drafting.moved(found.draft, name, MOVES[wants]), version=_read(request))
    elif wants == "remove":
        _take_out(request, found, name)
    return redirect(f"{reverse('questionnaire', args=[ref])}#item-{name}")


@coordinator
def undo(request: PersonRequest, ref: str) -> HttpResponse:
    """Put the item back that was taken out last."""
    found = found_in(request, ref)
    removed = request.session.get(REMOVED, {}).get(ref)
    if request.method != "POST" or not removed:
        return redirect("questionnaire", ref)
    there, place = removed
    if drafting.item_called(found.draft, there["id"]) is None:
        kept(request, found, drafting.put_at(found.draft, there, place=place), version=found.version)
    return redirect(f"{reverse('questionnaire', args=[ref])}#item-{there['id']}")


def found_in(request: PersonRequest, ref: str) -> Questionnaire:
    """Return a questionnaire of an organisation this person coordinates, or answer as if it were not there."""
    return get_or_404(questionnaires_run_by(request.person).select_related("organisation"), ref=ref)


def kept(request: PersonRequest, found: Questionnaire, draft: Mapping[str, Any], *, version: int) -> bool:
    """Keep what was written, and say so where somebody else was first."""
    try:
        save_draft(found, draft, version=version, by=request.person, at=clock.now())
    except ChangedMeanwhile:
        messages.warning(request, _("This was changed in another window meanwhile. Look at it again, then decide."))
        return False
    return True


def _item(request: PersonRequest, found: Questionnaire, there: dict[str, Any], *, after: str = "") -> HttpResponse:
    draft, above = found.draft, "" if "id" in there else _following(found.draft, after)
    form = ItemForm(sent(request), draft=draft, item=there, version=found.version, above=above)
    older = False
    if form.is_valid():
        made = form.table()
        changed = {**draft, "scales": form.scales(), "roles": form.roles()}
        changed = (
            drafting.changed(changed, made["id"], made)
            if "id" in there
            else drafting.put_in(changed, made, after=after)
        )
        if kept(request, found, changed, version=form.cleaned_data["version"] or 0):
            return redirect(f"{reverse('questionnaire', args=[found.ref])}#item-{made['id']}")
        older = True
        form.data = {**_as_sent(request), "version": found_in(request, found.ref).version}
    blocks = [] if form.errors or "id" not in there else blocks_of(draft, there)
    context = {"questionnaire": found, "form": form, "kind": BY_NAME[there["kind"]], "item": there}
    shows = {"blocks": blocks, "shown_only": shown_in_words(draft, there) if blocks else ""}
    return render(request, "questionnaires/item.html", context | shows, status=409 if older else 200)


def _typed(request: PersonRequest, found: Questionnaire, there: dict[str, Any]) -> dict[str, Any]:
    """Return how an item would be seen, and when, with what is typed; nothing where that is not right yet."""
    form = ItemForm(sent(request), draft=found.draft, item=there, version=0)
    if not form.is_valid():
        return {}
    made = form.table()
    blocks = blocks_of({**found.draft, "scales": form.scales()}, made)
    return {"blocks": blocks, "shown_only": shown_in_words(found.draft, made)}


def _as_sent(request: PersonRequest) -> dict[str, Any]:
    """Return what was sent, with all that was ticked of a list."""
    ticked = ("shown_if", "taken_out", "alone")
    lists = {key: values for key, values in request.POST.lists() if len(values) > 1 or key in ticked}
    return {**request.POST.dict(), **lists}


def _following(draft: Mapping[str, Any], after: str) -> str:
    names = [str(each.get("id")) for each in drafting.items_of(draft)]
    place = names.index(after) + 1 if after in names else len(names)
    return names[place] if place < len(names) else ""


def _take_out(request: PersonRequest, found: Questionnaire, name: str) -> None:
    taken = drafting.taken_out(found.draft, name)
    if taken is None:
        return
    draft, there, place = taken
    if kept(request, found, draft, version=_read(request)):
        request.session[REMOVED] = {**request.session.get(REMOVED, {}), found.ref: [there, place]}
        said = _("“%(words)s” is taken out.") % {"words": there.get("text", name)}
        messages.success(request, said, extra_tags=reverse("undo_questionnaire", args=[found.ref]))


def _read(request: PersonRequest) -> int:
    """Return the version a page was read in."""
    told = request.POST.get("version", "")
    return int(told[:9]) if told.isdecimal() else 0


def _listed(there: dict[str, Any], blocks: list[Any], faults: list[Any], shown_only: str) -> dict[str, Any]:
    return {
        "id": there.get("id"),
        "text": there.get("text", ""),
        "kind": BY_NAME.get(there.get("kind", "")),
        "required": there.get("required", False),
        "fills": there.get("fills", ""),
        "shown_only": shown_only,
        "blocks": blocks,
        "faults": [fault for fault in faults if fault.item == there.get("id")],
    }
