"""The matching of many people worked out in a worker: where it stands, and how it ends."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from alongside import engine
from alongside.audit.actions import record
from alongside.kernel.lifecycle import make_move
from alongside.matching.board import Answer, ChangedByAnother, keep_version
from alongside.matching.models import Calculation, Matching
from alongside.matching.states import CALCULATION_LIFECYCLE, CalculationState, Stage
from alongside.people.models import Person
from alongside.programmes.models import Cohort


@transaction.atomic
def start_calculation(
    cohort: Cohort, weights: engine.Weights | None, *, kind: str = "", by: Person, at: datetime
) -> tuple[Calculation, bool]:
    """Ask for a matching of a cohort with mentors of a kind; return the calculation and whether it is new.

    Two of one kind never run at once.
    """
    owned = {"organisation_id": cohort.organisation_id, "programme_id": cohort.programme_id}
    matching, _ = Matching.objects.select_for_update().get_or_create(cohort=cohort, kind=kind, defaults=owned)
    asked = {
        "before_id": matching.current_id,
        "weights": engine.to_dict(weights) if weights else {},
        "started_by": by,
        "started_at": at,
    }
    calculation: Calculation
    calculation, new = Calculation.objects.get_or_create(
        matching=matching, state=CalculationState.RUNNING, defaults={**owned, **asked}
    )
    if new:
        record("start_calculation", calculation, by=by, at=at)
    return calculation, new


def note_progress(calculation: Calculation, stage: Stage, share: int) -> bool:
    """Note how far it is, and tell whether it is still wanted."""
    rows = Calculation.objects.filter(pk=calculation.pk, state=CalculationState.RUNNING)
    return bool(rows.update(stage=stage, share=share))


@transaction.atomic
def stop_calculation(calculation: Calculation, *, by: Person, at: datetime) -> None:
    """Give it up. The board stays as it is."""
    make_move(calculation, CALCULATION_LIFECYCLE, "stop")
    record("stop_calculation", calculation, by=by, at=at)


@transaction.atomic
def finish_calculation(
    calculation: Calculation, answer: Answer, recruits: Iterable[engine.Recruit], *, at: datetime
) -> None:
    """Put what was found on the board.

    :raises ChangedByAnother: if another version came on the board meanwhile.
    :raises ChangedMeanwhile: if it was stopped.
    """
    matching = Matching.objects.select_for_update().get(pk=calculation.matching_id)
    if matching.current_id != calculation.before_id:
        raise ChangedByAnother
    version = keep_version(matching, answer, by=calculation.started_by, at=at)
    found = [asdict(recruit) for recruit in recruits]
    make_move(calculation, CALCULATION_LIFECYCLE, "finish", version=version, recruits=found)


def refuse_calculation(calculation: Calculation, words: str) -> None:
    """Note why nothing came of it, in words for the coordinator, unless it has ended."""
    calculation.refresh_from_db(fields=["state"])
    if calculation.state == CalculationState.RUNNING:
        make_move(calculation, CALCULATION_LIFECYCLE, "refuse", refusal=words[:300])


def recruits_of(calculation: Calculation) -> tuple[engine.Recruit, ...]:
    """Return the kinds of mentor that would add most, as they were worked out then."""
    return tuple(engine.Recruit(**recruit) for recruit in calculation.recruits)
