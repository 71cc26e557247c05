from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.plans import actions
from alongside.plans.models import Action, Objective
from alongside.plans.queries import actions_in, objectives_in, removed_actions_in
from alongside.plans.states import Outcome
from alongside.web.participant.mentorship.here import Here, in_mentorship
from alongside.web.participant.mentorship.plan.forms import ActionForm, LearningForm, LookForm, ObjectiveForm
from alongside.web.participant.mentorship.plan.pages import hints_on, plan_page
from alongside.web.participant.mentorship.tabs import page
from alongside.web.shared.access import PersonRequest, get_or_404
from alongside.web.shared.forms import sent


@in_mentorship
def plan(request: PersonRequest, here: Here) -> HttpResponse:
    """Show what they want to achieve and who does what; add an action, or what else was learned."""
    do = request.POST.get("do")
    adding = ActionForm(request.POST if do == "add" else None, members=here.members, me=here.me)
    learning = LearningForm(request.POST if do == "learn" else None)
    if adding.is_valid():
        actions.add_action(by=here.me, at=clock.now(), **adding.details())
        return redirect("mentorship_plan", here.mentorship.ref)
    if learning.is_valid():
        actions.note_learning(by=here.me, at=clock.now(), **learning.cleaned_data)
        return redirect("mentorship_plan", here.mentorship.ref)
    form = next((form for form in (adding, learning) if form.is_bound), None)
    shown = {"adding": adding, "learning": learning, "form": form, **plan_page(here, today=clock.now().date())}
    return render(request, "plan/plan.html", page(here, current="mentorship_plan", **shown))


@in_mentorship
def new_objective(request: PersonRequest, here: Here) -> HttpResponse:
    """Set an objective."""
    form = ObjectiveForm(sent(request), scaled=here.mentorship.cohort.rules.objectives.scaled)
    if form.is_valid():
        actions.set_objective(by=here.me, at=clock.now(), **form.details())
        for hint in hints_on(here, form.cleaned_data):
            messages.info(request, hint)
        return redirect("mentorship_plan", here.mentorship.ref)
    return render(request, "plan/objective.html", page(here, current="mentorship_plan", form=form))


@in_mentorship
def objective(request: PersonRequest, here: Here, objective_ref: str) -> HttpResponse:
    """Say an objective anew."""
    found: Objective = get_or_404(objectives_in(here.mentorship), ref=objective_ref)
    form = ObjectiveForm(sent(request), objective=found, scaled=here.mentorship.cohort.rules.objectives.scaled)
    if form.is_valid():
        version, details = form.cleaned_data["version"] or 0, form.details()
        saved = _saved(lambda: actions.change_objective(found, by=here.me, version=version, at=clock.now(), **details))
        if saved:
            return redirect("mentorship_plan", here.mentorship.ref)
        return _edited_meanwhile(request, here, "plan/objective.html", found, form)
    return render(request, "plan/objective.html", page(here, current="mentorship_plan", form=form, objective=found))


@in_mentorship
def look_at_objective(request: PersonRequest, here: Here, objective_ref: str) -> HttpResponse:
    """Look at an objective together, or take it up again."""
    found: Objective = get_or_404(objectives_in(here.mentorship), ref=objective_ref)
    if request.POST.get("do") == "reopen":
        _decided(request, lambda: actions.reopen_objective(found, by=here.me, at=clock.now()))
        return redirect("mentorship_plan", here.mentorship.ref)
    form = LookForm(sent(request), objective=found, scaled=here.mentorship.cohort.rules.objectives.scaled)
    if form.is_valid():
        values = {**form.cleaned_data, "outcome": Outcome(form.cleaned_data["outcome"])}
        _decided(request, lambda: actions.review_objective(found, by=here.me, at=clock.now(), **values))
        return redirect("mentorship_plan", here.mentorship.ref)
    return render(request, "plan/look.html", page(here, current="mentorship_plan", form=form, objective=found))


@in_mentorship
def action(request: PersonRequest, here: Here, action_ref: str) -> HttpResponse:
    """Change an action, tick it off, or take it off the plan."""
    found: Action = get_or_404(actions_in(here.mentorship), ref=action_ref)
    simple = {"done": actions.finish_action, "undo": actions.take_up_action, "remove": actions.remove_action}
    do = request.POST.get("do", "")
    if do in simple:
        simple[do](found, by=here.me, at=clock.now())
        if do == "remove":
            undo = reverse("put_back_action", args=[here.mentorship.ref, found.ref])
            messages.success(request, _("Taken off the plan."), extra_tags=undo)
        return redirect("mentorship_plan", here.mentorship.ref)
    form = ActionForm(sent(request), members=here.members, me=here.me, action=found)
    if form.is_valid():
        version, details = form.cleaned_data["version"] or 0, form.details()
        if _saved(lambda: actions.change_action(found, by=here.me, version=version, at=clock.now(), **details)):
            return redirect("mentorship_plan", here.mentorship.ref)
        return _edited_meanwhile(request, here, "plan/action.html", found, form)
    return render(request, "plan/action.html", page(here, current="mentorship_plan", form=form, action=found))


@in_mentorship
def put_back_action(request: PersonRequest, here: Here, action_ref: str) -> HttpResponse:
    """Put an action back that was taken off the plan."""
    found: Action = get_or_404(removed_actions_in(here.mentorship), ref=action_ref)
    if request.method == "POST":
        actions.put_back_action(found, by=here.me, at=clock.now())
    return redirect("mentorship_plan", here.mentorship.ref)


def _saved(save: Callable[[], None]) -> bool:
    try:
        save()
    except ChangedMeanwhile:
        return False
    return True


def _edited_meanwhile(request: PersonRequest, here: Here, template: str, row: Any, form: Any) -> HttpResponse:
    """Show what somebody else saved meanwhile beside what this person wrote; saving again takes this person's."""
    row.refresh_from_db()
    form.data = {**request.POST.dict(), "version": row.version}
    kind = "objective" if isinstance(row, Objective) else "action"
    context = page(here, current="mentorship_plan", form=form, theirs=row.what, **{kind: row})
    return render(request, template, context, status=409)


def _decided(request: PersonRequest, decide: Callable[[], None]) -> None:
    try:
        decide()
    except (MoveNotAllowed, ChangedMeanwhile) as refusal:
        messages.warning(request, str(refusal))
