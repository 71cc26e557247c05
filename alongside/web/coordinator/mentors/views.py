"""The mentors of the network who agreed to be found: what they can help with, and one question to each."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.finding.vocabulary import Kind, choices, label
from alongside.journeys import become_mentor as journey
from alongside.journeys.become_mentor import trainings_shown
from alongside.kernel import clock
from alongside.mentors.actions import CannotAsk
from alongside.mentors.models import Invitation, Profile
from alongside.mentors.queries import invitations_run_by, mentors_found_by
from alongside.mentors.states import How, InvitationState
from alongside.organisations.models import Organisation
from alongside.organisations.queries import organisations_coordinated_by
from alongside.places.regions import TILES
from alongside.placing.models import Volunteer
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


class WordsForm(forms.Form):
    """What an organisation writes to a mentor whom it found."""

    words = forms.CharField(
        label=gettext_lazy("What you do, and why you ask them"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Write a sentence or two: what you do, and why you ask them.")},
    )
    organisation = forms.ChoiceField(label=gettext_lazy("Which of your organisations asks"))

    def __init__(self, data: Any = None, *, organisations: Sequence[Organisation], **more: Any) -> None:
        super().__init__(data, **more)
        fields: Any = self.fields
        fields["organisation"].choices = [(each.ref, each.name) for each in organisations]
        if len(organisations) < 2:
            del self.fields["organisation"]


class FilterForm(forms.Form):
    """Which mentors are shown."""

    topic = forms.ChoiceField(label=gettext_lazy("Help with"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["topic"].choices = [("", _("Anything")), *choices("topics")]
        fields["region"].choices = [("", _("Anywhere")), *((each, each) for each in TILES)]


@coordinator
def found_mentors(request: PersonRequest) -> HttpResponse:
    """List the mentors who may be found, by topic and region, and those who were asked; and ask one."""
    wrong: dict[str, WordsForm] = {}
    if request.method == "POST":
        wrong = _ask(request)
        if not wrong:
            return redirect("found_mentors")
    asked = list(invitations_run_by(request.person))
    rows = mentors_found_by(request.person).exclude(pk__in=[each.profile_id for each in asked])
    wanted = FilterForm(request.GET)
    wanted.is_valid()
    topic, region = wanted.cleaned_data.get("topic"), wanted.cleaned_data.get("region")
    rows = rows.filter(region=region) if region else rows
    found = [each for each in rows if not topic or topic in each.topics]
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    trained = trainings_shown([each.person_id for each in page], at=clock.now())
    mine = list(organisations_coordinated_by(request.person).order_by("name"))
    context = {
        "mentors": [_with_form(_mentor(each, trained.get(each.person_id, [])), each, wrong, mine) for each in page],
        "asked": [_asked(each) for each in asked],
        "filter": wanted,
        **page_links(request, page),
    }
    return render(request, "found_mentors/found_mentors.html", context)


def _with_form(
    shown: dict[str, Any], profile: Profile, wrong: dict[str, WordsForm], mine: Sequence[Organisation]
) -> dict[str, Any]:
    form = wrong.get(profile.ref)
    return {**shown, "form": form or _form(profile, mine), "wrong": form is not None}


def _form(profile: Profile, mine: Sequence[Organisation], data: Any = None) -> WordsForm:
    there = [each for each in mine if each.network_id == profile.network_id]
    return WordsForm(data, organisations=there, auto_id=f"{profile.ref}_%s")


def _ask(request: PersonRequest) -> dict[str, WordsForm]:
    """Ask the mentor whom the form names; return the form where something is wrong, by the mentor's ref."""
    profile: Profile = get_or_404(mentors_found_by(request.person), ref=request.POST.get("mentor", ""))
    form = _form(profile, list(organisations_coordinated_by(request.person)), request.POST)
    if not form.is_valid():
        return {profile.ref: form}
    words, owner = form.cleaned_data["words"], _organisation(request, profile)
    try:
        journey.invite(profile, owner, words, by=request.person, at=clock.now())
    except CannotAsk as refusal:
        form.add_error("words", str(refusal))
        return {profile.ref: form}
    messages.success(request, _("They are asked. You learn who they are if they say yes."))
    return {}


def _organisation(request: PersonRequest, profile: Profile) -> Organisation:
    """Return for which organisation somebody asks: the one that is named, or their only one in this network."""
    mine = organisations_coordinated_by(request.person).filter(network=profile.network_id).order_by("name")
    named = request.POST.get("organisation")
    return get_or_404(mine, ref=named) if named else mine[0]


def _mentor(profile: Profile, trainings: list[Volunteer]) -> dict[str, Any]:
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
        (_("Trained"), "; ".join(map(_training, trainings))),
    ]
    return {
        "ref": profile.ref,
        "name": profile.person.first_name if profile.person.name != profile.person.email else _("A mentor"),
        "line": ", ".join(filter(None, [profile.job_title, profile.region])),
        "facts": [{"term": term, "value": value} for term, value in facts if value],
    }


def _training(volunteer: Volunteer) -> str:
    words = {
        "training": volunteer.programme.name,
        "organisation": volunteer.programme.organisation.name,
        "until": date_format(volunteer.valid_until, "j F Y"),
    }
    return _("%(training)s (%(organisation)s), until %(until)s") % words


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
