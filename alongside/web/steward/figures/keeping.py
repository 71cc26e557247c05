"""What stewards write down beside the figures: targets, what surveys found, campaigns."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.figures import actions
from alongside.figures.models import Campaign
from alongside.figures.queries import (
    awareness_of,
    awareness_stewarded_by,
    campaigns_stewarded_by,
    targets_stewarded_by,
    visits_by_month,
    visits_of,
)
from alongside.kernel import clock
from alongside.reports.supply_and_demand import progress
from alongside.reports.suppression import suppressed
from alongside.web.shared.access import PersonRequest, get_or_404, steward
from alongside.web.shared.charts import line_of
from alongside.web.shared.forms import sent
from alongside.web.steward.figures.forms import AwarenessForm, CampaignForm, TargetForm, month_words
from alongside.web.steward.figures.looking import Look


@steward
def targets(request: PersonRequest) -> HttpResponse:
    """Show how far the targets of a network are, and set another."""
    network = Look(request, request.person).network
    form = TargetForm(sent(request))
    if form.is_valid():
        told = form.cleaned_data
        actions.set_target(
            network, told["measure"], told["number"], until=told["by"], by=request.person, at=clock.now()
        )
        messages.success(request, _("The target is set."))
        return redirect(request.get_full_path())
    return render(request, "figures/targets.html", {"form": form, "network": network, "progress": progress(network)})


@require_POST
@steward
def drop_target(request: PersonRequest, ref: str) -> HttpResponse:
    """Want it no longer."""
    actions.drop_target(get_or_404(targets_stewarded_by(request.person), ref=ref), by=request.person, at=clock.now())
    messages.success(request, _("The target is gone."))
    return redirect("network_targets")


@steward
def awareness(request: PersonRequest) -> HttpResponse:
    """Show what surveys found of who has heard of mentoring, and note another."""
    network = Look(request, request.person).network
    form = AwarenessForm(sent(request))
    if form.is_valid():
        actions.note_awareness(network, **form.cleaned_data, by=request.person, at=clock.now())
        messages.success(request, _("The survey is noted."))
        return redirect(request.get_full_path())
    found = list(awareness_of(network))
    chart = line_of([(_day(each.on), f"{each.share}%", each.share) for each in found])
    return render(request, "figures/awareness.html", {"form": form, "network": network, "found": found, "chart": chart})


@require_POST
@steward
def drop_awareness(request: PersonRequest, ref: str) -> HttpResponse:
    """Take out what was noted of a survey."""
    found = get_or_404(awareness_stewarded_by(request.person), ref=ref)
    actions.drop_awareness(found, by=request.person, at=clock.now())
    messages.success(request, _("It is gone."))
    return redirect("network_awareness")


@steward
def campaigns(request: PersonRequest) -> HttpResponse:
    """List the campaigns, and begin another."""
    network = Look(request, request.person).network
    form = CampaignForm(sent(request))
    if form.is_valid():
        campaign = actions.begin_campaign(
            network, form.cleaned_data["name"], form.wordings, by=request.person, at=clock.now()
        )
        messages.success(request, _("It has begun. Use each link with its own wording."))
        return redirect("network_campaign", campaign.ref)
    found = campaigns_stewarded_by(request.person).filter(network=network)
    return render(request, "figures/campaigns.html", {"form": form, "network": network, "campaigns": found})


@steward
def campaign(request: PersonRequest, ref: str) -> HttpResponse:
    """Compare the wordings of a campaign by how often their links were followed."""
    found = get_or_404(campaigns_stewarded_by(request.person), ref=ref)
    return render(request, "figures/campaign.html", {"campaign": found, **_compared(found)})


def _compared(found: Campaign) -> dict[str, Any]:
    visits, months = visits_of(found), visits_by_month(found)
    wordings = list(found.wordings.all())
    return {
        "wordings": [
            {
                "wording": each,
                "link": settings.SITE_URL + reverse("follow_campaign", args=[found.slug, each.variant]),
                "visits": suppressed(visits.get(each.pk, 0)),
            }
            for each in wordings
        ],
        "rows": [
            {
                "cells": [
                    {"value": month_words(month)},
                    *(_numeric(each.variant, suppressed(months.get((month, each.pk), 0))) for each in wordings),
                ]
            }
            for month in sorted({month for month, _wording in months})
        ],
        "columns": [{"label": _("Month")}, *({"label": each.variant, "numeric": True} for each in wordings)],
    }


def _numeric(label: str, value: str) -> dict[str, Any]:
    return {"label": label, "value": value, "numeric": True}


def _day(day: date) -> str:
    return f"{day.day} {month_words(day)}"
