"""Reading a need: what somebody wrote in their own words, as topics, trades, places and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from alongside.finding.need import Need, Spot
from alongside.finding.offers import Cost
from alongside.finding.spelling import corrected
from alongside.finding.vocabulary import PLAIN, Kind, Meaning, asked_by, longest_at, phrases
from alongside.finding.whereabouts import BEFORE_PLACES, spot_in, spot_named
from alongside.finding.words import SMALL, Token, ordinary, stem, tokens
from alongside.places.gazetteer import gazetteer, key

MOST_CORRECTIONS = 8
"""How many words of a text are looked up as misspelt at most, so that no text takes long."""

NOT = frozenset(["not", "no", "dont", "cant", "wont", "without", "never", "hate", "isnt", "avoid", "nid", "dim"])
"""Words that turn a way to meet into the other, when they stand just before it."""
YOUNG, OLDER = range(12, 26), range(50, 100)
NOT_YEARS = frozenset(
    ("year", "month", "week", "day", "hour", "mile", "percent", "staff",
     "people", "minute", "employe", "of", "k", "quid", "pound", "per")
)  # fmt: skip
"""What a number counts when it is no age, without endings."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What was read as what: the words, and what they mean. ``kind`` is a kind of the vocabulary, or "place"."""

    words: str
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A need as it was read. ``corrections`` are what was written and what it was taken for."""

    need: Need
    pieces: tuple[Piece, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """One meaning of one phrase, and where it begins and ends among the tokens."""

    kind: Kind
    id: str
    weight: float
    first: int
    after: int


def understood(text: str, *, place: str = "", chosen: Need = Need()) -> Understood:  # noqa: B008  # it never changes
    """Return what `text` says, as far as it was understood; of a long one, what its first 500 signs say.

    :param place: what was written into a field for the place.
    :param chosen: what was chosen; it wins over what is read.
    """
    written = tokens(text)
    words = _spelt(written)
    there = spot_in(written, words)
    taken = set(range(there.first, there.after)) if there else set()
    said = list(_said(written, words, taken))
    need = _together(said, words, taken)
    spot = chosen.place or spot_named(place) or (there.spot if there else None)
    pieces = [Piece(_between(words, each), each.kind, each.id) for each in _telling(said)]
    if there:
        pieces.append(Piece(" ".join(words[there.first : there.after]), "place", there.spot.name))
    corrections = dict.fromkeys(
        (token.word, word) for token, word in zip(written, words, strict=True) if token.word != word
    )
    return Understood(_chosen_first(need, chosen, spot), tuple(dict.fromkeys(pieces)), tuple(corrections))


def _spelt(written: Sequence[Token]) -> list[str]:
    """Return the words with their spelling corrected; a place is likelier after "near" and the like."""
    words, left = [], MOST_CORRECTIONS
    before = ""
    for token in written:
        word = corrected(token.word, place_first=before in BEFORE_PLACES) if left else token.word
        left -= word != token.word
        before = token.word
        words.append(word)
    return words


def _said(written: Sequence[Token], words: Sequence[str], taken: set[int]) -> Iterator[_Said]:
    """Yield every meaning of every phrase, the longest phrase at each place, never across the name of a place."""
    yield from _ages(words)
    places = [n for n, token in enumerate(written) if n not in taken and not token.small]
    stemmed = tuple(stem(words[n]) for n in places)
    at = 0
    while at < len(places):
        size = longest_at(stemmed, at)
        within = places[at : at + size]
        if size and not any(one < gone < other for one, other in pairwise(within) for gone in taken):
            yield from _meanings(written, words, stemmed[at : at + size], within)
        at += size or 1


def _meanings(
    written: Sequence[Token], words: Sequence[str], phrase: tuple[str, ...], places: Sequence[int]
) -> Iterator[_Said]:
    first, last = places[0], places[-1]
    denied = bool(NOT & set(words[max(0, first - 2) : first]))
    for meaning in _with_nested(phrase):
        said = _Said(meaning.kind, meaning.id, meaning.weight, first, last + 1)
        if meaning.kind != "ways":
            yield said
        elif denied:
            yield replace(said, id="in-person" if said.id == "online" else "online", weight=PLAIN)
        elif meaning.weight == PLAIN or first == 0 or written[last].ends:
            # "Online" amid a sentence is where something happens; at an end of it, how to meet.
            yield replace(said, weight=PLAIN)


def _with_nested(phrase: tuple[str, ...]) -> Iterator[Meaning]:
    """Yield what a phrase means, and what shorter ones in it plainly do, of kinds that the whole says nothing of.

    "Start up idea" says at what stage; that it is about starting up, its first words say.
    """
    whole = phrases()[phrase]
    yield from whole
    open_kinds = {"topics", "audiences", "stages"} - {each.kind for each in whole}
    for size in range(len(phrase) - 1, 0, -1):
        for first in range(len(phrase) - size + 1):
            inner = phrases().get(phrase[first : first + size], ())
            yield from (each for each in inner if each.kind in open_kinds and each.weight == PLAIN)


def _ages(words: Sequence[str]) -> Iterator[_Said]:
    """Yield for whom an age tells: "I'm 19", "17 year old", "lost my job at 55"; never "70 hours", "for 20 years"."""
    for place, word in enumerate(words):
        if not (word.isascii() and word.isdigit() and len(word) == 2):
            continue
        before, after = words[place - 1] if place else "", [stem(each) for each in words[place + 1 : place + 3]]
        old = after[:1] == ["year"] and after[1:] == ["old"]
        said = before in ("im", "am", "aged", "age", "at", "turned", "nearly", "almost")
        group = "young" if int(word) in YOUNG else "over-50" if int(word) in OLDER else ""
        if group and (old or (said and not NOT_YEARS & set(after[:1]))):
            yield _Said("audiences", group, PLAIN, place, place + 1)


def _telling(said: Sequence[_Said]) -> list[_Said]:
    """Leave out hints wherever something of the same kind was said plainly."""
    plain = {each.kind for each in said if each.weight == PLAIN}
    return [each for each in said if each.weight == PLAIN or each.kind not in plain]


def _together(said: Sequence[_Said], words: Sequence[str], taken: set[int]) -> Need:
    telling = _telling(said)

    def ids(kind: Kind) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.id for each in telling if each.kind == kind))

    ways, costs, topics = ids("ways"), ids("costs"), ids("topics")
    plain = [each for each in said if each.weight == PLAIN]
    implied = [asked_by()[each.id] for each in plain if each.kind == "topics" and each.id in asked_by()]
    return Need(
        topics=topics,
        sectors=ids("sectors"),
        stage=next(iter(ids("stages")), ""),
        audiences=tuple(dict.fromkeys([*(each.id for each in plain if each.kind == "audiences"), *implied])),
        languages=tuple(dict.fromkeys(each.id for each in plain if each.kind == "languages")),
        online=None if len(ways) != 1 else ways[0] == "online",
        cost=Cost.FREE if costs == ("free",) else None,
        words=_left_over(said, words, taken),
    )


def _left_over(said: Sequence[_Said], words: Sequence[str], taken: set[int]) -> tuple[str, ...]:
    read = taken | {place for each in said for place in range(each.first, each.after)}
    left = [word for place, word in enumerate(words) if place not in read and _looked_for(word)]
    return tuple(dict.fromkeys(left))


def _looked_for(word: str) -> bool:
    """Tell whether a word is worth looking for in names and texts: no number, and nothing everybody writes."""
    return len(word) > 2 and not word.isdigit() and word not in SMALL | ordinary() and word not in gazetteer()


def _between(words: Sequence[str], said: _Said) -> str:
    return " ".join(words[said.first : said.after])


def _chosen_first(read: Need, chosen: Need, spot: Spot | None) -> Need:
    return Need(
        topics=chosen.topics or read.topics,
        sectors=chosen.sectors or read.sectors,
        stage=chosen.stage or read.stage,
        audiences=chosen.audiences or read.audiences,
        languages=chosen.languages or read.languages,
        place=spot,
        online=read.online if chosen.online is None else chosen.online,
        cost=chosen.cost or read.cost,
        words=tuple(dict.fromkeys((*map(key, chosen.words), *read.words))),
    )
