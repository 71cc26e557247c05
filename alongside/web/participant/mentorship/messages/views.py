from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.send_message import send_message
from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.messaging import actions
from alongside.messaging.models import Attachment, Message
from alongside.messaging.queries import attachments_read_by, messages_read_by, messages_written_by
from alongside.web.participant.mentorship.handing_in import handed_out
from alongside.web.participant.mentorship.here import Here, in_mentorship
from alongside.web.participant.mentorship.messages import pages
from alongside.web.participant.mentorship.messages.forms import MessageForm
from alongside.web.participant.mentorship.tabs import page
from alongside.web.shared.access import PersonRequest, get_or_404
from alongside.web.shared.forms import sent

CURRENT = "mentorship_messages"


@in_mentorship
def thread(request: PersonRequest, here: Here) -> HttpResponse:
    """Show the thread of a mentorship, the newest message last, and write to the others."""
    elsewhere = pages.elsewhere(here)
    form = MessageForm(sent(request), request.FILES or None, here=here, elsewhere=elsewhere)
    if form.is_valid():
        try:
            also = [each.me for each in elsewhere] if form.cleaned_data.get("also") else []
            send_message(by=here.me, also=also, at=clock.now(), **form.details())
            return redirect(CURRENT, here.mentorship.ref)
        except ValueError as refusal:
            form.add_error(None, str(refusal))
    return render(request, "messages/thread.html", page(here, current=CURRENT, form=form, **_thread(request, here)))


def _thread(request: HttpRequest, here: Here) -> dict[str, Any]:
    """Gather what there is to read. To show it is to have it read, but not to a browser that looks ahead."""
    messages, now = list(messages_read_by(here.me)), clock.now()
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        actions.note_read((each for each in messages if _is_new(each, here)), by=here.me, at=now)
    earlier = 0 if "all" in request.GET else max(0, len(messages) - pages.AT_ONCE)
    return {"days": pages.by_day(messages[earlier:], here, now=now), "earlier": earlier}


def _is_new(message: Message, here: Here) -> bool:
    return here.me.pk not in {reading.member_id for reading in message.readings.all()}


@in_mentorship
def delete(request: PersonRequest, here: Here, message_ref: str) -> HttpResponse:
    """Delete a message of one's own for good, after asking."""
    found: Message = get_or_404(messages_written_by(here.me), ref=message_ref)
    if request.method == "POST":
        try:
            actions.delete_message(found, at=clock.now())
        except ChangedMeanwhile:
            raise Http404 from None
        notices.success(request, _("Deleted for good."))
        return redirect(CURRENT, here.mentorship.ref)
    return render(request, "messages/delete.html", page(here, current=CURRENT, message=found))


@in_mentorship
def attachment(request: PersonRequest, here: Here, file_ref: str) -> HttpResponse:
    """Hand out a file that came with a message."""
    found: Attachment = get_or_404(attachments_read_by(here.me), ref=file_ref)
    try:
        return handed_out(found, found.name.removesuffix(f".{found.kind.extension}"))
    except FileNotFoundError:
        raise Http404 from None


@in_mentorship
def download(request: PersonRequest, here: Here) -> HttpResponse:
    """Hand over the thread as a plain text file to take away: what this member may read of it."""
    text = pages.as_text(messages_read_by(here.me), here)
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="messages.txt"'
    return answer


@in_mentorship
def download_json(request: PersonRequest, here: Here) -> HttpResponse:
    """Hand over the thread as JSON, for other programs: what this member may read of it."""
    values = {"messages": pages.as_values(messages_read_by(here.me), here)}
    answer = JsonResponse(values, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="messages.json"'
    return answer


@in_mentorship
def search(request: PersonRequest, here: Here) -> HttpResponse:
    """Find a word among the messages, documents and links that this member may read."""
    sought = request.GET.get("q", "").strip()
    found = pages.found(here, sought) if sought else {}
    context = page(here, current=CURRENT, sought=sought, some=any(found.values()), **found)
    return render(request, "messages/search.html", context)
