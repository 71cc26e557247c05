"""The parts of the board page, each as its component takes it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside import engine
from alongside.journeys.pool import waiting_by_kind
from alongside.matching.models import Version
from alongside.matching.queries import board_ref
from alongside.matching.today import WEAK, Effect, Figures
from alongside.programmes.models import Participant
from alongside.web.coordinator.board import words
from alongside.web.coordinator.board.listing import Listing, Row
from alongside.web.coordinator.board.standing import Standing

Piece = dict[str, Any]
FEW = 25


def address(name: str, standing: Standing, **query: str) -> str:
    """Return the address of a page of this board."""
    url = reverse(name, args=[standing.ref])
    return f"{url}?{urlencode(query)}" if query else url


def face(person: Participant) -> Piece:
    """Return somebody as ``components/person.html`` takes it."""
    about = ", ".join(part for part in (person.sector, person.place) if part)
    return {"name": person.person.name, "initials": person.person.initials, "about": about, "role": person.side}


def kinds(standing: Standing) -> list[Piece]:
    """Return the boards of a cohort as tabs, each with how many are still without; none where there is one board."""
    cohort, shape = standing.cohort, standing.cohort.rules.shape
    if not shape.kinds:
        return []
    waiting = waiting_by_kind(cohort)
    return [
        {
            "label": capfirst(kind.title),
            "url": reverse("board", args=[board_ref(cohort, kind.id)]),
            "current": kind.id == standing.kind,
            "count": waiting[kind.id],
        }
        for kind in shape.kinds
    ]


def glance(standing: Standing) -> Piece:
    """Return the cohort at a glance."""
    version, figures = standing.version, Figures.of(standing.today.solution.pairs)
    counts = Counter(min(9, score // 1000) for _mentee, _mentor, score in version.pairs)
    bins = [{"label": f"{10 * n}–{10 * n + 10}", "count": counts[n], "weak": n * 1000 < WEAK} for n in range(10)]
    weak = ngettext("%(n)d weak pair", "%(n)d weak pairs", figures.weak) % {"n": figures.weak}
    return {
        "placed": version.placed,
        "mentees": version.placed + len(version.unmatched),
        "left_over": len(version.unmatched),
        "proof": words.proof(version),
        "proven": version.proven,
        "bins": bins,
        "most": max(1, *counts.values()) if counts else 1,
        "low": _("fits a little"),
        "high": _("fits very well"),
        "figures": [{"label": _("Mean fit"), "number": words.points(figures.mean), "of": _("of 100"), "note": weak}],
    }


def pairs(standing: Standing, listing: Listing) -> list[Piece]:
    """Return the pairs of this page; only they are explained."""
    locked = {tuple(pair) for pair in standing.version.required}
    return [_pair(standing, listing, row, (row.mentee.ref, row.mentor.ref) in locked) for row in listing.page]


def _pair(standing: Standing, listing: Listing, row: Row, locked: bool) -> Piece:
    people = {"mentee": row.mentee.ref, "mentor": row.mentor.ref}
    fit = standing.today.explain(**people)
    here = {**people, "order": listing.order, "q": listing.words}
    return {
        "id": row.id,
        "mentee": face(row.mentee),
        "mentor": face(row.mentor),
        "score": words.score(fit.score if fit else row.score),
        "main_reason": words.main_reason(fit) if fit else _("One of them is not in the pool any more."),
        "state": "locked" if locked else "",
        "reasons_url": address("board_reasons", standing, **people) if fit else "",
        "post_url": address("board_change", standing, **here),
        "swap_url": address("board_swap", standing, **people),
        "why_not_url": address("board_why_not", standing, mentee=row.mentee.ref),
    }


def left_over(standing: Standing, *, everybody: bool) -> list[Piece]:
    """Return who has no mentor on the board, and what would change it."""
    rows = standing.version.unmatched if everybody else standing.version.unmatched[:FEW]
    people = [(standing.person_of(ref), reason, sentence) for ref, reason, sentence in rows]
    return [
        {
            **face(person),
            "reason": sentence,
            "change": CHANGES.get(reason, ""),
            "pick_url": address("board_pick", standing, mentee=person.ref),
            "why_not_url": address("board_why_not", standing, mentee=person.ref),
        }
        for person, reason, sentence in people
        if person
    ]


CHANGES = {
    "places_full": gettext_lazy("One more place with one of them would change it, or a pair you pick by hand."),
    "no_allowed_mentor": gettext_lazy("A mentor to whom this does not apply would change it, or a pair by hand."),
}


def loads(standing: Standing, *, everybody: bool) -> list[Piece]:
    """Return how full each mentor is: what is taken already and what this board would take."""
    on_board = Counter(mentor for _mentee, mentor, _score in standing.version.pairs)
    free = standing.pool.free_places
    mentors = sorted(standing.pool.mentors, key=lambda mentor: (on_board[mentor.ref] - free[mentor.ref], mentor.pk))
    return [
        {
            "name": mentor.person.name,
            "url": reverse("participant", args=[mentor.ref]),
            "taken": mentor.capacity - free[mentor.ref] + on_board[mentor.ref],
            "places": mentor.capacity,
        }
        for mentor in (mentors if everybody else mentors[:FEW])
    ]


def sliders(weights: engine.Weights) -> list[Piece]:
    """Return what counts, a slider each."""
    by_name = weights.by_criterion()
    most = max(50, *(round(value) for value in by_name.values()))
    return [
        {
            "name": name,
            "label": label,
            "hint": hint,
            "value": round(by_name[name]),
            "min": 0,
            "max": most,
            "words": _("off,a little,some,much,most"),
        }
        for name, (label, hint) in words.CRITERIA.items()
    ]


def effect(found: Effect, *, mean: str = "") -> list[Piece]:
    """Return what a change would do, as ``components/board_weights.html`` takes it."""
    before, after = found.before, found.after
    moved = len({move.mentee for move in found.moves})
    return [
        _line(_("Mentees with a mentor"), before.placed, after.placed, better=1),
        _line(mean or _("Mean fit"), words.points(before.mean), words.points(after.mean), better=1),
        _line(_("Weak pairs"), before.weak, after.weak, better=-1),
        {"label": _("Mentees who would move"), "before": 0, "after": moved, "direction": ""},
    ]


def _line(label: str, before: object, after: object, *, better: int) -> Piece:
    change = (float(str(after)) - float(str(before))) * better
    return {
        "label": label,
        "before": before,
        "after": after,
        "direction": "up" if change > 0 else "down" if change < 0 else "",
    }


def version_name(version: Version) -> str:
    """Return what a version is called: its name, or its number and what was changed."""
    return version.name or _("%(number)d. %(change)s") % {"number": version.number, "change": version.change}


def versions(standing: Standing, found: Iterable[Version]) -> list[Piece]:
    """Return versions as ``components/version_list.html`` takes them."""
    return [
        {
            "name": version_name(version),
            "when": date_format(localtime(version.made_at), "j F, H:i"),
            "by": version.made_by.name if version.made_by else "",
            "summary": _("%(placed)d placed, mean fit %(mean)s")
            % {"placed": version.placed, "mean": words.points(version.mean_score)},
            "current": version.pk == standing.version.pk,
            "url": address("board_compare", standing, a=str(standing.version.number), b=str(version.number)),
        }
        for version in found
    ]


def moved(standing: Standing, moves: Iterable[engine.Move]) -> list[Mapping[str, str]]:
    """Return who moves from whom to whom, by name."""
    return [
        {
            "mentee": standing.name(move.mentee),
            "before": standing.name(move.from_mentor) if move.from_mentor else _("nobody"),
            "after": standing.name(move.to_mentor) if move.to_mentor else _("nobody"),
        }
        for move in moves
    ]


def stale(standing: Standing) -> Piece | None:
    """Say how the people of today differ from those on the board; nothing where they do not."""
    changes, fresh = standing.today.changes, standing.today.fresh
    if fresh and not changes.rules:
        return None
    said = []
    if changes.joined:
        joined = ngettext("One person has joined", "%(n)d people have joined", changes.joined)
        said.append(joined % {"n": changes.joined})
    if changes.gone:
        gone = ngettext("one has found a mentor or left", "%(n)d have found a mentor or left", changes.gone)
        said.append(gone % {"n": changes.gone})
    if changes.rules:
        said.append(_("the programme’s rules have changed"))
    sentence = ", ".join(said) or _("Something we know of people, their places or their answers has changed")
    return {"text": _("%(what)s since this was matched.") % {"what": sentence[:1].upper() + sentence[1:]}}
