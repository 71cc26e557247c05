from typing import Any, TypedDict

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.web.participant.mentorship.here import Here

TABS: tuple[tuple[str, "str | Promise"], ...] = (
    ("mentorship", _("Story")),
    ("mentorship_agreement", _("Agreement")),
    ("mentorship_plan", _("Plan")),
    ("mentorship_exercises", _("Exercises")),
    ("mentorship_notes", _("Notes")),
    ("mentorship_ending", _("What comes next")),
)
"""The pages of a mentorship, by the name of their address, in the order in which they are shown."""


class Tab(TypedDict):
    label: str
    url: str
    current: bool


def page(here: Here, *, current: str, **context: Any) -> dict[str, Any]:
    """Return what every page inside a mentorship knows, with its tabs, and what this one adds."""
    ref = here.mentorship.ref
    tabs = [Tab(label=str(label), url=reverse(name, args=[ref]), current=name == current) for name, label in TABS]
    return {"here": here, "mentorship": here.mentorship, "tabs": tabs, **context}
