"""An organisation that is assessed: Harbour by Carys, scored by Ada and Ben, decided by Stella."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from alongside.assessments import actions
from alongside.assessments.actions import Plan, Said
from alongside.assessments.models import Assessment, Assignment
from alongside.assessments.standard import Standard
from alongside.assessments.standards import newest
from alongside.journeys import assess
from alongside.kernel import scope
from alongside.people.models import Person
from tests.files import PDF
from tests.world import NOW, World, person

OWN = "LEAK how Harbour says it works"
WHY = "LEAK why an assessor scored so"
REVIEWED = date(2026, 2, 1)


def standard(name: str = "network-listing") -> Standard:
    return next(each for each in newest() if each.id == name)


@dataclass
class Assessed:
    """Somebody else's scope never gets in the way: each step is done for all organisations."""

    world: World
    assessment: Assessment
    ada: Person
    ben: Person

    def again(self) -> Assessment:
        with scope.everywhere("a test looks again"):
            found: Assessment = Assessment.objects.select_related("organisation__network").get(pk=self.assessment.pk)
        return found

    def of(self, who: Person) -> Assignment:
        with scope.everywhere("a test looks again"):
            rows = Assignment.objects.select_related("assessment__organisation__network", "person")
            return rows.get(assessment=self.assessment, person=who)

    def filled(self, score: int = 2) -> "Assessed":
        """Everything is there to be sent."""
        with scope.everywhere("a test fills in"):
            found, by = self.again(), self.world.carys
            for each in found.standard.criteria:
                actions.save_answer(found, each, score=score, words=OWN, by=by, at=NOW)
            for kind in sorted(found.standard.evidence_ids):
                actions.add_file(
                    self.world.harbour, kind, title=f"{OWN} {kind}", name="charter.pdf", content=PDF,
                    reviewed_on=REVIEWED, by=by, at=NOW,
                )  # fmt: skip
            actions.save_gates(found, {gate.id: True for gate in found.standard.gates}, by=by, at=NOW)
        return self

    def sent(self, at: datetime = NOW) -> "Assessed":
        self.filled()
        with scope.everywhere("a test sends"):
            assess.send_assessment(
                self.again(), [{"key": "choice_offered", "shown": "10 of 20"}], by=self.world.carys, at=at
            )
        return self

    def appointed(self, at: datetime = NOW) -> "Assessed":
        self.sent(at)
        with scope.everywhere("a test appoints"):
            for each in (self.ada, self.ben):
                assess.appoint_assessor(self.again(), email=each.email, name=each.name, by=self.world.stella, at=at)
        return self

    def declared(self, at: datetime = NOW) -> "Assessed":
        self.appointed(at)
        with scope.everywhere("a test declares"):
            for each in (self.ada, self.ben):
                actions.declare_none(self.of(each), by=each, at=at)
        return self

    def score(self, who: Person, scores: dict[str, int] | None = None, at: datetime = NOW) -> None:
        """Score everything, 2 where nothing else is said, and hand in."""
        with scope.everywhere("a test scores"):
            mine = self.of(who)
            for each in self.assessment.standard.criteria:
                said = Said((scores or {}).get(each.id, 2), f"{WHY} {who.name}")
                actions.save_score(mine, each, said, by=who, at=at)
            assess.hand_in_scores(self.of(who), by=who, at=at)

    def scored(self, at: datetime = NOW, **scores: int) -> "Assessed":
        self.declared(at)
        for each in (self.ada, self.ben):
            self.score(each, scores, at)
        return self

    def decided(self, at: datetime = NOW, **scores: int) -> "Assessed":
        self.scored(at, **scores)
        self.decide(at=at, **scores)
        return self

    def decide(self, *, by: Person | None = None, at: datetime = NOW, words: str = "Well done.", **scores: int) -> None:
        finals = {each.id: Said(scores.get(each.id, 2), "So.") for each in self.assessment.standard.criteria}
        plan = Plan("Name a lead.", (at + timedelta(days=90)).date())
        with scope.everywhere("a test decides"):
            assess.decide_assessment(self.again(), finals, words=words, plan=plan, by=by or self.world.stella, at=at)


def begun(world: World, name: str = "network-listing", **about: Any) -> Assessed:
    """Harbour has begun to assess itself."""
    with scope.everywhere("a test begins an assessment"):
        made = actions.begin(world.harbour, standard(name), by=world.carys, at=about.get("at", NOW))
        return Assessed(world, made, person("Ada Assessor"), person("Ben Assessor"))
