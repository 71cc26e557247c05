"""The vocabulary of the search: what can be looked for, how it is called, and the words that mean it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from pydantic import Field

from alongside.datafiles import checking
from alongside.datafiles.checking import Part, Remark
from alongside.finding.words import stem, stems
from alongside.places.gazetteer import find, key

Kind = Literal["topics", "sectors", "stages", "audiences", "languages", "ways", "costs"]
KINDS: tuple[Kind, ...] = get_args(Kind)

PLAIN, HINT = 1.0, 0.5
"""How much a phrase says: what it plainly means, and what it only hints at."""


class Entry(Part):
    """One thing that can be looked for. ``aliases`` are ids by which others know it.

    Whoever asks for a topic with ``asked_by`` belongs to that audience, said or not.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    label: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    asked_by: str = ""
    phrases: tuple[str, ...] = Field(min_length=1)
    hints: tuple[str, ...] = ()


class Vocabulary(Part):
    """Everything the file says."""

    topics: tuple[Entry, ...]
    sectors: tuple[Entry, ...]
    stages: tuple[Entry, ...]
    audiences: tuple[Entry, ...]
    languages: tuple[Entry, ...]
    ways: tuple[Entry, ...]
    costs: tuple[Entry, ...]
    parts: dict[str, str]

    def entries(self, kind: Kind) -> tuple[Entry, ...]:
        found: tuple[Entry, ...] = getattr(self, kind)
        return found


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase means: an id of a kind, plainly or as a hint."""

    kind: Kind
    id: str
    weight: float


class NoSuchWord(KeyError):
    """Say that an id is not in the vocabulary, and which are."""


def parse(text: str, name: str = "the vocabulary") -> Vocabulary:
    """Read a vocabulary.

    :raises FaultsFound: if anything in it is missing, unknown, twice there, or means nothing.
    """
    return checking.read(Vocabulary, text, name, remarks)


def remarks(vocabulary: Vocabulary) -> Iterator[Remark]:
    """Yield what is wrong between the parts of a vocabulary."""
    for kind in KINDS:
        ids = [entry.id for entry in vocabulary.entries(kind)]
        for place, entry in enumerate(vocabulary.entries(kind)):
            if entry.id in ids[:place]:
                yield Remark((kind, place, "id"), f"“{entry.id}” stands twice in {kind}. Put the two together.")
            if entry.asked_by and entry.asked_by not in {each.id for each in vocabulary.audiences}:
                yield Remark((kind, place, "asked_by"), f"There is no audience “{entry.asked_by}”. Name one that is.")
            yield from _phrases(kind, place, entry)
    for part, town in vocabulary.parts.items():
        if find(town) is None:
            yield Remark(("parts", part), f"“{town}” is no place of the gazetteer. Name a town for “{part}” that is.")


def _phrases(kind: Kind, place: int, entry: Entry) -> Iterator[Remark]:
    said: set[str] = set()
    for list_name in ("phrases", "hints"):
        for number, phrase in enumerate(getattr(entry, list_name)):
            here = (kind, place, list_name, number)
            if not stems(phrase):
                yield Remark(here, f"“{phrase}” has only small words, so it is never found. Add a word that tells.")
            elif len(stems(phrase)) == 1 < len(phrase.split()):
                yield Remark(here, f"Of “{phrase}” only one word tells, so write it alone, or add another that tells.")
            if phrase in said:
                yield Remark(here, f"“{phrase}” stands twice in “{entry.id}”. Take one out.")
            said.add(phrase)


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary that comes with us.

    :raises FaultsFound: if the file is wrong.
    """
    file = files("alongside.finding") / "vocabulary.toml"
    return parse(file.read_text(encoding="utf-8"), "vocabulary.toml")


def choices(kind: Kind) -> list[tuple[str, str]]:
    """Return the ids of a kind with their labels, as a form offers them."""
    return [(entry.id, entry.label) for entry in vocabulary().entries(kind)]


def label(kind: Kind, entry_id: str) -> str:
    """Return the label of an id, or of one by which others know it.

    :raises NoSuchWord: if there is none.
    """
    try:
        return _labels(kind)[entry_id]
    except KeyError:
        known = ", ".join(entry.id for entry in vocabulary().entries(kind))
        raise NoSuchWord(f"“{entry_id}” is not one of the {kind}: {known}.") from None


