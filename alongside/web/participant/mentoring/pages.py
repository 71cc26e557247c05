"""What a mentor in a network reads: where they offered help and how it stands, their places, their training."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.enquiries.enquiry_links import follow_token
from alongside.enquiries.models import Enquiry
from alongside.enquiries.queries import enquiries_of_threads
from alongside.enquiries.states import EnquiryState
from alongside.finding.vocabulary import Kind, label
from alongside.journeys.become_mentor import can_update, doors_of, open_applications_of, trainings_that_hold
from alongside.journeys.places import free_places
from alongside.mentors.models import Approach, Invitation, Profile
from alongside.mentors.queries import approaches_of, invitations_to, profile_of, waiting
from alongside.mentorships.queries import running_as_mentor, running_counts
from alongside.people.models import Person
from alongside.placing.models import Volunteer
from alongside.programmes.models import Participant
from alongside.programmes.queries import participations_of
from alongside.programmes.states import Side
from alongside.web.participant.applying.pages import STATE
from alongside.web.shared.mentors.offers import Wanting, need_of, wanted_shown, wanting
from alongside.web.shared.times import day

ENQUIRY = {
    EnquiryState.UNCONFIRMED: (gettext_lazy("on its way"), ""),
    EnquiryState.HELD: (gettext_lazy("on its way"), ""),
    EnquiryState.WAITING: (gettext_lazy("sent, not answered yet"), ""),
    EnquiryState.ACKNOWLEDGED: (gettext_lazy("they have read it"), ""),
    EnquiryState.ANSWERED: (gettext_lazy("they have answered"), "well"),
    EnquiryState.APPLIED: (gettext_lazy("became an application"), "well"),
    EnquiryState.PASSED_ON: (gettext_lazy("passed on"), ""),
    EnquiryState.DECLINED: (gettext_lazy("they cannot take you on"), ""),
    EnquiryState.WITHDRAWN: (gettext_lazy("taken back"), ""),
    EnquiryState.LAPSED: (gettext_lazy("not answered"), ""),
}


def home_part(person: Person, *, at: datetime) -> dict[str, Any] | None:
    """What somebody's home shows of their being a mentor in the network; None where they have no profile."""
    profile = profile_of(person)
    if profile is None:
        return None
    return {
        "profile": profile,
        "approaches": standings(person, at=at),
        "asks": [_asked(each, at=at) for each in waiting(invitations_to(person))],
        "line": _places_line(person),
    }


def standings(person: Person, *, at: datetime) -> list[dict[str, Any]]:
    """Return where somebody offered their help, and how it stands there."""
    approaches = list(approaches_of(person))
    enquiries = enquiries_of_threads([each.enquiry_thread for each in approaches if each.enquiry_thread])
    mine = {each.cohort_id: each for each in _as_mentor(person)}
    threads = {thread: enquiry.state for thread, enquiry in enquiries.items()}
    return [
        {
            **_standing(each, enquiries.get(each.enquiry_thread)),
            "ref": each.ref,
            "name": each.name,
            "organisation": "" if each.name == each.organisation.name else each.organisation.name,
            "when": day(each.told_at, today=at),
            "update": can_update(each, mine, threads=threads),
        }
        for each in approaches
    ]


def _standing(approach: Approach, enquiry: Enquiry | None) -> dict[str, Any]:
    application = approach.application
    if application is not None:
        kind = {"accepted": "well", "begun": "care"}.get(application.state, "")
        url = reverse("my_application", args=[application.ref])
        return {"state": STATE[application.state], "kind": kind, "url": url}  # type: ignore[index]
    if enquiry is None:
        return {"state": _("closed"), "kind": "", "url": ""}
    words, kind = ENQUIRY[EnquiryState(enquiry.state)]
    return {"state": words, "kind": kind, "url": reverse("my_enquiry", args=[follow_token(enquiry)])}


def _asked(invitation: Invitation, *, at: datetime) -> dict[str, Any]:
    return {
        "title": _("%(organisation)s asks for your help") % {"organisation": invitation.organisation.name},
        "text": _("They found your profile. They learn who you are only with your yes."),
        "url": reverse("my_invitation", args=[invitation.ref]),
        "link": _("Say yes or no"),
    }


