from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.exercises.actions import share_filling
from alongside.exercises.models import Exercise
from alongside.exercises.queries import asked, exercises_in, filling_of, fillings_shown_to, offered_to
from alongside.journeys.fill_in import begin_exercise, fill_in
from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.questionnaires.speaking import for_reader
from alongside.web.participant.mentorship.exercises.pages import comparison, listed
from alongside.web.participant.mentorship.here import Here, in_mentorship
from alongside.web.participant.mentorship.tabs import page
from alongside.web.shared.access import PersonRequest, get_or_404
from alongside.web.shared.forms import sent
from alongside.web.shared.questionnaires.forms import AnswerForm

CURRENT = "mentorship_exercises"


@in_mentorship
def exercises(request: PersonRequest, here: Here) -> HttpResponse:
    """Show the exercises that were begun, and those that can be."""
    offered = offered_to(here.me)
    if request.method == "POST":
        chosen = next((each for each in offered if each.id == request.POST.get("questionnaire")), None)
        if chosen is None:
            raise Http404
        begun = begin_exercise(chosen, by=here.me, at=clock.now())
        return redirect("exercise", here.mentorship.ref, begun.ref)
    begun_here = [row for each in exercises_in([here.mentorship]) if (row := listed(each, here))]
    context = page(here, current=CURRENT, exercises=begun_here, offered=[for_reader(each) for each in offered])
    return render(request, "exercises/exercises.html", context)


@in_mentorship
def exercise(request: PersonRequest, here: Here, exercise_ref: str) -> HttpResponse:
    """Let a member answer, or show what there is to compare."""
    found: Exercise = get_or_404(exercises_in([here.mentorship]), ref=exercise_ref)
    own = filling_of(found, here.me)
    if own and own.done_at:
        return _compared(request, here, found)
    if here.me.pk not in {member.pk for member in asked(found, here.members)}:
        if not fillings_shown_to(here.me, found, here.members):
            raise Http404
        return _compared(request, here, found)
    return _fill_in(request, here, found)


@in_mentorship
def share(request: PersonRequest, here: Here, exercise_ref: str) -> HttpResponse:
    """Show what one answered alone to the others, or take that back."""
    found: Exercise = get_or_404(exercises_in([here.mentorship]), ref=exercise_ref)
    own = filling_of(found, here.me)
    if own is None:
        raise Http404
    if request.method == "POST":
        share_filling(own, shared=request.POST.get("shared") == "yes", at=clock.now())
    return redirect("exercise", here.mentorship.ref, found.ref)


def _fill_in(request: PersonRequest, here: Here, found: Exercise) -> HttpResponse:
    own = filling_of(found, here.me)
    answers, version = (own.answers, own.version) if own else ({}, 0)
    definition = for_reader(found.definition)
    form = AnswerForm(sent(request), definition=definition, answers=answers, version=version)
    older = False
    if form.is_bound:
        form.full_clean()
        answered, wants = form.together, request.POST.get("do") == "done"
        stays = bool(form.misfits) or (
            wants and form.leave_open(_("Answer “%(question)s”. What you chose so far is saved."))
        )
        done = wants and not stays
        try:
            fill_in(found, answered, by=here.me, version=form.read_version, done=done, at=clock.now())
        except ChangedMeanwhile:
            older = True
            form.as_version(version)
        except ValueError as refusal:
            messages.warning(request, str(refusal))
            return redirect("exercise", here.mentorship.ref, found.ref)
        else:
            if not stays:
                if not done:
                    messages.success(request, _("Saved. Come back whenever you like."))
                return redirect("exercise", here.mentorship.ref, found.ref)
            form.as_version(form.read_version + 1)
    shown = {"exercise": found, "definition": definition, "form": form, "blocks": list(form.blocks()), "older": older}
    context = page(here, current=CURRENT, **shown)
    return render(request, "exercises/fill_in.html", context, status=409 if older else 200)


def _compared(request: PersonRequest, here: Here, found: Exercise) -> HttpResponse:
    shown = {
        "exercise": found,
        "definition": for_reader(found.definition),
        "own": filling_of(found, here.me),
        **comparison(found, here),
    }
    return render(request, "exercises/compared.html", page(here, current=CURRENT, **shown))
