"""Moments in words, in the zone in force: the reader's."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def moment(at: datetime) -> str:
    """Write a moment as "Thursday 3 December, 14:00"."""
    return date_format(timezone.localtime(at), "l j F, H:i")


def day(at: datetime, *, today: datetime) -> str:
    """Write a day as "Thursday 3 December", with its year where it is not this year's."""
    local = timezone.localtime(at)
    return date_format(local, "l j F" if local.year == timezone.localtime(today).year else "l j F Y")


def meeting(starts_at: datetime, length: timedelta) -> str:
    """Write a meeting as "Thursday 3 December, 14:00 to 15:00"."""
    starts, ends = timezone.localtime(starts_at), timezone.localtime(starts_at + length)
    words = {"day": date_format(starts, "l j F"), "starts": date_format(starts, "H:i")}
    return _("%(day)s, %(starts)s to %(ends)s") % {**words, "ends": date_format(ends, "H:i")}


def time_left(due_at: datetime, *, at: datetime) -> dict[str, str]:
    """Say how long there is, as clock.html shows it."""
    days = (timezone.localtime(due_at).date() - timezone.localtime(at).date()).days
    if days <= 0:
        return {"text": _("due today"), "state": "soon"}
    if days == 1:
        return {"text": _("due tomorrow"), "state": "soon"}
    return {"text": ngettext("due in %(days)d day", "due in %(days)d days", days) % {"days": days}, "state": ""}
