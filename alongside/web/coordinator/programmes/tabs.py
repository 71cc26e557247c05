from typing import TypedDict

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.programmes.models import Cohort

OF_MATCHING = ("board", "offers", "cohort_mentorships")


class Tab(TypedDict):
    label: str
    url: str
    current: bool


def cohort_tabs(request: HttpRequest, cohort: Cohort) -> list[Tab]:
    """Return the views of one cohort, for the top of each of them."""
    names = [
        (_("Overview"), "cohort"),
        (_("People"), "people"),
        (_("Applications"), "cohort_applications"),
        (_("Import"), "import"),
        (_("Board"), "board"),
        (_("Choices"), "offers"),
        (_("Mentorships"), "cohort_mentorships"),
    ]
    if cohort.rules.placing:  # nobody is matched here
        names = [each for each in names if each[1] not in OF_MATCHING]
    urls = [(label, reverse(name, args=[cohort.ref])) for label, name in names]
    if cohort.rules.placing:
        urls.append((_("Volunteers"), reverse("volunteers", args=[cohort.programme.ref])))
    return [Tab(label=label, url=url, current=request.path == url) for label, url in urls]
