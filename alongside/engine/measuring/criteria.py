"""The soft criteria: how well a pair fits, with a sentence that says why.

Each measures a cohort once, into a form that gives the points of any pair (`measuring.forms`). Where either
person has said nothing about a criterion, the pair has half its points: it neither recommends them nor speaks against
them, and its sentence says that it is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from alongside.engine.measuring import forms
from alongside.engine.measuring.cohort import FEW, Cohort, once
from alongside.engine.measuring.forms import (
    HALF,
    KNOWN_TIMES,
    ONE,
    Codes,
    Distances,
    Kinds,
    Needs,
    Pairs,
    Texts,
    Times,
    quantised,
)
from alongside.engine.measuring.reading import Readings
from alongside.engine.measuring.vocabulary import Meaning, meaning, near, nearness, related_sectors, sectors_related
from alongside.engine.numbering import Numbers
from alongside.engine.table import FloatArray, IntArray
from alongside.engine.values.people import Person, Topic
from alongside.engine.values.settings import ALIKE
from alongside.engine.words import normalised, weighed, words


@dataclass(frozen=True, slots=True)
class Criterion:
    """Name a criterion, measure it for a cohort, and put it in words for one pair."""

    name: str
    measure: Callable[[Cohort], forms.Criterion]
    sentence: Callable[[Person, Person], str]


# Needs: the share of the mentee's needs, by weight, that the mentor's expertise covers.


def needs(cohort: Cohort) -> Needs:
    """Measure how much of each mentee's needs each mentor covers.

    A need counts with its weight, times the best of the mentor's topics: how near it is
    (`vocabulary.nearness`) times how strong.
    """
    said = _Topics.of(cohort.mentees)
    rows = Numbers[Meaning]()
    row = rows.of(map(meaning, said.labels))[said.label]
    return Needs(said.starts, row, said.weight, _coverage(list(rows), cohort.mentors))


class _Topics(NamedTuple):
    """Hold people's topics one after another, those of person i from `starts[i]` on; `label` is a place in `labels`."""

    starts: IntArray
    label: Codes
    weight: FloatArray
    labels: list[str]

    @classmethod
    def of(cls, people: tuple[Person, ...]) -> _Topics:
        topics = list(map(attrgetter("topics"), people))
        starts = np.concatenate([[0], np.cumsum(list(map(len, topics)), dtype=np.int64)])
        every = list(chain.from_iterable(topics))
        labels = Numbers[str]()
        label = labels.of(map(attrgetter("label"), every))
        return cls(starts, label, np.array(list(map(attrgetter("weight"), every)), dtype=np.float64), list(labels))


AT_ONCE = 2**19
"""Mentors times meanings whose fits are worked out together, so that a country needs no table of them as floats."""


