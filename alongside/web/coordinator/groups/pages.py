"""What the pages about groups show."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside import engine
from alongside.groups.models import Ask, Group, Place
from alongside.groups.queries import asks_of
from alongside.groups.states import AskState, GroupState
from alongside.journeys.ask_group import CannotBeTogether, due, in_the_way, to_be_asked
from alongside.journeys.group_emails import request_letter
from alongside.journeys.group_fits import Free, coverage
from alongside.programmes.models import Cohort, Participant
from alongside.web.coordinator.board import words
from alongside.web.shared.times import time_left

GROUPS = {
    GroupState.FORMING: (gettext_lazy("being put together"), ""),
    GroupState.ASKING: (gettext_lazy("asked"), "step"),
    GroupState.BEGUN: (gettext_lazy("begun"), "well"),
    GroupState.DISSOLVED: (gettext_lazy("given up"), ""),
}
ASKS = {
    AskState.OFFERED: (gettext_lazy("asked"), "step"),
    AskState.YES: (gettext_lazy("said yes"), "well"),
    AskState.NO: (gettext_lazy("said no"), "care"),
    AskState.LAPSED: (gettext_lazy("has not answered"), "care"),
}


def row(group: Group) -> dict[str, Any]:
    """Return a group in a line: its name, its state, who is in it and how they stand."""
    label, kind = GROUPS[GroupState(group.state)]
    asks = _latest(group)
    return {
        "name": group.name,
        "url": reverse("group", args=[group.ref]),
        "state": label,
        "kind": kind,
        "people": [_standing(place, asks, at=None) for place in group.places.all()],
    }


def group_page(group: Group, free: Free, *, at: datetime) -> dict[str, Any]:
    """Return everything about one group, and what can be done with it."""
    asks = _latest(group)
    people = [_standing(place, asks, at=at) for place in group.places.all()]
    label, kind = GROUPS[GroupState(group.state)]
    shape = group.cohort.rules.shape
    mentors = sum(place.participant.is_mentor for place in group.places.all() if place.in_hand)
    return {
        "group": group,
        "cohort": group.cohort,
        "state": {"label": label, "kind": kind},
        "people": people,
        "of_peers": group.of_peers,
        "coverage": coverage_facts(coverage(group)) if not group.of_peers else None,
        "wants_mentors": group.in_hand and not group.of_peers and mentors < shape.mentors and bool(free.mentors),
        **_next(group),
    }


def _next(group: Group) -> dict[str, Any]:
    """Return what stands between a group and its beginning: who can be asked, or why not; whether it can begin."""
    if not group.in_hand:
        return {"can_ask": False, "not_yet": "", "can_begin": False, "not_begin": ""}
    try:
        to_be_asked(group)
        can_ask, not_yet = True, ""
    except CannotBeTogether as refusal:
        can_ask, not_yet = False, str(refusal)
    asking = group.state == GroupState.ASKING
    problem = in_the_way(group) if asking else ""
    return {
        "can_ask": can_ask,
        "not_yet": "" if asking else not_yet,
        "can_begin": asking and not problem,
        # While an answer is awaited, what is missing is that answer: nothing is to be mended yet.
        "not_begin": "" if _waits_for_somebody(group) else problem,
    }


def _waits_for_somebody(group: Group) -> bool:
    return any(ask.state == AskState.OFFERED for ask in asks_of(group).values())


def _latest(group: Group) -> dict[int, Ask]:
    """Return what each was asked last, by the participant's primary key."""
    return {ask.participant_id: ask for ask in group.asks.all()}


def _standing(place: Place, asks: dict[int, Ask], *, at: datetime | None) -> dict[str, Any]:
    who, ask = place.participant, asks.get(place.participant_id)
    if ask and ask.state == AskState.NO and place.in_hand:
        ask = None  # they said no to this group before, and are to be asked anew
    label, kind = ASKS[AskState(ask.state)] if ask else ("", "")
    open_now = ask is not None and ask.state == AskState.OFFERED
    return {
        "participant": who,
        "name": who.person.name,
        "initials": who.person.initials,
        "about": ", ".join(part for part in (who.job_title, who.employer) if part),
        "side": who.side,
        "topics": ", ".join(who.topic_labels),
        "asked": {"label": label, "kind": kind} if ask else None,
        "ask": ask,
        "lapsed": ask is not None and ask.state == AskState.LAPSED,
        "clock": time_left(ask.due_at, at=at) if open_now and ask and at else None,
        "reason": ask.reason if ask and ask.state == AskState.NO else "",
    }


def coverage_facts(team: engine.Team | None) -> list[dict[str, str]] | None:
    """Return each need with the sentence on who covers it; None where no needs were named."""
    if team is None:
        return None
    return [{"term": need.need, "value": _sentence(need)} for need in team.needs]


def _sentence(need: engine.CoveredNeed) -> str:
    """Return the engine's sentence without the need, which stands before it."""
    said = need.sentence.removeprefix(f"{need.need}: ")
    return said[:1].upper() + said[1:]


def preview(group: Group, *, at: datetime) -> list[dict[str, Any]]:
    """Return every letter that asking would send.

    :raises CannotBeTogether: if it is not ready to be asked, or all have been.
    """
    until = due(group.cohort, at)
    return [{"to": each.person, "letter": request_letter(group, each, due_at=until)} for each in to_be_asked(group)]


def suggested(together: Iterable[Any]) -> list[dict[str, Any]]:
    """Return people who would mentor each other, as the page of suggestions shows them."""
    return [
        {
            "value": ",".join(each.ref for each in one.members),
            "people": [_face(each) for each in one.members],
            "score": words.score(one.score),
            "reasons": one.reasons,
        }
        for one in together
    ]


def _face(participant: Participant) -> dict[str, str]:
    about = ", ".join(participant.topic_labels[:3])
    return {"name": participant.person.name, "initials": participant.person.initials, "about": about, "side": "mentee"}


def lead(cohort: Cohort, free: Free) -> str:
    """Say who is in no group yet."""
    count = len(free.mentees)
    if cohort.rules.shape.of == "peers":
        words_of = ngettext(
            "%(n)d person is ready and in no group yet.", "%(n)d people are ready and in no group yet.", count
        )
        return words_of % {"n": count}
    mentors = ngettext("%(n)d mentor has a free place", "%(n)d mentors have a free place", len(free.mentors))
    people = ngettext("%(n)d person is in no group yet", "%(n)d people are in no group yet", count)
    both = {"people": people % {"n": count}, "mentors": mentors % {"n": len(free.mentors)}}
    return _("%(people)s, and %(mentors)s.") % both
