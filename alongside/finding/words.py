"""Words as the search compares them: cut out of a text, without their endings, the small ones left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from alongside.places.gazetteer import key

MOST_CHARACTERS = 500
"""How much of a text is read: longer than anybody writes into a search, short enough to read at once."""

_SMALL = """
a an the my our your his her their its i im ive id ill we weve were you he she they me us them is am are was
be been being to of for at by with and or but so that this these those some any really very please would like
could can do does did have has had as if from about there who whos what need needs needing help somebody
someone somewhere anybody anyone hello hi yn y yr ar
"""
SMALL = frozenset(_SMALL.split())
"""Words between others that change nothing of what is meant."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019`][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: as it is compared, whether it began large, and whether a comma or an end follows it."""

    word: str
    capital: bool
    ends: bool

    @property
    def small(self) -> bool:
        return self.word in SMALL


def tokens(text: str) -> list[Token]:
    """Return the words of the first 500 signs of a text."""
    return list(_tokens(text[:MOST_CHARACTERS]))


def _tokens(text: str) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        after = text[match.end() : match.end() + 1]
        for word in key(match[0]).split():
            yield Token(word, match[0][:1].isupper(), after in ("", ",", ".", ";", ":", "/", "(", ")", "\n"))


def stems(text: str) -> tuple[str, ...]:
    """Return the words of a phrase without their endings and without small words."""
    return tuple(stem(word) for word in key(text).split() if word not in SMALL)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a word without endings that change little: "prices" and "pricing" are one, "care" and "car" are not."""
    if len(word) > 5 and word.endswith("ing"):
        return _shortened(word, 3)
    if len(word) > 4 and word.endswith("ed") and not word.endswith("eed"):
        return _shortened(word, 2)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _shortened(word: str, ending: int) -> str:
    """Take an ending off, unless what is left says too little; of a doubled letter keep one: "planning" is "plan"."""
    left = word[:-ending]
    if len(left) < 4 or not set(left) & set("aeiouy"):
        return word
    doubled = left[-1] == left[-2] and left[-1] not in "lsfz"
    return left[:-1] if doubled else left


@cache
def ordinary() -> frozenset[str]:
    """Return common words, which are never taken for a misspelling, nor alone for the name of a place."""
    text = (files("alongside.finding") / "ordinary.txt").read_text(encoding="utf-8")
    return frozenset(key(text).split())
