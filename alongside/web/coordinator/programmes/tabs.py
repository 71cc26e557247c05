from typing import TypedDict

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.programmes.models import Cohort


class Tab(TypedDict):
    label: str
    url: str
    current: bool


def cohort_tabs(request: HttpRequest, cohort: Cohort) -> list[Tab]:
    """Return the views of one cohort, for the top of each of them."""
    together = [(_("Board"), "board"), (_("Choices"), "offers")]
    if cohort.rules.shape.of != "pair":
        together = [(_("Groups"), "groups")]
    names = [
        (_("Overview"), "cohort"),
        (_("People"), "people"),
        (_("Applications"), "cohort_applications"),
        (_("Import"), "import"),
        *together,
        (_("Mentorships"), "cohort_mentorships"),
    ]
    urls = [(label, reverse(name, args=[cohort.ref])) for label, name in names]
    return [Tab(label=label, url=url, current=request.path == url) for label, url in urls]
