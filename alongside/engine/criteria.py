"""The soft criteria: how well a pair fits, each from 0 to FULL, with a sentence that says why.

Where either person has said nothing about a criterion it is NEUTRAL: it neither recommends the pair nor
speaks against it, and its sentence says that it is not known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from alongside.engine.cohort import Cohort
from alongside.engine.people import Person, Topic
from alongside.engine.table import BoolArray
from alongside.engine.vocabulary import Meaning, meaning, near, nearness, sectors_related
from alongside.engine.words import cosines, normalised, words

FULL = 10_000
NEUTRAL = FULL // 2

Fit = npt.NDArray[np.uint16]
"""How well each pair fits (n by m), from 0 to FULL."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """Name a criterion, measure it for all pairs, and put it in words for one."""

    name: str
    fit: Callable[[Cohort], Fit]
    sentence: Callable[[Person, Person], str]


def _fit(share: npt.ArrayLike, unknown: BoolArray) -> Fit:
    """Turn shares from 0 to 1 into fits, NEUTRAL where unknown."""
    return np.where(unknown, NEUTRAL, np.rint(np.asarray(share) * FULL)).astype(np.uint16)


# Needs: the share of the mentee's needs, by weight, that the mentor's expertise covers.


def needs(cohort: Cohort) -> Fit:
    """Measure how much of each mentee's needs each mentor covers.

    A need counts with its weight, times the best of the mentor's topics: how near it is
    (`vocabulary.nearness`) times how strong. Neutral where the mentee has no needs or the mentor no
    expertise to speak of.
    """
    wanted = _meanings(cohort.mentees)
    covered = _coverage(wanted, cohort.mentors)
    columns = {meant: column for column, meant in enumerate(wanted)}
    rows = [(row, columns[meaning(t.label)], t.weight) for row, p in enumerate(cohort.mentees) for t in p.topics]
    row, column, weight = zip(*rows, strict=True) if rows else ((), (), ())
    weights = sparse.csr_matrix((np.array(weight, float), (row, column)), shape=(len(cohort.mentees), len(wanted)))
    total = np.asarray(weights.sum(axis=1)).reshape(-1, 1)
    share = weights @ covered / np.where(total > 0, total, 1)
    return _fit(np.minimum(share, 1), _either(cohort, lambda p: not p.topics))


def _meanings(people: tuple[Person, ...]) -> list[Meaning]:
    """Return the different meanings of people's topics, in a fixed order."""
    found = {meaning(topic.label) for person in people for topic in person.topics}
    return sorted(found, key=lambda meant: (meant.topic, sorted(meant.stems)))


def _coverage(wanted: list[Meaning], mentors: tuple[Person, ...]) -> npt.NDArray[np.float64]:
    """Return (meanings by mentors) how well each mentor's best topic covers each meaning, 0 to 1."""
    covered = np.zeros((len(wanted), len(mentors)))
    offered = _meanings(mentors)
    nearby = nearness(wanted, offered)
    place = {meant: column for column, meant in enumerate(offered)}
    for column, mentor in enumerate(mentors):
        if mentor.topics:
            strength = [min(1.0, topic.weight) for topic in mentor.topics]
            topics = [place[meaning(topic.label)] for topic in mentor.topics]
            covered[:, column] = (nearby[:, topics] * strength).max(axis=1, initial=0)
    return covered


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


def text(cohort: Cohort) -> Fit:
    """Measure how alike the two wrote: twice the cosine of `words.cosines`, at most 1.

    Texts by two people seldom come near a cosine of 1, so one half counts in full.
    """
    alike = cosines([person.text for person in cohort.mentees], [person.text for person in cohort.mentors])
    return _fit(np.minimum(1, 2 * alike), _either(cohort, lambda p: not p.text.strip()))


def text_sentence(mentee: Person, mentor: Person) -> str:
    """Say how many words both use; the words themselves stay where they were written."""
    if not mentee.text.strip() or not mentor.text.strip():
        return f"Own words not compared: {_silent(mentee, mentor, lambda p: not p.text.strip())} wrote none"
    common = len(set(words(mentee.text)) & set(words(mentor.text)))
    return f"Their own words share {_count(common, 'term')}"


# Sector: whether the mentor knows the mentee's trade.


def sector(cohort: Cohort) -> Fit:
    """Measure sectors: the same counts in full, one of the same family (`sectors.toml`) half, others nothing."""
    ours = [normalised(person.sector) for person in cohort.mentees]
    theirs = [normalised(person.sector) for person in cohort.mentors]
    table = {(a, b): _sector_share(a, b) for a in set(ours) for b in set(theirs)}
    names = {name: column for column, name in enumerate(sorted(set(theirs)))}
    rows = {a: [table[a, b] for b in names] for a in set(ours)}
    by_name = np.array([rows[a] for a in ours], dtype=float).reshape(len(ours), len(names))
    return _fit(by_name[:, [names[b] for b in theirs]], _either(cohort, lambda p: not p.sector))


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


