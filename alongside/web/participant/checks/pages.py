"""What somebody kept of looks at themselves, check by check, with a line for each time."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from alongside.questionnaires.definition import Definition, Role
from alongside.questionnaires.models import KeptResult
from alongside.questionnaires.queries import definition_of
from alongside.questionnaires.scoring import limits_of, role_scores
from alongside.questionnaires.speaking import for_reader
from alongside.web.shared.questionnaires.lines import picture_of

DRAWN = 5
"""How many times are drawn beside each other, the latest; the table has all."""


def definition_kept(kept: KeptResult) -> Definition:
    """Return what was answered then, in the language of the reader."""
    return for_reader(definition_of(kept.questionnaire, kept.questionnaire_version, kept.organisation_id))


def by_check(results: Sequence[KeptResult]) -> list[dict[str, Any]]:
    """Return what was kept, check by check, in each from the first time to the last.

    :param results: as `kept_by` gives them.
    """
    ordered = sorted(results, key=_check)  # stable: the latest stays first
    return [_together(list(reversed(list(several)))) for _check_of, several in groupby(ordered, key=_check)]


def _check(kept: KeptResult) -> tuple[int, str]:
    return (kept.organisation_id or 0, kept.questionnaire)


def _together(times: list[KeptResult]) -> dict[str, Any]:
    definition = definition_kept(times[-1])
    figures = [role_scores(definition_kept(each), each.answers) for each in times]
    days = [date_format(timezone.localtime(each.made_at), "j M Y") for each in times]
    rows = [(role, [each.get(role.id) for each in figures]) for role in definition.roles]
    drawn = [
        (role.title, role.about, [_share(definition, role, figure) for figure in several[-DRAWN:]])
        for role, several in rows
    ]
    return {
        "definition": definition,
        "times": list(zip(times, days, strict=True)),
        "picture": picture_of(drawn, days[-DRAWN:]) if rows else None,
        "rows": [(role.title, [None if each is None else f"{each:g}" for each in several]) for role, several in rows],
        "is_cut": len(times) > DRAWN,
    }


def _share(definition: Definition, role: Role, figure: float | None) -> float | None:
    """Return how far along its line a figure lies, from 0 to 100, also one of a version with other limits."""
    low, high = limits_of(definition, role)
    return None if figure is None or high == low else min(max(100 * (figure - low) / (high - low), 0), 100)
