from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.journeys import after_meeting, book_meeting
from alongside.journeys.cancel_meeting import cancel_meeting
from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.meetings.actions import save_agenda
from alongside.meetings.models import Meeting
from alongside.meetings.queries import agenda_of, figures_of, meeting_in, proposal_of, stage_of
from alongside.meetings.states import OPEN, Answer, MeetingState, Mode, Stage
from alongside.web.participant.mentorship.here import Here, by_member_link, in_mentorship
from alongside.web.participant.mentorship.meetings import forms
from alongside.web.participant.mentorship.meetings.agendas import BEFORE_THE_FIRST, suggested_agenda
from alongside.web.participant.mentorship.meetings.pages import list_page, summary, times_with_answers, zone_note
from alongside.web.participant.mentorship.meetings.progress import progress_of
from alongside.web.participant.mentorship.meetings.story import answers_by, page_of, times_ahead
from alongside.web.participant.mentorship.tabs import page
from alongside.web.shared.access import PersonRequest
from alongside.web.shared.forms import sent

SUGGESTED = 6


@in_mentorship
def meetings(request: PersonRequest, here: Here) -> HttpResponse:
    """Show how the meetings stand: what is to come, what is asked, what was."""
    now = clock.now()
    context = {"progress": progress_of(here, at=now), **list_page(here, at=now)}
    return render(request, "meetings/meetings.html", page(here, current="meetings", **context))


@in_mentorship
def meetings_suggest(request: PersonRequest, here: Here) -> HttpResponse:
    """Let a member suggest times for the next meeting."""
    now, known = clock.now(), proposal_of(here.mentorship)
    suggested = book_meeting.times_for(here.mentorship, number=SUGGESTED, at=now)
    form = forms.SuggestForm(sent(request), initial=_plan_of(here, known), suggested=suggested, now=now)
    if form.is_valid():
        times, plan = form.cleaned_data["chosen"], form.plan()
        act = lambda: book_meeting.suggest_times(here.me, times, plan=plan, at=now)  # noqa: E731
        return _decided(request, act, reverse("meetings", args=[here.mentorship.ref]), _suggested(here))
    context = {"form": form, "zone_note": zone_note(here), "first": here.mentorship.met_at is None}
    return render(request, "meetings/suggest.html", page(here, current="meetings", **context))


@in_mentorship
def meetings_log(request: PersonRequest, here: Here) -> HttpResponse:
    """Let a member note a meeting that was never planned here."""
    now = clock.now()
    initial = {"minutes": here.mentorship.cohort.rules.meetings.minutes, "day": now.date()}
    form = forms.LogForm(sent(request), initial=initial, now=now)
    if form.is_valid():
        values, starts_at = form.cleaned_data, form.starts_at()
        plan = book_meeting.Plan(values["minutes"], Mode(values["mode"]))
        act = lambda: after_meeting.log_meeting(  # noqa: E731
            here.me, starts_at=starts_at, plan=plan, useful=values["useful"], at=now
        )
        return _decided(request, act, reverse("meetings", args=[here.mentorship.ref]))
    return render(request, "meetings/log.html", page(here, current="meetings", form=form))


@in_mentorship
def meeting(request: PersonRequest, here: Here, meeting_ref: str) -> HttpResponse:
    """Show one meeting: when, where, who comes, what it is about."""
    found = _meeting(here, meeting_ref)
    kept, stage, now = agenda_of(found), _stage(here, found), clock.now()
    context = {
        **summary(here, found, at=clock.now()),
        "agenda": kept.text if kept else suggested_agenda(stage),
        "kept": kept,
        "before": BEFORE_THE_FIRST if stage == Stage.FIRST else (),
        "open": found.state in OPEN,
        "over": bool(found.starts_at and found.ends_at <= now),
        "looking": bool(times_ahead(found, now)),
        "times_url": page_of(found, "meeting_times"),
        "zone_note": zone_note(here),
    }
    return render(request, "meetings/meeting.html", page(here, current="meetings", **context))


@in_mentorship
def meeting_times(request: PersonRequest, here: Here, meeting_ref: str) -> HttpResponse:
    """Let a member answer to the times of a meeting."""
    found = _meeting(here, meeting_ref)
    return _answer(request, here, found, page_of(found))


