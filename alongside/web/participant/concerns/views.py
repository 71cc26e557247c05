"""Raise a concern, and see how far it is. What was written is shown back on no page: whoever hears it has it."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.concerns.actions import Told
from alongside.concerns.models import Concern
from alongside.concerns.queries import who_hears
from alongside.concerns.status_links import concern_of, status_token
from alongside.journeys import raise_concern as raising
from alongside.kernel import clock
from alongside.mentorships.queries import membership
from alongside.people.models import Person
from alongside.programmes.models import Programme
from alongside.programmes.queries import coordinators_running, participations_of
from alongside.web.participant.concerns.forms import AddForm, ConcernForm
from alongside.web.participant.mentorship.here import Here
from alongside.web.shared.access import PersonRequest, View, by_signed_link, signed_in
from alongside.web.shared.forms import sent
from alongside.web.shared.urgent import URGENT


@signed_in
def raise_concern(request: PersonRequest) -> HttpResponse:
    """Let somebody say what worries them, with their name or without."""
    programmes = _programmes(request.person)
    if not programmes:
        return redirect("whom_to_turn_to")
    here = _here(request)
    chosen = here.mentorship.programme.ref if here else ""
    form = ConcernForm(sent(request), programmes=programmes, people=_people(programmes), chosen=chosen)
    if form.is_valid():
        try:
            programme = next(each for each in programmes if each.ref == form.cleaned_data["programme"])
            concern = _raise(request.person, programme, form.cleaned_data, here)
            return redirect("concern_status", status_token(concern))
        except raising.NobodyHears as refusal:
            form.add_error(None, str(refusal))
    hearings = [{"programme": each, "hearing": who_hears(each)} for each in programmes]
    context = {"form": form, "hearings": hearings, "urgent": URGENT, "here": here}
    return render(request, "concerns/raise.html", context)


def _by_status_link(view: Any) -> View:
    """Give the view the concern a link names; whoever holds it sees how far it is, never what was said."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        concern = concern_of(token)
        if concern is None:
            raise Http404
        response: HttpResponse = view(request, concern)
        return response

    return by_signed_link(opened)


@_by_status_link
def concern_status(request: HttpRequest, concern: Concern) -> HttpResponse:
    """Show whoever reported a concern how far it is, and let them add to it."""
    form = AddForm(sent(request))
    if form.is_valid():
        raising.add_to_concern(concern, form.cleaned_data["words"], at=clock.now())
        messages.success(request, _("Added. Whoever hears it is told."))
        return redirect(request.path)
    return render(request, "concerns/status.html", {"concern": concern, "form": form, "urgent": URGENT})


def _raise(person: Person, programme: Programme, values: dict[str, Any], here: Here | None) -> Concern:
    """Keep a concern; of somebody who gives no name, nothing that names them goes further than here."""
    named = values["named"]
    names = [member.participant.person.name for member in here.members] if here and named else []
    told = Told(
        about=values["about"],
        words=values["words"],
        severity=values["severity"],
        subjects=values.get("subjects", []),
        where=", ".join(names),
        reporter=person.name if named else "",
        reporter_email=person.email if named else "",
    )
    return raising.raise_concern(programme, told, reporter=person if named else None, at=clock.now())


def _programmes(person: Person) -> list[Programme]:
    """The programmes somebody takes part in, each once."""
    rows = participations_of(person).select_related("programme__safeguarding_lead", "programme__organisation")
    return list({each.programme_id: each.programme for each in rows}.values())


def _people(programmes: list[Programme]) -> list[Person]:
    """Whoever looks after these programmes, each once, leads first."""
    leads = {each.safeguarding_lead.ref: each.safeguarding_lead for each in programmes if each.safeguarding_lead}
    for programme in programmes:
        leads.update({person.ref: person for person in coordinators_running(programme)})
    return list(leads.values())


def _here(request: PersonRequest) -> Here | None:
    """The mentorship the reader came from, if they are in it."""
    me = membership(request.person.ref, request.GET.get("from", ""))
    return Here(me) if me else None
