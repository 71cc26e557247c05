"""What has happened to an enquiry, and what happens next, as its visitor reads it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from alongside.enquiries.clocks import answer_by, next_due
from alongside.enquiries.models import Enquiry, Said
from alongside.enquiries.states import OPEN, Due, EnquiryState
from alongside.web.shared.times import day, moment

Event = dict[str, Any]
S = EnquiryState


def story_of(rows: Sequence[Enquiry], said: Sequence[Said]) -> list[Event]:
    """List what happened over everywhere it was, in order."""
    found = [(enquiry.sent_at, 0, _("You wrote to us"), enquiry.words) for enquiry in rows[:1]]
    for each in rows:
        found += [(when, each.pk, title, "") for when, title in _happened(each)]
    found += [(each.at, each.enquiry_id, _who(each), each.text) for each in _without_copies(said)]
    return [
        {"when": moment(when), "title": title, "text": text, "phase": "nearing" if number else "apart"}
        for number, (when, _order, title, text) in enumerate(sorted(found, key=lambda event: event[:2]))
    ]


def what_next(enquiry: Enquiry, *, at: datetime) -> dict[str, str]:
    """Say what happens next, and by when."""
    words = {"holder": enquiry.holder_name, "network": enquiry.network.name}
    by = answer_by(enquiry)
    if enquiry.state in OPEN and by:
        return _while_open(enquiry, {**words, "day": day(by, today=at)}, at)
    title, text = AFTERWARDS[S(enquiry.state)]()
    return {"title": title % words, "text": text % words}


def _while_open(enquiry: Enquiry, words: dict[str, str], at: datetime) -> dict[str, str]:
    title = _("You hear from %(holder)s by %(day)s") % words
    coming = next_due(enquiry, at=at)
    if coming is None or coming[0] == Due.LAPSE:
        return {"title": _("They are late, and reminded") % words, "text": _("You need not wait: pass it on below.")}
    if enquiry.organisation_id is None:
        return {"title": title, "text": _("Until then you need not do anything.")}
    if enquiry.may_pass_on:
        return {"title": title, "text": _("If not, it goes to the next organisation that fits, as you agreed.")}
    return {"title": title, "text": _("If not, it goes to the people who look after %(network)s.") % words}


AFTERWARDS: dict[S, Callable[[], tuple[str, str]]] = {
    S.ANSWERED: lambda: (_("%(holder)s has answered"), _("If it does not help you yet, write back or pass it on.")),
    S.APPLIED: lambda: (_("Your application is begun"), _("Finish it with the link in your inbox.")),
    S.PASSED_ON: lambda: (_("It was passed on"), ""),
    S.DECLINED: lambda: (_("%(holder)s cannot help with this"), _("Others may. Nothing has to be typed again.")),
    S.WITHDRAWN: lambda: (_("You took it back"), _("Nobody answers it any more. It is deleted six months after that.")),
    S.LAPSED: lambda: (_("Nobody could answer it"), _("We are sorry. You can ask again in other words.")),
}


def _happened(enquiry: Enquiry) -> Iterator[tuple[datetime, str]]:
    words = {"holder": enquiry.holder_name}
    if enquiry.arrived_at:
        yield enquiry.arrived_at, _("It came to %(holder)s") % words
    if enquiry.acknowledged_at:
        yield enquiry.acknowledged_at, _("%(holder)s read it") % words
    if enquiry.closed_at and enquiry.state in CLOSED:
        yield enquiry.closed_at, CLOSED[S(enquiry.state)]() % words


CLOSED: dict[S, Callable[[], str]] = {
    S.APPLIED: lambda: _("%(holder)s began your application"),
    S.PASSED_ON: lambda: _("It was passed on"),
    S.WITHDRAWN: lambda: _("You took it back"),
    S.LAPSED: lambda: _("It was closed without an answer"),
}


def _without_copies(said: Sequence[Said]) -> list[Said]:
    """Leave out what came along when it was passed on: the visitor wrote it once."""
    seen: set[tuple[datetime, str]] = set()
    found = []
    for each in said:
        if not each.by_visitor or (each.at, each.text) not in seen:
            found.append(each)
        seen.add((each.at, each.text))
    return found


def _who(said: Said) -> str:
    return _("You added") if said.by_visitor else _("%(holder)s wrote") % {"holder": said.enquiry.holder_name}
