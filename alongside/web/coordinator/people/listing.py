"""The people of a cohort as a table: what can be searched, filtered, sorted and exported, in one place."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from alongside.blueprints.sections import Kind
from alongside.programmes.models import Participant
from alongside.programmes.states import ParticipantState, Side

SORTS = {
    "name": ("person__name", "pk"),
    "side": ("side", "person__name", "pk"),
    "state": ("state", "person__name", "pk"),
    "kind": ("kind", "person__name", "pk"),
    "place": ("place", "person__name", "pk"),
    "sector": ("sector", "person__name", "pk"),
    "capacity": ("capacity", "person__name", "pk"),
}
COLUMNS: list[tuple[str, Any]] = [
    ("name", _("Name")),
    ("side", _("As")),
    ("state", _("State")),
    ("place", _("Place")),
    ("sector", _("Sector")),
    ("capacity", _("Places")),
]
KIND = _("Kind of mentor")
STATES = {
    ParticipantState.WAITING: _("waiting for a step"),
    ParticipantState.READY: _("ready"),
    ParticipantState.WITHDRAWN: _("has left"),
}
SIDES = {Side.MENTOR: _("mentor"), Side.MENTEE: _("mentee")}
EXPORTED: list[tuple[str, Callable[[Participant], str]]] = [
    ("Name", lambda row: row.person.name),
    ("Email", lambda row: row.person.email),
    ("Role", lambda row: row.side),
    ("Kind of mentor", lambda row: row.kind_title),
    ("State", lambda row: row.state),
    ("Organisation", lambda row: row.employer),
    ("Job title", lambda row: row.job_title),
    ("Place", lambda row: row.place),
    ("Sector", lambda row: row.sector),
    ("How many mentees", lambda row: str(row.capacity) if row.is_mentor else ""),
    ("Needs", lambda row: "" if row.is_mentor else "; ".join(row.topic_labels)),
    ("Expertise", lambda row: "; ".join(row.topic_labels) if row.is_mentor else ""),
    ("Languages", lambda row: "; ".join(row.languages)),
    ("Availability", lambda row: "; ".join(row.availability)),
    ("About", lambda row: row.about),
]
HEADINGS = [heading for heading, _value in EXPORTED]


NO_KIND = "none"
"""In the address: of whom it is not said which kind of mentor they are."""


def listed(rows: QuerySet[Participant], query: QueryDict, kinds: Sequence[Kind] = ()) -> QuerySet[Participant]:
    """Return the participants that the address asks for, in its order; what it does not understand it leaves out."""
    ids = [kind.id for kind in kinds]
    if query.get("kind") in ids:
        rows = rows.filter(side=Side.MENTOR, kind=query["kind"])
    elif ids and query.get("kind") == NO_KIND:
        rows = rows.filter(side=Side.MENTOR).exclude(kind__in=ids)
    if query.get("side") in SIDES:
        rows = rows.filter(side=query["side"])
    if query.get("state") in {state.value for state in ParticipantState}:
        rows = rows.filter(state=query["state"])
    if words := query.get("q", "").strip():
        rows = rows.filter(
            Q(person__name__icontains=words)
            | Q(person__email__icontains=words)
            | Q(place__icontains=words)
            | Q(sector__icontains=words)
            | Q(employer__icontains=words)
        )
    sort = query.get("sort", "name")
    order = SORTS.get(sort.lstrip("-"), SORTS["name"])
    return rows.order_by(*(f"-{field}" for field in order)) if sort.startswith("-") else rows.order_by(*order)


def exported(rows: QuerySet[Participant]) -> list[list[str]]:
    """Return the rows of a spreadsheet that can be imported again. Sensitive answers are never in it."""
    return [[value(row) for _heading, value in EXPORTED] for row in rows]


def columns(kinds: Sequence[Kind]) -> list[tuple[str, Any]]:
    """Return the columns of the list, with the kind of mentor where there are kinds."""
    return [*COLUMNS[:2], ("kind", KIND), *COLUMNS[2:]] if kinds else COLUMNS


def table_row(row: Participant, url: str, kinds: Sequence[Kind] = ()) -> dict[str, Any]:
    """Return a row as ``components/table.html`` takes it."""
    values: list[tuple[Any, Any]] = [
        (row.person.name, ""),
        (_("peer") if row.role == "peer" else SIDES[Side(row.side)], _("As")),
        (STATES[ParticipantState(row.state)], _("State")),
        (row.place, _("Place")),
        (row.sector, _("Sector")),
        (row.capacity if row.is_mentor else "", _("Places")),
    ]
    if kinds:
        values.insert(2, (_kind_of(row, kinds), KIND))
    cells = [{"value": value, "label": label, "numeric": label == _("Places")} for value, label in values]
    return {"id": row.ref, "label": row.person.name, "url": url, "cells": cells}


def _kind_of(row: Participant, kinds: Sequence[Kind]) -> str:
    """Say which kind of mentor somebody is, or that it is not said; nothing of a mentee."""
    if not row.is_mentor:
        return ""
    return next((kind.title for kind in kinds if kind.id == row.kind), str(_("not said yet")))
