"""Build a network as large as a country's: organisation by organisation, each in one transaction.

Programmes, cohorts, pages of the directory and their standings are made by the actions that people use. People, what
they take part in, mentorships, enquiries and searches are written in bulk past the actions, on purpose: there are
over a million rows. What the actions keep is kept: people are unique by email, steps are passed before anybody is
matched, mentors never have more than their places, moments stand in the order of the lifecycle, clocks are set, keys
are made where something may still be written. Of these rows there are no audit entries and no emails.

Everything follows from the seed and the moment it is built at, but for public names (refs), which are random.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from alongside.blueprints.library import blueprint_of
from alongside.commands.nationwide import around, lives
from alongside.commands.nationwide.keeping import keep, keep_lives
from alongside.commands.nationwide.listings import named, put_in_directory
from alongside.commands.nationwide.marginals import Marginals, Town
from alongside.commands.nationwide.people import participant, person
from alongside.commands.nationwide.scales import Scale, Share, shares_of
from alongside.directory.actions import set_standing
from alongside.finding.offers import Standing
from alongside.journeys.start_from_blueprint import start_from_blueprint
from alongside.kernel import scope
from alongside.organisations.actions import appoint_coordinator, appoint_steward, found_organisation
from alongside.organisations.models import Network, Organisation
from alongside.people.actions import find_or_create_person
from alongside.people.models import Person
from alongside.programmes import actions as programmes
from alongside.programmes.models import Cohort, Programme
from alongside.programmes.states import ParticipantState, Side

DAY = timedelta(days=1)
OLDEST, NEWEST = 3 * 365, 45
"""How many days ago the first cohort began, and the last."""
BLUEPRINTS = {"plain": 40, "start-up-loans": 20, "wementor": 15, "new-leaders": 15, "executive-members": 10}
NAMES = ("One to One", "First Year", "Growing Firms", "Evening Mentors", "Start Well", "Next Step", "Steady Hands")
TO_THE_NETWORK = 100
"""Of so many enquiries, one comes to the network itself."""


class NotOurs(Exception):
    """Say that a network of this name is there and is not the beginning of what would be made."""


@dataclass(frozen=True)
class Plan:
    """One organisation to be made."""

    name: str
    town: Town
    kind: int
    share: Share


@dataclass
class Builder:
    """Makes one network, or goes on where it was stopped."""

    name: str
    scale: Scale
    marginals: Marginals
    seed: int
    now: datetime
    tell: Callable[[str], None] = lambda line: None

    def build(self) -> Network:
        """Make what is not there yet, and return the network.

        :raises NotOurs: if one of this name is there that is not the beginning of this one.
        """
        with scope.everywhere("a made-up network spans organisations"):
            plans = self._plans()
            network, done = self._begun(plans)
            for number in range(done, len(plans)):
                with transaction.atomic():
                    self._organisation(network, plans[number], number)
                if (number + 1) % max(1, len(plans) // 20) == 0:
                    self.tell(f"{number + 1} of {len(plans)} organisations")
            _settle_down()
        return network

    @property
    def steward_email(self) -> str:
        return f"steward.{self._mark}@example.org"

    @property
    def _mark(self) -> str:
        """A few letters that keep addresses of this network apart from others in the same installation."""
        return sha256(self.name.encode()).hexdigest()[:6]

    def _dice(self, of: object) -> random.Random:
        return random.Random(f"{self.seed} {self.name} {of}")  # noqa: S311  # invented, not secret

    def _plans(self) -> list[Plan]:
        dice, taken = self._dice("plan"), set[str]()
        shares, found = shares_of(self.scale, dice), []
        for share in shares:
            name, town, kind = named(self.marginals, dice, taken)
            taken.add(name)
            found.append(Plan(name, town, kind, share))
        return found

    def _begun(self, plans: list[Plan]) -> tuple[Network, int]:
        """Return the network and how many of its organisations are there."""
        network = Network.objects.filter(name=self.name).first()
        if network is None:
            return self._begin(), 0
        there = set(network.organisations.values_list("name", flat=True))
        if there != {plan.name for plan in plans[: len(there)]} or not _is_made_up(network, self.steward_email):
            raise NotOurs(self.name)
        return network, len(there)

    @transaction.atomic
    def _begin(self) -> Network:
        network = Network.objects.create(name=self.name)
        began, dice = self.now - OLDEST * DAY, self._dice("network")
        steward = find_or_create_person(email=self.steward_email, name="Stella Rhys", at=began)
        appoint_steward(steward, network)
        for number, name in enumerate(("Ada Bell", "Ben Quinn")):
            find_or_create_person(email=self._assessor(number), name=name, at=began)
        around.searches_in(network, self.scale.searches, self.marginals, dice, self.now)
        few = max(1, self.scale.enquiries // TO_THE_NETWORK)
        keep(list(around.enquiries_to(network, None, few, self.marginals, dice, self.now)))
        return network

    def _assessor(self, number: int) -> str:
        return f"assessor.{number}.{self._mark}@example.org"

    def _organisation(self, network: Network, plan: Plan, number: int) -> None:
        dice, began = self._dice(number), self.now - (OLDEST + 20) * DAY
        organisation = found_organisation(
            network, name=plan.name, region=plan.town.region, contact_email=f"hello.{number}.{self._mark}@example.org"
        )
        carys = find_or_create_person(
            email=f"coordinator.{number}.{self._mark}@example.org", name="Carys Bennett", at=began
        )
        appoint_coordinator(carys, organisation, at=began)
        partner = network.organisations.exclude(pk=organisation.pk).order_by("-pk").first()
        made = [
            self._programme(organisation, partner, place, number, carys, dice, plan)
            for place in range(len(plan.share.mentors))
        ]
        steward = Person.objects.get(email=self.steward_email)
        self._listed(organisation, made, plan, dice, steward)
        asked = around.enquiries_to(network, organisation, plan.share.enquiries, self.marginals, dice, self.now)
        keep(list(asked))

    def _listed(
        self, organisation: Organisation, made: list[Programme], plan: Plan, dice: random.Random, steward: Person
    ) -> None:
        """Put an organisation into the directory, with its assessment."""
        listing, standing = put_in_directory(organisation, made, plan.town, plan.kind, dice, by=steward, now=self.now)
        assessors = list(Person.objects.filter(email__in=[self._assessor(0), self._assessor(1)]).order_by("pk"))
        found = around.assessment_of(organisation, standing, assessors, dice, self.now)
        if found and found.decided_at and standing != Standing.VISIBLE and found.holds_until:
            since, until = found.decided_at.date(), found.holds_until.date()
            set_standing(listing, standing, since=since, until=until, by=steward, at=self.now)

    def _programme(
        self,
        organisation: Organisation,
        partner: Organisation | None,
        place: int,
        number: int,
        carys: Person,
        dice: random.Random,
        plan: Plan,
    ) -> Programme:
        began = self.now - dice.uniform(NEWEST, OLDEST) * DAY
        blueprint = blueprint_of(dice.choices(list(BLUEPRINTS), list(BLUEPRINTS.values()))[0])
        round_ = place // len(NAMES)
        name = NAMES[place % len(NAMES)] + (f" {round_ + 1}" if round_ else "")
        programme = start_from_blueprint(blueprint, organisation, name=name, by=carys, at=began)
        if partner is not None and dice.random() < 0.08:
            programmes.add_partner(programme, partner, by=carys, at=began)
        else:
            partner = None
        over = began < self.now - 600 * DAY and dice.random() < 0.4
        cohort = programmes.open_cohort(
            programme, name=f"From {began:%B %Y}", starts_on=began.date(), by=carys, at=began,
            ends_on=(began + dice.uniform(500, 590) * DAY).date() if over else None,
        )  # fmt: skip
        cohort.programme = programme
        programme.organisation = organisation
        self._people(
            cohort, partner, carys, dice, f"{number}.{place}", plan.share.mentors[place], plan.share.mentees[place]
        )
        return programme

    def _people(
        self,
        cohort: Cohort,
        partner: Organisation | None,
        carys: Person,
        dice: random.Random,
        mark: str,
        mentors: int,
        mentees: int,
    ) -> None:
        """Bring people into a cohort, and let them be introduced."""
        sides = [Side.MENTOR] * mentors + [Side.MENTEE] * mentees
        joined = [self._joined(cohort, side, dice) for side in sides]
        password = make_password(None)
        people = [
            person(self.marginals, dice, f"{mark}.{place}.{self._mark}@example.org", password=password, at=moment)
            for place, moment in enumerate(joined)
        ]
        keep(people)
        entered = [
            participant(self.marginals, dice, cohort, side, who, region=cohort.organisation.region, at=moment)
            for side, who, moment in zip(sides, people, joined, strict=True)
        ]
        for each in entered:
            each.key_contact = carys
            each.brought_by = partner if partner and dice.random() < 0.3 else None
            if self.now - each.joined_at < 10 * DAY and each.gates_passed:
                each.gates_passed, each.state = each.gates_passed[:-1], ParticipantState.WAITING.value
        keep(entered)
        found = lives.lives_in(cohort, entered[:mentors], entered[mentors:], dice, self.now)
        keep_lives(cohort, list(found), dice, self.now)

    def _joined(self, cohort: Cohort, side: Side, dice: random.Random) -> datetime:
        """When somebody joined: most when it began; as long as it is open, some ever after."""
        began = datetime.combine(cohort.starts_on, self.now.timetz())
        open_for = (self.now - began).days if cohort.ends_on is None else 150
        first = min(open_for, 60 if side == Side.MENTOR else 90)
        days = dice.uniform(0, first) if dice.random() < 0.5 else dice.uniform(0, open_for)
        return min(self.now - timedelta(hours=1), began + days * DAY).replace(second=0, microsecond=0)


def _is_made_up(network: Network, steward_email: str) -> bool:
    return network.stewardships.filter(person__email=steward_email).exists()


def _settle_down() -> None:
    """Let PostgreSQL count and sweep its tables now; by itself it would in some minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
