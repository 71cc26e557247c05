"""What a coordinator does with applications: note steps, and decide."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.applications import applying
from alongside.applications.models import Application
from alongside.applications.queries import applications_run_by
from alongside.applications.standing import missing_to_accept, open_steps
from alongside.applications.states import TO_DECIDE, ApplicationState, Reason
from alongside.journeys import accept_application as journey
from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.people.models import Person
from alongside.programmes.queries import cohorts_run_by, contacts_by_region, coordinators_running
from alongside.web.coordinator.applications import pages
from alongside.web.coordinator.applications.forms import AcceptForm, DeclineForm, StepForm
from alongside.web.coordinator.applications.words import draft_of
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.forms import sent
from alongside.web.shared.words import plain_words

REFUSED = (ValueError, MoveNotAllowed, ChangedMeanwhile)


@require_POST
@coordinator
def application_step(request: PersonRequest, ref: str) -> HttpResponse:
    """Note a step as done, or take that back."""
    found = _found(request, ref)
    name = request.POST.get("step", "")
    if request.POST.get("do") == "undo":
        with plain_words(request):
            applying.undo_step(found, name, by=request.person, at=clock.now())
        return redirect("application", ref)
    step = next((each for each in open_steps(found) if each.id == name), None)
    if step is None:
        messages.error(request, _("This step is done already, or another one comes before it."))
        return redirect("application", ref)
    form = StepForm(request.POST, kind=step.kind, today=timezone.localdate(clock.now()), prefix=step.id)
    if not form.is_valid():
        shown = pages.one(found, at=clock.now(), form=form, step=name)
        return render(request, "applications/application.html", shown)
    values = form.cleaned_data
    with plain_words(request):
        applying.do_step(
            found,
            name,
            day=values["day"],
            note=values.get("note", ""),
            passed=values.get("passed", True),
            by=request.person,
            at=clock.now(),
        )
        messages.success(request, _("Noted."))
    return redirect("application", ref)


@coordinator
def accept(request: PersonRequest, ref: str) -> HttpResponse:
    """Bring somebody into the cohort."""
    found = _in_hand(request, ref)
    chosen = journey.contact_for(found) or request.person
    form = AcceptForm(sent(request), people=list(coordinators_running(found.programme)), chosen=chosen)
    if form.is_valid():
        try:
            participant = journey.accept_application(found, contact=form.person, by=request.person, at=clock.now())
        except REFUSED as refusal:
            messages.error(request, str(refusal))
            return redirect("application", ref)
        messages.success(request, _("%(name)s takes part, and has an email.") % {"name": participant.person.name})
        return redirect("participant", participant.ref)
    context = {"application": found, "form": form, "missing": missing_to_accept(found)}
    return render(request, "applications/accept.html", context)


@require_POST
@coordinator
def wait(request: PersonRequest, ref: str) -> HttpResponse:
    """Put somebody on the waiting list."""
    found = _found(request, ref)
    with plain_words(request):
        journey.put_on_waiting_list(found, by=request.person, at=clock.now())
        messages.success(request, _("On the waiting list. They have an email."))
    return redirect("application", ref)


@coordinator
def decline(request: PersonRequest, ref: str) -> HttpResponse:
    """Decline, first with a reason, then with words to edit."""
    found = _in_hand(request, ref)
    chosen = request.GET.get("reason", "")
    reason = Reason(chosen) if chosen in set(Reason) else None
    words = draft_of(found, reason, request.person.name) if reason else ""
    form = DeclineForm(sent(request), reason=reason, words=words)
    if form.is_valid():
        values = form.cleaned_data
        try:
            journey.decline_application(
                found, reason=Reason(values["reason"]), words=values["words"], by=request.person, at=clock.now()
            )
        except REFUSED as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Declined. They have your words by email."))
        return redirect("application", ref)
    context = {"application": found, "form": form, "drafted": bool(reason) or form.is_bound}
    return render(request, "applications/decline.html", context)


@require_POST
@coordinator
def decide_several(request: PersonRequest, ref: str) -> HttpResponse:
    """Note a step for several, accept those of them who have nothing open, or put them on the waiting list."""
    cohort = get_or_404(cohorts_run_by(request.person), ref=ref)
    rows = applications_run_by(request.person).filter(cohort=cohort, state__in=TO_DECIDE)
    chosen = list(rows.filter(ref__in=request.POST.getlist("selected")))
    do, done = request.POST.get("do", ""), 0
    contacts = contacts_by_region(cohort.programme_id) if do == "accept" else {}
    for each in chosen:
        try:
            done += _do(do, each, request, contacts)
        except REFUSED as refusal:
            name = each.person.name if each.person else ""
            messages.warning(request, f"{name}: {refusal}")
    number = ngettext("Done for one person.", "Done for %(n)d people.", done) % {"n": done}
    messages.success(request, number) if done else messages.warning(request, _("Nothing was changed."))
    return redirect("cohort_applications", ref)


def _do(do: str, application: Application, request: PersonRequest, contacts: Mapping[str, Person]) -> bool:
    at, by = clock.now(), request.person
    if do == "accept":
        journey.accept_application(application, contact=journey.contact_for(application, contacts) or by, by=by, at=at)
    elif do == "wait" and application.state == ApplicationState.SENT:
        journey.put_on_waiting_list(application, by=by, at=at)
    elif do.startswith("step:") and do.removeprefix("step:") in {
        each.id for each in open_steps(application) if each.kind not in {"conversation", "check"}
    }:
        applying.do_step(application, do.removeprefix("step:"), day=timezone.localdate(at), by=by, at=at)
    else:
        return False
    return True


def _found(request: PersonRequest, ref: str) -> Application:
    return get_or_404(applications_run_by(request.person), ref=ref)


def _in_hand(request: PersonRequest, ref: str) -> Application:
    """Return an application that is still to be decided; of another there is nothing to ask."""
    found = _found(request, ref)
    if found.state not in TO_DECIDE:
        raise Http404
    return found
