"""Offers and requests: what people are asked, and what follows from their answer within matching."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction

from alongside.audit.actions import record
from alongside.kernel.lifecycle import make_move
from alongside.matching import clocks
from alongside.matching.models import Offer, Request
from alongside.matching.states import OFFER_LIFECYCLE, REQUEST_LIFECYCLE, RequestState
from alongside.people.models import Person
from alongside.programmes.models import Participant


class Candidate(NamedTuple):
    """A mentor to offer, with the fit and its reasons as they were at that moment."""

    mentor: Participant
    score: int
    reasons: list[list[str | int]]


class AlreadyOffered(Exception):
    """Say that a mentee still has an offer in hand."""

    def __init__(self, mentee: Participant) -> None:
        super().__init__(f"{mentee.person.name} already has an offer. Take it back first, or wait for the answer.")


class NotAWish(ValueError):
    """Say that a choice does not fit what was offered."""


@transaction.atomic
def make_offer(
    mentee: Participant, candidates: Sequence[Candidate], *, kind: str = "", by: Person | None, at: datetime
) -> Offer:
    """Offer mentors of a kind to a mentee, best first, and start the clock.

    :raises AlreadyOffered: if the mentee has an offer of this kind in hand.
    """
    owned = {"organisation_id": mentee.organisation_id, "programme_id": mentee.programme_id}
    try:
        with transaction.atomic():
            offer: Offer = Offer.objects.create(
                **owned,
                cohort_id=mentee.cohort_id,
                mentee=mentee,
                kind=kind,
                offered_at=at,
                due_at=clocks.due(at, mentee.cohort.rules.choice.days_to_answer),
            )
    except IntegrityError as error:  # the database holds one offer in hand of each kind, whoever came first
        raise AlreadyOffered(mentee) from error
    Request.objects.bulk_create(
        Request(**owned, offer=offer, mentor=mentor, position=position, score=score, reasons=reasons)
        for position, (mentor, score, reasons) in enumerate(candidates, 1)
    )
    record("make_offer", offer, by=by, at=at, mentors=[candidate.mentor.ref for candidate in candidates])
    return offer


@transaction.atomic
def choose_mentors(offer: Offer, wishes: Sequence[Request], *, by: Person, at: datetime) -> None:
    """Note whom a mentee wants, first choice first; mentors not among the wishes are no longer held.

    :raises NotAWish: if it names nobody, somebody twice, or somebody who was not offered.
    """
    offered = {request.pk: request for request in offer.requests.all()}
    wanted = [request.pk for request in wishes]
    if not wanted or len(set(wanted)) != len(wanted) or not set(wanted) <= set(offered):
        raise NotAWish("Choose at least one of the mentors, and give each a different place.")
    make_move(offer, OFFER_LIFECYCLE, "choose", answered_at=at)
    for request in offered.values():
        if request.pk in wanted:
            make_move(request, REQUEST_LIFECYCLE, "choose", wish=wanted.index(request.pk) + 1)
        else:
            make_move(request, REQUEST_LIFECYCLE, "pass_over")
    record("choose_mentors", offer, by=by, at=at, wishes=[request.ref for request in wishes])


@transaction.atomic
def decline_offer(offer: Offer, *, reason: str, by: Person, at: datetime) -> None:
    """Note that a mentee wants none of the mentors; only the coordinator reads why."""
    make_move(offer, OFFER_LIFECYCLE, "decline", answered_at=at, reason=reason)
    _release_mentors(offer)
    record("decline_offer", offer, by=by, at=at)


@transaction.atomic
def close_offer(offer: Offer, *, by: Person, at: datetime) -> None:
    """Take an offer back; whoever holds its link is told that nothing is asked of them any more."""
    make_move(offer, OFFER_LIFECYCLE, "close")
    _release_mentors(offer)
    record("close_offer", offer, by=by, at=at)


@transaction.atomic
def give_more_time(offer: Offer, *, by: Person, at: datetime) -> None:
    """Start a lapsed offer's clock again."""
    due_at = clocks.due(at, offer.cohort.rules.choice.days_to_answer)
    make_move(offer, OFFER_LIFECYCLE, "reopen", offered_at=at, due_at=due_at, reminders_sent=0)
    record("give_more_time", offer, by=by, at=at)


@transaction.atomic
def lapse_offer(offer: Offer, *, at: datetime) -> None:
    """Note that a mentee did not answer in time: it waits for the coordinator now."""
    make_move(offer, OFFER_LIFECYCLE, "lapse")
    record("lapse_offer", offer, by=None, at=at)


@transaction.atomic
def exhaust_offer(offer: Offer, *, at: datetime) -> None:
    """Note that no chosen mentor is left: it waits for the coordinator now."""
    make_move(offer, OFFER_LIFECYCLE, "exhaust")
    record("exhaust_offer", offer, by=None, at=at)


@transaction.atomic
def ask_mentor(request: Request, *, at: datetime) -> None:
    """Put the question to a mentor and start the clock."""
    due_at = clocks.due(at, request.offer.cohort.rules.choice.days_to_answer)
    make_move(request, REQUEST_LIFECYCLE, "ask", asked_at=at, due_at=due_at, reminders_sent=0)
    record("ask_mentor", request, by=None, at=at)


@transaction.atomic
def accept_request(request: Request, *, by: Person, at: datetime) -> None:
    """Note a mentor's yes; the offer is placed and its other mentors are no longer held."""
    _hold(request.offer)
    make_move(request, REQUEST_LIFECYCLE, "accept", answered_at=at)
    make_move(request.offer, OFFER_LIFECYCLE, "place")
    _release_mentors(request.offer)
    record("accept_request", request, by=by, at=at)


@transaction.atomic
def decline_request(request: Request, *, reason: str, by: Person, at: datetime) -> None:
    """Note a mentor's no; only the coordinator reads why."""
    _hold(request.offer)
    make_move(request, REQUEST_LIFECYCLE, "decline", answered_at=at, reason=reason)
    record("decline_request", request, by=by, at=at)


@transaction.atomic
def lapse_request(request: Request, *, at: datetime) -> None:
    """Note that a mentor did not answer in time: the next choice is asked."""
    _hold(request.offer)
    make_move(request, REQUEST_LIFECYCLE, "lapse")
    record("lapse_request", request, by=None, at=at)


@transaction.atomic
def pass_over(request: Request, *, at: datetime) -> None:
    """Note that a chosen mentor has no place left."""
    make_move(request, REQUEST_LIFECYCLE, "pass_over")
    record("pass_over", request, by=None, at=at)


def count_reminders(question: Offer | Request, *, sent: int) -> bool:
    """Claim the reminder that makes it ``sent``; False where another worker was first.

    Reminders that were missed while no worker ran are counted with it, so that nobody gets two at once.
    """
    rows = type(question).objects.filter(pk=question.pk, state=question.state, reminders_sent=question.reminders_sent)
    return bool(rows.update(reminders_sent=sent))


def _hold(offer: Offer) -> None:
    """Lock an offer before its requests, as everybody does, so that two who decide at once never wait for each other.

    On SQLite a transaction that writes holds everything from its start.
    """
    list(Offer.objects.select_for_update().filter(pk=offer.pk).values_list("pk"))


def _release_mentors(offer: Offer) -> None:
    held = [RequestState.OFFERED, RequestState.IN_LINE, RequestState.ASKED]
    for request in offer.requests.filter(state__in=held):
        make_move(request, REQUEST_LIFECYCLE, "pass_over")
