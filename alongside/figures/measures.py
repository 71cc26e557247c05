"""What is counted of a network each month."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

EVERY = ""
"""In a figure: whatever the region, the sector or the topic."""
UNKNOWN = "unknown"
"""In a figure: it was not said, or nobody could tell what was meant."""


@dataclass(frozen=True)
class Measure:
    """One thing that is counted.

    ``of_organisations`` says whether each one counted is with an organisation. ``over_a_month`` are counted as they
    happen; the others as they stand when the month is frozen.
    """

    id: str
    label: str | Promise
    side: str
    of_organisations: bool = True
    over_a_month: bool = False
    more_is_better: bool = True


MEASURES = {
    each.id: each
    for each in (
        Measure("mentors", gettext_lazy("Mentors who can be asked"), "mentor"),
        Measure("free_places", gettext_lazy("Free places with mentors"), "mentor"),
        Measure("mentees", gettext_lazy("Mentees who take part"), "mentee"),
        Measure("waiting", gettext_lazy("Mentees who wait for a mentor"), "mentee", more_is_better=False),
        Measure("enquiries", gettext_lazy("Enquiries that are not an application yet"), "mentee", over_a_month=True),
        Measure("would_mentor", gettext_lazy("Enquiries from people who would mentor"), "mentor", over_a_month=True),
        Measure("searches", gettext_lazy("Searches"), "", of_organisations=False, over_a_month=True),
        Measure("missed", gettext_lazy("Searches that found nothing right"), "", of_organisations=False,
                over_a_month=True, more_is_better=False),
        Measure("begun", gettext_lazy("Mentorships begun"), "", over_a_month=True),
        Measure("running", gettext_lazy("Mentorships that run"), ""),
    )
}  # fmt: skip
SUPPLY, DEMAND = ("free_places",), ("waiting", "enquiries")
"""What a gap is made of: demand less supply."""

MOVES_AT = 3
"""By how many a count must differ from what was last shown before anything else is shown."""


def steadied(count: int, before: int | None) -> int:
    """Return the count that may be shown: the one before, unless at least three came or went since.

    So two publications between which one or two people joined or left are the same, and tell nothing of them.
    """
    return count if before is None or abs(count - before) >= MOVES_AT else before
