"""The table of who sees which kind of thing, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.reports.what_is_seen import KINDS, Kind, Sees, Who, sees

PEOPLE: dict[Who, Any] = {
    Who.YOU: _("You"),
    Who.OTHERS: _("Others"),
    Who.COORDINATORS: _("Coordinators"),
    Who.PARTNERS: _("Partners"),
    Who.STEWARDS: _("Stewards"),
    Who.ELSEWHERE: _("Elsewhere"),
    Who.LEAD: _("Safeguarding lead"),
}
WORDS: dict[Sees, Any] = {
    Sees.YES: _("yes"),
    Sees.NO: _("no"),
    Sees.IF_SHARED: _("if you share it"),
    Sees.HOW_FAR: _("how far it is"),
    Sees.STANDING_IN: _("only standing in"),
    Sees.IF_SAID: _("counted with others; your own where the survey says so"),
    Sees.IF_SHOWN: _("where the page on which you add it says so"),
}


def kinds_seen() -> dict[str, Any]:
    """Return the table as ``components/table.html`` takes it."""
    columns = [{"label": _("What")}, *({"label": label} for label in PEOPLE.values())]
    return {"columns": columns, "rows": [_row(kind) for kind in KINDS]}


def _row(kind: Kind) -> dict[str, Any]:
    cells = [{"value": WORDS[sees(who, kind)], "label": label} for who, label in PEOPLE.items()]
    return {"label": kind.label, "cells": [{"value": kind.label}, *cells]}
