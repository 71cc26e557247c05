"""What an assessment says of each criterion, as every page of it shows that: asked, counted, answered, shown."""

from collections.abc import Callable, Iterable
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.assessments.models import Assessment, Evidence
from alongside.assessments.queries import answers_of, evidence_for
from alongside.assessments.standards import evidence_kinds
from alongside.assessments.states import AssessmentState, AssessorState
from alongside.reports.measured import title_of

STATES = {
    AssessmentState.SELF_ASSESSING: gettext_lazy("The organisation assesses itself"),
    AssessmentState.SENT: gettext_lazy("Waits for two assessors"),
    AssessmentState.WITH_ASSESSORS: gettext_lazy("With the assessors"),
    AssessmentState.MODERATION: gettext_lazy("Scored, waits for a decision"),
    AssessmentState.DECIDED: gettext_lazy("Decided"),
    AssessmentState.APPEALED: gettext_lazy("Under appeal"),
    AssessmentState.LAPSED: gettext_lazy("No longer holds"),
    AssessmentState.REPLACED: gettext_lazy("Replaced by a later one"),
    AssessmentState.WITHDRAWN: gettext_lazy("Withdrawn"),
}
ASSESSOR_STATES = {
    AssessorState.ASKED: gettext_lazy("asked, has not said whether they have a conflict of interest"),
    AssessorState.SCORING: gettext_lazy("no conflict of interest, is scoring"),
    AssessorState.HANDED_IN: gettext_lazy("has handed in"),
    AssessorState.IN_CONFLICT: gettext_lazy("has a conflict of interest, scores nothing"),
    AssessorState.RELEASED: gettext_lazy("let go"),
}


def state_words(assessment: Assessment) -> str:
    return str(STATES[AssessmentState(assessment.state)])


def criteria_shown(assessment: Assessment, address: Callable[[Evidence], str]) -> list[dict[str, Any]]:
    """Return what `components/criterion.html` shows of each criterion, with what was counted when it was sent.

    :param address: where the file of a piece of evidence is handed out.
    """
    answers, evidence = answers_of(assessment), evidence_for(assessment)
    counted = {each["key"]: each["shown"] for each in assessment.measured}
    found = []
    for criterion in assessment.standard.criteria:
        answer = answers.get(criterion.id)
        figures = [{"term": title_of(key), "value": counted[key]} for key in criterion.measured if key in counted]
        found.append(
            {
                "criterion": criterion,
                "words": answer.words if answer else "",
                "step": assessment.standard.step(answer.score) if answer else None,
                "figures": figures,
                "evidence": evidence_lines(criterion.evidence, evidence, address),
            }
        )
    return found


def evidence_lines(
    kinds: Iterable[str], kept: dict[str, list[Evidence]], address: Callable[[Evidence], str]
) -> list[dict[str, Any]]:
    """Return kinds of evidence, each with what there is of it."""
    return [
        {"kind": evidence_kinds()[kind], "rows": [_line(row, address) for row in kept.get(kind, [])]} for kind in kinds
    ]


def _line(row: Evidence, address: Callable[[Evidence], str]) -> dict[str, Any]:
    reviewed = _("gone over on %(day)s") % {"day": date_format(row.reviewed_on, "j F Y")}
    about = reviewed if row.link else f"{row.kind_name.upper()}, {filesizeformat(row.size)}, {reviewed}"
    return {"title": row.title, "about": about, "url": row.link or address(row), "is_file": not row.link, "row": row}