def place(cohort: Cohort) -> Fit:
    """Measure nearness in bands; from 50 km it counts a quarter, and never less than half where both meet remotely."""
    share = np.full(cohort.shape, 0.25)
    for limit, value, _ in reversed(BANDS):
        share[cohort.distance < limit] = value
    return _fit(np.where(cohort.both_remote, np.maximum(share, 0.5), share), np.isnan(cohort.distance))


def place_sentence(mentee: Person, mentor: Person) -> str:
    """Say how far apart they are, in bands."""
    remote = ", and both can meet remotely" if mentee.remote and mentor.remote else ""
    if mentee.position is None or mentor.position is None:
        return f"Distance not known{remote}"
    distance = float(Cohort((mentee,), (mentor,)).distance[0, 0])
    band = next((words for limit, _, words in BANDS if distance < limit), "50 km or more apart")
    return band + remote


# Seniority: one or two levels above is near enough to remember, far enough to help.

BY_GAP = (0.5, 1.0, 1.0, 0.75)
"""The share for a mentor 0, 1, 2 or 3 levels above the mentee; half for more, nothing for below."""


def seniority(cohort: Cohort) -> Fit:
    """Measure how many levels the mentor is above the mentee (see BY_GAP)."""
    gap = cohort.theirs(lambda p: p.seniority, float) - cohort.ours(lambda p: p.seniority, float)
    share = np.select([gap < 0, *(gap == levels for levels in range(len(BY_GAP)))], [0, *BY_GAP], 0.5)
    return _fit(share, np.isnan(gap))


def seniority_sentence(mentee: Person, mentor: Person) -> str:
    """Say how many levels lie between them."""
    if mentee.seniority is None or mentor.seniority is None:
        return f"Seniority not compared: not known of {_silent(mentee, mentor, lambda p: p.seniority is None)}"
    gap = mentor.seniority - mentee.seniority
    if gap == 0:
        return "The same level of seniority"
    return f"The mentor is {_count(abs(gap), 'level')} {'above' if gap > 0 else 'below'} the mentee"


# Availability: whether they will find a time.

ENOUGH_TIMES = 3


def availability(cohort: Cohort) -> Fit:
    """Measure times in common: three count in full, or as many as the mentee named, if fewer."""
    enough = np.clip(cohort.ours(lambda p: len(p.availability), int), 1, ENOUGH_TIMES)
    return _fit(np.minimum(1, cohort.common_times / enough), _either(cohort, lambda p: not p.availability))


def availability_sentence(mentee: Person, mentor: Person) -> str:
    """Say how many times both are free."""
    if not mentee.availability or not mentor.availability:
        silent = _silent(mentee, mentor, lambda p: not p.availability)
        return f"Availability not compared: {silent} named no times"
    return f"{_count(len(mentee.availability & mentor.availability), 'time')} in common"


# Preferences: whom each would like, of those they know of.


def preferences(cohort: Cohort) -> Fit:
    """Measure stated wishes, the mean of both sides: a first choice counts 1, each later one 0.1 less, down
    to 0.6.

    Someone who named others counts 0; someone who named nobody counts one half.
    """
    ours = np.repeat(cohort.ours(lambda p: 0.0 if p.prefers else 0.5, float), len(cohort.mentors), axis=1)
    theirs = np.repeat(cohort.theirs(lambda p: 0.0 if p.prefers else 0.5, float), len(cohort.mentees), axis=0)
    for row, mentee in enumerate(cohort.mentees):
        for rank, mentor in reversed(list(enumerate(mentee.prefers))):
            if mentor in cohort.mentor_columns:
                ours[row, cohort.mentor_columns[mentor]] = _wish(rank)
    for column, person in enumerate(cohort.mentors):
        for rank, other in reversed(list(enumerate(person.prefers))):
            if other in cohort.mentee_rows:
                theirs[cohort.mentee_rows[other], column] = _wish(rank)
    return _fit((ours + theirs) / 2, np.zeros(cohort.shape, dtype=np.bool_))


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


def _either(cohort: Cohort, silent: Callable[[Person], bool]) -> BoolArray:
    """Mark the pairs (n by m) of which at least one is silent."""
    return np.asarray(cohort.ours(silent) | cohort.theirs(silent), dtype=np.bool_)


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
)
"""All criteria, under the names of their weights."""
