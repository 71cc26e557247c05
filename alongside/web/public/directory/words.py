"""What a listing says of itself, in plain words."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.directory.models import Described, Listing
from alongside.finding.offers import Cost, Standing
from alongside.finding.vocabulary import Kind, label


def standing_of(listing: Listing) -> dict[str, str]:
    """Return what is known of an organisation's quality, as ``components/tag.html`` shows it, and what that means."""
    since = date_format(listing.standing_since, "F Y") if listing.standing_since else ""
    words = {
        Standing.ASSESSED: (
            _("Assessed"),
            "well",
            _("Two independent assessors judged its evidence. It met the standard."),
        ),
        Standing.CONDITIONAL: (
            _("Assessed, with conditions"),
            "care",
            _("Two independent assessors judged its evidence. It is putting right what was missing."),
        ),
        Standing.VISIBLE: (
            _("Not assessed"),
            "",
            _("It is shown so that you know it is there. Nobody has judged how it works: it may be very good."),
        ),
    }
    tag, kind, about = words[Standing(listing.standing)]
    return {"label": f"{tag}, {since}" if since and kind else tag, "kind": kind, "about": about}


def cost_in_words(cost: str) -> str:
    """Say whether a mentee pays."""
    return {Cost.FREE: _("free"), Cost.PAID: _("to be paid for"), Cost.BOTH: _("some of it is free")}[Cost(cost)]


def places_in_words(places: int | None) -> str:
    """Say how many mentees could begin; "" where it is not reported."""
    if places is None:
        return ""
    if places == 0:
        return _("no free place now: there is a waiting list")
    return ngettext("%(places)d free place", "%(places)d free places", places) % {"places": places}


def answers_in(days: float | None) -> str:
    """Say how long an answer usually takes, as measured; "" where it is not."""
    if days is None:
        return ""
    if days < 1:
        return _("usually answers within a day")
    whole = round(days)
    return ngettext("usually answers in a day", "usually answers in %(days)d days", whole) % {"days": whole}


def facts_of(said: Described) -> list[dict[str, Any]]:
    """Return what an offer is for whom, where and how, as ``components/facts.html`` shows it."""
    ways = [_("in person")] * said.in_person + [_("online")] * said.online
    facts = [
        (_("Help with"), _labels("topics", said.topics)),
        (_("For people in"), _labels("sectors", said.sectors) or _("any line of work")),
        (_("For"), _labels("stages", said.stages) or _("any stage")),
        (_("Especially for"), _labels("audiences", said.audiences)),
        (_("Where"), where(said)),
        (_("How you meet"), ", ".join(ways)),
        (_("Languages"), _labels("languages", said.languages)),
        (_("Cost"), getattr(said, "cost_words", "") or cost_in_words(said.cost)),
    ]
    return [{"term": term, "value": value[:1].upper() + value[1:]} for term, value in facts if value]


def where(said: Described) -> str:
    """Say how far an offer reaches."""
    near = [_("%(km)d km around %(place)s") % {"km": each["km"], "place": each["name"]} for each in said.around]
    return ", ".join([*said.regions, *near]) or _("everywhere in the United Kingdom")


def _labels(kind: Kind, ids: list[str]) -> str:
    return ", ".join(label(kind, each) for each in ids)
