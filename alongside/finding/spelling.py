"""Misspelt words: the word of the vocabulary or the place that was meant."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from alongside.finding.vocabulary import known_stems, known_words
from alongside.finding.words import SMALL, ordinary, stem
from alongside.places.gazetteer import gazetteer

SHORTEST, LONG = 5, 8
"""Shorter words are never corrected: too many are another word. From the second on, two faults are forgiven."""

_VOWELS = frozenset("aeiouy")
_ALIKE = ({"c", "s", "z"}, {"c", "k", "q"}, {"f", "v"}, {"g", "j"}, {"m", "n"})


@lru_cache(maxsize=4_000)
def corrected(word: str, *, place_first: bool = False) -> str:
    """Return the word that was meant, or `word` itself where it is one, or nothing is near enough.

    :param place_first: whether a place is likelier than another word, as after "near".
    """
    if is_known(word) or len(word) < SHORTEST or not word.isalpha():
        return word
    allowed = 2 if len(word) >= LONG else 1
    found = [
        (faults, is_place != place_first, candidate)
        for candidates, is_place in ((_words(), False), (_places(), True))
        for candidate, letters in candidates.get(word[0], ())
        if abs(len(candidate) - len(word)) <= allowed
        and (letters ^ _letters(word)).bit_count() <= 2 * allowed
        and (faults := distance(word, candidate, allowed)) <= allowed
    ]
    return min(found)[2] if found else word


def is_known(word: str) -> bool:
    """Tell whether a word needs no correction."""
    return word in SMALL or word in ordinary() or stem(word) in known_stems() | _ordinary_stems() or word in gazetteer()


def distance(one: str, other: str, most: int) -> int:
    """Return how many faults lie between two words, or more than `most` as soon as it is certain.

    A letter left out, put in or swapped with the next is one fault, and so is a wrong vowel or a consonant that sounds
    alike. Any other consonant counts as two: it mostly makes another word ("booking" and "cooking").
    """
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, against in enumerate(other, 1):
            cost = min(above[column] + 1, line[-1] + 1, above[column - 1] + _wrong(letter, against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most and min(above) > most:
            return most + 1
        before, above = above, line
    return above[-1]


def _wrong(letter: str, against: str) -> int:
    if letter == against:
        return 0
    pair = {letter, against}
    return 1 if pair <= _VOWELS or any(pair <= sounds for sounds in _ALIKE) else 2


def _letters(word: str) -> int:
    """Return which letters a word has, one bit for each: two words far apart here are far apart altogether."""
    return sum({1 << (ord(letter) & 31) for letter in word})


Candidates = dict[str, list[tuple[str, int]]]


@cache
def _words() -> Candidates:
    return _by_first_letter(known_words())


@cache
def _places() -> Candidates:
    return _by_first_letter(gazetteer())


@cache
def _ordinary_stems() -> frozenset[str]:
    return frozenset(map(stem, ordinary()))


def _by_first_letter(words: Iterable[str]) -> Candidates:
    found: Candidates = {}
    for word in words:
        if len(word) >= SHORTEST and word.isalpha():
            found.setdefault(word[0], []).append((word, _letters(word)))
    return found
