"""What stands on a participant's home: the next steps first, then their mentorships, then what we are doing."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.groups.answer_links import group_ask_token
from alongside.groups.models import Ask
from alongside.groups.queries import asks_waiting_of, open_asks_to
from alongside.groups.states import AskState
from alongside.kernel import clock
from alongside.matching.answer_links import offer_token, request_token
from alongside.matching.models import Offer, Request
from alongside.matching.queries import open_offers_of, open_requests_to
from alongside.matching.states import OfferState
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import MentorshipState
from alongside.people.models import Person
from alongside.programmes.models import Participant
from alongside.programmes.queries import participations_of
from alongside.programmes.states import ParticipantState
from alongside.web.participant.applying import pages as applying
from alongside.web.participant.mentoring import pages as mentoring
from alongside.web.participant.mentorship.here import Here, heres_of
from alongside.web.participant.mentorship.pieces import Step
from alongside.web.participant.mentorship.story import steps_in
from alongside.web.participant.placing import pages as placing
from alongside.web.shared.prose import html_of
from alongside.web.shared.times import day, moment, time_left


def home_of(person: Person, *, at: datetime) -> dict[str, Any]:
    """Gather the page of ``person``: steps with the earliest clock first."""
    offers, requests = list(open_offers_of(person)), list(open_requests_to(person))
    heres, participations = heres_of(person), list(participations_of(person))
    waiting = [offer for offer in offers if offer.state == OfferState.CHOSEN]
    steps = [_choose(offer, at) for offer in offers if offer.state != OfferState.CHOSEN]
    steps += [_answer(request, at) for request in requests]
    steps += [_together(ask, at) for ask in open_asks_to(person)]
    steps += placing.steps_of(person, at=at)
    steps.sort(key=lambda step: step["due"])
    steps += [_inside(step, heres, at) for step in steps_in(heres, now=at)]
    steps += applying.steps_of(person, at=at)
    paired, said_yes = {here.me.participant_id for here in heres}, list(asks_waiting_of(person))
    trained, volunteers = placing.waiting_of(person, at=at)
    busy = paired | volunteers | {offer.mentee_id for offer in offers} | {ask.participant_id for ask in said_yes}
    return {
        "next": steps[0] if steps else None,
        "steps": steps[1:],
        "waiting": [
            *map(_waiting, waiting),
            *map(_waiting_for_others, said_yes),
            *applying.waiting_of(person, at=at),
            *trained,
        ],
        "mentorships": [_mentorship(here) for here in heres],
        "looking": [
            *(_looking(each) for each in participations if each.pk not in busy),
            *_looking_for_kinds(heres, [(offer.mentee_id, offer.kind) for offer in offers]),
        ],
        "participations": participations,
        "mentor": mentoring.home_part(person, at=at),
    }


def _choose(offer: Offer, at: datetime) -> dict[str, Any]:
    late, kind = offer.state == OfferState.LAPSED, {"kind": offer.kind_title}
    return {
        "title": _("Choose your mentor (%(kind)s)") % kind if kind["kind"] else _("Choose your mentor"),
        "text": _("%(programme)s found mentors who may suit you.") % {"programme": offer.programme.name},
        "url": reverse("choose", args=[offer_token(offer)]),
        "action": _("Read about them and choose"),
        "due": offer.due_at,
        "clock": {"text": _("your answer still counts"), "state": ""} if late else time_left(offer.due_at, at=at),
    }


def _answer(request: Request, at: datetime) -> dict[str, Any]:
    name = request.offer.mentee.shared_profile.get("name", _("a mentee"))
    return {
        "title": _("Say yes or no to %(name)s") % {"name": name},
        "text": _("They would like you as a mentor in %(programme)s.") % {"programme": _where(request)},
        "url": reverse("answer", args=[request_token(request)]),
        "action": _("Read more and answer"),
        "due": request.due_at,
        "clock": time_left(request.due_at or at, at=at),
    }


def _together(ask: Ask, at: datetime) -> dict[str, Any]:
    words = {"programme": ask.programme.name, "group": ask.group.name}
    title = _("Say yes or no to the group “%(group)s”") % words
    text = _("They would like you as a mentor in %(programme)s.") % words
    if ask.group.of_peers:
        title, text = (
            _("Say yes or no to somebody"),
            _("You would take turns mentoring each other in %(programme)s.") % words,
        )
    late = ask.state == AskState.LAPSED
    return {
        "title": title,
        "text": text,
        "url": reverse("together", args=[group_ask_token(ask)]),
        "action": _("Read more and answer"),
        "due": ask.due_at,
        "clock": {"text": _("your answer still counts"), "state": ""} if late else time_left(ask.due_at, at=at),
    }


def _waiting_for_others(ask: Ask) -> dict[str, str]:
    return {
        "title": _("Your yes in %(programme)s is in") % {"programme": ask.programme.name},
        "text": _("Others are asked too. We write to you as soon as all have said yes."),
        "url": reverse("together", args=[group_ask_token(ask)]),
        "link": _("See how it stands"),
    }


def _inside(step: Step, heres: Sequence[Here], at: datetime) -> dict[str, Any]:
    """Return a step in a mentorship; who is in several reads with whom it is."""
    shown = step.shown(now=at)
    others = next(here.others_in_words for here in heres if here.mentorship == step.mentorship)
    if len(heres) > 1 and others not in f"{shown['title']} {shown['text']}":
        shown["text"] = _("With %(others)s: %(text)s") % {"others": others, "text": shown["text"]}
    return shown


def _where(question: Offer | Request) -> str:
    """Name the programme, and the kind of mentor that is asked about, where there are kinds."""
    kind = (question if isinstance(question, Offer) else question.offer).kind_title
    return f"{question.programme.name} ({kind})" if kind else str(question.programme.name)


def _waiting(offer: Offer) -> dict[str, str]:
    return {
        "title": _("Your choice in %(programme)s is in") % {"programme": _where(offer)},
        "text": _("We are asking the mentors on your list, one at a time, and write to you as soon as one says yes."),
        "url": reverse("choose", args=[offer_token(offer)]),
        "link": _("See how it stands"),
    }


def _looking(participant: Participant) -> dict[str, Any]:
    programme = participant.programme.name
    if participant.state == ParticipantState.WAITING:
        gates = participant.gates_left
        left = ", ".join(gate.title for gate in gates)
        text = _("Before we can look for somebody: %(steps)s. Your coordinator will tell you how.") % {"steps": left}
        about = [
            {"title": gate.title, "html": html_of(gate.about, lowest=3)}
            for gate in participant.gates_left
            if gate.about
        ]
        return {"title": programme, "text": text, "about": about}
    if participant.cohort.rules.shape.of != "pair" and not participant.is_mentor:
        text = _("The coordinators put together who works with whom. You get an email then.")
        return {"title": programme, "text": text}
    if participant.is_mentor:
        return {"title": programme, "text": _("You get an email as soon as somebody would like to work with you.")}
    return {
        "title": programme,
        "text": _("We are looking for mentors who suit you. You choose; you get an email then."),
    }


def _looking_for_kinds(heres: Sequence[Here], offered: Sequence[tuple[int, str]]) -> Iterator[dict[str, Any]]:
    """Yield which kinds of mentors are still looked for, for a mentee who works with others of theirs already."""
    for here in heres:
        kinds = here.mentorship.cohort.rules.shape.kinds
        if not kinds or here.me.is_mentor or here.mentorship.state == MentorshipState.ENDING:
            continue
        here_already = {member.participant.kind for member in here.members}
        left = [
            kind.title
            for kind in kinds
            if kind.id not in here_already and (here.me.participant_id, kind.id) not in offered
        ]
        if left:
            text = _("We still look for another mentor for you: %(kinds)s. You choose; you get an email then.")
            yield {"title": here.mentorship.programme.name, "text": text % {"kinds": ", ".join(left)}}


def _mentorship(here: Here) -> dict[str, Any]:
    events = (_introduced(here.mentorship), _first_meeting(here.mentorship))
    return {
        "url": reverse("mentorship", args=[here.mentorship.ref]),
        "programme": here.mentorship.programme.name,
        "people": [{"person": each.participant.person, "role": _role(here, each)} for each in here.others],
        "events": [event for event in events if event],
    }


def _role(here: Here, other: Member) -> str:
    """Return whether somebody is a mentor, a mentee or a peer, and which kind of mentor, where there are kinds."""
    if here.mentorship.of_peers:
        return _("Peer")
    kind = here.kind_of(other)
    side = str(other.participant.get_side_display())
    return f"{side} ({kind})" if kind else side


def _introduced(mentorship: Mentorship) -> dict[str, Any]:
    when = day(mentorship.introduced_at, today=clock.now())
    return {"phase": "nearing", "when": when, "title": _("You were introduced")}


def _first_meeting(mentorship: Mentorship) -> dict[str, Any] | None:
    if mentorship.met_at:
        when = day(mentorship.met_at, today=clock.now())
        return {"phase": "alongside", "meeting": True, "when": when, "title": _("You met for the first time")}
    if mentorship.first_meeting_at is None:
        return None
    booked = mentorship.state == MentorshipState.BOOKED
    return {
        "phase": "alongside",
        "meeting": True,
        "next": True,
        "ahead": True,
        "when": moment(mentorship.first_meeting_at),
        "title": _("Your first meeting") if booked else _("First meeting, as a proposal"),
        "text": "" if booked else _("Say whether it suits you, or suggest other times."),
        "url": reverse("meetings", args=[mentorship.ref]),
    }
