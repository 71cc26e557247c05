"""A document of a few kinds of parts, set by typst into a tagged PDF.

What a document says goes to typst as data and never as its markup, so nothing that somebody wrote can be taken for a
command. The fonts come with typst; nothing is fetched.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

import typst

from alongside.printing.marked import Block

HERE = Path(__file__).parent
Standard = Literal["ua-1"]


@dataclass(frozen=True)
class Fact:
    """A term and what it is, side by side."""

    term: str
    value: str


@dataclass(frozen=True)
class Document:
    """What stands on paper.

    ``language`` is a tag such as "en" or "en-gb"; ``facts`` stand under the body, and ``seal`` small under them: a
    fingerprint, how to check it. ``page`` is the word for a page and ``of`` that between its number and how many there
    are.
    """

    title: str
    blocks: Sequence[Block]
    language: str = "en"
    subtitle: str = ""
    facts_title: str = ""
    facts: Sequence[Fact] = field(default_factory=tuple)
    seal: str = ""
    page: str = "Page"
    of: str = "of"


def pdf(document: Document, *, at: datetime) -> bytes:
    """Return the document as a PDF, made ``at`` a moment: the same document and moment give the same bytes.

    It keeps to PDF/UA-1 (for people who listen) wherever the fonts at hand know every sign in it; else it is tagged all
    the same.
    """
    data = written(document)
    try:
        return _set(data, at, "ua-1")
    except typst.TypstError:
        return _set(data, at, None)


def written(document: Document) -> str:
    """Return the document as typst reads it: JSON."""
    return json.dumps(_clean(asdict(document)), ensure_ascii=False)


def _set(data: str, at: datetime, standard: Standard | None) -> bytes:
    made = typst.compile(
        HERE / "document.typ",
        root=HERE,
        format="pdf",
        sys_inputs={"document": data},
        timestamp=int(at.timestamp()),
        pdf_standards=standard,
    )
    return bytes(made)


def _clean(value: object) -> object:
    """Leave out what no font draws and no PDF may hold: control signs and halves of signs."""
    if isinstance(value, dict):
        return {name: _clean(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    if isinstance(value, str):
        whole = value.encode("utf-8", "ignore").decode()
        return "".join(sign for sign in whole if sign in "\n\t" or (sign >= " " and sign != "\x7f"))
    return value
