"""Whom to ask for a reference, and the page on which they answer without an account."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.applications import applying
from alongside.applications.applying import Referee
from alongside.applications.models import Application, Reference
from alongside.applications.standing import wants_referees
from alongside.journeys import apply as journey
from alongside.kernel import clock
from alongside.questionnaires.speaking import for_reader
from alongside.web.participant.applying import pages
from alongside.web.participant.applying.doors import begun_or_404, by_referee_link, own_application
from alongside.web.participant.applying.forms import RefereesForm
from alongside.web.shared.access import PersonRequest
from alongside.web.shared.forms import sent
from alongside.web.shared.questionnaires.forms import AnswerForm


@own_application
def my_application_referees(request: PersonRequest, application: Application) -> HttpResponse:
    """Name who can give a reference; nobody is asked before the application is sent."""
    if not wants_referees(begun_or_404(application)):
        raise Http404
    named = [Referee(each.name, each.email) for each in application.references.all()]
    form = RefereesForm(sent(request), referees=named)
    if form.is_valid():
        try:
            applying.name_referees(application, form.referees, at=clock.now())
        except ValueError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("my_application", application.ref)
    readers = pages.names_of_readers(application)
    return render(request, "applying/referees.html", {"application": application, "form": form, "readers": readers})


@by_referee_link
def referee(request: HttpRequest, reference: Reference) -> HttpResponse:
    """Let somebody who was named answer."""
    context = {
        "reference": reference,
        "definition": for_reader(reference.definition),
        "applicant": reference.application.person,
    }
    if reference.done_at:
        return render(request, "applying/reference_given.html", context)
    form = AnswerForm(sent(request), definition=for_reader(reference.definition), answers={})
    if form.is_valid() and not form.leave_open(_("Answer “%(question)s”.")):
        try:
            journey.give_reference(reference, form.together, at=clock.now())
        except ValueError as refusal:
            messages.warning(request, str(refusal))
        return redirect(request.path)
    context |= {"form": form, "blocks": form.blocks(), "readers": pages.names_of_readers(reference.application)}
    return render(request, "applying/reference.html", context)
