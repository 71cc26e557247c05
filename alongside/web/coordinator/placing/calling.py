"""The pages of whoever needs mentors: which programmes train them, a call, and who said yes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.journeys.free_volunteers import trained_and_free
from alongside.journeys.place_volunteers import end_call
from alongside.kernel import clock
from alongside.placing import actions
from alongside.placing.models import Placement
from alongside.placing.queries import asked_and_placed, calls_made_by, placements_of, programmes_that_place
from alongside.placing.states import CallState
from alongside.placing.validity import day_of
from alongside.programmes.models import Programme
from alongside.programmes.queries import cohorts_run_by, programmes_run_by
from alongside.reports.suppression import roughly
from alongside.web.coordinator.placing.forms import CallForm
from alongside.web.coordinator.placing.words import call_facts, call_line, profile_facts, standing, training_in_words
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.forms import sent
from alongside.web.shared.prose import html_of
from alongside.web.shared.words import plain_words


@coordinator
def calls(request: PersonRequest, ref: str) -> HttpResponse:
    """List the calls of a programme, and who trains mentors for others in its network."""
    found = _programme(request, ref)
    made = list(calls_made_by(request.person).filter(programme=found).order_by("-called_at", "-pk"))
    counts = asked_and_placed(made)
    trainers = list(programmes_that_place(found.organisation.network))
    numbers = trained_and_free(trainers, at=clock.now())
    page = {
        "programme": found,
        "calls": [call_line(each, counts[each.pk], reverse("call", args=[each.ref])) for each in made],
        "trainers": [
            {"programme": each, "trained": roughly(numbers[each.pk][0]), "free": roughly(numbers[each.pk][1])}
            for each in trainers
        ],
        "cohorts": cohorts_run_by(request.person).filter(programme=found).exists(),
    }
    return render(request, "placing/calls.html", page)


@coordinator
def new_call(request: PersonRequest, ref: str) -> HttpResponse:
    """Call for mentors."""
    found = _programme(request, ref)
    trainers = list(programmes_that_place(found.organisation.network))
    cohorts = list(cohorts_run_by(request.person).filter(programme=found))
    if not (trainers and cohorts):
        return redirect("calls", ref)
    form = CallForm(
        sent(request),
        programmes=trainers,
        counts=trained_and_free(trainers, at=clock.now()),
        cohorts=cohorts,
        today=day_of(clock.now()),
    )
    if form.is_valid():
        with plain_words(request):
            made = actions.make_call(form.to_cohort, form.to_programme, by=request.person, at=clock.now(), **form.about)
            messages.success(request, _("Your call is with %(name)s.") % {"name": made.to.organisation.name})
            return redirect("call", made.ref)
    standards = [
        {"name": each.organisation.name, "html": html_of(placing.standard, lowest=3)}
        for each in trainers
        if (placing := each.rules.placing)
    ]
    return render(request, "placing/new_call.html", {"programme": found, "form": form, "standards": standards})


@coordinator
def call(request: PersonRequest, ref: str) -> HttpResponse:
    """Show a call to whoever made it: how many are asked, and who said yes."""
    found = get_or_404(calls_made_by(request.person), ref=ref)
    page = {
        "call": found,
        "facts": call_facts(found, own=True),
        "standing": standing(found, asked_and_placed([found])[found.pk]),
        "placed": [_placed(each) for each in placements_of(found)],
        "open": found.state == CallState.OPEN,
        "state": found.state,
    }
    return render(request, "placing/call.html", page)


@require_POST
@coordinator
def take_back(request: PersonRequest, ref: str) -> HttpResponse:
    """Take a call back; who said yes stays."""
    found = get_or_404(calls_made_by(request.person), ref=ref)
    with plain_words(request):
        end_call(found, "take_back", by=request.person, at=clock.now())
        messages.success(request, _("Your call is taken back. Nobody else is asked."))
    return redirect("call", ref)


def _programme(request: PersonRequest, ref: str) -> Programme:
    """Return a programme that takes mentors.

    :raises Http404: if it is not theirs, or trains volunteers itself.
    """
    found = get_or_404(programmes_run_by(request.person).select_related("organisation__network"), ref=ref)
    if found.rules.placing:
        raise Http404
    return found


def _placed(placement: Placement) -> dict[str, Any]:
    participant = placement.participant
    return {
        "person": participant.person,
        "url": reverse("participant", args=[participant.ref]),
        "facts": profile_facts(participant.shared_profile),
        "trained": training_in_words(placement),
    }
