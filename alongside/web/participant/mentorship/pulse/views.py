from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.evaluation import actions
from alongside.evaluation.models import Pulse
from alongside.evaluation.queries import follow_up_of, pulse_of
from alongside.kernel import clock
from alongside.web.participant.mentorship.here import Here, by_member_link, in_mentorship
from alongside.web.participant.mentorship.pulse.forms import FollowUpForm, PulseForm
from alongside.web.participant.mentorship.pulse.pages import history, latest_of
from alongside.web.shared.access import PersonRequest
from alongside.web.shared.forms import sent


@by_member_link("pulse")
def pulse(request: HttpRequest, here: Here, ref: str) -> HttpResponse:
    """Let a member say without signing in how it goes. Looking decides nothing."""
    return _pulse(request, here, pulse_of(here.me, ref))


@in_mentorship
def mentorship_pulse(request: PersonRequest, here: Here) -> HttpResponse:
    """Let a member say how it goes, and see what they said before."""
    return _pulse(request, here, latest_of(here))


def _pulse(request: HttpRequest, here: Here, asked: Pulse | None) -> HttpResponse:
    form = PulseForm(sent(request), initial=_said(asked) | _chosen(request, "score"))
    if asked and form.is_valid():
        asked.member = here.me
        actions.answer_pulse(asked, at=clock.now(), **form.cleaned_data)
        return redirect(request.path)
    context = {"here": here, "form": form, "asked": asked, **history(here)}
    return render(request, "pulse/pulse.html", context)


@by_member_link("follow_up")
def follow_up(request: HttpRequest, here: Here, ref: str) -> HttpResponse:
    """Let somebody say without signing in what became of their mentorship."""
    asked = follow_up_of(here.me, ref)
    if asked is None:
        raise Http404
    form = FollowUpForm(sent(request), initial=_chosen(request, "still_uses"))
    if asked.answered_at is None and form.is_valid():
        asked.member = here.me
        actions.answer_follow_up(asked, at=clock.now(), **form.cleaned_data)
        return redirect(request.path)
    return render(request, "pulse/follow_up.html", {"here": here, "form": form, "asked": asked})


def _chosen(request: HttpRequest, name: str) -> dict[str, object]:
    """Return the number that stands in the address, chosen for the reader to send; anything else is left out."""
    number = request.GET.get(name, "")
    return {name: int(number)} if number in {"1", "2", "3", "4", "5"} else {}


def _said(asked: Pulse | None) -> dict[str, object]:
    if asked is None or asked.answered_at is None:
        return {}
    return {"score": asked.score, "call_wanted": asked.call_wanted, "words": asked.words}
