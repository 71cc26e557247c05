from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside import engine
from alongside.groups.models import Group
from alongside.groups.queries import groups_run_by
from alongside.groups.states import GroupState
from alongside.journeys.ask_group import CannotBeTogether, ask_group, make_group, put_in
from alongside.journeys.group_fits import coverage, free_in, suggest_mentors, suggest_peers
from alongside.kernel import clock
from alongside.programmes.models import Cohort
from alongside.programmes.queries import cohorts_run_by
from alongside.web.coordinator.groups import pages
from alongside.web.coordinator.groups.forms import GroupForm, NameForm, WhoForm, name_of
from alongside.web.coordinator.programmes.tabs import cohort_tabs
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.forms import sent
from alongside.web.shared.words import plain_words

IN_HAND = [GroupState.FORMING.value, GroupState.ASKING.value]


@coordinator
def groups(request: PersonRequest, ref: str) -> HttpResponse:
    """Show the groups of a cohort and who is in none yet; make one by name."""
    cohort = _cohort(request, ref)
    if cohort.rules.shape.of == "pair":
        return redirect("board", ref)
    free, of_peers = free_in(cohort), cohort.rules.shape.of == "peers"
    form = GroupForm(sent(request), free=free, of_peers=of_peers)
    if form.is_valid():
        with plain_words(request):
            made = make_group(cohort, form.chosen, name=form.title, by=request.person, at=clock.now())
            messages.success(request, _("Put together. Nobody has been asked yet."))
            return redirect("group", made.ref)
    rows = list(groups_run_by(request.person).filter(cohort=cohort).exclude(state=GroupState.DISSOLVED))
    context = {
        "cohort": cohort,
        "tabs": cohort_tabs(request, cohort),
        "lead": pages.lead(cohort, free),
        "of_peers": of_peers,
        "form": form,
        "free": free,
        "can_suggest": of_peers and len(free.mentees) > 1,
        "in_hand": [pages.row(each) for each in rows if each.state in IN_HAND],
        "begun": [pages.row(each) for each in rows if each.state == GroupState.BEGUN],
    }
    return render(request, "groups/groups.html", context)


@coordinator
def groups_suggest(request: PersonRequest, ref: str) -> HttpResponse:
    """Show who would mentor each other; make groups of those that are ticked."""
    cohort = _cohort(request, ref)
    if cohort.rules.shape.of != "peers":
        return redirect("groups", ref)
    if request.method == "POST":
        with plain_words(request):
            number = _make_suggested(request, cohort)
            said = ngettext("One group is put together.", "%(n)d groups are put together.", number) % {"n": number}
            messages.success(request, f"{said} {_('Nobody has been asked yet.')}")
        return redirect("groups", ref)
    try:
        found = suggest_peers(cohort)
    except engine.ProblemError as refusal:
        messages.error(request, str(refusal))
        return redirect("groups", ref)
    left = [each.person.name for each in found.left]
    context = {"cohort": cohort, "together": pages.suggested(found.together), "left": left, "proven": found.proven}
    return render(request, "groups/suggest.html", context)


@transaction.atomic
def _make_suggested(request: PersonRequest, cohort: Cohort) -> int:
    """Make the groups that are ticked, all or none.

    :raises CannotBeTogether: if nothing is ticked, or somebody is in a group by now.
    """
    ticked = request.POST.getlist("together")
    if not ticked:
        raise CannotBeTogether(_("Tick the groups you want."))
    free = free_in(cohort)
    for value in ticked:
        people = [free.participant(ref) for ref in value.split(",")]
        there = [each for each in people if each]
        if len(there) != len(people):
            raise CannotBeTogether(_("Somebody is in a group or a mentorship by now. Look at the suggestions again."))
        make_group(cohort, there, name=name_of(there), by=request.person, at=clock.now())
    return len(ticked)


@coordinator
def group(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one group: who is in it, how they stand, what can be done."""
    return group_shown(request, found(request, ref))


def group_shown(request: PersonRequest, row: Group, form: WhoForm | None = None) -> HttpResponse:
    """Show one group; with a form that was filled in wrongly, where there is one."""
    free = free_in(row.cohort)
    context = {
        **pages.group_page(row, free, at=clock.now()),
        "form": form or (WhoForm(free=free) if row.in_hand and (free.mentees or free.mentors) else None),
        "naming": NameForm(initial={"name": row.name}),
        "mentorship_url": reverse("looking_after", args=[row.mentorship]) if row.mentorship else "",
    }
    return render(request, "groups/group.html", context)


@coordinator
def group_mentors(request: PersonRequest, ref: str) -> HttpResponse:
    """Show which mentors would fit a group; put those that are ticked into it."""
    row = found(request, ref)
    if row.of_peers or not row.in_hand:
        return redirect("group", ref)
    if request.method == "POST":
        with plain_words(request), transaction.atomic():
            free = {each.ref: each for each in free_in(row.cohort).mentors}
            for value in request.POST.getlist("mentor"):
                if value not in free:
                    raise CannotBeTogether(_("One of them has no free place any more. Look at the suggestion again."))
                put_in(row, free[value], by=request.person, at=clock.now())
        return redirect("group", ref)
    try:
        mentors = suggest_mentors(row)
    except engine.ProblemError as refusal:
        messages.error(request, str(refusal))
        return redirect("group", ref)
    team = pages.coverage_facts(coverage(row, also=mentors))
    context = {"group": row, "cohort": row.cohort, "mentors": mentors, "coverage": team}
    return render(request, "groups/mentors.html", context)


@coordinator
def group_ask(request: PersonRequest, ref: str) -> HttpResponse:
    """Show every letter that goes out, then send them."""
    row = found(request, ref)
    if request.method == "POST":
        with plain_words(request):
            asked = len(ask_group(row, by=request.person, at=clock.now()))
            said = ngettext("One person has been asked by email.", "%(n)d people have been asked by email.", asked)
            messages.success(request, said % {"n": asked})
        return redirect("group", ref)
    if not row.in_hand:
        return redirect("group", ref)
    try:
        letters = pages.preview(row, at=clock.now())
    except CannotBeTogether as refusal:
        messages.warning(request, str(refusal))
        return redirect("group", ref)
    context = {"group": row, "cohort": row.cohort, "letters": letters, "choice": row.cohort.rules.choice}
    return render(request, "groups/ask.html", context)


def found(request: PersonRequest, ref: str) -> Group:
    """Return a group that this coordinator runs, or answer as if it were not there."""
    return get_or_404(groups_run_by(request.person), ref=ref)


def _cohort(request: PersonRequest, ref: str) -> Cohort:
    return get_or_404(cohorts_run_by(request.person), ref=ref)
