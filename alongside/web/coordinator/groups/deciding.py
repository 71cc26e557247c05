"""What a coordinator does with one group: who is in it, what it is called, whether it begins or is given up."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.groups.actions import rename_group
from alongside.groups.queries import asks_run_by
from alongside.journeys import ask_group as journey
from alongside.journeys.group_fits import free_in
from alongside.kernel import clock
from alongside.web.coordinator.groups.forms import NameForm, WhoForm
from alongside.web.coordinator.groups.views import found, group_shown
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.words import plain_words


@require_POST
@coordinator
def group_put_in(request: PersonRequest, ref: str) -> HttpResponse:
    """Put somebody into a group."""
    row = found(request, ref)
    form = WhoForm(request.POST, free=free_in(row.cohort))
    if not form.is_valid() or form.chosen is None:
        return group_shown(request, row, form)
    with plain_words(request):
        journey.put_in(row, form.chosen, by=request.person, at=clock.now())
        messages.success(request, _("%(name)s is in it.") % {"name": form.chosen.person.name})
    return redirect("group", ref)


@require_POST
@coordinator
def group_take_out(request: PersonRequest, ref: str) -> HttpResponse:
    """Take somebody out of a group."""
    row = found(request, ref)
    for place in row.places.filter(participant__ref=request.POST.get("participant", "")):
        with plain_words(request):
            journey.take_out(row, place.participant, by=request.person, at=clock.now())
            messages.success(request, _("%(name)s is not in it any more.") % {"name": place.participant.person.name})
    return redirect("group", ref)


@require_POST
@coordinator
def group_name(request: PersonRequest, ref: str) -> HttpResponse:
    """Call a group otherwise."""
    row = found(request, ref)
    form = NameForm(request.POST)
    if form.is_valid():
        rename_group(row, name=form.cleaned_data["name"], by=request.person, at=clock.now())
    else:
        messages.error(request, _("Give the group a name, so that people know which it is."))
    return redirect("group", ref)


@require_POST
@coordinator
def group_begin(request: PersonRequest, ref: str) -> HttpResponse:
    """Begin with those who said yes."""
    row, next_page = found(request, ref), reverse("group", args=[ref])
    with plain_words(request):
        mentorship = journey.begin_with_yes(row, by=request.person, at=clock.now())
        messages.success(request, _("They are introduced to each other by email, with a first meeting as a proposal."))
        next_page = reverse("looking_after", args=[mentorship.ref])
    return redirect(next_page)


@require_POST
@coordinator
def group_give_up(request: PersonRequest, ref: str) -> HttpResponse:
    """Give a group up; everybody in it is free again."""
    row, next_page = found(request, ref), reverse("group", args=[ref])
    with plain_words(request):
        journey.give_up(row, by=request.person, at=clock.now())
        messages.success(request, _("Given up. Everybody in it can be in another group."))
        next_page = reverse("groups", args=[row.cohort.ref])
    return redirect(next_page)


@require_POST
@coordinator
def ask_again(request: PersonRequest, ref: str) -> HttpResponse:
    """Ask somebody again who did not answer in time."""
    ask = get_or_404(asks_run_by(request.person), ref=ref)
    with plain_words(request):
        journey.ask_again(ask, by=request.person, at=clock.now())
        messages.success(request, _("%(name)s has been asked again.") % {"name": ask.participant.person.name})
    return redirect("group", ask.group.ref)
