"""The mentors of the network who agreed to be found: what they can help with, and one question to each."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.finding.vocabulary import Kind, choices, label
from alongside.journeys import become_mentor as journey
from alongside.journeys.become_mentor import trainings_that_hold
from alongside.kernel import clock
from alongside.mentors.actions import CannotAsk
from alongside.mentors.models import Invitation, Profile
from alongside.mentors.queries import invitations_run_by, mentors_found_by
from alongside.mentors.states import How, InvitationState
from alongside.organisations.models import Organisation
from alongside.organisations.queries import organisations_coordinated_by
from alongside.places.regions import TILES
from alongside.programmes.availability import in_words
from alongside.web.shared.access import PersonRequest, coordinator, get_or_404
from alongside.web.shared.lists import page_links

A_PAGE = 20
LONGEST = 2000
HOWS = {
    How.EITHER: gettext_lazy("online or in person"),
    How.ONLINE: gettext_lazy("online"),
    How.IN_PERSON: gettext_lazy("in person"),
}
ANSWERS = {
    InvitationState.ASKED: (gettext_lazy("asked, no answer yet"), "care"),
    InvitationState.ACCEPTED: (gettext_lazy("said yes"), "well"),
    InvitationState.DECLINED: (gettext_lazy("not this time"), ""),
}


@coordinator
def found_mentors(request: PersonRequest) -> HttpResponse:
    """List the mentors who may be found, by topic and region, and those who were asked; and ask one."""
    wrong: dict[str, str] = {}
    if request.method == "POST":
        wrong = _ask(request)
        if not wrong:
            return redirect("found_mentors")
    asked = list(invitations_run_by(request.person))
    rows = mentors_found_by(request.person).exclude(pk__in=[each.profile_id for each in asked])
    topic, region = request.GET.get("topic", ""), request.GET.get("region", "")
    rows = rows.filter(region=region) if region in TILES else rows
    found = [each for each in rows if not topic or topic in each.topics]
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    mine = list(organisations_coordinated_by(request.person).order_by("name"))
    context = {
        "mentors": [{**_mentor(each), "wrong": wrong.get(each.ref, "")} for each in page],
        "asked": [_asked(each) for each in asked],
        "organisations": mine,
        "several": len(mine) > 1,
        "topics": choices("topics"),
        "regions": list(TILES),
        "topic": topic,
        "region": region,
        "words": request.POST.get("words", ""),
        **page_links(request, page),
    }
    return render(request, "found_mentors/found_mentors.html", context)


def _ask(request: PersonRequest) -> dict[str, str]:
    """Ask the mentor whom the form names; return what is wrong, by the mentor's ref."""
    profile: Profile = get_or_404(mentors_found_by(request.person), ref=request.POST.get("mentor", ""))
    words = request.POST.get("words", "").strip()
    if not words or len(words) > LONGEST:
        return {profile.ref: _("Write a sentence or two, at most 2,000 letters: what you do, and why you ask them.")}
    try:
        journey.invite(profile, _organisation(request, profile), words, by=request.person, at=clock.now())
    except CannotAsk as refusal:
        return {profile.ref: str(refusal)}
    messages.success(request, _("They are asked. You learn who they are if they say yes."))
    return {}


def _organisation(request: PersonRequest, profile: Profile) -> Organisation:
    """Return for which organisation somebody asks: the one that is named, or their only one in this network."""
    mine = organisations_coordinated_by(request.person).filter(network=profile.network_id).order_by("name")
    named = request.POST.get("organisation")
    return get_or_404(mine, ref=named) if named else mine[0]


def _mentor(profile: Profile) -> dict[str, Any]:
    """Return what a mentor agreed to show; no surname, no employer, no address."""
    lists: list[tuple[str, Kind, list[str]]] = [
        (_("Help with"), "topics", profile.topics),
        (_("Lines of work"), "sectors", profile.sectors),
        (_("Languages"), "languages", profile.languages),
    ]
    facts = [
        *((term, ", ".join(label(kind, each) for each in ids)) for term, kind, ids in lists),
        (_("How"), str(HOWS[How(profile.how)])),
        (_("When"), ", ".join(in_words(profile.availability))),
        (_("Trained"), "; ".join(_trainings(profile))),
    ]
    return {
        "ref": profile.ref,
        "name": profile.person.first_name if profile.person.name != profile.person.email else _("A mentor"),
        "line": ", ".join(filter(None, [profile.job_title, profile.region])),
        "facts": [{"term": term, "value": value} for term, value in facts if value],
    }


def _trainings(profile: Profile) -> list[str]:
    return [
        _("%(training)s (%(organisation)s), until %(until)s")
        % {
            "training": each.programme.name,
            "organisation": each.programme.organisation.name,
            "until": f"{each.valid_until:%-d %B %Y}",
        }
        for each in trainings_that_hold(profile.person, at=clock.now())
    ]


def _asked(invitation: Invitation) -> dict[str, Any]:
    """Return somebody who was asked; who they are only after their yes."""
    words, kind = ANSWERS[InvitationState(invitation.state)]
    person = invitation.profile.person
    return {
        "name": person.name if invitation.accepted else _("A mentor"),
        "email": person.email if invitation.accepted else "",
        "state": words,
        "kind": kind,
        "when": invitation.asked_at,
        "organisation": invitation.organisation.name,
    }