def id_of(kind: Kind, entry_id: str) -> str:
    """Return our id for one of ours or of others ("bsl" is "bfi"); "" if it means nothing."""
    named = {name: entry.id for entry in vocabulary().entries(kind) for name in (entry.id, *entry.aliases)}
    return named.get(entry_id, "")


@cache
def asked_by() -> dict[str, str]:
    """Return the topics that only one audience asks for, and which."""
    return {topic.id: topic.asked_by for topic in vocabulary().topics if topic.asked_by}


@cache
def _labels(kind: Kind) -> dict[str, str]:
    return {name: each.label for each in vocabulary().entries(kind) for name in (each.id, *each.aliases)}


@cache
def phrases() -> dict[tuple[str, ...], tuple[Meaning, ...]]:
    """Return every phrase, as stems, with all that it means, what is plain before what is hinted at."""
    found: dict[tuple[str, ...], dict[tuple[Kind, str], float]] = {}
    for kind in KINDS:
        for entry in vocabulary().entries(kind):
            for words, weight in _weighted(kind, entry):
                means = found.setdefault(stems(words), {})
                means[kind, entry.id] = max(weight, means.get((kind, entry.id), 0.0))
    return {words: _sorted(means) for words, means in found.items()}


def _weighted(kind: Kind, entry: Entry) -> Iterator[tuple[str, float]]:
    # "Online" and "free" are said of many things; "something else" says nothing.
    if kind not in ("ways", "costs") and entry.id != "other":
        yield entry.label, PLAIN
    yield from ((phrase, PLAIN) for phrase in entry.phrases)
    yield from ((phrase, HINT) for phrase in entry.hints)


def _sorted(means: dict[tuple[Kind, str], float]) -> tuple[Meaning, ...]:
    rows = sorted(means.items(), key=lambda row: -row[1])
    return tuple(Meaning(kind, entry_id, weight) for (kind, entry_id), weight in rows)


@cache
def longest() -> int:
    """Return how many words the longest phrase has."""
    return max(map(len, phrases()))


@cache
def known_words() -> frozenset[str]:
    """Return every word that stands in a phrase, as it is written there."""
    return frozenset(word for kind in KINDS for each in vocabulary().entries(kind) for word in _words(kind, each))


@cache
def known_stems() -> frozenset[str]:
    """Return every word that stands in a phrase, without its ending."""
    return frozenset(map(stem, known_words()))


def _words(kind: Kind, entry: Entry) -> Iterable[str]:
    return (word for phrase, _ in _weighted(kind, entry) for word in key(phrase).split())


def topic_of(text: str) -> tuple[str, ...]:
    """Return the topics that a free label means, such as "Pricing" or "Cash flow and finance", plainest first.

    A label that is one of ours, or an id, means that one alone; of any other, what its phrases mean.
    """
    return _meant("topics", text)


def sector_of(text: str) -> tuple[str, ...]:
    """Return the sectors that a free label means, such as "Bakery", in the way of `topic_of`."""
    return _meant("sectors", text)


def _meant(kind: Kind, text: str) -> tuple[str, ...]:
    exact = [entry.id for entry in vocabulary().entries(kind) if key(text) in (entry.id, key(entry.label))]
    if exact:
        return tuple(exact)
    weights: dict[str, float] = {}
    for meaning in meanings_in(stems(text[:200])):
        if meaning.kind == kind:
            weights[meaning.id] = max(meaning.weight, weights.get(meaning.id, 0.0))
    best = max(weights.values(), default=0.0)
    return tuple(entry for entry, weight in weights.items() if weight == best)


def meanings_in(words: tuple[str, ...]) -> Iterator[Meaning]:
    """Yield what the phrases in a row of stems mean, at each place the longest phrase."""
    place = 0
    while place < len(words):
        size = longest_at(words, place)
        yield from phrases().get(words[place : place + size], ()) if size else ()
        place += size or 1


def longest_at(words: tuple[str, ...], place: int) -> int:
    """Return how many stems the longest phrase has that begins at a place; 0 if none does."""
    sizes = range(min(longest(), len(words) - place), 0, -1)
    return next((size for size in sizes if words[place : place + size] in phrases()), 0)
