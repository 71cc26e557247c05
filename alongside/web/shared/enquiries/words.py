"""An enquiry in words: what is looked for, where it stands, how long it has waited."""

from datetime import datetime
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.enquiries.clocks import answer_by
from alongside.enquiries.models import Enquiry
from alongside.enquiries.states import OPEN, Doubt, EnquiryState, Wants
from alongside.questionnaires.queries import newest_definition
from alongside.web.shared.times import day, time_left

Shown = dict[str, Any]
WANTS = {
    Wants.MENTEE: gettext_lazy("wants a mentor"),
    Wants.MENTOR: gettext_lazy("wants to be a mentor"),
    Wants.OTHER: gettext_lazy("asks something else"),
}
TAGS = {
    EnquiryState.WAITING: (gettext_lazy("new"), "care"),
    EnquiryState.ACKNOWLEDGED: (gettext_lazy("read"), "care"),
    EnquiryState.ANSWERED: (gettext_lazy("answered"), "well"),
    EnquiryState.APPLIED: (gettext_lazy("became an application"), "well"),
    EnquiryState.PASSED_ON: (gettext_lazy("passed on"), ""),
    EnquiryState.DECLINED: (gettext_lazy("could not help"), ""),
    EnquiryState.WITHDRAWN: (gettext_lazy("taken back"), ""),
    EnquiryState.LAPSED: (gettext_lazy("not answered"), "trouble"),
}
DOUBTS = {
    Doubt.TRAP: gettext_lazy("A field that people do not see was filled in."),
    Doubt.LINKS: gettext_lazy("It has many links."),
    Doubt.SAME_WORDS: gettext_lazy("The same words were sent to many this week."),
}
ANSWERED_ELSEWHERE = {EnquiryState.PASSED_ON, EnquiryState.WITHDRAWN}
"""What whoever held it reads no more: who it was and what they wrote is no longer theirs."""


@cache
def choices(question: str) -> dict[str, str]:
    """Return the answers to a question of our application for mentees, by id: the words of the whole directory."""
    item: Any = newest_definition("mentee-application").by_id[question].item
    return {each.id: each.label for each in item.options}


def labels(question: str, ids: list[str]) -> str:
    known = choices(question)
    return ", ".join(known[each] for each in ids if each in known)


def facts_of(enquiry: Enquiry) -> list[Shown]:
    """Say what is looked for, leaving out what was not said."""
    how = {True: _("online will do"), False: _("in person"), None: ""}[enquiry.online]
    where = f"{enquiry.place} ({enquiry.region})" if enquiry.place and enquiry.region else enquiry.place
    said = [
        (_("Who"), f"{enquiry.name} · {WANTS[Wants(enquiry.side)]}"),
        (_("Help with"), labels("topics", enquiry.topics)),
        (_("Line of work"), labels("sector", enquiry.sectors)),
        (_("Where"), where),
        (_("How to meet"), how),
        (_("Languages"), labels("languages", enquiry.languages)),
    ]
    return [{"term": term, "value": value} for term, value in said if value]


def line_of(enquiry: Enquiry, url: str, *, at: datetime) -> Shown:
    """Show an enquiry in a list: what is wanted, how far it is, its clock."""
    gone = enquiry.state in ANSWERED_ELSEWHERE or enquiry.emptied_at is not None
    label, kind = TAGS[EnquiryState(enquiry.state)]
    wanted = labels("topics", enquiry.topics) or enquiry.words[:80]
    return {
        "url": "" if gone else url,
        "name": "" if gone else enquiry.name,
        "wants": WANTS[Wants(enquiry.side)],
        "about": "" if gone else wanted,
        "place": "" if gone else enquiry.place,
        "label": label,
        "kind": kind,
        "when": waited(enquiry, at=at),
        "clock": clock_of(enquiry, at=at),
    }


def waited(enquiry: Enquiry, *, at: datetime) -> str:
    if enquiry.state not in OPEN:
        return day(enquiry.closed_at, today=at) if enquiry.closed_at else ""
    days = (at - enquiry.since).days
    return ngettext("waits for %(n)d day", "waits for %(n)d days", days) % {"n": days} if days else _("came today")


def clock_of(enquiry: Enquiry, *, at: datetime) -> Shown | None:
    """Show how long there is to answer; after a reminder it presses."""
    by = answer_by(enquiry)
    if by is None:
        return None
    if by <= at:
        return {"text": _("overdue"), "state": "over", "datetime": by}
    left = time_left(by, at=at)
    return {**left, "state": "soon" if enquiry.reminders_sent else left["state"], "datetime": by}
