"""Where in a TOML file something stands: the readers of the format tell what it says, and not on which line."""

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]
Lines = dict[Path, int]

_PART = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"^\s*(\[\[?)\s*({_DOTTED})\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(rf"^\s*({_DOTTED})\s*=\s*(.*)$")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')


def lines_of(text: str) -> Lines:
    """Return the line, counted from 1, on which each table, key and entry of a list begins.

    :param text: TOML that can be read; of any other, what is found before it goes wrong.
    """
    return _Scanner().read(text)


def line_of(lines: Lines, path: Path) -> int | None:
    """Return the line of a path, or of the nearest thing around it that has one."""
    return next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), None)


class _Scanner:
    """Goes down a file once, and keeps in which table it is."""

    def __init__(self) -> None:
        self.lines: Lines = {}
        self.counts: dict[Path, int] = {}
        self.here: Path = ()

    def read(self, text: str) -> Lines:
        rows = iter(enumerate(text.splitlines(), 1))
        for number, row in rows:
            if header := _HEADER.match(row):
                self._enter(header[2], number, listed=header[1] == "[[")
            elif key := _KEY.match(row):
                path = self._note((*self.here, *_parts(key[1])), number)
                self._pass_over(path, key[2], rows)
        return self.lines

    def _enter(self, dotted: str, number: int, *, listed: bool) -> None:
        *around, last = _parts(dotted)
        path: Path = ()
        for part in around:
            path = self._note((*path, part), number)
            path = (*path, self.counts[path]) if path in self.counts else path
        path = (*path, last)
        if listed:
            self.counts[path] = self.counts.get(path, -1) + 1
            self.lines.setdefault(path, number)
            path = (*path, self.counts[path])
        self.here = self._note(path, number)

    def _note(self, path: Path, number: int) -> Path:
        self.lines.setdefault(path, number)
        return path

    def _pass_over(self, path: Path, value: str, rows: Iterator[tuple[int, str]]) -> None:
        """Go to the end of a value that runs over several lines; note where each entry of a list begins."""
        for mark in ('"""', "'''"):
            if value.startswith(mark):
                if mark not in value[3:]:
                    next((None for _, row in rows if mark in row), None)
                return
        depth, entry = _depth(value), 0
        while depth > 0:
            number, row = next(rows, (0, "]" * depth))
            if depth == 1 and row.strip() and row.strip()[0] not in "#]":
                self._note((*path, entry), number)
                entry += 1
            depth += _depth(row)


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_PART, dotted)]


def _depth(row: str) -> int:
    """Return how many brackets a row leaves open, not counting those in words or in a comment."""
    bare = _QUOTED.sub("", row).partition("#")[0]
    return sum(bare.count(mark) for mark in "[{") - sum(bare.count(mark) for mark in "]}")
