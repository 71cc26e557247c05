"""The pages of whoever trains volunteers: who they are and what came of it, calls, and whom to ask."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.journeys.place_volunteers import ask_volunteers, end_call
from alongside.journeys.suggest_volunteers import Suggestion, suggest
from alongside.kernel import clock
from alongside.mentorships.queries import Served
from alongside.placing import actions
from alongside.placing.models import Call, Volunteer
from alongside.placing.queries import (
    asked_and_placed,
    asks_for,
    calls_that_want_more,
    calls_to,
    never_asked,
    run_out,
    volunteers_run_by,
)
from alongside.placing.states import CallState
from alongside.placing.validity import day_of
from alongside.programmes.models import Programme
from alongside.programmes.queries import programmes_run_by
from alongside.reports.placing_funnel import Placed, placed_of, serving_of
from alongside.web.coordinator.placing.forms import DeclineForm
from alongside.web.coordinator.placing.words import ask_line, call_facts, call_line, standing
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.lists import address_with, page_links
from alongside.web.shared.words import plain_words

A_PAGE = 50


@coordinator
def volunteers(request: PersonRequest, ref: str) -> HttpResponse:
    """Show what came of the volunteers of a programme, the calls that reached it, and who the volunteers are."""
    found, at = _programme(request, ref), clock.now()
    calls = list(calls_to(request.person).filter(to=found).order_by("-called_at", "-pk")[:20])
    counts, show = asked_and_placed(calls), request.GET.get("show", "")
    rows = _shown(request, found, show, at)
    page = Paginator(rows.order_by("participant__person__name", "pk"), A_PAGE).get_page(request.GET.get("page"))
    figures = placed_of(found, request.person, at=at)
    context = {
        "programme": found,
        "calls": [call_line(each, counts[each.pk], reverse("call_answer", args=[each.ref])) for each in calls],
        "stages": _stages(figures),
        "out_of": figures.recruited,
        "figures": _figures(figures),
        "tabs": _tabs(request, show, figures),
        "columns": [
            {"label": _("Name")},
            {"label": _("Trained until")},
            {"label": _("Asked"), "numeric": True},
            {"label": _("Serves elsewhere")},
        ],
        "rows": _rows(list(page), at),
        **page_links(request, page),
    }
    return render(request, "placing/volunteers.html", context)


@require_POST
@coordinator
def refreshed(request: PersonRequest, ref: str) -> HttpResponse:
    """Note that volunteers refreshed their training."""
    found = _programme(request, ref)
    rows = volunteers_run_by(request.person).filter(programme=found, ref__in=request.POST.getlist("selected"))
    with plain_words(request):
        number = 0
        for volunteer in rows:
            actions.refresh_training(volunteer, by=request.person, at=clock.now())
            number += 1
        said = ngettext("Noted for one person.", "Noted for %(n)d people.", number) % {"n": number}
        messages.success(request, said)
    return redirect("volunteers", ref)


@coordinator
def answer(request: PersonRequest, ref: str) -> HttpResponse:
    """Show a call to whoever trains volunteers: whom to ask, why, and who was asked."""
    return _answer(request, get_or_404(calls_to(request.person), ref=ref), DeclineForm())


@require_POST
@coordinator
def ask(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask the volunteers who are ticked."""
    found = get_or_404(calls_to(request.person), ref=ref)
    ticked = set(request.POST.getlist("ask"))
    with plain_words(request):
        shown = _suggested(request, found, clock.now())
        chosen = [each for each in shown if each.volunteer.ref in ticked]
        if len(chosen) < len(ticked) or not chosen:
            raise ValueError(
                _("Somebody you ticked cannot be asked any more. Look again, then ask.")
                if ticked
                else _("Tick at least one person, then ask.")
            )
        ask_volunteers(found, chosen, by=request.person, at=clock.now())
        said = ngettext("One person is asked by email.", "%(n)d people are asked by email.", len(chosen))
        messages.success(request, said % {"n": len(chosen)})
    return redirect("call_answer", ref)


@require_POST
@coordinator
def decline(request: PersonRequest, ref: str) -> HttpResponse:
    """Say that nobody can be found for a call; what was typed stays where a word is missing."""
    found = get_or_404(calls_to(request.person), ref=ref)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _answer(request, found, form)
    with plain_words(request):
        end_call(found, "decline", by=request.person, at=clock.now(), answer=form.cleaned_data["answer"])
        messages.success(request, _("They are told in your words."))
    return redirect("call_answer", ref)


def _answer(request: PersonRequest, found: Call, form: DeclineForm) -> HttpResponse:
    at = clock.now()
    counts = asked_and_placed([found])[found.pk]
    page = {
        "call": found,
        "facts": call_facts(found),
        "standing": standing(found, counts),
        "open": found.state == CallState.OPEN,
        "left": max(0, found.wanted - sum(counts)),
        "suggestions": [_card(each) for each in _suggested(request, found, at)],
        "asked": [ask_line(each, at=at) for each in asks_for(found)],
        "form": form,
    }
    return render(request, "placing/answer.html", page)


