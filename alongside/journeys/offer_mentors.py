"""Offer mentors to mentees: the whole board at once, or one pair by hand."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from alongside import engine
from alongside.journeys import emails
from alongside.journeys.pool import mentees_without_an_offer
from alongside.matching import actions
from alongside.matching.actions import Candidate
from alongside.matching.board import require_fresh, solution_of
from alongside.matching.markets import market_of
from alongside.matching.models import Offer, Version
from alongside.matching.problem import Pool, Wanted, problem_of, programme_settings, wanted_by
from alongside.people.models import Person
from alongside.programmes.models import Participant
from alongside.programmes.states import ChoiceShape


@transaction.atomic
def offer_board(version: Version, pool: Pool, *, by: Person, at: datetime) -> list[Offer]:
    """Make an offer to every mentee on the board who has none in hand, and send the emails.

    Each is offered the mentor of the board and, where the programme lets mentees rank, the next best by a score that
    counts how sought-after a mentor is, so that nobody stands on many more lists than they have places.

    :raises board.OutOfDate: if people joined, left or changed since this version was made.
    """
    require_fresh(version, pool)
    market = market_of(problem_of(pool, wanted_by(version)))
    shortlists = _shortlists(market, version)
    free = {mentee.ref for mentee in mentees_without_an_offer(version.matching.cohort)}
    return [
        offer_mentors(mentee, _candidates(market, pool, mentee, shortlists[mentee.ref]), by=by, at=at)
        for mentee in pool.mentees
        if mentee.ref in free and shortlists.get(mentee.ref)
    ]


@transaction.atomic
def offer_mentors(mentee: Participant, candidates: Sequence[Candidate], *, by: Person, at: datetime) -> Offer:
    """Make one offer and send its email.

    :raises actions.AlreadyOffered: if the mentee has an offer in hand.
    """
    offer = actions.make_offer(mentee, candidates, by=by, at=at)
    emails.tell_mentee_of_offer(offer, at=at)
    return offer


@transaction.atomic
def pair_by_hand(mentee: Participant, mentor: Participant, pool: Pool, *, by: Person, at: datetime) -> Offer:
    """Offer a mentee the one mentor the coordinator picked; both still say yes themselves.

    :raises actions.AlreadyOffered: if the mentee has an offer in hand.
    """
    market = market_of(problem_of(pool, Wanted(programme_settings(mentee.programme))))
    return offer_mentors(mentee, _candidates(market, pool, mentee, [mentor.ref]), by=by, at=at)


def _shortlists(market: engine.Market, version: Version) -> dict[str, Sequence[str]]:
    programme = version.matching.cohort.programme
    if programme.choice_shape == ChoiceShape.ONE or programme.mentors_offered == 1:
        return {mentee: [mentor] for mentee, mentor, _ in version.pairs}
    result = market.solve(near=solution_of(version))
    shortlists = market.shortlists(result, size=programme.mentors_offered)
    return {mentee: shortlists[mentee] for mentee, _, _ in version.pairs if mentee in shortlists}


def _candidates(market: engine.Market, pool: Pool, mentee: Participant, mentors: Sequence[str]) -> list[Candidate]:
    return [
        Candidate(participant, (fit := market.explain(mentee.ref, ref)).score, reasons_of(fit))
        for ref in mentors
        if (participant := pool.participant(ref))
    ]


def reasons_of(fit: engine.Explanation) -> list[list[str | int]]:
    """Write an explanation as the rows that are kept with a request."""
    return [[part.criterion, part.points, part.out_of, part.sentence] for part in fit.contributions]
