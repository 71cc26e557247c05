from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside.organisations.queries import networks_stewarded_by
from alongside.reports.network_figures import OrganisationFigures, figures_of
from alongside.web.shared.access import PersonRequest, steward


@steward
def network(request: PersonRequest) -> HttpResponse:
    """Show the organisations of the networks this person looks after, in figures."""
    networks = [(each, _rows(figures_of(each))) for each in networks_stewarded_by(request.person).order_by("name")]
    return render(request, "steward/network.html", {"networks": networks, "columns": _columns()})


def _columns() -> list[dict[str, object]]:
    words = [_("Programmes"), _("Cohorts"), _("Mentors"), _("Mentees"), _("Running mentorships")]
    return [{"label": _("Organisation")}, *({"label": label, "numeric": True} for label in words)]


def _rows(figures: list[OrganisationFigures]) -> list[dict[str, object]]:
    return [{"cells": _cells(each)} for each in figures]


def _cells(figures: OrganisationFigures) -> list[dict[str, object]]:
    name = ", ".join(filter(None, [figures.organisation.name, figures.organisation.region]))
    numbers = [figures.programmes, figures.cohorts, figures.mentors, figures.mentees, figures.mentorships]
    labels = [column["label"] for column in _columns()][1:]
    cells = zip(labels, numbers, strict=True)
    return [{"value": name}, *({"label": label, "value": value, "numeric": True} for label, value in cells)]
