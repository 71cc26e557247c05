"""Offers and plans of offers as the pages show them."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.journeys.offer_mentors import Plan
from alongside.matching.models import Offer, Request
from alongside.matching.states import OfferState, RequestState
from alongside.web.coordinator.board import words
from alongside.web.coordinator.board.standing import Standing
from alongside.web.shared.times import moment, time_left

EXAMPLES = 50


def plan(standing: Standing, found: Plan) -> dict[str, Any]:
    """Return what offering the board would do, as the page says it."""
    choice, shown = standing.cohort.rules.choice, found.shown
    most = shown.most_common(1)
    free = standing.pool.free_places
    return {
        "choice": choice,
        "mentees": len(found.lists),
        "several": any(len(mentors) > 1 for mentors in found.lists.values()),
        "lists": [
            {"mentee": standing.name(ref), "mentors": [standing.name(mentor) for mentor in mentors]}
            for ref, mentors in list(found.lists.items())[:EXAMPLES]
        ],
        "more": max(0, len(found.lists) - EXAMPLES),
        "already": [standing.name(ref) for ref in found.already_offered],
        "left_over": [standing.name(ref) for ref in found.left_over],
        "most_shown": {"name": standing.name(most[0][0]), "lists": most[0][1], "places": free[most[0][0]]}
        if most
        else None,
        "not_shown": sum(not shown[mentor.ref] and free[mentor.ref] > 0 for mentor in standing.pool.mentors),
    }


def row(offer: Offer, *, at: datetime) -> dict[str, Any]:
    """Return an offer in a line: its state, its clock, whom the mentee chose, who is asked now."""
    state = OfferState(offer.state)
    requests = list(offer.requests.all())
    label, kind = words.OFFERS[state]
    asked = next((request for request in requests if request.state == RequestState.ASKED), None)
    chosen = [request.mentor.person.name for request in requests if request.wish]
    return {
        "ref": offer.ref,
        "url": reverse("offer", args=[offer.ref]),
        "mentee": offer.mentee,
        "kind_title": offer.kind_title,
        "state": label,
        "kind": kind,
        "offered": moment(offer.offered_at),
        "clock": _clock(state, offer, asked, at),
        "chosen": chosen,
        "offered_mentors": [request.mentor.person.name for request in requests],
        "asked": asked.mentor.person.name if asked else "",
    }


def request_row(request: Request, *, at: datetime) -> dict[str, Any]:
    """Return one mentor on an offer: the fit as it was, the state, the answer, and a reason that stays here."""
    state = RequestState(request.state)
    label, kind = words.REQUESTS[state]
    return {
        "mentor": request.mentor,
        "score": words.score(request.score),
        "place": _("choice %(n)d") % {"n": request.wish} if request.wish else "",
        "state": label,
        "kind": kind,
        "clock": time_left(request.due_at, at=at) if state == RequestState.ASKED and request.due_at else None,
        "answered": moment(request.answered_at) if request.answered_at else "",
        "reason": request.reason,
        "sentences": [sentence for _criterion, points, out_of, sentence in request.reasons if 2 * points > out_of],
    }


def _clock(state: OfferState, offer: Offer, asked: Request | None, at: datetime) -> dict[str, str] | None:
    if state == OfferState.OPEN:
        return time_left(offer.due_at, at=at)
    if asked and asked.due_at:
        return time_left(asked.due_at, at=at)
    return None
