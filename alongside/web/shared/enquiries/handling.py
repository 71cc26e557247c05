"""The page of one enquiry for whoever holds it: a coordinator, a steward, an organisation by its link."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.enquiries.actions import settle_enquiry
from alongside.enquiries.models import Enquiry
from alongside.enquiries.states import IN_HAND, OPEN, EnquiryState
from alongside.journeys import answer_enquiry as journey
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.web.shared.enquiries.forms import DoorForm, PassOnForm, WordsForm
from alongside.web.shared.enquiries.words import ANSWERED_ELSEWHERE, TAGS, clock_of, facts_of
from alongside.web.shared.words import plain_words

Forms = dict[str, Any]


def handle(request: HttpRequest, enquiry: Enquiry, *, by: Person | None, back: str) -> HttpResponse:
    """Show one enquiry, and do what was decided; what was typed stays where it does not fit.

    :param back: the address of the list it stands in; "" where there is none.
    """
    at = clock.now()
    do = request.POST.get("do", "") if request.method == "POST" else ""
    forms = _forms(enquiry, request.POST if do else None, do, with_doors=by is not None, at=at)
    if do in DEEDS and (do not in forms or forms[do].is_valid()):
        with plain_words(request):
            DEEDS[do](enquiry, forms.get(do), by, at)
            messages.success(request, SAID[do]())
        return redirect(request.path)
    return render(request, "handling/enquiry.html", _page(enquiry, forms, back=back, at=at))


def _page(enquiry: Enquiry, forms: Forms, *, back: str, at: datetime) -> dict[str, Any]:
    readable = enquiry.state not in ANSWERED_ELSEWHERE and enquiry.emptied_at is None
    return {
        "enquiry": enquiry,
        "readable": readable,
        "facts": facts_of(enquiry) if readable else [],
        "said": list(enquiry.said.select_related("by")) if readable else [],
        "standing": TAGS[EnquiryState(enquiry.state)],
        "clock": clock_of(enquiry, at=at),
        "in_hand": enquiry.state in IN_HAND,
        "is_new": enquiry.state == EnquiryState.WAITING,
        "can_settle": enquiry.state in OPEN and enquiry.answered_at is not None,
        "forms": forms,
        "errors": next((form for form in forms.values() if form.errors), None),
        "back": back,
    }


def _forms(enquiry: Enquiry, data: Any, do: str, *, with_doors: bool, at: datetime) -> Forms:
    if enquiry.state not in IN_HAND:
        return {}
    forms: Forms = {
        "answer": WordsForm(data if do == "answer" else None, label=_("Your answer"), auto_id="answer_%s"),
        "decline": WordsForm(
            data if do == "decline" else None,
            label=_("What you write to them"),
            text=_kind_words(enquiry),
            auto_id="decline_%s",
        ),
        "pass_on": PassOnForm(data if do == "pass_on" else None, others=journey.others(enquiry)[:MOST_OTHERS]),
    }
    if with_doors:
        forms["apply"] = DoorForm(data if do == "apply" else None, doors=journey.doors(enquiry, at=at))
    return forms


MOST_OTHERS = 8


def _kind_words(enquiry: Enquiry) -> str:
    """Draft a no that blames nobody and shows the way onward."""
    return _(
        "Dear %(name)s,\n\nThank you for writing to us. We cannot help with this just now: it is not what we do best. "
        "Others in the network may. The page of your enquiry shows who, and passes it on if you like.\n\n"
        "With good wishes\n%(holder)s"
    ) % {"name": enquiry.name, "holder": enquiry.holder_name}


def _apply(enquiry: Enquiry, form: Any, by: Person | None, at: datetime) -> None:
    if by is None:
        raise ValueError(_("Sign in first."))
    journey.make_application(enquiry, form.door_chosen, by=by, at=at)


DEEDS: dict[str, Callable[[Enquiry, Any, Person | None, datetime], None]] = {
    "acknowledge": lambda enquiry, form, by, at: journey.acknowledge(enquiry, by=by, at=at),
    "answer": lambda enquiry, form, by, at: journey.answer(enquiry, form.cleaned_data["text"], by=by, at=at),
    "decline": lambda enquiry, form, by, at: journey.decline(enquiry, form.cleaned_data["text"], by=by, at=at),
    "pass_on": lambda enquiry, form, by, at: journey.pass_on(enquiry, form.organisation, by=by, at=at),
    "settle": lambda enquiry, form, by, at: settle_enquiry(enquiry, by=by, at=at),
    "apply": _apply,
}
SAID: dict[str, Callable[[], str]] = {
    "acknowledge": lambda: _("They hear that you have read it."),
    "answer": lambda: _("Your answer is on its way to them."),
    "decline": lambda: _("Your words are on their way to them."),
    "pass_on": lambda: _("Passed on. They hear where it is now."),
    "settle": lambda: _("Noted. If they write again, it comes back."),
    "apply": lambda: _("Their application is begun, and they have the link to finish it."),
}