@by_member_link("meeting_answer")
def meeting_answer(request: HttpRequest, here: Here, ref: str) -> HttpResponse:
    """Let a member answer to the times of a meeting without signing in."""
    return _answer(request, here, _meeting(here, ref), request.path)


def _answer(request: HttpRequest, here: Here, found: Meeting, back: str) -> HttpResponse:
    now = clock.now()
    times = times_with_answers(here, found, now)
    form = _answer_form(request, here, found)
    if form.is_valid():
        return _decided(request, lambda: _say(here, found, form.cleaned_data), back, _("Thank you. Your answer is in."))
    context = {
        **summary(here, found, at=clock.now()),
        "here": here,
        "form": form,
        "zone_note": zone_note(here),
        "back": back,
    }
    context |= {"times": [{**each, "field": form[each["option"].ref]} for each in times]}
    context |= {"open": found.state in OPEN, "agreed": found.state == MeetingState.AGREED}
    return render(request, "meetings/answer.html", context)


def _answer_form(request: HttpRequest, here: Here, found: Meeting) -> forms.AnswerForm | forms.ComingForm:
    now, said, options = clock.now(), answers_by(here, found), times_ahead(found, clock.now())
    if found.state == MeetingState.AGREED and not options:
        return forms.ComingForm(sent(request), initial={"coming": said.get(None, "")}, now=now)
    by_option = {key: answer for key, answer in said.items() if key is not None}
    return forms.AnswerForm(sent(request), options=options, said=by_option, yes=request.GET.get("yes", ""), now=now)


def _say(here: Here, found: Meeting, values: dict[str, Any]) -> None:
    coming = Answer(values["coming"]) if "coming" in values else None
    book_meeting.answer(
        here.me, found, coming=coming, answers=values.get("answers", {}), times=values["chosen"], at=clock.now()
    )


@in_mentorship
def meeting_move(request: PersonRequest, here: Here, meeting_ref: str) -> HttpResponse:
    """Let a member suggest other times for a meeting; it stays as it is until all agree."""
    now, found = clock.now(), _meeting(here, meeting_ref)
    suggested = book_meeting.times_for(here.mentorship, number=SUGGESTED, at=now)
    form = forms.TimesForm(sent(request), suggested=suggested, now=now)
    if form.is_valid():
        times = form.cleaned_data["chosen"]
        act = lambda: book_meeting.suggest_times(here.me, times, meeting=found, at=now)  # noqa: E731
        return _decided(request, act, page_of(found), _suggested(here))
    context = {"form": form, "zone_note": zone_note(here), **summary(here, found, at=clock.now())}
    return render(request, "meetings/move.html", page(here, current="meetings", **context))


@in_mentorship
def meeting_where(request: PersonRequest, here: Here, meeting_ref: str) -> HttpResponse:
    """Let a member say where and how to meet."""
    found = _meeting(here, meeting_ref)
    form = forms.PlanForm(sent(request), initial=_plan_of(here, found))
    if form.is_valid():
        plan = form.plan()
        return _decided(request, lambda: book_meeting.change_plan(here.me, found, plan, at=clock.now()), page_of(found))
    context = {"form": form, **summary(here, found, at=clock.now())}
    return render(request, "meetings/where.html", page(here, current="meetings", **context))


@in_mentorship
def meeting_cancel(request: PersonRequest, here: Here, meeting_ref: str) -> HttpResponse:
    """Let a member call a meeting off, with a line to the others."""
    found = _meeting(here, meeting_ref)
    form = forms.CancelForm(sent(request))
    if form.is_valid():
        message = form.cleaned_data["message"]
        act = lambda: cancel_meeting(here.me, found, message=message, at=clock.now())  # noqa: E731
        return _decided(request, act, reverse("meetings", args=[here.mentorship.ref]))
    context = {"form": form, "open": found.state in OPEN, **summary(here, found, at=clock.now())}
    return render(request, "meetings/cancel.html", page(here, current="meetings", **context))


