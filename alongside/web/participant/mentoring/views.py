"""A mentor's own pages in the network: one profile, where to offer help, and what they are asked."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.directory.queries import networks_with_listings
from alongside.enquiries.actions import TooMany
from alongside.journeys import become_mentor as journey
from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.mentors.models import Profile
from alongside.mentors.queries import approaches_of, invitations_to, profile_of
from alongside.organisations.models import Network
from alongside.web.participant.mentoring import pages
from alongside.web.participant.mentoring.forms import ProfileForm, network_of
from alongside.web.participant.profile.week import week_of
from alongside.web.shared.access import PersonRequest, get_or_404, signed_in
from alongside.web.shared.forms import sent
from alongside.web.shared.mentors.offers import chosen_among


@signed_in
def my_mentor_profile(request: PersonRequest) -> HttpResponse:
    """Let somebody write their one profile as a mentor, once; what was chosen on the way stands in it."""
    person, at = request.person, clock.now()
    profile = profile_of(person)
    form = ProfileForm(sent(request), person=person, profile=profile, told=request.GET)
    if form.is_valid():
        network = profile.network if profile else network_of(request.GET, _networks())
        said = form.cleaned_data
        told = {"name": said["name"], "capacity": said["capacity"], "shown": said["shown"]}
        journey.write_profile(person, network, form.said, **told, at=at)
        if profile is None:
            messages.success(request, _("Your profile is saved. Now tick where you would help."))
            return redirect("offer_help")
        messages.success(request, _("Saved. Programmes that have your profile keep what they have until you say so."))
        return redirect("my_mentor_profile")
    page = {
        "form": form,
        "profile": profile,
        "week": week_of(form["availability"].value()),
        "places": pages.places_of(person) if profile else None,
        "trainings": pages.trainings_of(person, at=at),
    }
    return render(request, "mentoring/profile.html", page)


@signed_in
def offer_help(request: PersonRequest) -> HttpResponse:
    """Let a mentor tick where they would help: nothing is typed again."""
    profile, at = _profile(request), clock.now()
    problem = ""
    ticked = request.POST.getlist("to")
    if request.method == "POST":
        chosen = chosen_among(profile.network, ticked)
        try:
            if not chosen:
                raise journey.NothingToSay(_("Tick at least one."))
            made = journey.offer_help(profile, chosen, at=at)
        except (journey.NothingToSay, TooMany) as refusal:
            problem = str(refusal)
        else:
            begun = any(each.application_id for each in made)
            messages.success(request, _("Done. Below you see how it stands in each place."))
            if begun:
                messages.info(request, _("An application is begun: look it over, add what is missing, and send it."))
            return redirect(reverse("participant_home") + "#as-a-mentor")
    page = {
        "profile": profile,
        "facts": pages.facts_of(profile),
        "trainings": pages.trainings_of(request.person, at=at),
        "problem": problem,
        "ticked": ticked,
        **pages.offers_for(profile, at=at),
    }
    return render(request, "mentoring/offer_help.html", page)


@require_POST
@signed_in
def update_there(request: PersonRequest, ref: str) -> HttpResponse:
    """Send one place what the profile says now."""
    approach = get_or_404(approaches_of(request.person), ref=ref)
    try:
        journey.update_there(approach, at=clock.now())
        messages.success(request, _("%(name)s has your profile as it is now.") % {"name": approach.name})
    except (journey.NothingToSay, MoveNotAllowed, ChangedMeanwhile, ValueError) as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("participant_home") + "#as-a-mentor")


@signed_in
def delete_mentor_profile(request: PersonRequest) -> HttpResponse:
    """Delete the profile with one click, after saying what stays."""
    profile = _profile(request)
    if request.method == "POST":
        journey.delete_profile(request.person)
        messages.success(request, _("Your profile is deleted. What you sent stays where it is, by its own rules."))
        return redirect("participant_home")
    return render(request, "mentoring/delete.html", {"profile": profile})


@signed_in
def my_invitation(request: PersonRequest, ref: str) -> HttpResponse:
    """Let a mentor say yes or no to an organisation that found them."""
    invitation = get_or_404(invitations_to(request.person), ref=ref)
    move = {"yes": "accept", "no": "decline"}.get(request.POST.get("answer", ""))
    if request.method == "POST" and move:
        try:
            journey.answer_invitation(invitation, move, at=clock.now())
        except MoveNotAllowed as refusal:
            messages.error(request, str(refusal))
        return redirect("my_invitation", ref)
    return render(request, "mentoring/invitation.html", {"invitation": invitation})


def _profile(request: PersonRequest) -> Profile:
    profile = profile_of(request.person)
    if profile is None:
        raise Http404
    return profile


def _networks() -> list[Network]:
    networks = list(networks_with_listings()) or list(Network.objects.order_by("name"))
    if not networks:
        raise Http404
    return networks
