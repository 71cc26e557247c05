"""Write to several mentorships at once: choose, write, look at every email, then send."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.nudge import nudge, preview
from alongside.kernel import clock
from alongside.mentorships.queries import mentorships_run_by
from alongside.mentorships.states import RUNNING
from alongside.programmes.queries import cohorts_run_by
from alongside.web.coordinator.mentorships.forms import MessageForm
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404


@coordinator
def write_to_several(request: PersonRequest, ref: str) -> HttpResponse:
    """Write to the selected mentorships. Nothing goes out before every email was shown."""
    cohort = get_or_404(cohorts_run_by(request.person), ref=ref)
    rows = mentorships_run_by(request.person).filter(cohort=cohort, state__in=RUNNING)
    chosen = list(rows.filter(ref__in=request.POST.getlist("selected")).select_related("programme__organisation"))
    if not chosen:
        messages.warning(request, _("Select at least one mentorship that has not ended."))
        return redirect("cohort_mentorships", ref)
    do = request.POST.get("do", "begin")
    form = MessageForm(None if do == "begin" else request.POST, name=request.person.name)
    if do == "send" and form.is_valid():
        sent = nudge(chosen, by=request.person, at=clock.now(), **form.cleaned_data)
        said = ngettext("%(n)d email is on its way.", "%(n)d emails are on their way.", sent) % {"n": sent}
        messages.success(request, said if sent else _("This message went out before. Nothing was sent again."))
        return redirect("cohort_mentorships", ref)
    shown = form.is_bound and form.is_valid()
    planned = preview(chosen, by=request.person, message=form.cleaned_data["message"]) if shown else []
    context = {"cohort": cohort, "chosen": chosen, "form": form, "planned": planned}
    return render(request, "watching/write.html", context)
