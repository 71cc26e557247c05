"""What a safeguarding lead does: read the concerns they hear, each reading on record, and say what is done."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from alongside.concerns import actions
from alongside.concerns.clocks import ACKNOWLEDGE_DAYS, DECIDE_DAYS, falls_due
from alongside.concerns.models import Concern
from alongside.concerns.queries import concerns_heard_by, entries_of, hearers_of
from alongside.concerns.states import CONCERN_LIFECYCLE, ConcernState, EntryKind
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.web.lead.concerns.forms import LastWordForm, NoteForm
from alongside.web.shared.access import PersonRequest, get_or_404, safeguarding_lead
from alongside.web.shared.lists import page_links
from alongside.web.shared.times import time_left
from alongside.web.shared.words import plain_words

A_PAGE = 30
STATES = {
    ConcernState.RECEIVED: gettext_lazy("received"),
    ConcernState.LOOKED_AT: gettext_lazy("being looked at"),
    ConcernState.CLOSED: gettext_lazy("closed"),
}
KINDS = {
    EntryKind.RAISED: gettext_lazy("Raised"),
    EntryKind.ADDED: gettext_lazy("Added by whoever raised it"),
    EntryKind.ACKNOWLEDGED: gettext_lazy("Looks at it"),
    EntryKind.NOTED: gettext_lazy("Note"),
    EntryKind.DECIDED: gettext_lazy("Decided"),
    EntryKind.CLOSED: gettext_lazy("Closed"),
    EntryKind.JOINED: gettext_lazy("Hears it as well from now on"),
}


@safeguarding_lead
def concerns(request: PersonRequest) -> HttpResponse:
    """List the concerns this person hears: when they came and how far they are, nothing of what they say."""
    at = clock.now()
    page = Paginator(concerns_heard_by(request.person), A_PAGE).get_page(request.GET.get("page"))
    rows = [{"row": each, "state": STATES[ConcernState(each.state)], "clock": _clock(each, at)} for each in page]
    return render(request, "lead/concerns.html", {"rows": rows, **page_links(request, page)})


@safeguarding_lead
def concern(request: PersonRequest, ref: str) -> HttpResponse:
    """Show a concern to somebody who hears it; that they read it is recorded."""
    found = get_or_404(concerns_heard_by(request.person), ref=ref)
    return _page(request, found)


@require_POST
@safeguarding_lead
def concern_do(request: PersonRequest, ref: str) -> HttpResponse:
    """Say that one looks at it, note something, decide, or close it."""
    found = get_or_404(concerns_heard_by(request.person), ref=ref)
    do = request.POST.get("do", "")
    form = NoteForm(request.POST) if do in {"note", "decide"} else LastWordForm(request.POST)
    if do not in DO or not form.is_valid():
        return _page(request, found, form=form if do in DO else None)
    with plain_words(request):
        DO[do](found, form.cleaned_data["words"], request.person, clock.now())
        messages.success(request, _("Kept."))
    return redirect("concern", ref)


def _acknowledge(found: Concern, _words: str, by: Person, at: datetime) -> None:
    actions.acknowledge(found, by=by, at=at)


DO: dict[str, Callable[[Concern, str, Person, datetime], None]] = {
    "acknowledge": _acknowledge,
    "note": lambda found, words, by, at: actions.note(found, words, by=by, at=at),
    "decide": lambda found, words, by, at: actions.decide(found, words, by=by, at=at),
    "close": lambda found, words, by, at: actions.close(found, words, by=by, at=at),
}


def _page(request: PersonRequest, found: Concern, form: Any = None) -> HttpResponse:
    at = clock.now()
    actions.note_reading(found, by=request.person, at=at)
    entries = entries_of(found)
    told, moves = entries[0].words, {move.name for move in CONCERN_LIFECYCLE.open_moves(ConcernState(found.state))}
    context = {
        "concern": found,
        "state": STATES[ConcernState(found.state)],
        "clock": _clock(found, at),
        "told": told,
        "subjects": Person.objects.filter(ref__in=told["subjects"]),
        "entries": [{"kind": KINDS[EntryKind(each.kind)], "row": each, "words": each.words} for each in entries],
        "hearers": hearers_of(found),
        "can_acknowledge": "acknowledge" in moves,
        "can_decide": "decide" in moves,
        "can_close": "close" in moves and found.decided_at is not None,
        "form": form or NoteForm(),
    }
    return render(request, "lead/concern.html", context)


def _clock(found: Concern, at: datetime) -> dict[str, Any] | None:
    """Say until when the next step is wanted."""
    if found.state == ConcernState.CLOSED or found.decided_at:
        return None
    days = DECIDE_DAYS if found.acknowledged_at else ACKNOWLEDGE_DAYS
    due = falls_due(found, days)
    return {"text": _("overdue"), "state": "over"} if due <= at else time_left(due, at=at)
