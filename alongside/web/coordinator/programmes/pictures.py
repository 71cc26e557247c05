"""What the page of a cohort shows: its figures, its funnel and the one next step."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.matching.models import Offer
from alongside.matching.queries import board_ref
from alongside.matching.states import OFFERS_FOR_THE_COORDINATOR, OfferState
from alongside.programmes.models import Cohort
from alongside.reports.funnel import Figures, Stage


def figures(found: Figures, *, of_peers: bool = False) -> list[dict[str, Any]]:
    places = ngettext("with %(places)d place", "with %(places)d places", found.places) % {"places": found.places}
    of_mentees = _("of %(mentees)d mentees") % {"mentees": found.mentees}
    if of_peers:
        of_all = _("of %(mentees)d people") % {"mentees": found.mentees}
        return [
            {"label": _("People"), "number": found.mentees},
            {"label": _("Introduced"), "number": found.introduced, "of": of_all},
            {"label": _("In a mentorship now"), "number": found.running, "of": of_all},
        ]
    return [
        {"label": _("Mentors"), "number": found.mentors, "of": places},
        {"label": _("Mentees"), "number": found.mentees},
        {"label": _("Introduced"), "number": found.introduced, "of": of_mentees},
        {"label": _("Mentorships running"), "number": found.running},
    ]


def stages(found: list[Stage]) -> list[dict[str, Any]]:
    before = [None, *found]
    return [
        {
            "label": _(stage.name),
            "count": stage.count,
            "share": _share(stage.count, last.count) if last else "",
            "days": _days(stage.wait),
        }
        for last, stage in zip(before, found, strict=False)
    ]


def next_step(cohort: Cohort, found: Figures, offers: QuerySet[Offer], kinds: Sequence[str] = ()) -> dict[str, str]:
    """Return the one thing that would take this cohort on.

    :param kinds: those kinds of mentors, where there are kinds, of which somebody lacks one and is not asked.
    """
    shape = cohort.rules.shape.of
    if cohort.rules.placing and found.mentors:
        return {
            "title": _("Offer them to whoever needs mentors"),
            "text": _("Nobody is matched here. You see who is trained, which organisations call, and whom to ask."),
            "url": reverse("volunteers", args=[cohort.programme.ref]),
            "action": _("See the volunteers"),
        }
    if not found.mentees or not (found.mentors or shape == "peers"):
        missing = _("mentees") if found.mentors else _("mentors")
        if shape == "peers":
            missing = _("people")
        return {
            "title": _("Bring in the %(missing)s") % {"missing": missing},
            "text": _("Drop in the spreadsheet you have. Its columns are recognised; you correct what is wrong."),
            "url": reverse("import", args=[cohort.ref]),
            "action": _("Import a spreadsheet"),
        }
    if shape != "pair":
        return _next_of_groups(cohort, found)
    waiting = offers.filter(state__in=OFFERS_FOR_THE_COORDINATOR).count()
    if waiting:
        return {
            "title": ngettext("%(n)d offer needs you", "%(n)d offers need you", waiting) % {"n": waiting},
            "text": _("Somebody did not answer in time, or would like other mentors."),
            "url": reverse("queue"),
            "action": _("Open the queue"),
        }
    asked = offers.filter(state__in=[OfferState.OPEN, OfferState.CHOSEN]).count()
    several = bool(cohort.rules.shape.kinds)
    if not kinds if several else asked + found.introduced >= found.mentees:
        return {
            "title": _("Nothing to do right now"),
            "text": _("Everybody has a mentor or is being asked. Reminders go out by themselves."),
            "url": reverse("offers", args=[cohort.ref]),
            "action": _("See the choices"),
        }
    return {
        "title": _("Match the cohort"),
        "text": _("The board shows the best matching for everybody, with the reasons for every pair."),
        "url": reverse("board", args=[board_ref(cohort, kinds[0] if several else "")]),
        "action": _("Open the board"),
    }


def _next_of_groups(cohort: Cohort, found: Figures) -> dict[str, str]:
    """Return the one thing that would take a cohort on whose people work in groups."""
    if found.introduced >= found.mentees:
        return {
            "title": _("Nothing to do right now"),
            "text": _("Everybody is in a mentorship, or was. Reminders go out by themselves."),
            "url": reverse("cohort_mentorships", args=[cohort.ref]),
            "action": _("See the mentorships"),
        }
    return {
        "title": _("Put groups together"),
        "text": _("You see who is in no group yet, with suggestions, and what each would be asked."),
        "url": reverse("groups", args=[cohort.ref]),
        "action": _("Open the groups"),
    }


def _share(count: int, of: int) -> str:
    return f"{round(100 * count / of)}%" if of else ""


def _days(wait: timedelta | None) -> str:
    if wait is None:
        return ""
    days = wait.days
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days} if days else _("the same day")
