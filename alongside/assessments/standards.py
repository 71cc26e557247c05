"""The standards that come with Alongside: files in ``standards/``, one a version, and the evidence they share."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from alongside.assessments.figures import FIGURES
from alongside.assessments.standard import (
    ByCount,
    ByCritical,
    ByPercent,
    Criterion,
    EvidenceKind,
    EvidenceKinds,
    Standard,
)
from alongside.datafiles.checking import Remark, read

FOLDER = Path(__file__).parent / "standards"
EVIDENCE_FILE = FOLDER / "shared" / "evidence.toml"


class _Named(Protocol):
    @property
    def id(self) -> str: ...


class NoSuchStandard(KeyError):
    """Say that a standard is not there in that version."""


@cache
def shipped() -> dict[tuple[str, int], Standard]:
    """Return every standard that comes with us, by id and version.

    :raises FaultsFound: if one of the files is wrong; a test reads them all.
    """
    found = [parse(file.read_text(encoding="utf-8"), file.name) for file in sorted(FOLDER.glob("*.toml"))]
    return {(standard.id, standard.version): standard for standard in found}


def standard_of(name: str, version: int) -> Standard:
    """Return one standard.

    :raises NoSuchStandard: if its file is gone.
    """
    try:
        return shipped()[name, version]
    except KeyError as error:
        raise NoSuchStandard(f"{name}@{version}") from error


def newest() -> list[Standard]:
    """Return each standard in its newest version: what lists first, then by name."""
    latest: dict[str, Standard] = {}
    for standard in shipped().values():
        if standard.id not in latest or standard.version > latest[standard.id].version:
            latest[standard.id] = standard
    return sorted(latest.values(), key=lambda each: (not each.lists, each.name))


@cache
def evidence_kinds() -> dict[str, EvidenceKind]:
    """Return what can be evidence, by the ids that all standards share."""
    kinds = read_evidence(EVIDENCE_FILE.read_text(encoding="utf-8"), EVIDENCE_FILE.name)
    return {each.id: each for each in kinds}


def served_by(kind: str) -> list[tuple[Standard, Criterion]]:
    """Return the criteria, of all standards in their newest versions, that a kind of evidence is asked for in."""
    return [(standard, each) for standard in newest() for each in standard.criteria if kind in each.evidence]


def read_evidence(text: str, file: str) -> EvidenceKinds:
    """Read the file of shared evidence.

    :raises FaultsFound: if anything in it does not fit.
    """
    return read(EvidenceKinds, text, file, lambda kinds: _doubles(kinds.evidence, "evidence"))


def parse(text: str, file: str) -> Standard:
    """Read a standard.

    :raises FaultsFound: if anything in it is missing, unknown or does not fit.
    """
    return read(Standard, text, file, _remarks)


def _remarks(standard: Standard) -> Iterator[Remark]:
    yield from _doubles(standard.criteria, "criteria")
    yield from _doubles(standard.gates, "gates")
    yield from _scale(standard)
    for n, criterion in enumerate(standard.criteria):
        yield from _unknown(n, criterion)
    match standard.outcome:
        case ByCritical() as rule:
            yield from _critical(standard, rule)
        case ByPercent() | ByCount() as by_levels:
            yield from _levels(standard, by_levels)
    if standard.validity.conditional_months and not _can_be_conditional(standard):
        words = "Nothing by this standard is ever conditional. Take “conditional_months” out."
        yield Remark(("validity", "conditional_months"), words)


def _doubles(parts: Sequence[_Named], where: str) -> Iterator[Remark]:
    seen: set[str] = set()
    for n, part in enumerate(parts):
        if part.id in seen:
            yield Remark((where, n, "id"), f"“{part.id}” is there twice. Give each its own id.")
        seen.add(part.id)


def _scale(standard: Standard) -> Iterator[Remark]:
    scores = [step.score for step in standard.scale]
    if scores != list(range(len(scores))):
        wanted = ", ".join(map(str, range(len(scores))))
        yield Remark(("scale",), f"The scores of the scale go up by one from 0: {wanted}.")


def _unknown(n: int, criterion: Criterion) -> Iterator[Remark]:
    for at, name in enumerate(criterion.evidence):
        if name not in evidence_kinds():
            words = f"No evidence has the id “{name}”. Use one of {EVIDENCE_FILE.name}, or add it there."
            yield Remark(("criteria", n, "evidence", at), words)
    for at, name in enumerate(criterion.measured):
        if name not in FIGURES:
            words = f"Alongside measures nothing called “{name}”. It measures {', '.join(FIGURES)}."
            yield Remark(("criteria", n, "measured", at), words)


def _critical(standard: Standard, rule: ByCritical) -> Iterator[Remark]:
    if not any(each.critical for each in standard.criteria):
        yield Remark(("outcome",), "No criterion is critical. Write “critical = true” in those that are.")
    if rule.critical_from > standard.most:
        yield Remark(("outcome", "critical_from"), f"Nobody scores that much: the scale ends at {standard.most}.")
    if rule.mean_from > standard.most:
        yield Remark(("outcome", "mean_from"), f"No mean is that high: the scale ends at {standard.most}.")
    if rule.conditional and rule.conditional.from_score >= rule.critical_from:
        words = "Make “from_score” less than “critical_from”: otherwise nothing is ever conditional."
        yield Remark(("outcome", "conditional", "from_score"), words)
    if rule.conditional and not standard.validity.conditional_months:
        words = "Say how long conditions hold: write “conditional_months” here, such as 6."
        yield Remark(("validity",), words)


def _levels(standard: Standard, rule: ByPercent | ByCount) -> Iterator[Remark]:
    named: Sequence[_Named] = rule.levels
    yield from ((Remark(("outcome", *path), words)) for path, words in _doubles(named, "levels"))
    for n, (lower, upper) in enumerate(pairwise(named), start=1):
        if _height(upper) <= _height(lower):
            yield Remark(
                ("outcome", "levels", n), f"“{upper.id}” asks no more than “{lower.id}”. Put the lowest first."
            )
    for n, each in enumerate(standard.criteria):
        if each.critical:
            words = "Critical criteria mean nothing where levels are reached. Take “critical” out."
            yield Remark(("criteria", n, "critical"), words)
    if isinstance(rule, ByCount):
        yield from _counted(standard, rule)


def _counted(standard: Standard, rule: ByCount) -> Iterator[Remark]:
    for n, level in enumerate(rule.levels):
        if level.score > standard.most:
            words = f"Nobody scores that much: the scale ends at {standard.most}."
            yield Remark(("outcome", "levels", n, "score"), words)
        if level.criteria > len(standard.criteria):
            words = f"There are only {len(standard.criteria)} criteria. Ask for that many, or fewer."
            yield Remark(("outcome", "levels", n, "criteria"), words)
    for n, each in enumerate(standard.criteria):
        if each.weight != 1:
            words = "A weight means nothing where criteria are counted. Take “weight” out."
            yield Remark(("criteria", n, "weight"), words)


def _height(level: object) -> tuple[int, int]:
    names = ("overall", "each") if hasattr(level, "overall") else ("score", "criteria")
    first, second = (getattr(level, name) for name in names)
    return first, second


def _can_be_conditional(standard: Standard) -> bool:
    return isinstance(standard.outcome, ByCritical) and standard.outcome.conditional is not None
