from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.endings.queries import in_touch_with
from alongside.journeys.end_mentorship import leave_mentorship
from alongside.journeys.go_on import answer_going_on
from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.mentorships.states import Ending, GoingOn, MentorshipState
from alongside.programmes.models import Participant
from alongside.reports.take_with_you import everything_of
from alongside.web.participant.mentorship.choices import choices_of, draft_of
from alongside.web.participant.mentorship.forms import GoingOnForm, LeaveForm
from alongside.web.participant.mentorship.here import Here, by_member_link, in_mentorship
from alongside.web.participant.mentorship.meetings.progress import progress_of
from alongside.web.participant.mentorship.story import steps_in, story_of
from alongside.web.participant.mentorship.tabs import page
from alongside.web.shared.access import PersonRequest
from alongside.web.shared.downloads import handed_over
from alongside.web.shared.forms import sent


@in_mentorship
def mentorship(request: PersonRequest, here: Here) -> HttpResponse:
    """Show the story of a mentorship, the next step on top."""
    now = clock.now()
    steps = [step.shown(now=now) for step in steps_in([here], now=now)]
    events = story_of(here, now=now)
    context = {
        "next": steps[0] if steps else None,
        "steps": steps[1:],
        "events": events,
        "progress": progress_of(here, at=now).line,
        "in_touch": in_touch_with(here.me) if here.mentorship.ended_at else set(),
    }
    return render(request, "mentorship/story.html", page(here, current="mentorship", **context))


@by_member_link("going_on")
def going_on(request: HttpRequest, here: Here, ref: str) -> HttpResponse:
    """Let a member say without signing in whether they are happy to go on."""
    return _going_on(request, here)


@in_mentorship
def mentorship_going_on(request: PersonRequest, here: Here) -> HttpResponse:
    """Let a member say whether they are happy to go on."""
    return _going_on(request, here)


def _going_on(request: HttpRequest, here: Here) -> HttpResponse:
    form = GoingOnForm(sent(request), mentors=_of_several_kinds(here))
    if form.is_valid():
        answer, wish = GoingOn(form.cleaned_data["answer"]), form.cleaned_data["wish"]
        return _decided(
            request,
            request.path,
            lambda: answer_going_on(here.me, answer, wish=wish, not_with=form.parting, at=clock.now()),
        )
    asked = here.mentorship.state == MentorshipState.COOLING_OFF and not here.me.going_on
    kinds = bool(here.mentorship.cohort.rules.shape.kinds)
    return render(request, "mentorship/going_on.html", {"here": here, "form": form, "asked": asked, "kinds": kinds})


def _of_several_kinds(here: Here) -> list[Participant]:
    """Return the mentors of a mentee of whom each is of another kind."""
    mentors = [each.participant for each in here.others if each.is_mentor]
    return [] if here.me.is_mentor or not here.mentorship.cohort.rules.shape.kinds else mentors


@in_mentorship
def mentorship_ending(request: PersonRequest, here: Here) -> HttpResponse:
    """Let members rest, go on for longer, plan an ending, and say how it ended."""
    choices = list(choices_of(here, sent(request), at=clock.now()))
    chosen = next((choice for choice in choices if choice.form.is_bound), None)
    if chosen and chosen.form.is_valid():
        return _decided(request, "mentorship_ending", lambda: chosen.decide(at=clock.now()), here.mentorship.ref)
    form = chosen.form if chosen else None
    context = page(here, current="mentorship_ending", choices=choices, form=form)
    return render(request, "mentorship/choices.html", context)


@in_mentorship
def take_everything(request: PersonRequest, here: Here) -> HttpResponse:
    """Hand a member all they may read, in one file to keep."""
    now = clock.now()
    made = everything_of(here.me, here.members, story=story_of(here, now=now), at=now)
    return handed_over(made, name="our-mentorship.zip", kind="application/zip")


@in_mentorship
def mentorship_leave(request: PersonRequest, here: Here) -> HttpResponse:
    """Let a member leave, with a kind message drafted for them."""
    form = LeaveForm(sent(request), draft=draft_of(here))
    if form.is_valid():
        ending, words = Ending(form.cleaned_data["ending"]), form.cleaned_data["message"]
        return _decided(
            request,
            "participant_home",
            lambda: leave_mentorship(here.me, ending=ending, message=words, at=clock.now()),
        )
    return render(request, "mentorship/leave.html", page(here, current="mentorship_ending", form=form))


def _decided(request: HttpRequest, to: str, decide: Callable[[], object], *args: str) -> HttpResponse:
    """Do what was decided and show how it stands, also where somebody else was first."""
    try:
        decide()
        messages.success(request, _("Done."))
    except (MoveNotAllowed, ChangedMeanwhile):
        messages.warning(request, _("This was settled before, perhaps by one of the others. Nothing was changed now."))
    except ValueError as refusal:
        messages.warning(request, str(refusal))
    return redirect(to, *args)