def _suggested(request: PersonRequest, found: Call, at: datetime) -> Sequence[Suggestion]:
    """Return whom to ask for a call, all open calls to its programme being looked at together."""
    calls = calls_that_want_more(calls_to(request.person).filter(to=found.to_id))
    return suggest(found.to, calls, at=at).by_call.get(found.pk, [])


def _card(suggestion: Suggestion) -> dict[str, Any]:
    volunteer = suggestion.volunteer
    participant = volunteer.participant
    work = [participant.job_title, participant.employer, participant.place]
    return {
        "ref": volunteer.ref,
        "name": participant.person.name,
        "initials": participant.person.initials,
        "about": ", ".join(each for each in work if each),
        "score": suggestion.score,
        "reasons": suggestion.speak_for,
        "asked": asked_in_words(volunteer),
        "chosen": suggestion.chosen,
    }


def asked_in_words(volunteer: Volunteer) -> str:
    """Say how often somebody was asked, and since when they wait."""
    if not volunteer.times_asked:
        return _("Never asked; trained on %(day)s.") % {"day": date_format(volunteer.trained_at, "j F Y")}
    times = ngettext("Asked once", "Asked %(n)s times", volunteer.times_asked) % {"n": volunteer.times_asked}
    last = date_format(volunteer.last_asked_at, "j F Y") if volunteer.last_asked_at else ""
    return _("%(times)s, last on %(day)s.") % {"times": times, "day": last}


def _programme(request: PersonRequest, ref: str) -> Programme:
    """Return a programme that trains volunteers for others.

    :raises Http404: if it is not theirs, or trains nobody.
    """
    found = get_or_404(programmes_run_by(request.person).select_related("organisation"), ref=ref)
    if not found.rules.placing:
        raise Http404
    return found


def _shown(request: PersonRequest, found: Programme, show: str, at: datetime) -> QuerySet[Volunteer]:
    rows = volunteers_run_by(request.person).filter(programme=found)
    if show == "waiting":
        return never_asked(request.person, at).filter(programme=found)
    if show == "refresh":
        return run_out(request.person, day_of(at)).filter(programme=found)
    return rows.filter(paused_at__isnull=False) if show == "paused" else rows


def _tabs(request: PersonRequest, show: str, figures: Placed) -> list[dict[str, Any]]:
    words = {"days": figures.waiting_days}
    names = [
        ("", _("Everybody"), figures.trained),
        ("waiting", _("Never asked for %(days)s days") % words, figures.never_asked),
        ("refresh", _("To be refreshed"), figures.run_out),
        ("paused", _("Pausing"), None),
    ]
    return [
        {"label": label, "count": count, "current": show == name, "url": address_with(request, show=name, page=None)}
        for name, label, count in names
    ]


def _stages(figures: Placed) -> list[dict[str, Any]]:
    stages = [
        (_("Recruited"), figures.recruited),
        (_("Trained to the standard"), figures.trained),
        (_("Asked"), figures.asked),
        (_("Said yes, and placed"), figures.said_yes),
        (_("Introduced to a mentee there"), figures.served),
        (_("Serving now"), figures.serving),
    ]
    before = [None, *(count for _label, count in stages)]
    return [
        {"label": label, "count": count, "share": f"{round(100 * count / last)}%" if last else ""}
        for (label, count), last in zip(stages, before, strict=False)
    ]


def _figures(figures: Placed) -> list[dict[str, Any]]:
    return [
        {"label": _("Never asked"), "number": figures.never_asked, "of": _("for %(days)s days or longer")
         % {"days": figures.waiting_days}},
        {"label": _("To be refreshed"), "number": figures.run_out},
        {"label": _("Mentorships running"), "number": figures.mentorships, "of": _("elsewhere")},
        {"label": _("Mentorships ended"), "number": figures.ended, "of": _("elsewhere")},
    ]  # fmt: skip


def _rows(found: list[Volunteer], at: datetime) -> list[dict[str, Any]]:
    serving = serving_of(found)
    return [
        {
            "id": each.ref,
            "url": reverse("participant", args=[each.participant.ref]),
            "label": each.participant.person.name,
            "cells": [
                {"value": each.participant.person.name},
                {"label": _("Trained until"), "value": _until(each, at)},
                {"label": _("Asked"), "value": each.times_asked or _("never"), "numeric": True},
                {"label": _("Serves elsewhere"), "value": _serves(serving.get(each.pk))},
            ],
        }
        for each in found
    ]


def _until(volunteer: Volunteer, at: datetime) -> str:
    words = {"day": date_format(volunteer.valid_until, "j F Y")}
    if not volunteer.holds_on(day_of(at)):
        return _("%(day)s: to be refreshed") % words
    return _("%(day)s, pauses") % words if volunteer.paused_at else words["day"]


def _serves(served: Served | None) -> str:
    """How many mentorships somebody has and had elsewhere: numbers, never with whom."""
    if served is None:
        return _("not yet")
    running = ngettext("%(n)s mentorship", "%(n)s mentorships", served.running) % {"n": served.running}
    ended = ngettext("%(n)s ended", "%(n)s ended", served.ended) % {"n": served.ended}
    parts = [words for number, words in ((served.running, running), (served.ended, ended)) if number]
    return ", ".join(parts)
