"""What each side of a request sees of the other before both have said yes: only what that person agreed to share."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from alongside.kernel.vocabulary import in_words
from alongside.matching.models import Request
from alongside.programmes.models import Participant

# What a criterion's sentence gives away of a person; stated wishes stand in no row and are shown to nobody.
REVEALS = {
    "needs": "topics",
    "text": "about",
    "sector": "sector",
    "place": "place",
    "seniority": "job_title",
    "availability": "availability",
}
OURS_ALONE = {"seniority"}
"""The criteria whose sentence speaks of mentor and mentee, and holds nothing that anybody wrote."""
CRITERIA = {
    "needs": _("Needs and expertise"),
    "text": _("Own words"),
    "sector": _("Sector"),
    "place": _("Place"),
    "seniority": _("Experience"),
    "availability": _("Times to meet"),
}


class Reason(NamedTuple):
    """Why a pair fits, in one respect."""

    criterion: str
    points: int
    out_of: int
    sentence: str


def reasons_shown(request: Request, *, of: Participant) -> list[Reason]:
    """List what speaks for the pair, as far as it tells nothing that ``of`` does not share.

    A criterion speaks for a pair when it gives more than half of its points: half is what the unknown counts.
    """
    name = of.person.name
    return [
        Reason(str(CRITERIA[criterion]), points, out_of, in_words(sentence) if criterion in OURS_ALONE else sentence)
        for criterion, points, out_of, sentence in request.reasons
        if REVEALS.get(criterion) in of.shown and points * 2 > out_of and ("name" in of.shown or name not in sentence)
    ]


def line_about(profile: dict[str, Any]) -> str:
    """Sum up a shared profile in a line: what they do, where, and the place."""
    work = [profile[field] for field in ("job_title", "employer", "place") if field in profile]
    return ", ".join(work)
