"""The rules of a programme: everything in which one programme runs otherwise than another, as data."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Any, Literal

from pydantic import Field

from alongside import engine
from alongside.blueprints.sections import (
    BOTH,
    Agreement,
    Application,
    Applications,
    Called,
    Choice,
    Gate,
    Kept,
    Length,
    LetterKind,
    Look,
    Meetings,
    Objectives,
    Placing,
    Pulse,
    Seen,
    Shape,
    Start,
    Step,
    Suggested,
    Survey,
)
from alongside.blueprints.signed import remarks_on
from alongside.datafiles import checking
from alongside.datafiles.checking import Part, Remark
from alongside.datafiles.lines import Path
from alongside.files.pictures import picture_refused
from alongside.kernel.colours import PAPER, READABLE, contrast, readable_on
from alongside.kernel.vocabulary import Speech

WHOLE = ("matching", "letters")
"""The sections that are changed as a whole."""


class Rules(Part):
    """How a programme runs. What is left out is as most programmes do it."""

    applications: Applications = Applications()
    gates: tuple[Gate, ...] = ()
    shape: Shape = Shape()
    matching: dict[str, Any] = Field(default={}, description="hard rules and weights, as the engine reads them")
    choice: Choice = Choice()
    start: Start = Start()
    meetings: Meetings = Meetings()
    length: Length = Length()
    agreement: Agreement = Agreement()
    objectives: Objectives = Objectives()
    exercises: tuple[Suggested, ...] = ()
    surveys: tuple[Survey, ...] = ()
    seen: Seen = Seen()
    pulse: Pulse = Pulse()
    kept: Kept = Kept()
    letters: dict[LetterKind, str] = Field({}, description="what is added to letters, by their kind")
    words: Called = Called()
    look: Look = Look()
    placing: Placing | Literal[False] = False
    language: str = Field("", pattern=r"^([a-z]{2,3}(-[A-Z]{2})?)?$", description="of its letters and pages")

    @cached_property
    def speech(self) -> Speech:
        """How it speaks to those who take part."""
        added = {str(kind): text for kind, text in self.letters.items()}
        return Speech(self.words.said, self.language.lower(), added, self.look.colour, self.look.logo)

    @cached_property
    def table(self) -> dict[str, Any]:
        """Every rule as plain data, also those that are as usual: what is usual may change, these do not."""
        return self.model_dump(mode="json", by_alias=True)

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of the rules: two programmes with one fingerprint run alike."""
        canonical = json.dumps(self.table, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @cached_property
    def settings(self) -> engine.Settings:
        """Return what the engine is to keep to and to aim at."""
        return _settings(self.matching)

    def settings_for(self, kind: str) -> engine.Settings:
        """Return what the engine is to keep to where mentors of a kind are matched; "" where there are no kinds."""
        found = self.shape.kind(kind)
        return _settings(_over(self.matching, found.matching)) if found else self.settings

    def gates_of(self, side: str) -> tuple[Gate, ...]:
        """Return what somebody on this side completes before they are matched."""
        return tuple(gate for gate in self.gates if side in gate.sides)

    def changed(self, sections: Mapping[str, Any]) -> "Rules":
        """Return rules in which some sections differ.

        :param sections: plain data by section; of a section that is a table, but for ``WHOLE``, only what differs.
        :raises FaultsFound: if anything does not fit.
        """
        merged = {**self.table}
        for name, value in sections.items():
            part = isinstance(value, Mapping) and isinstance(merged[name], Mapping) and name not in WHOLE
            merged[name] = {**merged[name], **value} if part else value
        return check(merged)


def check(table: Mapping[str, Any], file: str = "the rules") -> Rules:
    """Check rules that were made on a page or kept.

    :raises FaultsFound: if anything in them is missing, unknown or does not fit.
    """
    return checking.check(Rules, table, file, remarks)


def remarks(rules: Rules) -> Iterator[Remark]:
    """Yield what is wrong between the rules of a programme."""
    yield from _steps(rules.gates, ("gates",))
    for side in BOTH:
        yield from _application(rules.applications.of(side), ("applications", side))
        yield from _passable(rules, side)
    yield from _shape(rules)
    yield from _placing(rules)
    yield from _words(rules.words)
    yield from _look(rules.look)
    yield from remarks_on(rules.agreement.text, ("agreement", "text"), names=True)
    yield from remarks_on(rules.agreement.charter, ("agreement", "charter"), names=False)
    if rules.meetings.minutes_to is not None and rules.meetings.minutes_to <= rules.meetings.minutes:
        yield Remark(
            ("meetings", "minutes_to"),
            "The most minutes of a meeting should be more than the usual ones, or be left out.",
        )
    yield from _readable(rules.matching, ("matching",))


def _shape(rules: Rules) -> Iterator[Remark]:
    """Yield what does not go together in who works with whom."""
    shape = rules.shape
    yield from _twice([kind.id for kind in shape.kinds], ("shape", "kinds"))
    if len(shape.kinds) == 1:
        yield Remark(("shape", "kinds"), "One kind of mentor is none: name at least two, or leave “kinds” out.")
    if shape.kinds and shape.of != "pair":
        yield Remark(("shape", "kinds"), f"Kinds of mentors are for a pair; this is “{shape.of}”. Take “kinds” out.")
    for place, kind in enumerate(shape.kinds):
        yield from _readable(_over(rules.matching, kind.matching), ("shape", "kinds", place, "matching"))
    if shape.of != "group" and shape.mentors != 1:
        yield Remark(("shape", "mentors"), "How many mentors is said of a group alone. Take “mentors” out.")
    if shape.of == "peers" and rules.applications.mentor:
        words = "Peers mentor each other: nobody applies as a mentor. Write “mentor = false” under applications."
        yield Remark(("shape", "of"), words)


def _placing(rules: Rules) -> Iterator[Remark]:
    """Yield what does not go together where volunteers are trained for others, or come from there."""
    for place, gate in enumerate(rules.gates):
        if gate.met_by_training and ("mentor" not in gate.sides or rules.placing):
            words = f"Trained volunteers come as mentors, from elsewhere. Take “met_by_training” out of “{gate.id}”."
            yield Remark(("gates", place, "met_by_training"), words)
        if gate.met_by_training and gate.kind == "check":
            words = f"No training can stand for a check. Take “met_by_training” out of “{gate.id}”."
            yield Remark(("gates", place, "met_by_training"), words)
    if not rules.placing:
        return
    if rules.applications.mentee:
        words = "Mentees are where volunteers are placed, not here. Write “mentee = false” under applications."
        yield Remark(("placing",), words)
    if not rules.gates_of("mentor"):
        yield Remark(("placing",), "Nobody is trained here: name the training as a gate of mentors.")
    if rules.shape != Shape():
        yield Remark(("shape",), "Nobody is matched where volunteers are placed with others. Take “shape” out.")


def _over(matching: Mapping[str, Any], differs: Mapping[str, Any]) -> dict[str, Any]:
    """Return how it is matched where something differs: of rules and weights only what is said."""
    merged = {**matching}
    for name, value in differs.items():
        merged[name] = {**merged.get(name, {}), **value} if isinstance(value, Mapping) else value
    return merged


def _settings(matching: Mapping[str, Any]) -> engine.Settings:
    return engine.from_dict(engine.Settings, matching) if matching else engine.Settings()


def _readable(matching: Mapping[str, Any], path: Path) -> Iterator[Remark]:
    try:
        _settings(matching)
    except (ValueError, TypeError, KeyError) as refusal:
        yield Remark(path, f"The matching cannot be read: {refusal}")


def _words(words: Called) -> Iterator[Remark]:
    """Yield words of which only one of the two numbers is said."""
    for one, many in (("mentor", "mentors"), ("mentee", "mentees"), ("mentorship", "mentorships")):
        if bool(getattr(words, one)) != bool(getattr(words, many)):
            missing, there = (many, one) if getattr(words, one) else (one, many)
            said = getattr(words, there)
            yield Remark(("words", there), f"“{there}” is “{said}”, and “{missing}” is not said. Say both, or none.")


def _look(look: Look) -> Iterator[Remark]:
    if look.colour and contrast(look.colour, PAPER) < READABLE:
        better = readable_on(PAPER, look.colour)
        yield Remark(("look", "colour"), f"{look.colour} is too light to be read. Take a darker one, such as {better}.")
    if refusal := picture_refused(look.logo):
        yield Remark(("look", "logo"), refusal)


def _application(application: Application | None, path: Path) -> Iterator[Remark]:
    if application is None:
        return
    yield from _twice([document.id for document in application.documents], (*path, "documents"))
    yield from _steps(application.steps, (*path, "steps"))


def _steps(steps: Sequence[Step], path: Path) -> Iterator[Remark]:
    """Yield what is wrong with steps: two of one id, after what is not there, in a circle, a check without a reason."""
    ids = [step.id for step in steps]
    yield from _twice(ids, path)
    for place, step in enumerate(steps):
        for name in step.after:
            if name not in ids:
                yield Remark((*path, place, "after"), f"“{step.id}” comes after “{name}”, which is not there.")
        if step.kind == "check" and not step.eligible_because:
            words = f"Nobody can pass “{step.id}”: say in “eligible_because” why this role may be checked."
            yield Remark((*path, place), words)
    if circle := circle_of({step.id: step.after for step in steps}):
        named = " after ".join(f"“{name}”" for name in circle)
        yield Remark((*path, ids.index(circle[0]), "after"), f"Nobody can begin: {named}. Take one “after” out.")


def _twice(ids: Sequence[str], path: Path) -> Iterator[Remark]:
    for place, each in enumerate(ids):
        if each in ids[:place]:
            yield Remark((*path, place, "id"), f"“{each}” stands twice. Give each an id of its own.")


def _passable(rules: Rules, side: str) -> Iterator[Remark]:
    """Yield gates of a side that come after one that only the other side passes."""
    here = {gate.id for gate in rules.gates_of(side)}
    there = {gate.id for gate in rules.gates}
    for place, gate in enumerate(rules.gates):
        if side in gate.sides and (never := [name for name in gate.after if name in there - here]):
            words = f"No {side} can pass “{gate.id}”: it comes after “{never[0]}”, which is not for a {side}."
            yield Remark(("gates", place, "after"), words)


def circle_of(after: Mapping[str, Sequence[str]]) -> list[str]:
    """Return names of which each comes after the next, the first being the last again; none where there is an order."""
    try:
        TopologicalSorter({name: [each for each in names if each in after] for name, names in after.items()}).prepare()
    except CycleError as found:
        return list(reversed(found.args[1]))
    return []
