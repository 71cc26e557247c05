"""Offer mentors to mentees: the whole board at once, or one pair by hand."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from alongside import engine
from alongside.journeys import emails
from alongside.journeys.pool import mentees_without_an_offer
from alongside.matching import actions
from alongside.matching.actions import Candidate
from alongside.matching.board import require_fresh, solution_of
from alongside.matching.markets import market_of, proof_of
from alongside.matching.models import Offer, Version
from alongside.matching.problem import Pool, Wanted, problem_of, wanted_by
from alongside.matching.queries import held_counts
from alongside.people.models import Person
from alongside.programmes.models import Participant
from alongside.programmes.states import ParticipantState

LISTS_PER_PLACE = 3
"""On how many mentees' lists a mentor may stand for each free place."""


class CannotOffer(ValueError):
    """Say why a mentor cannot be offered to a mentee."""


@dataclass(frozen=True)
class Plan:
    """What offering a board would do: whom each mentee would be offered, and who would not be offered anybody."""

    lists: Mapping[str, Sequence[str]]
    already_offered: Sequence[str]
    left_over: Sequence[str]

    @property
    def shown(self) -> Counter[str]:
        """On how many of the lists each mentor stands."""
        return Counter(mentor for mentors in self.lists.values() for mentor in mentors)


def plan_offers(version: Version, pool: Pool) -> Plan:
    """Say what offering a board would do; nothing is written.

    Each mentee is offered the mentor of the board and, where the programme lets mentees rank, the next best by a score
    that counts how sought-after a mentor is. Nobody stands on more than three lists for each free place, the offers
    that others have in hand counted in; only the mentor of the board is always on the list.

    :raises board.OutOfDate: if people joined, left or changed since this version was made.
    """
    require_fresh(version, pool)
    lists = _shortlists(_market(version, pool), version)
    free = {mentee.ref for mentee in mentees_without_an_offer(version.matching.cohort, pool.kind, pool)}
    order = [mentee.ref for mentee in pool.mentees]
    return Plan(
        lists=_within_bounds({ref: lists[ref] for ref in order if ref in free and lists.get(ref)}, pool),
        already_offered=[ref for ref in order if ref not in free],
        left_over=[ref for ref in order if ref in free and not lists.get(ref)],
    )


@transaction.atomic
def offer_board(version: Version, pool: Pool, *, by: Person, at: datetime) -> list[Offer]:
    """Make an offer to every mentee on the board who has none in hand, and send the emails.

    :raises board.OutOfDate: if people joined, left or changed since this version was made.
    """
    return make_planned_offers(plan_offers(version, pool).lists, version, pool, by=by, at=at)


@transaction.atomic
def make_planned_offers(
    lists: Mapping[str, Sequence[str]], version: Version, pool: Pool, *, by: Person | None, at: datetime
) -> list[Offer]:
    """Make the offers of a plan, or a part of them."""
    market, cohort = _market(version, pool), version.matching.cohort
    offers = []
    for ref, mentors in lists.items():
        if mentee := pool.participant(ref):
            mentee.programme, mentee.cohort = cohort.programme, cohort  # known already, so not asked for each
            found = _candidates(market, pool, mentee, mentors)
            offers.append(offer_mentors(mentee, found, kind=pool.kind, by=by, at=at))
    return offers


@transaction.atomic
def offer_mentors(
    mentee: Participant, candidates: Sequence[Candidate], *, kind: str = "", by: Person | None, at: datetime
) -> Offer:
    """Make one offer, of mentors of a kind, and send its email.

    :raises actions.AlreadyOffered: if the mentee has an offer of this kind in hand.
    """
    offer = actions.make_offer(mentee, candidates, kind=kind, by=by, at=at)
    emails.tell_mentee_of_offer(offer, at=at)
    return offer


