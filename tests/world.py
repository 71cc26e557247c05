"""The cast. Every test that needs people uses these, and every page is shown to the stranger as well.

**Harbour Enterprise** runs the programme *First Steps* with its partner **Quay Partners**; **Elsewhere Trust** is
another organisation of the same network and must never see anything of it.

- Carys coordinates Harbour, Piotr coordinates Quay, Olu Stranger coordinates Elsewhere, Stella is the steward.
- Bea (a baker), Dai and Farah want a mentor. Maya, Marcus and Nia are mentors; Maya has two places.
- What only Harbour may know contains the word ``LEAK``: a page shown to anybody else must not contain it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from alongside.kernel import scope
from alongside.organisations import actions as organisations
from alongside.organisations.models import Network, Organisation
from alongside.people.actions import find_or_create_person
from alongside.people.models import Person
from alongside.programmes import actions as programmes
from alongside.programmes.models import Cohort, Participant, Programme
from alongside.programmes.states import Side

NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)  # a Monday
LEAK = "LEAK"


@dataclass
class World:
    """The cast by name."""

    network: Network
    harbour: Organisation
    quay: Organisation
    elsewhere: Organisation
    carys: Person
    piotr: Person
    olu: Person
    stella: Person
    programme: Programme
    cohort: Cohort
    bea: Participant
    dai: Participant
    farah: Participant
    maya: Participant
    marcus: Participant
    nia: Participant
    other_programme: Programme
    other_cohort: Cohort

    @property
    def harbour_scope(self) -> scope.Scope:
        return scope.Scope.of(organisations=[self.harbour.pk])

    @property
    def elsewhere_scope(self) -> scope.Scope:
        return scope.Scope.of(organisations=[self.elsewhere.pk])

    @property
    def mentees(self) -> list[Participant]:
        return [self.bea, self.dai, self.farah]

    @property
    def mentors(self) -> list[Participant]:
        return [self.maya, self.marcus, self.nia]


def person(name: str) -> Person:
    """Make a person called ``name`` with an address under example.org."""
    email = f"{name.lower().replace(' ', '.')}@example.org"
    return find_or_create_person(email=email, name=name, at=NOW)


def build() -> World:
    """Build the cast afresh; the caller declares a scope."""
    network = Network.objects.create(name="Home Nations Mentoring")
    harbour = organisations.found_organisation(network, name="Harbour Enterprise", region="North West")
    quay = organisations.found_organisation(network, name="Quay Partners", region="Wales")
    elsewhere = organisations.found_organisation(network, name="Elsewhere Trust", region="Scotland")
    carys, piotr, olu, stella = map(person, ["Carys Coordinator", "Piotr Partner", "Olu Stranger", "Stella Steward"])
    organisations.appoint_coordinator(carys, harbour, at=NOW)
    organisations.appoint_coordinator(piotr, quay, at=NOW)
    organisations.appoint_coordinator(olu, elsewhere, at=NOW)
    organisations.appoint_steward(stella, network)
    programme = programmes.start_programme(harbour, name=f"First Steps {LEAK}", by=carys, at=NOW)
    programmes.add_partner(programme, quay, by=carys, at=NOW)
    cohort = programmes.open_cohort(programme, name=f"Spring {LEAK}", starts_on=date(2026, 3, 1), by=carys, at=NOW)
    other = programmes.start_programme(elsewhere, name="Second Wind", by=olu, at=NOW)
    return World(
        network=network,
        harbour=harbour,
        quay=quay,
        elsewhere=elsewhere,
        carys=carys,
        piotr=piotr,
        olu=olu,
        stella=stella,
        programme=programme,
        cohort=cohort,
        bea=_enter(cohort, "Bea Baker", Side.MENTEE, carys, topics=[["Pricing", 1.0], ["Hiring", 1.0]], sector="Food"),
        dai=_enter(cohort, "Dai Davies", Side.MENTEE, carys, topics=[["Marketing", 1.0]], sector="Retail"),
        farah=_enter(cohort, "Farah Farouk", Side.MENTEE, carys, topics=[["Exporting", 1.0]], sector="Food"),
        maya=_enter(cohort, "Maya Mentor", Side.MENTOR, carys, topics=[["Pricing", 1.0]], sector="Food", capacity=2),
        marcus=_enter(cohort, "Marcus Moor", Side.MENTOR, carys, topics=[["Marketing", 1.0]], sector="Retail"),
        nia=_enter(cohort, "Nia Nolan", Side.MENTOR, carys, topics=[["Exporting", 1.0]], sector="Food"),
        other_programme=other,
        other_cohort=programmes.open_cohort(other, name="Autumn", starts_on=date(2026, 9, 1), by=olu, at=NOW),
    )


def _enter(cohort: Cohort, name: str, side: Side, by: Person, **details: object) -> Participant:
    about = f"{LEAK} what {name} wrote"
    details = {"about": about, "key_contact": by, **details}
    return programmes.enter_participant(cohort, person(name), side, by=by, at=NOW, details=details)


def set_rules(world: World, **sections: Any) -> None:
    """Let the programme and its cohort follow other rules; ``gates`` may be given by their titles alone."""
    if "gates" in sections:
        sections["gates"] = [gate(title) for title in sections["gates"]]
    with scope.everywhere("a test changes the rules"):
        rules = world.programme.rules.changed(sections)
        programmes.change_rules(world.programme, rules, cohorts=[world.cohort], by=None, at=NOW)
        for participant in (*world.mentees, world.maya, world.marcus, world.nia):
            participant.refresh_from_db()


def gate(title: str) -> dict[str, str]:
    """A gate for both sides, its id made of its title."""
    return {"id": title.lower().replace(" ", "-"), "title": title}
