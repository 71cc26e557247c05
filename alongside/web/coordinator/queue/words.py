"""What each kind of thing in the queue is called, and what can be decided about it in place."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext as _

from alongside.reports.queue import QueueItem
from alongside.reports.unreached import Unreached
from alongside.web.coordinator.email_words import said
from alongside.web.shared.times import time_left

Button = dict[str, str]
Shown = dict[str, Any]


def shown(item: QueueItem, *, at: datetime) -> Shown:
    """Return an item as ``components/queue_item.html`` takes it."""
    what, details, buttons, url = KINDS[item.kind](item)
    return {
        "id": f"{item.kind}-{item.ref}",
        "what": what,
        "url": url,
        "about": f"{item.cohort.programme.name} · {item.cohort.name}" if item.cohort else item.other,
        "said": said(item.email) if item.email else "",
        "details": details,
        "clock": _clock(item, at),
        "post_url": reverse("queue_decide"),
        "buttons": buttons,
        "selectable": item.kind in {"gate", "offer_lapsed", "not_met", "email"},
    }


def _clock(item: QueueItem, at: datetime) -> Shown:
    if item.due_at and item.due_at > at:
        return {**time_left(item.due_at, at=at), "datetime": item.due_at}
    over = item.due_at or (at - item.since).days >= 3
    return {"text": _waiting(item.since, at), "state": "over" if over else "soon", "datetime": item.since}


def _waiting(since: datetime, at: datetime) -> str:
    days = (at - since).days
    if days < 1:
        return _("since today")
    return ngettext("for %(days)d day", "for %(days)d days", days) % {"days": days}


def _button(do: str, item: QueueItem, label: str) -> Button:
    return {"label": label, "name": "decide", "value": f"{do}:{item.kind}-{item.ref}"}


def _link(label: str, url: str) -> Button:
    return {"label": label, "url": url}


def _offer_lapsed(item: QueueItem) -> tuple[str, str, list[Button], str]:
    what = _of_kind(_("%(person)s has not chosen a mentor yet") % {"person": item.person}, item)
    buttons = [_button("more_time", item, _("Give more time")), _button("close", item, _("Close the offer"))]
    return what, "", buttons, reverse("offer", args=[item.ref])


def _offer_exhausted(item: QueueItem) -> tuple[str, str, list[Button], str]:
    what = _of_kind(_("No mentor on %(person)s’s list can take them on") % {"person": item.person}, item)
    return what, "", [_button("close", item, _("Back to the pool"))], reverse("offer", args=[item.ref])


def _offer_declined(item: QueueItem) -> tuple[str, str, list[Button], str]:
    what = _of_kind(_("%(person)s would like other mentors") % {"person": item.person}, item)
    return what, item.note, [_button("close", item, _("Back to the pool"))], reverse("offer", args=[item.ref])


def _gate(item: QueueItem) -> tuple[str, str, list[Button], str]:
    what = _("%(person)s: %(gate)s") % {"person": item.person, "gate": item.note or _("ready?")}
    return what, "", [_button("pass_gate", item, _("Done"))], reverse("participant", args=[item.ref])


def _application(item: QueueItem) -> tuple[str, str, list[Button], str]:
    url = reverse("application", args=[item.ref])
    return _("%(person)s applies") % {"person": item.person}, "", [_link(_("Read it and decide"), url)], url


def _enquiry(item: QueueItem) -> tuple[str, str, list[Button], str]:
    url = reverse("enquiry", args=[item.ref])
    return _("%(person)s asks something") % {"person": item.person}, "", [_link(_("Read it and answer"), url)], url


def _import(item: QueueItem) -> tuple[str, str, list[Button], str]:
    url = reverse("sheet_import", args=[item.ref])
    return _("Your import of %(file)s is not finished") % {"file": item.note}, "", [_link(_("Go on"), url)], url


def _not_met(item: QueueItem) -> tuple[str, str, list[Button], str]:
    what = _("%(mentee)s and %(mentor)s: no first meeting yet, as far as we know") % {
        "mentee": item.person,
        "mentor": item.other,
    }
    return what, "", [_button("met", item, _("They have met"))], reverse("looking_after", args=[item.ref])


def _unmatched(item: QueueItem) -> tuple[str, str, list[Button], str]:
    number = int(item.note)
    what = ngettext(
        "%(number)d mentee is ready and has nobody yet", "%(number)d mentees are ready and have nobody yet", number
    ) % {"number": number}
    if item.cohort and item.cohort.rules.shape.of != "pair":
        url = reverse("groups", args=[item.cohort.ref])
        what = ngettext(
            "%(number)d person is ready and in no group yet", "%(number)d people are ready and in no group yet", number
        ) % {"number": number}
        return what, "", [_link(_("Open the groups"), url)], url
    url = reverse("board", args=[item.ref])
    return _of_kind(what, item), "", [_link(_("Open the board"), url)], url


def _no_kind(item: QueueItem) -> tuple[str, str, list[Button], str]:
    what = _("%(person)s: which kind of mentor?") % {"person": item.person}
    said = _("Until it is said, nobody is offered them. Choose it on their page.")
    url = reverse("participant", args=[item.ref])
    return what, said, [_link(_("Open their page"), url)], url


def _of_kind(what: str, item: QueueItem) -> str:
    """Add which kind of mentor it is about, where there are kinds."""
    return f"{what} ({item.mentor_kind})" if item.mentor_kind else what


def _group(item: QueueItem) -> tuple[str, str, list[Button], str]:
    what = _("The group “%(group)s” waits for you: not all have said yes") % {"group": item.person}
    url = reverse("group", args=[item.ref])
    return what, "", [_link(_("Look at it"), url)], url


def _email(item: QueueItem) -> tuple[str, str, list[Button], str]:
    what = _("We could not reach %(person)s") % {"person": item.person}
    url = _page_of(item.email) if item.email else ""
    buttons = [_button("try_again", item, _("Try again")), _button("leave", item, _("Leave it"))]
    return what, "", [*buttons, _link(_("Open their page"), url)], url


def _page_of(email: Unreached) -> str:
    if email.participant:
        return reverse("participant", args=[email.participant.ref])
    return reverse("application", args=[email.application.ref]) if email.application else ""


def _late(words: str) -> Callable[[QueueItem], tuple[str, str, list[Button], str]]:
    def kind(item: QueueItem) -> tuple[str, str, list[Button], str]:
        url = reverse("looking_after", args=[item.ref])
        return gettext(words) % {"people": item.person}, "", [_link(_("Look at it"), url)], url

    return kind


def _call(item: QueueItem) -> tuple[str, str, list[Button], str]:
    what = _("%(person)s would like you to call") % {"person": item.person}
    url = reverse("looking_after", args=[item.other])
    return what, item.note, [_button("called", item, _("We have talked")), _link(_("Look at it"), url)], url


def _call_for_mentors(item: QueueItem) -> tuple[str, str, list[Button], str]:
    number = int(item.note)
    what = ngettext("%(who)s needs a mentor", "%(who)s needs %(n)d mentors", number) % {"who": item.person, "n": number}
    url = reverse("call_answer", args=[item.ref])
    return what, "", [_link(_("See whom to ask"), url)], url


def _never_asked(item: QueueItem) -> tuple[str, str, list[Button], str]:
    number = int(item.note)
    what = ngettext(
        "%(n)d volunteer is trained and was never asked", "%(n)d volunteers are trained and were never asked", number
    ) % {"n": number}
    url = f"{reverse('volunteers', args=[item.ref])}?show=waiting"
    return what, "", [_link(_("See who they are"), url)], url


def _to_refresh(item: QueueItem) -> tuple[str, str, list[Button], str]:
    number = int(item.note)
    what = ngettext(
        "%(n)d volunteer is to refresh their training", "%(n)d volunteers are to refresh their training", number
    ) % {"n": number}
    url = f"{reverse('volunteers', args=[item.ref])}?show=refresh"
    return what, "", [_link(_("See who they are"), url)], url


KINDS: dict[str, Callable[[QueueItem], tuple[str, str, list[Button], str]]] = {
    "offer_lapsed": _offer_lapsed,
    "offer_exhausted": _offer_exhausted,
    "offer_declined": _offer_declined,
    "gate": _gate,
    "import": _import,
    "enquiry": _enquiry,
    "application": _application,
    "not_met": _not_met,
    "unmatched": _unmatched,
    "no_kind": _no_kind,
    "group": _group,
    "email": _email,
    "call": _call,
    "call_for_mentors": _call_for_mentors,
    "never_asked": _never_asked,
    "to_refresh": _to_refresh,
    "not_answered": _late(gettext_noop("%(people)s: not all have said whether they go on")),
    "not_agreed": _late(gettext_noop("%(people)s: no agreement yet")),
    "end_is_past": _late(gettext_noop("%(people)s: past the end they planned")),
}
