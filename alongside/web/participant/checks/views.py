"""What somebody keeps of looks at themselves: theirs alone, to compare over time, to work on, to delete."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from alongside.kernel import clock
from alongside.mentorships.queries import mentored_memberships
from alongside.organisations.models import Organisation
from alongside.plans.actions import set_objective
from alongside.questionnaires import actions
from alongside.questionnaires.definition import Definition
from alongside.questionnaires.library import NoSuchQuestionnaire
from alongside.questionnaires.queries import kept_by, open_to_anyone
from alongside.questionnaires.speaking import for_reader
from alongside.web.participant.checks.pages import by_check, definition_kept
from alongside.web.shared.access import PersonRequest, get_or_404, signed_in
from alongside.web.shared.questionnaires.carrying import carried
from alongside.web.shared.questionnaires.results import results_of
from alongside.web.shared.questionnaires.walking import Walk


@signed_in
def my_checks(request: PersonRequest) -> HttpResponse:
    """Show what somebody kept, check by check over time."""
    return render(request, "kept_checks/checks.html", {"checks": by_check(list(kept_by(request.person)))})


@signed_in
@require_POST
@sensitive_post_parameters()
def keep(request: PersonRequest, key: str, ref: str = "") -> HttpResponse:
    """Keep what somebody has just answered."""
    organisation = _whose(ref)
    definition = _open(key, organisation)
    given = carried(definition, request.POST)
    if Walk(definition, given).incomplete or not given:
        raise Http404  # no page of ours sends that: a result is shown once everything is answered
    kept = actions.keep_result(definition, given, organisation=organisation, by=request.person, at=clock.now())
    messages.success(request, _("Kept for you alone."))
    return redirect("my_check", kept.ref)


@signed_in
def my_check(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one kept result as it was."""
    kept = get_or_404(kept_by(request.person), ref=ref)
    definition, answers = definition_kept(kept), kept.answers
    context = {
        "kept": kept,
        "definition": definition,
        "results": results_of(definition, answers),
        "sections": Walk(definition, answers).sections(),
        "members": mentored_memberships(request.person) if definition.roles else [],
        "work_on_url": reverse("work_on_my_check", args=[ref]),
    }
    return render(request, "kept_checks/check.html", context)


@signed_in
def delete(request: PersonRequest, ref: str) -> HttpResponse:
    """Delete one kept result, after asking once."""
    kept = get_or_404(kept_by(request.person), ref=ref)
    if request.method == "POST":
        actions.forget_result(kept, at=clock.now())
        messages.success(request, _("Deleted."))
        return redirect("my_checks")
    return render(request, "kept_checks/delete.html", {"kept": kept, "definition": definition_kept(kept)})


@signed_in
def delete_all(request: PersonRequest) -> HttpResponse:
    """Delete everything somebody kept, after asking once."""
    if request.method == "POST":
        actions.forget_results(request.person)
        messages.success(request, _("Everything you kept is deleted."))
        return redirect("my_checks")
    return render(request, "kept_checks/delete.html", {"number": kept_by(request.person).count()})


@signed_in
@require_POST
def work_on(request: PersonRequest, key: str, ref: str = "") -> HttpResponse:
    """Make an objective of a role of a check that was just answered."""
    return _work_on(request, _open(key, _whose(ref)))


@signed_in
@require_POST
def work_on_kept(request: PersonRequest, ref: str) -> HttpResponse:
    """Make an objective of a role of a kept result."""
    return _work_on(request, definition_kept(get_or_404(kept_by(request.person), ref=ref)))


def _work_on(request: PersonRequest, definition: Definition) -> HttpResponse:
    """Put a role on the plan of a mentorship in which they are mentored. Nothing of what they answered goes along."""
    chosen = request.POST.get("mentorship", "")
    member = next((each for each in mentored_memberships(request.person) if each.mentorship.ref == chosen), None)
    role = next((each for each in definition.roles if each.id == request.POST.get("role")), None)
    if member is None or role is None:
        raise Http404
    set_objective(
        by=member,
        what=_("%(role)s: do more of what helps") % {"role": role.title},
        how_known=_("I notice it myself when I look at it again."),
        at=clock.now(),
    )
    messages.success(request, _("It is on your plan. Say there in your own words what you want to do, and by when."))
    return redirect("mentorship_plan", chosen)


def _whose(ref: str) -> Organisation | None:
    return get_or_404(Organisation.objects.all(), ref=ref) if ref else None


def _open(key: str, organisation: Organisation | None) -> Definition:
    try:
        return for_reader(open_to_anyone(key, organisation.pk if organisation else None))
    except NoSuchQuestionnaire as error:
        raise Http404 from error
