"""The tables the benchmark prints, as text of fixed width."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

SIZE, PEER = 28, 26
COLUMNS = ("prepare", "scan", "solve", "total", "peak MB", "placed", "quality", "gap", "relative")
EXTREME_COLUMNS = ("total", "peak MB", "placed", "gap", "relative", "verify")
APART = ("draw", "warm", "verify")
QUESTIONS = ("reasons", "reweigh", "why not")
WIDE = {"quality": 15, "gap": 7, "placed": 11}
"""Columns that are not ten characters wide."""


@dataclass(slots=True)
class Row:
    """Hold the figures of one measurement, or in `why` how it failed, and those of peers."""

    name: str
    figures: dict[str, Any] | None
    why: str = ""
    peers: dict[str, dict[str, Any]] = field(default_factory=dict)


def sizes_head(peers: Iterable[str]) -> str:
    """Name the columns of the table of sizes."""
    return _line("", COLUMNS) + "".join(f"{peer:>{PEER}}" for peer in peers)


def size_line(row: Row) -> str:
    """Write the row of a size."""
    figures = row.figures
    if figures is None:
        return _failure(row)
    parts = (figures["prepare"], figures["scan"], figures["solve"], _total(figures))
    cells = [*map(_seconds, parts), *_outcome(figures, ("placed", "quality"))]
    peers = "".join(f"{peer_cell(peer, figures):>{PEER}}" for peer in row.peers.values())
    return _line(row.name, COLUMNS, cells) + peers


def apart(rows: Sequence[Row]) -> str:
    """Return the table of what is no part of a matching: drawing people, warming up, verifying."""
    return _table("Apart from matching, seconds", rows, APART, lambda figures: figures)


def questions(rows: Sequence[Row]) -> str:
    """Return the table of what is asked after matching, for the sizes that were asked."""
    asked = [row for row in rows if row.figures and row.figures["questions"]]
    return _table("Questions, seconds", asked, QUESTIONS, lambda figures: figures["questions"])


def _table(title: str, rows: Sequence[Row], columns: Sequence[str], read: Callable[[Any], Any]) -> str:
    measured = [(row.name, read(row.figures)) for row in rows if row.figures]
    lines = [_line(name, columns, [_seconds(figures[c]) for c in columns]) for name, figures in measured]
    return "\n".join(["", _line(title, columns), *lines, ""]) if lines else ""


def extremes_head(mentees: int, mentors: int) -> str:
    """Name the columns of the table of extremes."""
    return _line(f"{mentees:,} × {mentors:,}", EXTREME_COLUMNS)


def extreme_line(row: Row) -> str:
    """Write the row of an extreme cohort; proven means that the value found is the proven bound."""
    figures = row.figures
    if figures is None:
        return _failure(row)
    cells = [_seconds(_total(figures)), *_outcome(figures, ("placed",)), _seconds(figures["verify"])]
    proven = figures["bound"] == figures["value"]
    return _line(row.name, EXTREME_COLUMNS, cells) + ("   proven" if proven else "   stopped")


def _outcome(figures: dict[str, Any], counted: Iterable[str]) -> list[str]:
    gap, bound = figures["bound"] - figures["value"], figures["bound"]
    relative = f"{gap / bound:.1e}" if gap else "0"
    return [f"{figures['megabytes']:,.0f}", *(f"{figures[name]:,}" for name in counted), f"{gap:,}", relative]


def peer_cell(peer: dict[str, Any], ours: dict[str, Any]) -> str:
    """Say how long a peer took, and what its pairs are worth beside ours: people, then quality."""
    if "why" in peer:
        return str(peer["why"])[: PEER - 2]
    people, quality = peer["placed"] - ours["placed"], peer["quality"] - ours["quality"]
    told = f"{people:+,} people" if people else f"{quality / max(1, ours['quality']):+.2%}" if quality else "the same"
    return f"{_seconds(peer['seconds'])} s, {told}" + ("" if peer["complete"] else " *")


def _total(figures: dict[str, Any]) -> float:
    return float(figures["prepare"] + (figures["scan"] or 0.0) + figures["solve"])


def _seconds(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    return f"{seconds:.4f}" if seconds < 0.01 else f"{seconds:.3f}" if seconds < 10 else f"{seconds:,.1f}"


def _failure(row: Row) -> str:
    return f"{row.name:>{SIZE}}   no figures: {row.why}"


def _line(name: str, columns: Sequence[str], cells: Sequence[str] | None = None) -> str:
    """Write a row; without cells, the one that names the columns."""
    told = columns if cells is None else cells
    return f"{name:>{SIZE}}" + "".join(
        f"{cell:>{WIDE.get(column, 10)}}" for column, cell in zip(columns, told, strict=True)
    )
