"""Why an offer fits, and what it lacks: data first, so that it can be said in any language; and in English."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from alongside.finding.vocabulary import Kind, label


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for an offer, or that it lacks.

    ``kind`` is a key of ``_SAID``; ``ids`` are of the vocabulary; ``km`` is how far; ``place`` the place or regions;
    ``number`` free places, or days until an answer.
    """

    kind: str
    ids: tuple[str, ...] = ()
    km: float | None = None
    place: str = ""
    number: float | None = None


def words_for(reason: Reason) -> str:
    """Return a reason in plain English.

    :raises KeyError: if it is of no kind there is.
    """
    return _SAID[reason.kind](reason)


def kinds() -> tuple[str, ...]:
    """Return every kind of reason and lack, for whoever says them in another language."""
    return tuple(_SAID)


def _listed(kind: Kind, reason: Reason) -> str:
    labels = [label(kind, each) for each in reason.ids]
    return ", ".join(labels[:-1]) + " and " + labels[-1] if len(labels) > 1 else "".join(labels)


def _near(reason: Reason) -> str:
    if reason.km is None:
        return f"In person in {reason.place}"
    away = "less than 1 km" if reason.km < 1 else f"about {round(reason.km)} km"
    return f"In person near {reason.place}, {away} away"


def _far(reason: Reason) -> str:
    return f"In {reason.place}, about {round(reason.km)} km away" if reason.km else f"Only in {reason.place}"


def _days(reason: Reason) -> str:
    days = round(reason.number or 0)
    return "Usually answers within a day" if days <= 1 else f"Usually answers within {days} days"


def _places(reason: Reason) -> str:
    return "1 free place" if reason.number == 1 else f"{round(reason.number or 0)} free places"


_SAID: dict[str, Callable[[Reason], str]] = {
    # What speaks for it
    "topics": lambda r: f"Helps with: {_listed('topics', r)}",
    "sectors": lambda r: f"Knows your line of work: {_listed('sectors', r)}",
    "stage": lambda r: f"For where you are: {_listed('stages', r)}",
    "audiences": lambda r: f"Made for: {_listed('audiences', r)}",
    "languages": lambda r: f"In {_listed('languages', r)}",
    "words": lambda r: f"Mentions {', '.join(f'“{word}”' for word in r.ids)}",
    "near": _near,
    "region": lambda r: f"In person in {r.place}",
    "everywhere": lambda _: "In person, wherever you are",
    "online": lambda _: "Online, wherever you are",
    "free": lambda _: "Free",
    "partly free": lambda _: "Some of it is free",
    "assessed": lambda _: "Assessed",
    "conditional": lambda _: "Assessed, with a plan to put some things right",
    "free_places": _places,
    "days": _days,
    # What it lacks
    "other topics": lambda r: f"Does not name: {_listed('topics', r)}",
    "no topics": lambda _: "Does not say what it helps with",
    "other sectors": lambda r: f"Made for another line of work: {_listed('sectors', r)}",
    "other stage": lambda r: f"Made for others: {_listed('stages', r)}",
    "other audiences": lambda r: f"Only for: {_listed('audiences', r)}",
    "other languages": lambda r: f"Not in {_listed('languages', r)}, as far as it says",
    "far": _far,
    "in person only": lambda _: "Only in person",
    "online only": lambda _: "Only online",
    "paid": lambda _: "Costs money",
    "closed": lambda _: "Takes nobody on at the moment",
    "full": lambda _: "No free place at the moment",
    "not assessed": lambda _: "Visible, not assessed",
}
