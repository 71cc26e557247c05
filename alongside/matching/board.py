"""The board: a line of versions. Every change asks the engine again and leaves the version before as it was."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from alongside import engine
from alongside.audit.actions import record
from alongside.matching.markets import keep_proof, kept_proof, market_of
from alongside.matching.models import Matching, Version
from alongside.matching.problem import Pool, RefPair, Wanted, problem_of, wanted_by
from alongside.people.models import Person
from alongside.programmes.models import Cohort


class ChangedByAnother(Exception):
    """Say that somebody else changed the board after this person last saw it."""

    def __init__(self) -> None:
        super().__init__("Somebody changed the board a moment ago. Look at it again, then decide.")


class NothingToUndo(Exception):
    """Say that the board is at its first version."""

    def __init__(self) -> None:
        super().__init__("This is the first version: there is nothing before it.")


class OutOfDate(Exception):
    """Say that the people on the board are not the people of today."""

    def __init__(self) -> None:
        super().__init__("People have joined, left or changed since this was matched. Match again, then offer.")


@dataclass(frozen=True)
class Answer:
    """What was asked of the engine, in words for the list of versions too, and what it answered."""

    wanted: Wanted
    change: str
    result: engine.Result


def lock(wanted: Wanted, pair: RefPair) -> Wanted:
    """Require a pair: whatever else is best, these two are together."""
    return replace(wanted, required=wanted.required | {pair}, forbidden=wanted.forbidden - {pair})


def forbid(wanted: Wanted, pair: RefPair) -> Wanted:
    """Forbid a pair: whatever else is best, these two are not together."""
    return replace(wanted, required=wanted.required - {pair}, forbidden=wanted.forbidden | {pair})


def release(wanted: Wanted, pair: RefPair) -> Wanted:
    """Leave a pair to the engine again."""
    return replace(wanted, required=wanted.required - {pair}, forbidden=wanted.forbidden - {pair})


def pick(wanted: Wanted, pair: RefPair) -> Wanted:
    """Give a mentee this mentor and no other: the coordinator's own hand."""
    mentee, _ = pair
    others = frozenset(kept for kept in wanted.required if kept[0] != mentee)
    return lock(replace(wanted, required=others), pair)


def swap(wanted: Wanted, first: RefPair, second: RefPair) -> Wanted:
    """Let two mentees change mentors."""
    return pick(pick(wanted, (first[0], second[1])), (second[0], first[1]))


def reweigh(wanted: Wanted, weights: engine.Weights) -> Wanted:
    """Change what counts for how much."""
    return replace(wanted, settings=replace(wanted.settings, weights=weights))


@transaction.atomic
def start_matching(cohort: Cohort, pool: Pool, *, by: Person | None, at: datetime) -> Matching:
    """Put the best matching of a cohort with the mentors of a pool on the board, or return what is there.

    :raises engine.ProblemError: if the programme's rules contradict each other.
    """
    owned = {"organisation_id": cohort.organisation_id, "programme_id": cohort.programme_id}
    matching: Matching
    matching, _ = Matching.objects.select_for_update().get_or_create(cohort=cohort, kind=pool.kind, defaults=owned)
    if matching.current is None:
        keep_version(matching, first_answer(cohort, pool), by=by, at=at)
    return matching


def first_answer(cohort: Cohort, pool: Pool, watch: engine.Watch | None = None) -> Answer:
    """Ask the engine for the best for everybody under the settings of the cohort; nothing is written.

    :raises engine.ProblemError: if the programme's rules contradict each other.
    :raises engine.Stopped: if the watch cancelled it.
    """
    return ask(None, pool, Wanted(cohort.rules.settings_for(pool.kind)), "The best for everybody", watch)


def answer_again(current: Version, pool: Pool, watch: engine.Watch | None = None) -> Answer:
    """Ask the engine what is best for the people of today; nothing is written. See `match_again`."""
    wanted = wanted_by(current)
    rules = current.matching.settings
    settings = replace(wanted.settings, rules=rules.rules, objective=rules.objective, opened=rules.opened)
    wanted = _without_contradictions(pool, replace(wanted, settings=settings))
    return ask(current, pool, wanted, "Matched again with the people of today", watch)


def ask(before: Version | None, pool: Pool, wanted: Wanted, change: str, watch: engine.Watch | None = None) -> Answer:
    """Solve for ``wanted``; nothing is written.

    Among equally good answers it takes the one nearest to ``before``, so that the board stays calm.
    """
    result = market_of(problem_of(pool, wanted)).solve(
        near=solution_of(before) if before else None,
        hint=kept_proof(before.fingerprint) if before else None,
        watch=watch,
    )
    keep_proof(result.certificate)
    return Answer(wanted, change, result)


