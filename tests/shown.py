"""What is wrong with words as people see them: names left unfilled, marks that should be something, things left out.

What people typed may hold such signs itself: it is taken out before looking, and only what is left must be clean. So
nothing of it may be filled in or changed.
"""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

NASTY = "<b>{mentors}</b> %(name)s {{ x }} **y**"
"""What somebody may have typed as a name, or anywhere else."""
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "body",
        "br",
        "button",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "label",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "text",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "tspan",
        "ul",
    ]
)
UNSEEN = ("script", "style", "template", "textarea")
"""What is not read as words: what somebody writes in a field stands there as it was written."""
SPOKEN = ("alt", "aria-label", "placeholder", "title")
"""Attributes that are read out, or shown."""
WRONG = {
    "a name in braces": r"\{\w*\}",
    "a mark of a template": r"\{\{|\}\}|\{%|%\}|\{#",
    "a mark to fill in": r"%\(\w*\)?|%[sdr]\b",
    "None": r"(?<![\w’'])None(?=[\s.,;:)]*($|[.,;)]))(?!\.$)",
    "an empty list": r"\[\]|\(\)|\{\}",
    "empty parentheses": r"\(\s*\)|“\s*”",
    "a space before a sign": r"(?<=\w) +[.,;:!?](?=\s|$)",
    "a sign after a sign": r"[,;:]\s*[.,;:](?=\s|$)|(?<!\.)\.\.(?!\.)|\?\.",
    "a raw mark": r"\*\*|^#{1,6} |\]\(|^```",
    "a sign escaped twice": r"&(amp|lt|gt|quot|#x?\d+|nbsp);",
    "an object": r"<[\w.]+ object|<\w+: |\bdict_\w+|Decimal\(|datetime\.",
    "a lazy word": r"__proxy__",
}


class _Reader(HTMLParser):
    """Gather what is seen: each block on a line of its own; what is read out of attributes below."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: list[str] = []
        self.posts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in UNSEEN:
            self._hidden += 1
        if tag in BLOCKS:
            self.words.append("\n")
        self.words += [f"\n{told[name]}\n" for name in SPOKEN if told.get(name)]
        if tag == "a" and told.get("href"):
            self.links.append(told["href"] or "")
        if tag == "textarea":
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._hidden -= 1
        if tag in BLOCKS or tag == "textarea":
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(re.sub(r"\s+", " ", data))


def read(html: str) -> tuple[str, list[str]]:
    """Return the words of a page, each block on a line, and where its links lead."""
    reader = _Reader()
    reader.feed(html)
    lines = (re.sub(r"\s+", " ", line).strip() for line in "".join(reader.words).split("\n"))
    return "\n".join(line for line in lines if line), reader.links


def words_of(html: str) -> str:
    return read(html)[0]


def plain(text: str) -> str:
    """Return words on one line, without the marks of Markdown, as sentences are compared."""
    bare = re.sub(r"\*\*|^\s*(?:#{1,6}|[-*•]|\d+\.)\s+", "", text, flags=re.M)
    return " ".join(bare.split())


def faults_in(words: str, typed: Iterable[str] = (NASTY,)) -> list[str]:
    """Return what is wrong with words that are seen, but for what people typed."""
    for each in sorted(typed, key=len, reverse=True):
        words = words.replace(each, "…")
    found = ((what, re.search(sign, line)) for line in words.split("\n") for what, sign in WRONG.items())
    return [f"{what}: {hit.string[max(0, hit.start() - 60) : hit.end() + 60]!r}" for what, hit in found if hit]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, in parts where a name is filled in between, as they are seen."""
    parts = [part for line in text.splitlines() for part in re.split(r"\{\w+\}", plain(line))]
    return [part.strip(" -–:,.()") for part in parts if len(part.strip(" -–:,.()")) > 3]


def left_out(text: str, seen: str) -> list[str]:
    """Return the sentences of a text that are not seen."""
    seen = plain(seen).casefold()
    return [part for part in sentences(text) if part.casefold() not in seen]
