"""Who sees what about a person, from the data itself: by name, programme by programme."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from alongside.organisations.models import Role
from alongside.organisations.states import RoleKind
from alongside.people.models import Person
from alongside.programmes.models import Participant, Partner
from alongside.programmes.queries import participations_of
from alongside.programmes.states import SHAREABLE


@dataclass
class Watcher:
    """Somebody who looks after a programme."""

    name: str
    organisation: str


@dataclass
class Seen:
    """One participation: who looks after it, and what the other side sees when."""

    participation: Participant
    coordinators: list[Watcher] = field(default_factory=list)

    @property
    def before(self) -> list[str]:
        """What the other side sees before the introduction, in words."""
        return [words for name, words in SHAREABLE.items() if name in self.participation.shared_profile]

    @property
    def kept_back(self) -> list[str]:
        """What the other side does not see before the introduction, in words."""
        return [words for name, words in SHAREABLE.items() if name not in self.participation.shares]


def who_sees_what(person: Person) -> list[Seen]:
    """Return what others see of ``person``, one entry for each programme they take part in."""
    participations = list(participations_of(person))
    watchers = _watchers(participations)
    return [Seen(each, watchers.get(each.programme_id, [])) for each in participations]


def _watchers(participations: Sequence[Participant]) -> dict[int, list[Watcher]]:
    """List the coordinators of the programmes: of the organisation in the lead first, then of its partners."""
    runs: dict[int, list[int]] = {each.programme_id: [each.programme.organisation_id] for each in participations}
    for programme, partner in Partner.unscoped.filter(programme__in=runs).values_list("programme", "partner"):
        runs[programme].append(partner)
    organisations = {pk for pks in runs.values() for pk in pks}
    roles = Role.unscoped.filter(organisation__in=organisations, kind=RoleKind.COORDINATOR)
    rows = list(roles.select_related("person", "organisation").order_by("person__name"))
    return {
        programme: [
            Watcher(role.person.name, role.organisation.name)
            for pk in organisations_of
            for role in rows
            if role.organisation_id == pk
        ]
        for programme, organisations_of in runs.items()
    }