@transaction.atomic
def pair_by_hand(mentee: Participant, mentor: Participant, pool: Pool, *, by: Person, at: datetime) -> Offer:
    """Offer a mentee the one mentor the coordinator picked; both still say yes themselves.

    A rule of the programme may be set aside by hand; what a person is owed may not: nobody who is not ready, is full,
    asked not to be paired or is the mentee themselves is offered.

    :raises CannotOffer: if one of them cannot be matched now.
    :raises actions.AlreadyOffered: if the mentee has an offer in hand.
    """
    for participant in (mentee, mentor):
        if participant.state != ParticipantState.READY:
            raise CannotOffer(f"{participant} is not ready to be matched.")
    if pool.kind and mentor.kind != pool.kind:
        raise CannotOffer(f"{mentor} is another kind of mentor.")
    if (mentee.ref, mentor.ref) in pool.together:
        raise CannotOffer(f"{mentor} is in a mentorship with {mentee} already.")
    if not pool.participant(mentee.ref):
        raise CannotOffer(f"{mentee} has a mentor already.")
    if not pool.free_places.get(mentor.ref):
        raise CannotOffer(f"{mentor} has no free place.")
    if mentor.person_id == mentee.person_id:
        raise CannotOffer(f"{mentee} is on both sides, and nobody is their own mentor.")
    market = hand_market(mentee, pool)
    if asked_to_avoid(market, mentee, mentor):
        raise CannotOffer(f"One of {mentee} and {mentor} asked not to be paired with the other.")
    found = _candidates(market, pool, mentee, [mentor.ref])
    return offer_mentors(mentee, found, kind=pool.kind, by=by, at=at)


def hand_market(mentee: Participant, pool: Pool) -> engine.Market:
    """Return the pool as the programme weighs it, without what a board wants."""
    return market_of(problem_of(pool, Wanted(mentee.cohort.rules.settings_for(pool.kind))))


def asked_to_avoid(market: engine.Market, mentee: Participant, mentor: Participant) -> bool:
    """Tell whether one of two people asked not to be paired with the other, where the programme heeds it."""
    cohort = market.cohort
    ours, theirs = cohort.mentees[cohort.mentee_rows[mentee.ref]], cohort.mentors[cohort.mentor_columns[mentor.ref]]
    return market.problem.rules.avoid and (mentor.ref in ours.avoids or mentee.ref in theirs.avoids)


def _market(version: Version, pool: Pool) -> engine.Market:
    return market_of(problem_of(pool, wanted_by(version)))


def _shortlists(market: engine.Market, version: Version) -> dict[str, Sequence[str]]:
    choice = version.matching.cohort.rules.choice
    if choice.shape == "one" or choice.mentors_offered == 1:
        return {mentee: [mentor] for mentee, mentor, _score in reversed(version.pairs)}
    result = engine.Result(solution_of(version), proof_of(market))
    shortlists = market.shortlists(result, size=choice.mentors_offered, most_per_place=LISTS_PER_PLACE).mentors
    return {mentee: shortlists[mentee] for mentee, _, _ in version.pairs if mentee in shortlists}


def _within_bounds(lists: Mapping[str, Sequence[str]], pool: Pool) -> dict[str, Sequence[str]]:
    """Shorten lists so that nobody stands on too many, the first on each list excepted: that is the match."""
    held = held_counts(pool.mentors)
    matches = Counter(mentors[0] for mentors in lists.values())
    room = {
        mentor.ref: LISTS_PER_PLACE * pool.free_places[mentor.ref] - held.get(mentor.pk, 0) - matches[mentor.ref]
        for mentor in pool.mentors
    }
    kept: dict[str, Sequence[str]] = {}
    for mentee, (match, *others) in lists.items():
        shown = [mentor for mentor in others if room[mentor] > 0]
        for mentor in shown:
            room[mentor] -= 1
        kept[mentee] = [match, *shown]
    return kept


def _candidates(market: engine.Market, pool: Pool, mentee: Participant, mentors: Iterable[str]) -> list[Candidate]:
    return [
        Candidate(participant, (fit := market.explain(mentee.ref, ref)).score, reasons_of(fit))
        for ref in mentors
        if (participant := pool.participant(ref))
    ]


def reasons_of(fit: engine.Explanation) -> list[list[str | int]]:
    """Write an explanation as the rows that are kept with a request."""
    return [[part.criterion, part.points, part.out_of, part.sentence] for part in fit.contributions]
