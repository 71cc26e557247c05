from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.journeys.unreached import take_up_email
from alongside.kernel import clock
from alongside.programmes.queries import cohorts_run_by
from alongside.reports.queue import queue_of
from alongside.reports.unreached import emails_run_by
from alongside.web.coordinator.queue.decisions import bulk, decide, way_back
from alongside.web.coordinator.queue.unpaired import unpaired_mentees
from alongside.web.coordinator.queue.words import shown
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.lists import page_links
from alongside.web.shared.words import plain_words

A_PAGE = 30


@coordinator
def queue(request: PersonRequest) -> HttpResponse:
    """Show everything that waits for this coordinator, oldest first."""
    at = clock.now()
    items = queue_of(request.person, at=at)
    page = Paginator(items, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "queue/queue.html",
        {
            **page_links(request, page),
            "items": [shown(item, at=at) for item in page],
            "cohorts": cohorts_run_by(request.person)[:12],
            "unpaired": unpaired_mentees(request.person),
            "bulk_buttons": [
                {"label": _("Step done"), "name": "do", "value": "pass_gate", "form": "queue-form"},
                {"label": _("Give more time"), "name": "do", "value": "more_time", "form": "queue-form"},
                {"label": _("They have met"), "name": "do", "value": "met", "form": "queue-form"},
                {"label": _("Try again"), "name": "do", "value": "try_again", "form": "queue-form"},
            ],
        },
    )


@require_POST
@coordinator
def queue_decide(request: PersonRequest) -> HttpResponse:
    """Decide one thing in place."""
    with plain_words(request):
        decision = request.POST.get("decide", "")
        decide(decision, by=request.person, at=clock.now())
        messages.success(request, _("Done."), extra_tags=way_back(decision))
    return redirect("queue")


@require_POST
@coordinator
def queue_email_back(request: PersonRequest, ref: str) -> HttpResponse:
    """Put an email that was left back on the queue."""
    email = get_or_404(emails_run_by(request.person), ref=ref)
    with plain_words(request):
        take_up_email(email, by=request.person, at=clock.now())
    return redirect("queue")


@require_POST
@coordinator
def queue_bulk(request: PersonRequest) -> HttpResponse:
    """Decide several things at once."""
    with plain_words(request):
        number = bulk(request.POST.get("do", ""), request.POST.getlist("selected"), by=request.person, at=clock.now())
        done = ngettext("%(number)d thing done.", "%(number)d things done.", number) % {"number": number}
        messages.success(request, done)
    return redirect("queue")
