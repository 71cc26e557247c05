"""One mentorship as a coordinator looks after it: what she may know, and what she may do."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.agreements import queries as agreements
from alongside.endings.queries import achievements_shared
from alongside.evaluation import actions as evaluation
from alongside.evaluation.queries import calls_wanted, pulses_run_by, told_of
from alongside.journeys import add_member as joining
from alongside.journeys.after_meeting import day_they_met, note_first_meeting
from alongside.journeys.end_mentorship import end_for_all
from alongside.kernel import clock
from alongside.meetings.queries import meetings_of
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import mentorships_run_by
from alongside.mentorships.states import Ending, MentorshipState
from alongside.people.models import Person
from alongside.plans import queries as plans
from alongside.programmes.actions import update_participant
from alongside.programmes.models import Participant
from alongside.programmes.queries import coordinators_running
from alongside.reports.mentorships_board import Watched, board_of
from alongside.web.coordinator.mentorships import words
from alongside.web.coordinator.mentorships.forms import ContactForm, EndForm, JoinForm, MetForm
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.forms import sent
from alongside.web.shared.words import plain_words

S = MentorshipState


@coordinator
def looking_after(request: PersonRequest, ref: str) -> HttpResponse:
    """Show what a coordinator may know of a mentorship, and what can be done for it."""
    return _page(request, _found(request, ref))


@require_POST
@coordinator
def note_met(request: PersonRequest, ref: str) -> HttpResponse:
    """Note that they have met, and on which day."""
    found = _found(request, ref)
    form = MetForm(request.POST, day=None, today=timezone.localdate(clock.now()))
    if not form.is_valid():
        return _page(request, found, met=form)
    with plain_words(request):
        note_first_meeting(found, on=form.cleaned_data["on"], by=request.person, at=clock.now())
        messages.success(request, _("Noted: they have met."))
    return redirect("looking_after", ref)


@require_POST
@coordinator
def change_contact(request: PersonRequest, ref: str) -> HttpResponse:
    """Name the key contact of one of its participants."""
    found = _found(request, ref)
    members = Member.objects.filter(mentorship=found, participant__ref=request.POST.get("participant", ""))
    for member in members.select_related("participant__person", "participant__key_contact"):
        _change_contact(request, found, member.participant)
    return redirect("looking_after", ref)


def _change_contact(request: PersonRequest, found: Mentorship, participant: Participant) -> None:
    form = ContactForm(request.POST, people=coordinators_running(found.programme), participant=participant)
    if form.is_valid():
        contact: Person | None = form.cleaned_data["contact"]
        update_participant(participant, by=request.person, at=clock.now(), key_contact=contact)
        messages.success(request, _("Saved."))
    else:
        messages.warning(request, _("Choose somebody who runs this programme."))


@require_POST
@coordinator
def add_member(request: PersonRequest, ref: str) -> HttpResponse:
    """Let a second mentor or mentee join."""
    found = _found(request, ref)
    form = JoinForm(request.POST, people=joining.who_may_join(found))
    if form.is_valid():
        who: Participant = form.cleaned_data["participant"]
        with plain_words(request):
            joining.add_member(found, who, by=request.person, at=clock.now())
            said = _("%(name)s joins them. Everybody is told by email.") % {"name": who.person.name}
            messages.success(request, said)
        return redirect("looking_after", ref)
    return _page(request, found, form=form)


@coordinator
def end_for_them(request: PersonRequest, ref: str) -> HttpResponse:
    """End a mentorship for those in it, once the coordinator has typed whose it is."""
    found = _found(request, ref)
    watched = _watched(request, found)
    form = EndForm(sent(request), name=_whose(watched))
    if form.is_valid():
        with plain_words(request):
            end_for_all(found, ending=Ending(form.cleaned_data["ending"]), by=request.person, at=clock.now())
            messages.success(request, _("It has ended, and each of them is told what comes next."))
        return redirect("looking_after", ref)
    return render(request, "watching/end.html", {"mentorship": found, "watched": watched, "form": form})


@require_POST
@coordinator
def note_call(request: PersonRequest, ref: str) -> HttpResponse:
    """Note that somebody who wanted a call was called."""
    wanted = calls_wanted(request.person).filter(mentorship=_found(request, ref))
    for pulse in wanted.filter(ref=request.POST.get("pulse", "")):
        evaluation.note_call(pulse, by=request.person, at=clock.now())
        messages.success(request, _("Noted: you have talked."))
    return redirect("looking_after", ref)


def _found(request: PersonRequest, ref: str) -> Mentorship:
    rows = mentorships_run_by(request.person).select_related("programme__organisation", "cohort")
    return get_or_404(rows, ref=ref)


def _watched(request: PersonRequest, found: Mentorship) -> Watched:
    (watched,) = board_of(mentorships_run_by(request.person).filter(pk=found.pk), at=clock.now())
    return watched


def _whose(watched: Watched) -> str:
    """The name to type: the first mentee's, or whoever is left."""
    return watched.members[0].participant.person.name if watched.members else "end"


