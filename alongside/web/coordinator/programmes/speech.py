"""The page on how a programme speaks to people, what is seen of them, and how long it is kept."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.datafiles.checking import FaultsFound
from alongside.kernel import clock
from alongside.programmes import actions
from alongside.programmes.queries import cohorts_run_by, programmes_run_by
from alongside.web.coordinator.programmes.speech_form import FIELDS, SpeechForm
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.forms import sent


@coordinator
def words_and_letters(request: PersonRequest, ref: str) -> HttpResponse:
    """Change the words of a programme, what it adds to letters, who sees what, and how long it is kept."""
    found = get_or_404(programmes_run_by(request.person), ref=ref)
    running = list(cohorts_run_by(request.person).filter(programme=found))
    form = SpeechForm(
        sent(request), request.FILES or None, rules=found.rules, running=running, now=found.rules_fingerprint
    )
    if form.is_valid():
        follow = [cohort for cohort in running if cohort.ref in form.cleaned_data["cohorts"]]
        try:
            rules = form.rules(found.rules)
        except FaultsFound as refused:
            for fault in refused.faults:
                section, *rest = map(str, fault.path)
                form.add_error(_field(section, rest), fault.words)
        else:
            actions.change_rules(found, rules, cohorts=follow, by=request.person, at=clock.now())
            messages.success(request, _("Saved. It holds for what is written and shown from now on."))
            return redirect("programme", ref)
    return render(request, "programmes/speech.html", {"programme": found, "form": form, "cohorts": running})


def _field(section: str, rest: list[str]) -> str | None:
    """Return which field says a rule; None where it is that of no field."""
    if section == "look" and rest:
        return rest[0]
    return FIELDS.get((section, rest[0])) if rest else None
