"""What the page shows on which somebody says yes or no to a group, and after."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.groups.models import Ask
from alongside.groups.queries import people_in
from alongside.groups.states import AskState, GroupState
from alongside.journeys.group_emails import needs_shared
from alongside.matching.profiles import line_about
from alongside.programmes.availability import in_words
from alongside.programmes.models import Participant
from alongside.web.shared.times import moment


def together_page(ask: Ask) -> dict[str, Any]:
    """Return what somebody sees of a group: of its people only what these share, and after a beginning the way in."""
    group, state = ask.group, _state(ask)
    page: dict[str, Any] = {
        "ask": ask,
        "state": state,
        "of_peers": group.of_peers,
        "contact": ask.participant.key_contact,
        "due": moment(ask.due_at),
        "late": ask.state == AskState.LAPSED,
    }
    if state == "begun":
        page["mentorship_url"] = reverse("mentorship", args=[group.mentorship])
    if state in ("open", "yes"):
        others = [each for each in people_in(group) if each.pk != ask.participant_id]
        page["people"] = [_shown(each) for each in others] if group.of_peers else []
        page["facts"] = [] if group.of_peers else _facts([each for each in others if not each.is_mentor], group.name)
    return page


def _state(ask: Ask) -> str:
    """Return how it stands for them: open, yes, no, begun or settled."""
    if ask.group.state == GroupState.BEGUN and ask.state == AskState.YES:
        return "begun"
    if ask.state == AskState.NO:
        return "no"
    if ask.group.state != GroupState.ASKING or ask.state == AskState.WITHDRAWN:
        return "settled"
    return "yes" if ask.state == AskState.YES else "open"


def _facts(members: list[Participant], name: str) -> list[dict[str, str]]:
    """Return what a mentor learns of a group: its name, how many they are, what they need."""
    count = len(members)
    facts = [
        (_("The group"), name),
        (_("How many"), ngettext("%(n)d person", "%(n)d people", count) % {"n": count}),
        (_("Would like help with"), ", ".join(needs_shared(members))),
    ]
    return [{"term": term, "value": value} for term, value in facts if value]


def _shown(other: Participant) -> dict[str, Any]:
    profile = other.shared_profile
    facts = [
        (_("Would like to work on"), profile.get("topics", [])),
        (_("Sector"), [profile["sector"]] if "sector" in profile else []),
        (_("Languages"), profile.get("languages", [])),
        (_("Can meet"), in_words(profile.get("availability", []))),
    ]
    return {
        "name": profile.get("name", _("Somebody in your programme")),
        "initials": other.person.initials if "name" in profile else "",
        "about": line_about(profile),
        "words": profile.get("about", ""),
        "facts": [{"term": term, "value": ", ".join(values)} for term, values in facts if values],
    }
