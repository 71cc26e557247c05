"""How a programme speaks: while a block runs, our words are said in its words and in its language.

Only what we wrote ourselves is changed, where it is translated and before names or anybody's words are put into it:
somebody called Mentor keeps their name.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, override, trans_real

OURS = ("mentor", "mentors", "mentee", "mentees", "mentorship", "mentorships")
"""The words that a programme may say otherwise, longest first where one begins with another."""
_VERB = r"(?<!\bto )(?<!\byou )(?<!\bwho )(?<!\bthey )(?<!\bwe )(?<!\bI )"
"""Before "mentor" where it is something people do: in "could you mentor" no other word fits."""
_NOUNS = "|".join(_VERB + word if word == "mentor" else word for word in sorted(OURS, key=len, reverse=True))
_FOUND = re.compile(
    rf"(?P<before>\b(?:a|an)\s+)?(?<!%\()(?<!\{{)\b(?P<word>{_NOUNS})\b(?!\)s)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Speech:
    """How a programme speaks.

    ``words`` stand in the place of ours: by our word, such as ``{"mentee": "councillor"}``; of "" ours stays.
    ``language`` is the one it speaks, "" for the reader's own. ``added`` is what it adds to letters, by their kind.
    ``colour`` is its own, such as "#2f6f62", and ``logo`` a picture as the address of its data; "" for ours.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    added: Mapping[str, str] = field(default_factory=dict)
    colour: str = ""
    logo: str = ""


_PLAIN = Speech()
_in_force: ContextVar[Speech] = ContextVar("speech", default=_PLAIN)


def speaking() -> Speech:
    """Return the speech in force, to be spoken again where another language is chosen meanwhile."""
    return _in_force.get()


def words_in_force() -> tuple[tuple[str, str], ...]:
    """Return the words of the speech in force that differ from ours: ours and theirs, in pairs."""
    return pairs_of(speaking().words)


def in_words(text: str) -> str:
    """Return a text of ours that is not translated, in the words of the speech in force.

    It must hold nobody's name, and nothing that anybody wrote.
    """
    return said_in(text, words_in_force())


def pairs_of(words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return those of a programme's words that differ from ours, in pairs: ours and theirs."""
    return tuple(sorted((ours, theirs) for ours, theirs in words.items() if theirs))


@contextmanager
def spoken(speech: Speech) -> Iterator[None]:
    """Speak as a programme does while the block runs."""
    token = _in_force.set(speech)
    try:
        with override(speech.language) if speech.language else nullcontext(), _said(speech.words):
            yield
    finally:
        _in_force.reset(token)


@contextmanager
def _said(words: Mapping[str, str]) -> Iterator[None]:
    own = pairs_of(words)
    if not own:
        yield
        return
    active: Any = trans_real._active  # type: ignore[attr-defined]  # what `translation.activate` sets
    before = trans_real.catalog()
    had = getattr(active, "value", None)
    active.value = _Spoken(before, own)
    try:
        yield
    finally:
        if had is None:
            del active.value
        else:
            active.value = had


class _Spoken:
    """A catalogue of translations that says some words otherwise; in everything else the one it stands on."""

    def __init__(self, catalogue: Any, words: tuple[tuple[str, str], ...]) -> None:
        self._catalogue, self._words = catalogue, words

    def gettext(self, message: str) -> str:
        return said_in(self._catalogue.gettext(message), self._words)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return said_in(self._catalogue.ngettext(singular, plural, number), self._words)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)


@lru_cache(maxsize=20_000)
def said_in(text: str, words: tuple[tuple[str, str], ...]) -> str:
    """Return a text of ours in other words, each with the case of the one it stands for, and "a" or "an" as it fits.

    :param words: ours and theirs, in pairs.
    """
    theirs = dict(words)

    def said(found: re.Match[str]) -> str:
        word = theirs.get(found["word"].lower())
        if word is None:
            return found[0]
        if found["word"][0].isupper():
            word = word[0].upper() + word[1:]
        return f"{_article(found['before'], word)}{word}"

    return _FOUND.sub(said, text)


def _article(before: str | None, word: str) -> str:
    """Return "a" or "an" as English wants it before a word; in other languages what stood there."""
    if not before or not (get_language() or "en").startswith("en"):
        return before or ""
    article = "an" if word[0].lower() in "aeiou" else "a"
    return f"{article.capitalize() if before[0].isupper() else article}{before[len(before.rstrip()) :]}"
