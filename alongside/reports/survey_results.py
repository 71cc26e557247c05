"""What came of the surveys of a cohort: by question and time, never a single answer where they are only counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from alongside.programmes.models import Cohort
from alongside.programmes.states import Side
from alongside.questionnaires.definition import Audience, Definition, Shown
from alongside.questionnaires.queries import definition_of
from alongside.questionnaires.scoring import Together, shares_of, together
from alongside.surveys.models import Response
from alongside.surveys.queries import responses_in

LEAST = 3
"""From how many answers on any are shown as counts, if a questionnaire does not ask for more."""
TIMES = ("start", "halfway", "ending", "after_3_months", "after_6_months", "after_12_months")


@dataclass(frozen=True)
class Column:
    """Who was asked one survey at one time: how many, how many answered, and what these said together.

    ``cells`` are None where too few answered. ``side`` is None where everybody is on one.
    """

    definition: Definition
    when: str
    side: Side | None
    asked: int
    done: Sequence[Response]

    @property
    def answered(self) -> int:
        return len(self.done)

    @cached_property
    def cells(self) -> dict[str, Together] | None:
        found = together(self.definition, [each.answers for each in self.counted], at_least=self.at_least)
        return None if found is None else {cell.question.id: cell for cell in found}

    @property
    def at_least(self) -> int:
        return max(LEAST, self.definition.at_least)

    @property
    def counted(self) -> Sequence[Response]:
        """Whose answers are among the counts: where only counts are shown, always as many more as are needed for any.

        Otherwise whoever looks before and after one more answer could work it out.
        """
        if self.definition.shown != Shown.COUNTED:
            return self.done
        return self.done[: len(self.done) - len(self.done) % self.at_least]

    @property
    def shares(self) -> dict[str, float | None]:
        """How far along its scales each role lies, in per cent; None where too little was said."""
        return shares_of(self.definition, list((self.cells or {}).values()))


@dataclass(frozen=True)
class Outcome:
    """What came of one questionnaire in one version."""

    definition: Definition
    columns: Sequence[Column]

    @property
    def asked(self) -> int:
        return sum(column.asked for column in self.columns)

    @property
    def answered(self) -> int:
        return sum(column.answered for column in self.columns)

    @property
    def readable(self) -> list[Response]:
        """The answers coordinators read one by one, the latest first; none where they are only counted."""
        if self.definition.shown != Shown.TO_COORDINATORS:
            return []
        done = [each for column in self.columns for each in column.done if each.member_id]
        return sorted(done, key=lambda each: (each.done_at or each.asked_at, each.pk), reverse=True)


def outcomes_of(cohort: Cohort) -> list[Outcome]:
    """Return what came of every survey of a cohort, by title; one query, and one for each questionnaire of its own."""
    asked: dict[tuple[str, int], list[Response]] = {}
    for response in responses_in(cohort):
        asked.setdefault((response.questionnaire, response.questionnaire_version), []).append(response)
    found = [
        _outcome(definition_of(key, version, cohort.organisation_id), rows) for (key, version), rows in asked.items()
    ]
    return sorted(found, key=lambda outcome: (outcome.definition.title, -outcome.definition.version))


def _outcome(definition: Definition, rows: Sequence[Response]) -> Outcome:
    sides: Iterable[Side | None] = Side if definition.audience == Audience.EACH else (None,)
    columns = [
        Column(definition, when, side, asked=len(those), done=_in_order(those))
        for when in TIMES
        for side in sides
        if (those := [row for row in rows if row.when == when and side in (None, row.side)])
    ]
    return Outcome(definition, columns)


def _in_order(rows: Sequence[Response]) -> list[Response]:
    """Return what was answered, in the order in which it was, so that what is counted once stays counted."""
    done = [row for row in rows if row.done_at]
    return sorted(done, key=lambda row: (row.done_at or row.asked_at, row.pk))
