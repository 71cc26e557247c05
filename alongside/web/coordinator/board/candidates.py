"""Mentors for one mentee, best fit first, and pairs to change with: what each would mean for the whole."""

from collections import Counter
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from alongside import engine
from alongside.journeys.offer_mentors import asked_to_avoid
from alongside.matching.problem import Pool
from alongside.matching.queries import held_counts
from alongside.matching.today import Effect
from alongside.programmes.models import Participant
from alongside.web.coordinator.board import pieces, words
from alongside.web.coordinator.board.standing import Standing

A_PAGE = 25
COSTED = 10
LARGE = 250_000
EXCHANGES = 12

Ranked = list[tuple[int, Participant]]


def page(market: engine.Market, pool: Pool, mentee: Participant, number: str) -> "Page[tuple[int, Participant]]":
    """Return a page of the mentors, best fit first, those whom a rule forbids last."""
    ranked = sorted(
        ((market.score(mentee.ref, mentor.ref), mentor) for mentor in pool.mentors),
        key=lambda row: (not market.allowed(mentee.ref, row[1].ref), -row[0], row[1].pk),
    )
    return Paginator(ranked, A_PAGE).get_page(number)


def row(market: engine.Market, pool: Pool, mentee: Participant, mentor: Participant, taken: int = 0) -> dict[str, Any]:
    """Return a mentor with fit, main reasons and places."""
    fit = market.explain(mentee.ref, mentor.ref)
    return {
        "ref": mentor.ref,
        "mentor": pieces.face(mentor),
        "score": words.score(fit.score),
        "reasons": words.main_reasons(fit),
        "taken": mentor.capacity - pool.free_places[mentor.ref] + taken,
        "places": mentor.capacity,
    }


def for_the_board(
    standing: Standing, mentee: Participant, found: "Page[tuple[int, Participant]]"
) -> list[dict[str, Any]]:
    """Return a page of mentors with what each would cost the whole; the first few are worked out."""
    today, on_board = standing.today, Counter(pair.mentor for pair in standing.today.solution.pairs)
    mine = {pair.mentor for pair in today.solution.pairs if pair.mentee == mentee.ref}
    left = costed(standing) if found.number == 1 else 0
    rows = []
    for _score, mentor in found:
        shown = row(today.market, standing.pool, mentee, mentor, on_board[mentor.ref])
        shown["has_now"] = mentor.ref in mine
        shown["rule"] = words.rule(today.market, standing.pool, mentee.ref, mentor.ref)
        shown["why_not_url"] = pieces.address("board_why_not", standing, mentee=mentee.ref, mentor=mentor.ref)
        if not shown["rule"] and not shown["has_now"] and left:
            left -= 1
            shown["cost"] = _cost(today.why_not(mentee.ref, mentor.ref))
        rows.append(shown)
    return rows


def costed(standing: Standing) -> int:
    """Return for how many candidates the whole can be worked out while somebody waits; for others she asks why not."""
    size = len(standing.pool.mentees) * len(standing.pool.mentors)
    return COSTED if size <= LARGE else 0


def _cost(found: engine.WhyNot) -> str:
    if found.kind != "displaces":
        return found.sentence
    said = words.cost((found.placed_change, -found.cost))
    return said[:1].upper() + said[1:]


def exchanges(standing: Standing, mentee: Participant, mentor: Participant) -> list[dict[str, Any]]:
    """Return the pairs with which an exchange loses least, and for the best few what the whole would be."""
    today = standing.today
    market, known = today.market, standing.pool.participant
    best = sorted(
        (
            (_change(market, (mentee.ref, mentor.ref), (pair.mentee, pair.mentor)), pair)
            for pair in today.solution.pairs
            if pair.mentee != mentee.ref and pair.mentor != mentor.ref and known(pair.mentee) and known(pair.mentor)
        ),
        key=lambda found: (not found[0][0], -found[0][1], found[1]),
    )[:EXCHANGES]
    rows = []
    for place, ((allowed, change), pair) in enumerate(best):
        other_mentee, other_mentor = known(pair.mentee), known(pair.mentor)
        assert other_mentee is not None and other_mentor is not None  # noqa: S101, PT018 - looked at above
        rows.append(
            {
                "value": f"{pair.mentee}:{pair.mentor}",
                "mentee": pieces.face(other_mentee),
                "mentor": pieces.face(other_mentor),
                "mine": words.score(market.score(mentee.ref, pair.mentor)),
                "theirs": words.score(market.score(pair.mentee, mentor.ref)),
                "rule": "" if allowed else _rule(standing, mentee, mentor, pair),
                "change": words.cost((0, change)),
                "whole": _whole(standing, mentee, mentor, pair, change)
                if allowed and place < costed(standing) // 2
                else "",
            }
        )
    return rows


def _change(market: engine.Market, one: tuple[str, str], other: tuple[str, str]) -> tuple[bool, int]:
    """Say whether the rules allow an exchange, and what the two pairs gain together."""
    crossed = [(one[0], other[1]), (other[0], one[1])]
    allowed = all(market.allowed(*pair) for pair in crossed)
    return allowed, sum(market.score(*pair) for pair in crossed) - market.score(*one) - market.score(*other)


def _rule(standing: Standing, mentee: Participant, mentor: Participant, pair: engine.Pair) -> str:
    market = standing.today.market
    crossed = [(mentee.ref, pair.mentor), (pair.mentee, mentor.ref)]
    return next(filter(None, (words.rule(market, standing.pool, *each) for each in crossed)), "")


def _whole(standing: Standing, mentee: Participant, mentor: Participant, pair: engine.Pair, change: int) -> str:
    """Say what the whole would be if everybody else were placed anew, where that is better."""
    try:
        effect = standing.today.try_pairs([(mentee.ref, pair.mentor), (pair.mentee, mentor.ref)])
    except engine.ProblemError as refusal:
        return str(refusal)
    difference = _difference(effect)
    if difference == (0, change):
        return ""
    return _("With the others placed anew, %(cost)s.") % {"cost": words.cost(difference)}


def _difference(effect: Effect) -> tuple[int, int]:
    before, after = effect.before, effect.after
    return after.placed - before.placed, round(100 * (after.mean * after.pairs - before.mean * before.pairs))


def by_hand(
    market: engine.Market, pool: Pool, mentee: Participant, found: "Page[tuple[int, Participant]]"
) -> list[dict[str, Any]]:
    """Return a page of mentors to offer by hand: a rule is said; what no hand may break takes the button."""
    held = held_counts([mentor for _score, mentor in found])
    return [
        {
            **row(market, pool, mentee, mentor),
            "on_lists": held.get(mentor.pk, 0),
            "rule": words.rule(market, pool, mentee.ref, mentor.ref),
            "offer": pool.free_places[mentor.ref] > 0
            and mentor.person_id != mentee.person_id
            and not asked_to_avoid(market, mentee, mentor),
        }
        for _score, mentor in found
    ]
