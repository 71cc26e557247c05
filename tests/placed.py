"""Volunteers whom another organisation trained: the School, its coordinator Tessa, and a call from Harbour's Carys.

What only the School and the volunteer may know contains ``UNSEEN``: Harbour must not see it before a yes.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from alongside.blueprints.rules import Rules, check
from alongside.journeys.pass_gate import pass_gate
from alongside.journeys.place_volunteers import ask_volunteers
from alongside.journeys.suggest_volunteers import suggest
from alongside.kernel import scope
from alongside.organisations import actions as organisations
from alongside.organisations.models import Organisation
from alongside.people.models import Person
from alongside.placing import actions
from alongside.placing.models import Ask, Call, Volunteer
from alongside.programmes import actions as programmes
from alongside.programmes.models import Cohort, Participant, Programme
from alongside.programmes.states import Side
from tests.world import NOW, World, person

UNSEEN = "UNSEEN before a yes"
PLACING: dict[str, Any] = {"standard": "Listens, and lets the mentee decide.", "cpd_hours": 6, "months_valid": 24}
BY = (NOW + timedelta(days=60)).date()


def rules(**placing: Any) -> Rules:
    """Rules by which volunteers are trained in two steps and placed with others."""
    gates = [
        {"id": "course", "title": "The course", "kind": "training", "sides": ["mentor"]},
        {"id": "practice", "title": "Practice", "sides": ["mentor"], "after": ["course"]},
    ]
    return check({"applications": {"mentee": False}, "gates": gates, "placing": {**PLACING, **placing}})


@dataclass
class School:
    """The organisation that trains volunteers, with its programme, and the world it is in."""

    world: World
    organisation: Organisation
    tessa: Person
    programme: Programme
    cohort: Cohort

    @property
    def scope(self) -> scope.Scope:
        return scope.Scope.of(organisations=[self.organisation.pk])


def school(world: World, **placing: Any) -> School:
    """Found the School in the network of the cast."""
    with scope.everywhere("building the School"):
        founded = organisations.found_organisation(world.network, name="Mentor School", region="London")
        tessa = person("Tessa Trainer")
        organisations.appoint_coordinator(tessa, founded, at=NOW)
        programme = programmes.start_programme(founded, name="Volunteers", rules=rules(**placing), by=tessa, at=NOW)
        cohort = programmes.open_cohort(programme, name="2026", starts_on=date(2026, 3, 1), by=tessa, at=NOW)
    return School(world, founded, tessa, programme, cohort)


def recruited(school: School, name: str, **details: Any) -> Participant:
    """Somebody who came into the School and has passed nothing yet."""
    about = {"topics": [["Pricing", 1.0]], "employer": f"{UNSEEN} works", "shares": ["name", "topics"]}
    details = {**about, "key_contact": school.tessa, **details}
    with scope.within(school.scope):
        there = programmes.enter_participant(
            school.cohort, person(name), Side.MENTOR, by=school.tessa, at=NOW, details=details
        )
        rows = Participant.objects.select_related("cohort", "programme__organisation", "person", "key_contact")
        found: Participant = rows.get(pk=there.pk)
        return found


def trained(school: School, name: str = "Vera Volunteer", *, at: datetime = NOW, **details: Any) -> Volunteer:
    """Somebody who passed everything."""
    participant = recruited(school, name, **details)
    with scope.within(school.scope):
        for gate in ("course", "practice"):
            pass_gate(participant, gate, by=school.tessa, at=at)
        return fresh(Volunteer.objects.get(participant=participant))


def fresh(volunteer: Volunteer) -> Volunteer:
    """The same volunteer, as they are in the database now."""
    with scope.everywhere("a test looks"):
        rows = Volunteer.objects.select_related("participant__person", "participant__cohort", "programme__organisation")
        found: Volunteer = rows.select_related("participant__key_contact").get(pk=volunteer.pk)
        return found


def called(school: School, cohort: Cohort | None = None, *, at: datetime = NOW, **about: Any) -> Call:
    """A call of Harbour's to the School."""
    says = {"wanted": 1, "topics": [["Pricing", 1.0]], "words": "Owners of small shops.", "needed_by": BY, **about}
    with scope.within(school.world.harbour_scope):
        made = actions.make_call(cohort or school.world.cohort, school.programme, by=school.world.carys, at=at, **says)
        return _with_all(made)


def _with_all(call: Call) -> Call:
    rows = Call.objects.select_related("programme__organisation", "cohort__programme", "to__organisation", "called_by")
    found: Call = rows.get(pk=call.pk)
    return found


def asked(school: School, call: Call, *, at: datetime = NOW) -> list[Ask]:
    """Ask whoever is suggested for a call, as Tessa does it."""
    with scope.within(school.scope):
        found = [each for each in suggest(school.programme, [call], at=at).by_call[call.pk] if each.chosen]
        made = ask_volunteers(call, found, by=school.tessa, at=at)
    return [again(each) for each in made]


def again(ask: Ask) -> Ask:
    """The same question, as it is in the database now."""
    with scope.everywhere("a test looks"):
        found: Ask = Ask.objects.select_related(
            "programme__organisation", "call__programme__organisation", "call__cohort", "call__called_by",
            "volunteer__participant__person", "volunteer__participant__cohort", "volunteer__participant__key_contact",
            "volunteer__participant__programme__organisation",
        ).get(pk=ask.pk)  # fmt: skip
        return found
