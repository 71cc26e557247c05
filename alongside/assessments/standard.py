"""What a standard's file says: its criteria, its scale, how scores become an outcome, and for how long that holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from alongside.assessments.states import Outcome
from alongside.datafiles.checking import Part

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
Words = Annotated[str, StringConstraints(min_length=1)]
EvidenceId = Annotated[str, StringConstraints(min_length=4, max_length=10)]
Scores = Mapping[str, int]


class Step(Part):
    """One step of the scale."""

    score: Annotated[int, Field(ge=0, le=10)]
    title: Words
    means: Words


class Criterion(Part):
    """One thing that is judged. ``critical`` and ``weight`` count in the outcome."""

    id: Id
    number: Words
    title: Words
    means: Words
    asks: Words
    critical: bool = False
    weight: Annotated[int, Field(ge=1, le=10)] = 1
    evidence: tuple[EvidenceId, ...] = ()
    measured: tuple[Id, ...] = ()


class Gate(Part):
    """Something that has to be so before anything is judged."""

    id: Id
    words: Words
    remedy: Words


class Conditions(Part):
    """When what falls a little short is still listed, with a plan: few critical criteria, none further down."""

    at_most: Annotated[int, Field(ge=1)]
    from_score: Annotated[int, Field(ge=0)]


class ByCritical(Part):
    """Assessed where every critical criterion reaches a score, and the weighted mean of all does too."""

    kind: Literal["critical"]
    critical_from: Annotated[int, Field(ge=1)]
    mean_from: Annotated[float, Field(gt=0)]
    conditional: Conditions | None = None


class PercentLevel(Part):
    id: Id
    title: Words
    overall: Annotated[int, Field(ge=1, le=100)]
    each: Annotated[int, Field(ge=0, le=100)]


class ByPercent(Part):
    """The highest level whose percentages of the most there is are reached, overall and in each criterion."""

    kind: Literal["percent"]
    levels: Annotated[tuple[PercentLevel, ...], Field(min_length=1)]


class CountLevel(Part):
    id: Id
    title: Words
    score: Annotated[int, Field(ge=1)]
    criteria: Annotated[int, Field(ge=1)]


class ByCount(Part):
    """The highest level whose score is reached in so many criteria."""

    kind: Literal["count"]
    levels: Annotated[tuple[CountLevel, ...], Field(min_length=1)]


Rule = Annotated[ByCritical | ByPercent | ByCount, Field(discriminator="kind")]


class Validity(Part):
    """How long an outcome holds, in months; without ``declaration_months`` nothing is declared in between."""

    months: Annotated[int, Field(ge=1, le=120)]
    conditional_months: Annotated[int, Field(ge=1, le=36)] | None = None
    declaration_months: Annotated[int, Field(ge=1, le=60)] | None = None

    @model_validator(mode="after")
    def _in_time(self) -> Self:
        if self.declaration_months and self.declaration_months >= self.months:
            raise ValueError(
                "A declaration that falls due when the assessment ends is never asked for. "
                "Make “declaration_months” less than “months”, or take it out."
            )
        return self


@dataclass(frozen=True)
class Result:
    """What scores come to, and the reasons in numbers."""

    outcome: Outcome
    level: str = ""
    mean: float = 0.0
    short: tuple[str, ...] = ()


class Standard(Part):
    """A whole standard. ``lists`` says that its outcome is what the directory shows."""

    id: Id
    version: Annotated[int, Field(ge=1)]
    name: Words
    about: Words
    source: Words
    lists: bool = False
    scale: Annotated[tuple[Step, ...], Field(min_length=2)]
    gates: tuple[Gate, ...] = ()
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    outcome: Rule
    validity: Validity

    @property
    def key(self) -> str:
        return f"{self.id}@{self.version}"

    @property
    def most(self) -> int:
        return max(step.score for step in self.scale)

    def criterion(self, name: str) -> Criterion | None:
        return next((each for each in self.criteria if each.id == name), None)

    def step(self, score: int | None) -> Step | None:
        return next((each for each in self.scale if each.score == score), None)

    def level_title(self, name: str) -> str:
        levels = () if isinstance(self.outcome, ByCritical) else self.outcome.levels
        return next((each.title for each in levels if each.id == name), "")

    @property
    def evidence_ids(self) -> frozenset[str]:
        return frozenset(one for each in self.criteria for one in each.evidence)

    def result(self, scores: Scores) -> Result:
        """Return what final scores come to.

        :param scores: one for each criterion, by its id.
        :raises ValueError: if a criterion has none, or one that is not on the scale.
        """
        if missing := [each.number for each in self.criteria if self.step(scores.get(each.id)) is None]:
            raise ValueError(f"Score every criterion first. Still without one: {', '.join(missing)}.")
        mean = float(self._mean(scores))
        match self.outcome:
            case ByCritical() as rule:
                return self._by_critical(rule, scores, mean)
            case ByPercent() as rule:
                return self._by_percent(rule, scores, mean)
            case ByCount() as rule:
                return self._by_count(rule, scores, mean)

    def _mean(self, scores: Scores) -> Fraction:
        whole = sum(each.weight for each in self.criteria)
        return Fraction(sum(scores[each.id] * each.weight for each in self.criteria), whole)

    def _by_critical(self, rule: ByCritical, scores: Scores, mean: float) -> Result:
        critical = [each.id for each in self.criteria if each.critical]
        short = tuple(name for name in critical if scores[name] < rule.critical_from)
        if not short and mean >= rule.mean_from:
            return Result(Outcome.ASSESSED, mean=mean)
        allowed = rule.conditional
        near = allowed and len(short) <= allowed.at_most and all(scores[n] >= allowed.from_score for n in scores)
        return Result(Outcome.CONDITIONAL if near else Outcome.VISIBLE, mean=mean, short=short)

    def _by_percent(self, rule: ByPercent, scores: Scores, mean: float) -> Result:
        overall, lowest = 100 * self._mean(scores) / self.most, Fraction(100 * min(scores.values()), self.most)
        reached = [each for each in rule.levels if overall >= each.overall and lowest >= each.each]
        return self._of_levels(reached[-1].id if reached else "", mean)

    def _by_count(self, rule: ByCount, scores: Scores, mean: float) -> Result:
        reached = [
            each for each in rule.levels if sum(score >= each.score for score in scores.values()) >= each.criteria
        ]
        return self._of_levels(reached[-1].id if reached else "", mean)

    def _of_levels(self, level: str, mean: float) -> Result:
        return Result(Outcome.ASSESSED if level else Outcome.VISIBLE, level, mean)


class EvidenceKind(Part):
    """One kind of evidence, under the id that all standards share."""

    id: EvidenceId
    title: Words
    such_as: Words


class EvidenceKinds(Part):
    evidence: Annotated[tuple[EvidenceKind, ...], Field(min_length=1)]

    def __iter__(self) -> Iterator[EvidenceKind]:  # type: ignore[override]
        return iter(self.evidence)
