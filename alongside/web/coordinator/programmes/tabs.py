import re
from typing import TypedDict

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.matching.queries import KIND_AFTER
from alongside.programmes.models import Cohort

OF_MATCHING = ("board", "offers", "cohort_mentorships")


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
        (_("Surveys"), "cohort_surveys"),
    ]
    if cohort.rules.placing:  # nobody is matched here
        names = [each for each in names if each[1] not in OF_MATCHING]
    urls = [(label, reverse(name, args=[cohort.ref])) for label, name in names]
    if cohort.rules.placing:
        urls.append((_("Volunteers"), reverse("volunteers", args=[cohort.programme.ref])))
    return [Tab(label=label, url=url, current=_is_here(request, cohort, url)) for label, url in urls]


def _is_here(request: HttpRequest, cohort: Cohort, url: str) -> bool:
    """Tell whether this is the page of a tab; the board of each kind of mentor is the board."""
    path = re.sub(rf"/{cohort.ref}{KIND_AFTER}[^/]*/", f"/{cohort.ref}/", request.path)
    return path == url