def _page(
    request: PersonRequest, found: Mentorship, form: JoinForm | None = None, met: MetForm | None = None
) -> HttpResponse:
    at, watched = clock.now(), _watched(request, found)
    people = coordinators_running(found.programme)
    members = list(
        Member.objects.filter(mentorship=found).select_related(
            "participant__person", "participant__key_contact", "participant__cohort"
        )
    )
    names = {member.participant.ref: member.participant.person.name for member in members}
    members.sort(key=lambda member: (member.is_mentor, member.pk))
    for member in members:
        member.mentorship = found
    running = found.state != S.ENDED
    context = {
        "mentorship": found,
        "watched": watched,
        "stage": words.stage_in_words(watched, at),
        "alerts": words.alerts_in_words(watched),
        "stages": [*_stages(found, days=watched.shows_days), *_figures(found)],
        "meetings": meetings_of([found]).exclude(starts_at=None) if watched.shows_days else [],
        "shows_days": watched.shows_days,
        "held": words.meetings_in_words(watched),
        "people": [_member(member, people, names) for member in members],
        "pulses": pulses_run_by(request.person).filter(mentorship=found, answered_at__isnull=False).order_by("-due_on"),
        "told": told_of(found),
        "achieved": achievements_shared([found]),
        "met": met or _met_form(found, at),
        "running": running,
        "form": form or (JoinForm(people=joining.who_may_join(found)) if running else None),
    }
    return render(request, "watching/one.html", context)


def _met_form(found: Mentorship, at: datetime) -> MetForm | None:
    """Ask on which day they met, where that is still to be noted."""
    if found.state not in {S.INTRODUCED, S.BOOKED}:
        return None
    return MetForm(day=day_they_met(found, at=at), today=timezone.localdate(at))


def _member(member: Member, people: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """Return one member with what they told the coordinators."""
    said = [(_("After the cooling-off"), member.get_going_on_display() if member.going_on else "")]
    said += [
        (_("Would rather not go on with"), ", ".join(names[ref] for ref in member.not_with if ref in names)),
        (_("Would suit better"), member.wish),
        (_("Why it ends, for them"), words.ENDED.get(member.said_ending, "")),
    ]
    return {
        "row": member,
        "kind": member.participant.kind_title,
        "form": ContactForm(people=people, participant=member.participant),
        "said": [{"term": term, "value": value} for term, value in said if value],
        "asked": bool(member.asked_at and not member.going_on),
    }


def _figures(found: Mentorship) -> Iterator[dict[str, Any]]:
    """How many objectives they set and reached, and which agreement is in force: never what these say."""
    objectives = plans.figures_of([found]).get(found.pk)
    if objectives:
        words_of = {"n": objectives.total, "met": objectives.met}
        yield {"term": _("Objectives"), "value": _("%(n)d, of which %(met)d reached") % words_of}
    agreement = agreements.figures_of([found]).get(found.pk)
    if agreement:
        signed = {"version": agreement.version, "day": words.day(agreement.signed_at)}
        yield {"term": _("Agreement"), "value": _("version %(version)d, signed by all on %(day)s") % signed}


def _stages(found: Mentorship, *, days: bool) -> Iterator[dict[str, Any]]:
    """The stages it went through, with their days.

    :param days: that the programme shows coordinators when they meet.
    """
    passed = [
        (_("Introduced"), found.introduced_at),
        (_("First met"), found.met_at if days else None),
        (_("Went on"), found.going_on_at),
        (_("Agreed"), found.agreed_at),
        (_("Rests"), found.paused_at),
        (_("Ended"), found.ended_at),
    ]
    for term, moment in passed:
        if moment:
            yield {"term": term, "value": words.day(moment)}
    planned = found.ending_on or found.planned_end_on
    if planned and not found.ended_at:
        yield {"term": _("Planned end"), "value": f"{planned:%-d %b %Y}"}
    if found.ended_at:
        yield {"term": _("Why it ended"), "value": words.ENDED[found.ending or Ending.NOT_SAID]}
