from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.endings import actions
from alongside.endings.queries import achievement_of, thanks_in, wish_of
from alongside.endings.states import PARTING, Sees
from alongside.journeys.say_thanks import say_thanks
from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.reports.mentors_record import record_json, record_of, record_pdf
from alongside.reports.what_was_achieved import drafted_for
from alongside.web.participant.mentorship.ending.forms import AchievementForm, StayForm, ThanksForm
from alongside.web.participant.mentorship.ending.pages import ending_page, sees_achievement
from alongside.web.participant.mentorship.here import Here, in_mentorship
from alongside.web.participant.mentorship.tabs import page
from alongside.web.shared.access import PersonRequest
from alongside.web.shared.downloads import handed_over

CURRENT = "mentorship_ending"


@in_mentorship
def farewell(request: PersonRequest, here: Here) -> HttpResponse:
    """Look back: what was achieved, thanks, whether to stay in touch, and what is kept until when."""
    if here.mentorship.state not in PARTING:
        return redirect(CURRENT, here.mentorship.ref)
    achieving, thanking, staying = _forms(request, here)
    form = next((form for form in (achieving, thanking, staying) if form is not None and form.is_bound), None)
    theirs, status = "", 200
    if form is not None and form.is_valid():
        try:
            _keep(form, here)
            return redirect("mentorship_farewell", here.mentorship.ref)
        except ChangedMeanwhile:
            theirs, status = _edited_meanwhile(request, here, form), 409
        except ValueError as refusal:
            form.add_error(None, str(refusal))
    mine = achievement_of(here.me)
    shown: dict[str, Any] = {
        "form": form,
        "achieving": achieving,
        "thanking": thanking,
        "staying": staying,
        "theirs": theirs,
        "mine": mine,
        "mine_sees": sees_achievement(mine, here) if mine else "",
        **ending_page(here, at=clock.now()),
    }
    return render(request, "ending/farewell.html", page(here, current=CURRENT, **shown), status=status)


@in_mentorship
def take_back(request: PersonRequest, here: Here) -> HttpResponse:
    """Let the coordinators read no longer what a mentee shared with them."""
    mine = achievement_of(here.me)
    if mine is None:
        raise Http404
    if request.method == "POST":
        actions.take_back_achievement(mine, by=here.me, at=clock.now())
        messages.success(request, _("The coordinators cannot read it any more."))
    return redirect("mentorship_farewell", here.mentorship.ref)


@in_mentorship
def record_on_paper(request: PersonRequest, here: Here) -> HttpResponse:
    """Hand a mentor the record of what they gave at this organisation, as a PDF."""
    return _record(here, "record-of-mentoring.pdf", "application/pdf", record_pdf)


@in_mentorship
def record_as_data(request: PersonRequest, here: Here) -> HttpResponse:
    """Hand a mentor the same record for other systems to read."""
    return _record(here, "record-of-mentoring.json", "application/json", record_json)


def _record(here: Here, name: str, kind: str, write: Callable[..., bytes]) -> HttpResponse:
    if not here.me.mentors_others:
        raise Http404
    now = clock.now()
    record = record_of(here.person, here.mentorship.organisation, at=now)
    return handed_over(write(record, at=now), name=name, kind=kind)


def _forms(request: PersonRequest, here: Here) -> tuple[AchievementForm | None, ThanksForm | None, StayForm | None]:
    """Return what this member can fill in now; the form that was sent is bound."""
    if here.mentorship.wrapped_key is None:
        return None, None, None
    do = request.POST.get("do")
    achieving, thanking = None, None
    if not here.me.is_mentor:
        data, mine = request.POST if do == "achieved" else None, achievement_of(here.me)
        achieving = AchievementForm(data, achievement=mine, draft="" if mine else drafted_for(here.me))
    if do == "thank" or here.me.pk not in {each.author_id for each in thanks_in(here.mentorship)}:
        thanking = ThanksForm(request.POST if do == "thank" else None)
    return achieving, thanking, StayForm(request.POST if do == "stay" else None, wished=wish_of(here.me))


def _keep(form: forms.Form, here: Here) -> None:
    """Keep what was filled in.

    :raises ValueError: if that is not to be done now.
    :raises ChangedMeanwhile: if it was saved in another window meanwhile.
    """
    values, now = form.cleaned_data, clock.now()
    if isinstance(form, AchievementForm):
        known = {"version": values["version"] or 0, "text": values["text"], "sees": Sees(values["sees"])}
        actions.keep_achievement(achievement_of(here.me), by=here.me, at=now, **known)
    elif isinstance(form, ThanksForm):
        say_thanks(by=here.me, text=values["text"], at=now)
    elif isinstance(form, StayForm):
        actions.wish_to_stay_in_touch(values["stay"], by=here.me, at=now)


def _edited_meanwhile(request: PersonRequest, here: Here, form: forms.Form) -> str:
    """Let the form be sent again over what was saved in another window, and return that."""
    now = achievement_of(here.me)
    form.data = {**request.POST.dict(), "version": now.version if now else 0}
    return now.text if now else ""
