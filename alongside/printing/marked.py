"""Plain text with few marks, taken apart for a page and for paper alike.

``# `` begins the title, ``## `` a heading, ``- `` an item of a list, ``> `` somebody's own words; an empty line parts
paragraphs. Nothing else is a mark: a star is a star.
"""

from dataclasses import dataclass
from itertools import groupby

MARKS = {"# ": "title", "## ": "heading", "- ": "item", "> ": "words", ">": "words"}


@dataclass(frozen=True)
class Block:
    """A part of a document: its kind ("title", "heading", "item", "words", "paragraph") and its lines."""

    kind: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return its lines one under the other."""
        return "\n".join(self.lines)


def blocks_of(text: str) -> list[Block]:
    """Return the parts of a plainly marked text, in order; every item of a list is a part of its own."""
    blocks = []
    for kind, rows in groupby(map(_read, text.splitlines()), key=lambda row: row[0]):
        lines = tuple(line for _, line in rows)
        if kind in {"title", "heading", "item"}:
            blocks += [Block(kind, (line,)) for line in lines]
        elif kind:
            blocks.append(Block(kind, lines))
    return blocks


def own_words(text: str) -> str:
    """Mark what somebody wrote as their own words, so that no sign in it is taken for a mark."""
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())


def _read(line: str) -> tuple[str, str]:
    mark = next((mark for mark in MARKS if line.startswith(mark)), "")
    kind = MARKS[mark] if mark else "paragraph" if line.strip() else ""
    return kind, line[len(mark) :].strip()
