"""From a cohort's pool to the engine's problem: the one place where participants become plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from alongside import engine
from alongside.matching.models import Version
from alongside.programmes.models import Participant

RefPair = tuple[str, str]


@dataclass(frozen=True)
class Pool:
    """Who is to be matched: mentees who have nobody yet, and mentors with their free places by ref.

    ``said_no`` are pairs of which one said not this time: they are not made again unless the coordinator wants it so.
    ``former`` are pairs of people who have or had a mentorship together; ``together`` those who are in one that runs,
    of which no hand makes another. ``kind`` is the kind of mentor these are, where there are kinds.
    """

    mentees: Sequence[Participant]
    mentors: Sequence[Participant]
    free_places: Mapping[str, int]
    said_no: frozenset[RefPair] = frozenset()
    former: frozenset[RefPair] = frozenset()
    together: frozenset[RefPair] = frozenset()
    kind: str = ""

    def participant(self, ref: str) -> Participant | None:
        return self._by_ref.get(ref)

    @cached_property
    def _by_ref(self) -> dict[str, Participant]:
        return {participant.ref: participant for participant in (*self.mentees, *self.mentors)}


@dataclass(frozen=True)
class Wanted:
    """What the coordinator asks of the engine: settings, and the pairs she requires or forbids."""

    settings: engine.Settings
    required: frozenset[RefPair] = frozenset()
    forbidden: frozenset[RefPair] = frozenset()


def wanted_by(version: Version) -> Wanted:
    """Return what ``version`` asked of the engine."""
    return Wanted(
        settings=engine.from_dict(engine.Settings, version.settings),
        required=frozenset((mentee, mentor) for mentee, mentor in version.required),
        forbidden=frozenset((mentee, mentor) for mentee, mentor in version.forbidden),
    )


def problem_of(pool: Pool, wanted: Wanted) -> engine.Problem:
    """State the pool and the coordinator's wishes as a problem; wishes about people who left the pool are dropped.

    :raises engine.ProblemError: if the wishes contradict each other or a rule that no wish may break.
    """
    refs = {participant.ref for participant in (*pool.mentees, *pool.mentors)}
    forbidden = wanted.forbidden | (pool.said_no - wanted.required) | pool.together
    mentees_named, mentors_named = _names(pool.mentees), _names(pool.mentors)
    former = _by_mentee(pool.former)
    return engine.Problem(
        mentees=tuple(
            _person(mentee, mentee.capacity, mentors_named, former.get(mentee.ref, ())) for mentee in pool.mentees
        ),
        mentors=tuple(_person(mentor, pool.free_places[mentor.ref], mentees_named) for mentor in pool.mentors),
        rules=wanted.settings.rules,
        weights=wanted.settings.weights,
        objective=wanted.settings.objective,
        opened=wanted.settings.opened,
        required=frozenset(pair for pair in wanted.required if refs.issuperset(pair)),
        forbidden=frozenset(pair for pair in forbidden if refs.issuperset(pair)),
    )


def _by_mentee(pairs: frozenset[RefPair]) -> dict[str, tuple[str, ...]]:
    """Return the mentors of each mentee, sorted, so that the same pairs make the same problem."""
    mentors: dict[str, tuple[str, ...]] = {}
    for mentee, mentor in sorted(pairs):
        mentors[mentee] = (*mentors.get(mentee, ()), mentor)
    return mentors


def _person(
    participant: Participant, capacity: int, others: Mapping[str, str], former: tuple[str, ...] = ()
) -> engine.Person:
    return engine.Person(
        id=participant.ref,
        name=participant.person.name,
        capacity=capacity,
        organisation=participant.employer,
        topics=tuple(engine.Topic(label, weight) for label, weight in participant.topics),
        text=participant.about,
        sector=participant.sector,
        position=_position(participant),
        max_km=participant.max_km,
        remote=participant.remote is not False,
        availability=frozenset(participant.availability),
        languages=frozenset(participant.languages),
        seniority=participant.seniority,
        attributes=tuple(sorted(participant.attributes.items())),
        # The pool holds only people who passed every gate of their programme.
        cleared=True,
        prefers=_meant(participant.prefers, others),
        avoids=_meant(participant.avoids, others),
        account=participant.person.ref,
        former=former,
    )


def _names(participants: Sequence[Participant]) -> dict[str, str]:
    """Return how each participant may be written, by name, email or ref, and whom it means."""
    return {
        written.casefold(): participant.ref
        for participant in participants
        for written in (participant.person.name, participant.person.email, participant.ref)
    }


def _meant(written: Sequence[str], others: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(others[name.casefold()] for name in written if name.casefold() in others)


def _position(participant: Participant) -> engine.Position | None:
    if participant.latitude is None or participant.longitude is None:
        return None
    return engine.Position(participant.latitude, participant.longitude, participant.place)
