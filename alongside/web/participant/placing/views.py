from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from alongside.journeys.place_volunteers import CannotBePlaced, accept_ask, decline_ask
from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.placing.actions import pause_asking, resume_asking
from alongside.placing.models import Ask
from alongside.placing.queries import volunteerings_of
from alongside.reports.training_certificate import certificate_pdf
from alongside.web.participant.placing.links import by_ask_link
from alongside.web.participant.placing.pages import NO_REASONS, answer_page, standing_page
from alongside.web.shared.access import PersonRequest, get_or_404, signed_in
from alongside.web.shared.downloads import handed_over
from alongside.web.shared.forms import sent


class AnswerForm(forms.Form):
    """A volunteer's yes, or a no with a reason for those who want to give one."""

    answer = forms.ChoiceField(
        choices=[("yes", "yes"), ("no", "no")],
        error_messages={"required": gettext_lazy("Say yes or no."), "invalid_choice": gettext_lazy("Say yes or no.")},
    )
    reason = forms.ChoiceField(choices=[*NO_REASONS.items()], required=False)

    @property
    def reason_words(self) -> str:
        return str(NO_REASONS.get(self.cleaned_data["reason"], ""))


@by_ask_link
def answer_call(request: HttpRequest, ask: Ask) -> HttpResponse:
    """Let a volunteer say yes or no to a call, or see how it stands."""
    form = AnswerForm(sent(request))
    if form.is_valid():
        if form.cleaned_data["answer"] == "yes":
            return _decided(request, lambda: accept_ask(ask, at=clock.now()))
        return _decided(request, lambda: decline_ask(ask, reason=form.reason_words, at=clock.now()))
    return render(request, "volunteering/answer.html", {"ask": ask, "form": form, **answer_page(ask)})


@signed_in
def volunteering(request: PersonRequest, ref: str) -> HttpResponse:
    """Show a volunteer where they stand."""
    found = get_or_404(volunteerings_of(request.person), ref=ref)
    return render(request, "volunteering/standing.html", standing_page(found, at=clock.now()))


@require_POST
@signed_in
def pause(request: PersonRequest, ref: str) -> HttpResponse:
    """Let a volunteer rest from being asked, or be asked again."""
    found = get_or_404(volunteerings_of(request.person), ref=ref)
    if request.POST.get("do") == "resume":
        resume_asking(found, by=request.person, at=clock.now())
        messages.success(request, _("You can be asked again from now on."))
    else:
        pause_asking(found, by=request.person, at=clock.now())
        messages.success(request, _("Nobody asks you until you say so here."))
    return redirect("volunteering", ref)


@signed_in
def certificate(request: PersonRequest, ref: str) -> HttpResponse:
    """Hand a volunteer the certificate of their training."""
    found = get_or_404(volunteerings_of(request.person), ref=ref)
    made = certificate_pdf(found, at=clock.now())
    return handed_over(made, name="trained-as-a-mentor.pdf", kind="application/pdf")


def _decided(request: HttpRequest, decide: Callable[[], object]) -> HttpResponse:
    """Do what was decided and show how it stands, also where another window, or somebody else, was first."""
    try:
        decide()
    except (MoveNotAllowed, ChangedMeanwhile):
        messages.warning(request, _("This was answered before, perhaps in another window. Nothing was changed now."))
    except CannotBePlaced as refusal:
        messages.warning(request, str(refusal))
    return redirect(request.path)