def _coverage(wanted: list[Meaning], mentors: tuple[Person, ...]) -> npt.NDArray[np.int16]:
    """Return (meanings by mentors) how well each mentor's best topic covers each meaning, 0 to ONE."""
    said = _Topics.of(mentors)
    nearby = nearness(wanted, list(map(meaning, said.labels)))
    covered = np.empty((len(wanted), len(mentors)), dtype=np.int16)
    step = max(1, AT_ONCE // max(1, len(mentors)))
    for first in range(0, len(wanted), step):
        covered[first : first + step] = np.rint(_strongest(nearby[first : first + step], said) * ONE)
    covered[:, np.diff(said.starts) == 0] = HALF
    return covered


def _strongest(nearby: FloatArray, said: _Topics) -> FloatArray:
    """Return (meanings by people) the greatest of nearness (meanings by labels) times strength, 0 without topics."""
    counts, strength = np.diff(said.starts), np.minimum(1.0, said.weight)
    best = np.zeros((len(nearby), len(counts)))
    for place in range(int(counts.max(initial=0))):
        having = np.flatnonzero(counts > place)
        topic = said.starts[having] + place
        best[:, having] = np.maximum(best[:, having], nearby[:, said.label[topic]] * strength[topic])
    return best


def needs_sentence(mentee: Person, mentor: Person) -> str:
    """Name the needs that the mentor knows, and those they know something near; how well is in the points."""
    if not mentee.topics or not mentor.topics:
        return f"Needs not compared: {_silent(mentee, mentor, lambda p: not p.topics)} named none"
    best = {topic.label: _nearest(topic, mentor) for topic in mentee.topics}
    full = [label for label, share in best.items() if share >= 0.75]
    partly = [label for label, share in best.items() if 0 < share < 0.75]
    if partly and not full:
        return f"Experience close to {', '.join(partly)}"
    covers = f"Covers {len(full)} of {_count(len(best), 'need')}" + (f": {', '.join(full)}" if full else "")
    return covers + (f"; experience close to {', '.join(partly)}" if partly else "")


def _nearest(need: Topic, mentor: Person) -> float:
    wanted = meaning(need.label)
    return max(near(wanted, meaning(topic.label)) for topic in mentor.topics)


# Text: what both wrote in their own words.


def text(cohort: Cohort) -> Texts:
    """Measure how alike the two wrote: twice the cosine of their TF-IDF vectors (`words.weighed`), at most 1.

    Texts by two people seldom come near a cosine of 1, so one half counts in full.
    """
    ours, theirs = weighed([p.text for p in cohort.mentees], [p.text for p in cohort.mentors], forms.TEXT_BITS)
    return Texts(ours, theirs, cohort.silence(lambda person: not person.text.strip()))


def text_sentence(mentee: Person, mentor: Person) -> str:
    """Say how many words both use; the words themselves stay where they were written."""
    if not mentee.text.strip() or not mentor.text.strip():
        return _unwritten(mentee, mentor)
    common = len(set(words(mentee.text)) & set(words(mentor.text)))
    return f"Their own words share {_count(common, 'term')}"


def _unwritten(mentee: Person, mentor: Person) -> str:
    return f"Own words not compared: {_silent(mentee, mentor, lambda p: not p.text.strip())} wrote none"


def text_as_read(readings: Readings) -> Criterion:
    """Return the criterion that the two mean alike by what they wrote, as a model read it (`measuring.reading`)."""
    return Criterion("text", partial(_text_as_read, readings), partial(_as_read_sentence, readings))


def _text_as_read(readings: Readings, cohort: Cohort) -> Texts:
    """Measure in how many tables the two have the same word; one half counts in full, as with words written."""
    ours, theirs = (readings.table([person.text for person in side]) for side in (cohort.mentees, cohort.mentors))
    return Texts(ours, theirs, cohort.silence(lambda person: person.text not in readings.place))


CLOSELY, PARTLY = 3 / 8, 1 / 6
"""From which share of tables on two texts are called closely or partly alike: three quarters and a third of the
points, about 40 and 65 degrees apart."""


def _as_read_sentence(readings: Readings, mentee: Person, mentor: Person) -> str:
    """Say how near the texts are in meaning, and who says so; no word need be in both."""
    if not mentee.text.strip() or not mentor.text.strip():
        return _unwritten(mentee, mentor)
    model = f"the model “{readings.model}”"
    if silent := _silent(mentee, mentor, lambda p: p.text not in readings.place):
        return f"Own words not compared: {model} saw no meaning in what {silent} wrote"
    share = readings.alike(mentee.text, mentor.text)
    how = "closely" if share >= CLOSELY else "partly" if share >= PARTLY else "hardly"
    return f"What they wrote is {how} alike in meaning, as {model} reads it"


# Sector: whether the mentor knows the mentee's trade.


def sector(cohort: Cohort) -> Kinds:
    """Measure sectors: the same counts in full, one of the same family (`sectors.toml`) half, others nothing."""
    ours, theirs = (set(map(once("sector", normalised), side)) for side in (cohort.mentees, cohort.mentors))
    telling = (ours & theirs) | {label for label in ours | theirs if related_sectors(label)} | {""}

    def told(said: str) -> str:
        label = normalised(said)
        return label if label in telling else "nobody else's"

    return cohort.kinds(once("sector", told), lambda one, other: _sector_share(one, other) if one and other else 0.5)


def _sector_share(one: str, other: str) -> float:
    return 1.0 if one == other else 0.5 if sectors_related(one, other) else 0.0


def sector_sentence(mentee: Person, mentor: Person) -> str:
    """Say whether the sectors are the same, related or different."""
    if not mentee.sector or not mentor.sector:
        return f"Sector not compared: {_silent(mentee, mentor, lambda p: not p.sector)} named none"
    share = _sector_share(normalised(mentee.sector), normalised(mentor.sector))
    if share == 1:
        return f"Same sector: {mentee.sector}"
    return f"{'Related' if share else 'Different'} sectors: {mentee.sector} and {mentor.sector}"


# Place: how far they have to travel to meet.

BANDS = (
    (10.0, 1.0, "Less than 10 km apart"),
    (25.0, 0.75, "10 to 25 km apart"),
    (50.0, 0.5, "25 to 50 km apart"),
)
"""Kilometres below which a band ends, its share, its words: nobody learns an exact distance."""

BEYOND = 0.25
"""The share from the last band on."""


def place(cohort: Cohort) -> Distances:
    """Measure nearness in bands; from 50 km it counts a quarter, and never less than half where both meet remotely."""
    return distances(cohort, None)


def distances(cohort: Cohort, usual: float | None) -> Distances:
    """Measure how far apart people are, and how far they travel.

    :param usual: the kilometres of who has not said how many; None if nobody minds how far.
    """
    (ours, theirs), remote = cohort.places, attrgetter("remote")
    limits = [straight(_limits(side, usual)) for side in (cohort.mentees, cohort.mentors)]
    bands = straight(np.array([kilometres for kilometres, _, _ in BANDS]))
    fits = quantised([*(share for _, share, _ in BANDS), BEYOND])
    return Distances(ours, theirs, cohort.ours(remote), cohort.theirs(remote), limits[0], limits[1], bands, fits)


def _limits(people: tuple[Person, ...], usual: float | None) -> FloatArray:
    if usual is None:
        return np.full(len(people), HALF_ROUND)
    said = map(attrgetter("max_km"), people)
    return np.array([usual if limit is None else limit for limit in said], dtype=np.float64)


HALF_ROUND = np.pi * forms.EARTH_RADIUS / 1000
"""The kilometres from one side of the Earth to the other."""


def straight(kilometres: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Return the straight metres, through the ground, of distances along it."""
    angle = np.minimum(kilometres, HALF_ROUND) * 1000 / forms.EARTH_RADIUS
    return np.asarray(np.floor(2 * forms.EARTH_RADIUS * np.sin(angle / 2)), dtype=np.int64)


ONE_PAIR = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
"""The rows and columns of the only pair of a cohort of two."""


def place_sentence(mentee: Person, mentor: Person) -> str:
    """Say how far apart they are, in bands."""
    remote = ", and both can meet remotely" if mentee.remote and mentor.remote else ""
    if mentee.position is None or mentor.position is None:
        return f"Distance not known{remote}"
    apart = place(Cohort((mentee,), (mentor,)))
    metres = int(apart.metres(*ONE_PAIR)[0, 0])
    band = int(np.searchsorted(apart.bands, metres, side="right"))
    return (BANDS[band][2] if band < len(BANDS) else "50 km or more apart") + remote


# Seniority: one or two levels above is near enough to remember, far enough to help.

BY_GAP = (0.5, 1.0, 1.0, 0.75)
"""The share for a mentor 0, 1, 2 or 3 levels above the mentee; half for more, nothing for below."""


def seniority(cohort: Cohort) -> Kinds:
    """Measure how many levels the mentor is above the mentee (see BY_GAP)."""
    return cohort.kinds(attrgetter("seniority"), _seniority_share)


def _seniority_share(mentee: int | None, mentor: int | None) -> float:
    if mentee is None or mentor is None:
        return 0.5
    gap = mentor - mentee
    return 0.0 if gap < 0 else BY_GAP[gap] if gap < len(BY_GAP) else 0.5


def seniority_sentence(mentee: Person, mentor: Person) -> str:
    """Say how many levels lie between them."""
    if mentee.seniority is None or mentor.seniority is None:
        return f"Seniority not compared: not known of {_silent(mentee, mentor, lambda p: p.seniority is None)}"
    gap = mentor.seniority - mentee.seniority
    if gap == 0:
        return "The same level of seniority"
    return f"The mentor is {_count(abs(gap), 'level')} {'above' if gap > 0 else 'below'} the mentee"


# Availability: whether they will find a time.


def availability(cohort: Cohort) -> Times:
    """Measure times in common: three count in full, or as many as the mentee named, if fewer."""
    return cohort.free_times


def availability_sentence(mentee: Person, mentor: Person) -> str:
    """Say how many times both are free."""
    if not mentee.availability or not mentor.availability:
        silent = _silent(mentee, mentor, lambda p: not p.availability)
        return f"Availability not compared: {silent} named no times"
    return f"{_count(len(mentee.availability & mentor.availability), 'time')} in common"


# Preferences: whom each would like, of those they know of.


def preferences(cohort: Cohort) -> Pairs:
    """Measure stated wishes, the mean of both sides: a first choice counts 1, each later one 0.1 less, down
    to 0.6.

    Someone who named others counts 0; someone who named nobody counts one half.
    """
    ours = {(p.id, other): _wish(rank) for p in cohort.mentees if p.prefers for rank, other in _ranked(p)}
    theirs = {(other, p.id): _wish(rank) for p in cohort.mentors if p.prefers for rank, other in _ranked(p)}
    named = {person.id for person in cohort.mentees if person.prefers}
    namers = {person.id for person in cohort.mentors if person.prefers}
    shares = {
        (mentee, mentor): (
            ours.get((mentee, mentor), _unnamed(mentee in named))
            + theirs.get((mentee, mentor), _unnamed(mentor in namers))
        )
        / 2
        for mentee, mentor in ours | theirs
    }
    others = cohort.kinds(lambda person: bool(person.prefers), lambda a, b: (_unnamed(a) + _unnamed(b)) / 2)
    return cohort.except_for(shares, others)


def _ranked(person: Person) -> list[tuple[int, str]]:
    """Return a person's wishes with their ranks, the best rank of each last."""
    return list(reversed(list(enumerate(person.prefers))))


def _unnamed(named_others: bool) -> float:
    return 0.0 if named_others else 0.5


def _wish(rank: int) -> float:
    return 1 - 0.1 * min(rank, 4)


def preferences_sentence(mentee: Person, mentor: Person) -> str:
    """Say what each wished; a wish that was not met is left unsaid."""
    said = []
    for person, other in ((mentee, mentor), (mentor, mentee)):
        if other.id in person.prefers:
            said.append(f"{other} is choice {person.prefers.index(other.id) + 1} of {person}")
    if said:
        return "; ".join(said)
    return "Neither named the other" if mentee.prefers or mentor.prefers else "Neither stated a wish"


# Mode: how they would rather meet.

MODES = {"in_person": "in person", "remote": "remotely", "either": "either way"}
"""How to say what `Person.mode` holds."""


def mode(cohort: Cohort) -> Kinds:
    """Measure how people would rather meet: the same, or either way with any, counts in full, the opposite nothing."""
    return cohort.kinds(attrgetter("mode"), _mode_share)


def _mode_share(one: str, other: str) -> float:
    if not one or not other:
        return 0.5
    return float(one == other or "either" in (one, other))


def mode_sentence(mentee: Person, mentor: Person) -> str:
    """Say how each would rather meet."""
    if not mentee.mode or not mentor.mode:
        return f"How to meet not compared: {_silent(mentee, mentor, lambda p: not p.mode)} did not say"
    if mentee.mode == mentor.mode:
        return (
            f"Both would rather meet {MODES[mentee.mode]}"
            if mentee.mode != "either"
            else "Either way to meet suits both"
        )
    return f"{mentee} would meet {MODES[mentee.mode]}, {mentor} {MODES[mentor.mode]}"


# Experience: what a mentee asks that the mentor has been through.

ASKS_COUNTED = KNOWN_TIMES
"""How much of what a mentee asks for counts, the first named first."""


def experience(cohort: Cohort) -> Times:
    """Measure the share of the experience a mentee asks for, of at most three, that the mentor has.

    What is asked for and what is offered are one where they mean the same topic (`vocabulary.meaning`) or, unknown
    to the vocabulary, have the same words.
    """
    return cohort.times(once("asks", _asked), ASKS_COUNTED, of_mentor=once("experience", _offered))


def _asked(asks: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_counted(asks))


def _offered(experience: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_meant, experience))


def _counted(asks: tuple[str, ...]) -> dict[str, str]:
    """Return what counts of what a mentee asks for: the labels by what they mean, the first of each."""
    labels: dict[str, str] = {}
    for label in asks:
        labels.setdefault(_meant(label), label)
    return dict(list(labels.items())[:ASKS_COUNTED])


def _meant(label: str) -> str:
    """Return what a label means, such that two labels for the same are equal."""
    known = meaning(label)
    return known.topic or " ".join(sorted(known.stems)) or normalised(label)


def experience_sentence(mentee: Person, mentor: Person) -> str:
    """Name what the mentor has of the experience asked for."""
    if not mentee.asks or not mentor.experience:
        return f"Experience not compared: {_silent(mentee, mentor, lambda p: not (p.asks or p.experience))} named none"
    asked, known = _counted(mentee.asks), _offered(mentor.experience)
    met = [label for meant, label in asked.items() if meant in known]
    kinds = "kind" if len(asked) == 1 else "kinds"
    return f"Has {len(met)} of {len(asked)} {kinds} of experience asked for" + (f": {', '.join(met)}" if met else "")


# Alike: attributes on which a programme wants both to have said the same.


def alike(attribute: str) -> Criterion:
    """Return the criterion that both said the same of an attribute; its name is ALIKE and the attribute's."""
    return Criterion(f"{ALIKE}{attribute}", partial(_alike, attribute), partial(_alike_sentence, attribute))


def _alike(attribute: str, cohort: Cohort) -> Kinds | Times:
    """Measure one attribute: the same counts in full, another nothing; as kinds where few things were said."""

    def said(attributes: tuple[tuple[str, str], ...]) -> frozenset[str]:
        return frozenset(filter(None, [normalised(dict(attributes).get(attribute, ""))]))

    read = once("attributes", said)
    several = len(set(map(read, cohort.mentees))) * len(set(map(read, cohort.mentors))) > FEW
    return cohort.times(read) if several else cohort.kinds(read, lambda a, b: float(a == b) if a and b else 0.5)


def _alike_sentence(attribute: str, mentee: Person, mentor: Person) -> str:
    """Say whether both said the same; what they said stays where it was said, for it may be sensitive."""
    ours, theirs = (normalised(person.attribute(attribute)) for person in (mentee, mentor))
    if not ours or not theirs:
        silent = _silent(mentee, mentor, lambda p: not normalised(p.attribute(attribute)))
        return f"{attribute[:1].upper()}{attribute[1:]} not compared: {silent} named none"
    return f"{'Same' if ours == theirs else 'Different'} {attribute}"


def _silent(mentee: Person, mentor: Person, silent: Callable[[Person], bool]) -> str:
    return " and ".join(str(person) for person in (mentee, mentor) if silent(person))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


CRITERIA = (
    Criterion("needs", needs, needs_sentence),
    Criterion("text", text, text_sentence),
    Criterion("sector", sector, sector_sentence),
    Criterion("place", place, place_sentence),
    Criterion("seniority", seniority, seniority_sentence),
    Criterion("availability", availability, availability_sentence),
    Criterion("preferences", preferences, preferences_sentence),
    Criterion("mode", mode, mode_sentence),
    Criterion("experience", experience, experience_sentence),
)
"""The criteria that every programme has, under the names of their weights."""

BY_NAME = {criterion.name: criterion for criterion in CRITERIA}


def criterion_of(name: str) -> Criterion:
    """Return a criterion by the name of its weight (`Weights.by_criterion`).

    :raises KeyError: if there is none of that name.
    """
    return alike(name.removeprefix(ALIKE)) if name.startswith(ALIKE) else BY_NAME[name]


def criterion_in(cohort: Cohort, name: str) -> Criterion:
    """Return a criterion as it is understood in a cohort: where a model reads the texts, it says how alike they are.

    :raises KeyError: if there is none of that name.
    :raises ReaderError: if what the model gives cannot be used.
    """
    readings = cohort.readings if name == "text" else None
    return text_as_read(readings) if readings else criterion_of(name)


class Measured(Mapping[str, forms.Criterion]):
    """Hold what each criterion knows of a cohort, measured when first asked for: what has no weight costs nothing.

    Weights that change later may name other attributes, so there is a form for every name `criterion_of` knows; listed
    are the criteria that every programme has.
    """

    def __init__(self, cohort: Cohort) -> None:
        self._cohort = cohort
        self._forms: dict[str, forms.Criterion] = {}

    def __getitem__(self, name: str) -> forms.Criterion:
        if name not in self._forms:
            self._forms[name] = criterion_in(self._cohort, name).measure(self._cohort)
        return self._forms[name]

    def __iter__(self) -> Iterator[str]:
        return iter(BY_NAME)

    def __len__(self) -> int:
        return len(BY_NAME)
