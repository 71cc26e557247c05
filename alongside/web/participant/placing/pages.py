"""What a volunteer reads: a call to answer, and where they stand."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.journeys.placing_emails import about_call
from alongside.people.models import Person
from alongside.placing.ask_links import ask_token
from alongside.placing.models import Ask, Volunteer
from alongside.placing.queries import asks_of, open_asks_to, volunteerings_of
from alongside.placing.states import AskState
from alongside.placing.validity import day_of
from alongside.programmes.states import SHAREABLE, ParticipantState
from alongside.web.shared.times import day, moment, time_left

NO_REASONS = {
    "no_time": gettext_lazy("I have no time just now"),
    "too_far": gettext_lazy("It is too far, or does not work online"),
    "not_my_field": gettext_lazy("This is not what I can help with"),
    "too_close": gettext_lazy("I am too close to this organisation"),
    "other": gettext_lazy("Something else"),
}
ASKS = {
    AskState.ASKED: gettext_lazy("waits for your answer"),
    AskState.ACCEPTED: gettext_lazy("you said yes"),
    AskState.DECLINED: gettext_lazy("you said not this time"),
    AskState.LAPSED: gettext_lazy("settled without an answer"),
    AskState.RELEASED: gettext_lazy("was no longer needed"),
}


def answer_page(ask: Ask) -> dict[str, Any]:
    """What the page shows on which a volunteer answers a call, and after."""
    call, participant = ask.call, ask.volunteer.participant
    words = about_call(call)
    meetings = call.cohort.rules.meetings
    length = _("About %(n)s meetings of %(minutes)s minutes, over %(months)s months") % {
        "n": meetings.expected,
        "minutes": meetings.minutes,
        "months": call.cohort.rules.length.months,
    }
    return {
        "state": ask.state,
        "organisation": words["organisation"],
        "words": call.words,
        "facts": [
            {"term": _("Programme"), "value": words["programme"]},
            {"term": _("What for"), "value": words["topics"]},
            {"term": _("Where"), "value": words["where"]},
            {"term": _("How long"), "value": length},
            {"term": _("Needed by"), "value": words["needed_by"]},
        ],
        "reasons": [text for _name, points, out_of, text in ask.reasons if 2 * points > out_of],
        "goes_along": [label for name, label in SHAREABLE.items() if name in participant.shared_profile],
        "due": moment(ask.due_at),
        "no_reasons": [{"value": value, "label": label} for value, label in NO_REASONS.items()],
        "contact": participant.key_contact,
        "caller": call.called_by,
    }


def standing_page(volunteer: Volunteer, *, at: datetime) -> dict[str, Any]:
    """What the page shows on which a volunteer sees where they stand."""
    asks = list(asks_of(volunteer))
    participant = volunteer.participant
    holds = volunteer.holds_on(day_of(at)) and participant.state == ParticipantState.READY
    return {
        "volunteer": volunteer,
        "participant": participant,
        "until": date_format(volunteer.valid_until, "j F Y"),
        "holds": holds,
        "times": _times(volunteer),
        "asks": [_ask(each, at) for each in asks],
        "advice": _advice(volunteer) if holds and not volunteer.paused_at else [],
        "facts": [
            {"term": _("Trained on"), "value": date_format(volunteer.trained_at, "j F Y")},
            {"term": _("Holds until"), "value": date_format(volunteer.valid_until, "j F Y")},
            {"term": _("Counts as CPD"), "value": _("%(hours)s hours") % {"hours": f"{volunteer.cpd_hours:g}"}},
        ],
    }


def steps_of(person: Person, *, at: datetime) -> list[dict[str, Any]]:
    """The calls that somebody has to answer, as steps on their home."""
    return [
        {
            "title": _("Would you mentor with %(name)s?") % {"name": ask.call.programme.organisation.name},
            "text": _("They need mentors, and we thought of you."),
            "url": reverse("answer_call", args=[ask_token(ask)]),
            "action": _("Read more and answer"),
            "due": ask.due_at,
            "clock": time_left(ask.due_at, at=at),
        }
        for ask in open_asks_to(person)
    ]


def waiting_of(person: Person, *, at: datetime) -> tuple[list[dict[str, str]], set[int]]:
    """Where somebody stands who is trained, in a line for each programme, and as which participants."""
    found = list(volunteerings_of(person))
    lines = [
        {
            "title": _("You are trained: %(programme)s") % {"programme": each.programme.name},
            "text": _line(each, at),
            "url": reverse("volunteering", args=[each.ref]),
            "link": _("See where you stand"),
        }
        for each in found
    ]
    return lines, {each.participant_id for each in found}


def _line(volunteer: Volunteer, at: datetime) -> str:
    if not volunteer.holds_on(day_of(at)):
        return _("Your training is to be refreshed before you are asked.")
    return _("You pause: nobody asks you just now.") if volunteer.paused_at else _times(volunteer)


def _times(volunteer: Volunteer) -> str:
    if not volunteer.times_asked:
        return _("Not asked yet.")
    return ngettext("Asked once so far.", "Asked %(n)s times so far.", volunteer.times_asked) % {
        "n": volunteer.times_asked
    }


def _advice(volunteer: Volunteer) -> list[str]:
    """What makes it likelier to be asked: what is missing, and nothing where all is said."""
    participant = volunteer.participant
    missing = [
        (len(participant.topics) < 3, _("Name at least three things you can help with: calls are matched by them.")),
        (len(participant.availability) < 2, _("Say when you can meet: at least two times of the week.")),
        (not participant.place, _("Ask your contact to add your town: calls near you are found by it.")),
        (not participant.about, _("Write a few sentences about what you have done.")),
        (participant.remote is False, _("Tell your contact if meeting online would do: many calls allow it.")),
    ]
    return [words for is_missing, words in missing if is_missing]


def _ask(ask: Ask, at: datetime) -> dict[str, Any]:
    return {
        "name": ask.call.programme.organisation.name,
        "when": day(ask.asked_at, today=at),
        "words": ASKS[AskState(ask.state)],
        "url": reverse("answer_call", args=[ask_token(ask)]) if ask.state == AskState.ASKED else "",
    }