@transaction.atomic
def change_board(
    matching: Matching,
    pool: Pool,
    change: Callable[[Wanted], Wanted],
    *,
    words: str,
    by: Person,
    at: datetime,
) -> Version:
    """Apply ``change`` to what the present version wants and put the new best on the board.

    :raises engine.ProblemError: if what is wanted now contradicts itself.
    """
    current = _hold(matching)
    return keep_version(matching, ask(current, pool, change(wanted_by(current)), words), by=by, at=at)


@transaction.atomic
def match_again(matching: Matching, pool: Pool, *, by: Person, at: datetime) -> Version:
    """Match the people of today under the rules of today, with the weights and wishes of the present version.

    A wish that the people of today contradict, such as a lock on a mentor whose places are taken, is lifted.
    """
    return keep_version(matching, answer_again(_hold(matching), pool), by=by, at=at)


def _hold(matching: Matching) -> Version:
    """Lock a matching against other coordinators and return the version that is on the board now."""
    matching.refresh_from_db(from_queryset=Matching.objects.select_for_update())
    if matching.current is None:
        raise NothingToUndo
    return matching.current


def _without_contradictions(pool: Pool, wanted: Wanted) -> Wanted:
    if _is_possible(pool, wanted):
        return wanted
    kept = replace(wanted, required=frozenset())
    for pair in sorted(wanted.required):
        more = replace(kept, required=kept.required | {pair})
        kept = more if _is_possible(pool, more) else kept
    return kept


def _is_possible(pool: Pool, wanted: Wanted) -> bool:
    try:
        problem_of(pool, wanted)
    except engine.ProblemError:
        return False
    return True


@transaction.atomic
def keep_version(matching: Matching, answer: Answer, *, by: Person | None, at: datetime) -> Version:
    """Make an answer the present version."""
    last = Version.objects.filter(matching=matching).aggregate(last=Max("number"))["last"] or 0
    version: Version = Version.objects.create(
        organisation_id=matching.organisation_id,
        programme_id=matching.programme_id,
        matching=matching,
        number=last + 1,
        parent=matching.current,
        change=answer.change[:300],
        made_by=by,
        made_at=at,
        **_as_fields(answer.wanted, answer.result),
    )
    _put_on_board(matching, version)
    record("change_board", matching, by=by, at=at, version=version.number)
    return version


def is_fresh(version: Version, pool: Pool) -> bool:
    """Tell whether the people and wishes of ``version`` are those of today."""
    try:
        return market_of(problem_of(pool, wanted_by(version))).fingerprint == version.fingerprint
    except engine.ProblemError:  # a wish that was possible then contradicts the people of today
        return False


def require_fresh(version: Version, pool: Pool) -> None:
    """Let through a version that is true today.

    :raises OutOfDate: if it is not.
    """
    if not is_fresh(version, pool):
        raise OutOfDate


@transaction.atomic
def undo(matching: Matching, *, seen: str = "", by: Person, at: datetime) -> Version:
    """Go back to the version before the present one. ``seen`` is the ref of the version that is to be undone.

    :raises NothingToUndo: if there is none before it.
    :raises ChangedByAnother: if another version is on the board by now.
    """
    current = _hold(matching)
    if seen and current.ref != seen:
        raise ChangedByAnother
    if current.parent is None:
        raise NothingToUndo
    return show_version(matching, current.parent, by=by, at=at)


@transaction.atomic
def show_version(matching: Matching, version: Version, *, by: Person, at: datetime) -> Version:
    """Put a kept version on the board again."""
    _put_on_board(matching, version)
    record("show_version", matching, by=by, at=at, version=version.number)
    return version


@transaction.atomic
def name_version(version: Version, name: str) -> None:
    """Give a version a name to find it by."""
    version.name = name
    version.save(update_fields=["name"])


def solution_of(version: Version) -> engine.Solution:
    """Return the pairs of a version as the engine's value."""
    pairs = tuple(engine.Pair(mentee, mentor, score) for mentee, mentor, score in version.pairs)
    left = tuple(engine.Unmatched(person, reason, sentence) for person, reason, sentence in version.unmatched)
    return engine.Solution(pairs, left, ())


def _put_on_board(matching: Matching, version: Version) -> None:
    matching.current = version
    matching.save(update_fields=["current"])


def _as_fields(wanted: Wanted, result: engine.Result) -> dict[str, Any]:
    solution, certificate = result.solution, result.certificate
    return {
        "settings": engine.to_dict(wanted.settings),
        "required": sorted(map(list, wanted.required)),
        "forbidden": sorted(map(list, wanted.forbidden)),
        "pairs": [[pair.mentee, pair.mentor, pair.score] for pair in solution.pairs],
        "unmatched": [[left.person, left.reason, left.sentence] for left in solution.unmatched],
        "placed": certificate.placed,
        "quality": certificate.quality,
        "value": certificate.value,
        # A bound that is reached says proven, which takes more where the worst match is raised.
        "bound": certificate.bound if certificate.proven else max(certificate.bound, certificate.value + 1),
        "fingerprint": certificate.fingerprint,
    }
