from typing import Any, TypedDict

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.messaging.queries import unread_counts
from alongside.web.participant.mentorship.here import Here

TABS: tuple[tuple[str, "str | Promise"], ...] = (
    ("mentorship", _("Story")),
    ("mentorship_messages", _("Messages")),
    ("meetings", _("Meetings")),
    ("mentorship_agreement", _("Agreement")),
    ("mentorship_plan", _("Plan")),
    ("mentorship_exercises", _("Exercises")),
    ("mentorship_reviews", _("360° review")),
    ("mentorship_documents", _("Documents")),
    ("mentorship_notes", _("Notes")),
    ("mentorship_ending", _("What comes next")),
)
"""The pages of a mentorship, by the name of their address, in the order in which they are shown."""


class Tab(TypedDict):
    label: str
    url: str
    current: bool
    count: int | None


def page(here: Here, *, current: str, **context: Any) -> dict[str, Any]:
    """Return what every page inside a mentorship knows, with its tabs, and what this one adds."""
    tabs = [_tab(here, name, str(label), current=name == current) for name, label in TABS]
    return {"here": here, "mentorship": here.mentorship, "tabs": tabs, **context}


def _tab(here: Here, name: str, label: str, *, current: bool) -> Tab:
    count = unread_counts([here.me]).get(here.mentorship.pk) if name == "mentorship_messages" else None
    return Tab(label=label, url=reverse(name, args=[here.mentorship.ref]), current=current, count=count)