@in_mentorship
def meeting_agenda(request: PersonRequest, here: Here, meeting_ref: str) -> HttpResponse:
    """Let members write the agenda; of two who write at once the second sees both texts and loses nothing."""
    found = _meeting(here, meeting_ref)
    kept = agenda_of(found)
    initial = {
        "text": kept.text if kept else suggested_agenda(_stage(here, found)),
        "read": kept.version if kept else 0,
    }
    form, theirs = forms.AgendaForm(sent(request), initial=initial), None
    if form.is_valid():
        try:
            save_agenda(found, form.cleaned_data["text"], read=form.cleaned_data["read"], by=here.me, at=clock.now())
            messages.success(request, _("The agenda is saved."))
            return redirect(page_of(found))
        except ChangedMeanwhile:
            theirs = agenda_of(found)
            form = forms.AgendaForm(
                initial={"text": form.cleaned_data["text"], "read": theirs.version if theirs else 0}
            )
    context = {"form": form, "theirs": theirs, **summary(here, found, at=clock.now())}
    return render(request, "meetings/agenda.html", page(here, current="meetings", **context))


@in_mentorship
def meeting_how(request: PersonRequest, here: Here, meeting_ref: str) -> HttpResponse:
    """Let a member say how a meeting was."""
    found = _meeting(here, meeting_ref)
    return _how_it_was(request, here, found, page_of(found))


@by_member_link("meeting_after")
def meeting_after(request: HttpRequest, here: Here, ref: str) -> HttpResponse:
    """Let a member say without signing in how a meeting was; what they clicked is chosen already."""
    return _how_it_was(request, here, _meeting(here, ref), request.path)


def _how_it_was(request: HttpRequest, here: Here, found: Meeting, back: str) -> HttpResponse:
    mine = next((said for said in found.said.all() if said.member_id == here.me.pk), None)
    initial: dict[str, Any] = {"minutes": found.minutes, "happened": request.GET.get("happened", "")}
    initial["useful"] = request.GET.get("useful", "")
    if mine and not request.GET:
        initial = {"happened": "yes" if mine.happened else "no", "minutes": mine.minutes, "useful": mine.useful}
    form = forms.AfterForm(sent(request), initial=initial)
    if form.is_valid():
        values = form.cleaned_data
        happened, minutes = values["happened"] == "yes", values["minutes"] or found.minutes
        act = lambda: after_meeting.say_how_it_was(  # noqa: E731
            here.me, found, happened=happened, minutes=minutes, useful=values["useful"], at=clock.now()
        )
        return _decided(request, act, back, _("Thank you for saying how it was."))
    begun = bool(found.starts_at and found.starts_at <= clock.now()) and found.state in after_meeting.SAYABLE
    context = {
        **summary(here, found, at=clock.now()),
        "here": here,
        "form": form,
        "mine": mine,
        "begun": begun,
        "back": back,
    }
    return render(request, "meetings/how_it_was.html", context)


def _meeting(here: Here, ref: str) -> Meeting:
    """Return a meeting of the mentorship where the reader is, or answer as if it were not there."""
    found = meeting_in(here.mentorship, ref)
    if found is None:
        raise Http404
    return found


def _stage(here: Here, found: Meeting) -> Stage:
    held = figures_of([here.mentorship], at=clock.now())[here.mentorship.pk].held
    return stage_of(found, held_before=held - (found.state == MeetingState.HELD))


def _plan_of(here: Here, found: Meeting | None) -> dict[str, Any]:
    """Return what stands in a form about how and where, before anything is changed."""
    if found is None:
        return {"minutes": here.mentorship.cohort.rules.meetings.minutes, "mode": Mode.ONLINE.value}
    return {"minutes": found.minutes, "mode": found.mode, "place": found.place, "link": found.link}


def _suggested(here: Here) -> str:
    return _("Done. %(others)s will choose, and you get an email.") % {"others": here.others_in_words}


def _decided(request: HttpRequest, act: Callable[[], object], back: str, words: str = "") -> HttpResponse:
    """Do what was decided and show how it stands, also where somebody else was first."""
    try:
        act()
        messages.success(request, words or _("Done."))
    except (MoveNotAllowed, ChangedMeanwhile):
        messages.warning(request, _("This was settled before, perhaps by one of the others. Nothing was changed now."))
    except ValueError as refusal:
        messages.warning(request, str(refusal))
    return redirect(back)
