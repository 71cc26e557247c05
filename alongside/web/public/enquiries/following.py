"""What somebody does with an enquiry by a signed link: confirm it, follow it, or, without an account, answer it."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.enquiries.enquiry_links import (
    enquiry_to_answer,
    enquiry_to_confirm,
    enquiry_to_follow,
    follow_token,
)
from alongside.enquiries.models import Enquiry
from alongside.enquiries.queries import had_it, rows_of_thread, said_in_thread
from alongside.enquiries.states import IN_HAND, UNSEEN, EnquiryState
from alongside.journeys import enquire as journey
from alongside.journeys.finish_application import door_of, send_link_again
from alongside.journeys.next_best import next_best
from alongside.kernel import clock, scope
from alongside.kernel.links import BadLink
from alongside.web.public.enquiries.story import story_of, what_next
from alongside.web.shared.access import View, by_signed_link
from alongside.web.shared.enquiries.forms import WordsForm
from alongside.web.shared.enquiries.handling import handle
from alongside.web.shared.words import plain_words


def naming(find: Callable[[str], Enquiry]) -> Callable[[Callable[[HttpRequest, Enquiry], HttpResponse]], View]:
    """Give a view the enquiry its link names, in the scope of whoever holds it."""

    def decorate(view: Callable[[HttpRequest, Enquiry], HttpResponse]) -> View:
        @wraps(view)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            try:
                enquiry = find(token)
            except BadLink:
                return render(request, "enquire/gone.html", status=404)
            with scope.within(_held_in(enquiry)):
                return view(request, enquiry)

        return by_signed_link(opened)

    return decorate


def _held_in(enquiry: Enquiry) -> scope.Scope:
    if enquiry.organisation_id is None:
        return scope.Scope.of(networks=[enquiry.network_id])
    return scope.Scope.of(organisations=[enquiry.organisation_id])


@naming(enquiry_to_confirm)
def confirm_enquiry(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    """Let a visitor say that it was they; asked first, as mail scanners fetch links."""
    if enquiry.state != EnquiryState.UNCONFIRMED:
        return redirect("my_enquiry", follow_token(enquiry))
    if request.method == "POST":
        with plain_words(request):
            if request.POST.get("do") == "withdraw":
                journey.withdraw(enquiry, at=clock.now())
                return render(request, "enquire/gone.html", {"taken_back": True})
            journey.confirm(enquiry, at=clock.now())
            messages.success(request, _("Sent."))
        return redirect("my_enquiry", follow_token(enquiry))
    return render(request, "enquire/confirm.html", {"enquiry": enquiry})


@naming(enquiry_to_follow)
def my_enquiry(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    """Show a visitor where their enquiry is and what happens next; let them add to it, move it on, take it back."""
    at = clock.now()
    if enquiry.state in UNSEEN:
        return redirect("enquiry_sent")
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form = WordsForm(request.POST if do == "word" else None, label=_("What you would like to add"))
    if do and (do != "word" or form.is_valid()):
        with plain_words(request):
            _do(request, enquiry, do, form, at)
        return redirect(request.path)
    return render(request, "enquire/mine.html", _page(enquiry, form, at))


@naming(enquiry_to_answer)
def held_enquiry(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    """Let an organisation whose people have no account here answer one enquiry."""
    return handle(request, enquiry, by=None, back="")


def _do(request: HttpRequest, enquiry: Enquiry, do: str, form: WordsForm, at: datetime) -> None:
    if do == "word":
        journey.add_word(enquiry, form.cleaned_data["text"], at=at)
        messages.success(request, _("Added. They hear that you have written."))
    elif do == "pass_on":
        passed = journey.pass_it_on_now(enquiry, at=at)
        messages.success(request, _("Passed on. It is with %(name)s now.") % {"name": passed.holder_name})
    elif do == "withdraw":
        journey.withdraw(enquiry, at=at)
        messages.success(request, _("Taken back. Nobody answers it any more."))
    elif do == "application":
        send_link_again(enquiry, at=at)
        messages.success(request, _("The link is on its way to your inbox."))


def _page(enquiry: Enquiry, form: WordsForm, at: datetime) -> dict[str, Any]:
    rows = list(rows_of_thread(enquiry.thread))
    said = list(said_in_thread(enquiry.thread))
    can_move = enquiry.state in IN_HAND | {EnquiryState.DECLINED}
    onward = next_best(enquiry, had_it(enquiry.thread)) if can_move else None
    to_network = can_move and onward is None and enquiry.organisation_id is not None
    return {
        "enquiry": enquiry,
        "events": story_of(rows, said),
        "next": what_next(enquiry, at=at),
        "in_hand": enquiry.state in IN_HAND,
        "onward": onward.name if onward else enquiry.network.name if to_network else "",
        "form": form,
        "applied": enquiry.state == EnquiryState.APPLIED,
        "can_apply": enquiry.state == EnquiryState.APPLIED and door_of(enquiry, at=at) is not None,
    }