def places_of(person: Person) -> dict[str, Any]:
    """Return how somebody's total is used: which programmes, how many places each, and what is free."""
    mentors = _as_mentor(person)
    taken, free = running_counts(mentors), free_places(mentors)
    everywhere = running_as_mentor([person.pk]).get(person.pk, 0)
    total = person.mentor_capacity
    return {
        "total": total,
        "taken": everywhere,
        "free": None if total is None else max(0, total - everywhere),
        "columns": [
            {"label": _("Programme")},
            {"label": _("Places"), "numeric": True},
            {"label": _("Taken"), "numeric": True},
            {"label": _("Free now"), "numeric": True},
        ],
        "rows": [_places_row(each, taken.get(each.pk, 0), free[each.ref]) for each in mentors],
    }


def _places_row(mentor: Participant, taken: int, free: int) -> dict[str, Any]:
    values = [mentor.programme.name, mentor.capacity, taken, free]
    labels = [_("Programme"), _("Places"), _("Taken"), _("Free now")]
    return {
        "url": reverse("my_profile", args=[mentor.ref]),
        "cells": [
            {"value": value, "label": name, "numeric": number > 0}
            for number, (value, name) in enumerate(zip(values, labels, strict=True))
        ],
    }


def _places_line(person: Person) -> str:
    total, taken = person.mentor_capacity, running_as_mentor([person.pk]).get(person.pk, 0)
    if total is None:
        return _("You have %(taken)s mentees, and no limit over all programmes.") % {"taken": taken}
    return _("You have %(taken)s of %(total)s mentees.") % {"taken": taken, "total": total}


def _as_mentor(person: Person) -> list[Participant]:
    return list(participations_of(person).filter(side=Side.MENTOR))


def trainings_of(person: Person, *, at: datetime) -> list[dict[str, str]]:
    """Return the trainings that hold, as facts: what, by whom, until when."""
    return [_training(each) for each in trainings_that_hold(person, at=at)]


def _training(volunteer: Volunteer) -> dict[str, str]:
    words = {
        "organisation": volunteer.programme.organisation.name,
        "until": date_format(volunteer.valid_until, "j F Y"),
    }
    return {"term": volunteer.programme.name, "value": _("by %(organisation)s, holds until %(until)s") % words}


def facts_of(profile: Profile) -> list[dict[str, str]]:
    """Return what goes to wherever a mentor offers their help."""
    lists: list[tuple[str, Kind, Sequence[str]]] = [
        (_("Help with"), "topics", profile.topics),
        (_("Lines of work"), "sectors", profile.sectors),
        (_("Languages"), "languages", profile.languages),
    ]
    said = [
        (_("Who"), ", ".join(filter(None, [profile.person.name, profile.job_title, profile.employer]))),
        *((term, ", ".join(label(kind, each) for each in ids)) for term, kind, ids in lists),
        (_("Where"), profile.place),
        (_("About you"), profile.about),
    ]
    return [{"term": term, "value": value} for term, value in said if value]


def offers_for(profile: Profile, *, at: datetime) -> dict[str, Any]:
    """Return where a mentor can offer their help, best fit first, and what a tick does there."""
    need = need_of(topics=profile.topics, sectors=profile.sectors, place=profile.place, online=profile.online)
    rows = wanting(profile.network, need)
    doors = doors_of([each.offering for each in rows], at=at)
    open_ones = open_applications_of(profile.person)
    asked = _enquired_at(profile.person)
    return {
        "offers": [
            {
                "row": each,
                "done": _done(each, doors, open_ones, asked),
                "how": _("begins an application, filled in from your profile")
                if each.offering.pk in doors
                else _("sends them an enquiry with your profile"),
            }
            for each in rows
        ],
        "wanted": wanted_shown(profile.network, place=profile.place, topics=profile.topics),
    }


def _done(each: Wanting, doors: Any, open_ones: Any, asked: set[int]) -> str:
    door = doors.get(each.offering.pk)
    if door is not None:
        return _("You have an application there.") if door.pk in open_ones else ""
    return _("You wrote to them.") if each.offering.organisation_id in asked else ""


def _enquired_at(person: Person) -> set[int]:
    approaches = list(approaches_of(person).exclude(enquiry_thread=""))
    there = enquiries_of_threads([each.enquiry_thread for each in approaches])
    return {each.organisation_id for each in approaches if _in_hand(there.get(each.enquiry_thread))}


def _in_hand(enquiry: Enquiry | None) -> bool:
    return enquiry is not None and enquiry.state in {"unconfirmed", "held", "waiting", "acknowledged", "answered"}
