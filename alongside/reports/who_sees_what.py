"""Who sees what about a person, from the data itself: by name, programme by programme."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from alongside.applications.models import Application, ApplicationDocument, Reference, StepDone
from alongside.applications.queries import applications_of
from alongside.applications.states import ApplicationState
from alongside.mentors.models import Profile
from alongside.mentors.queries import approaches_of, invitations_to, profile_of
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
    def funder(self) -> str:
        """Who pays for the programme and may be shown that they met; "" for nobody."""
        return str(self.participation.cohort.rules.seen.funder)

    @property
    def kept_back(self) -> list[str]:
        """What the other side does not see before the introduction, in words."""
        return [words for name, words in SHAREABLE.items() if name not in self.participation.shown]


@dataclass
class SeenOfApplication:
    """An application of which something is kept: who reads it, and what there is to read."""

    application: Application
    coordinators: list[Watcher]
    documents: list[str]
    shown: list[str]
    referees: list[str]
    conversations: int

    @property
    def is_sent(self) -> bool:
        """Whether coordinators read it; before it is sent nobody but its person does."""
        return self.application.sent_at is not None


@dataclass
class SeenOfProfile:
    """A mentor's profile across a network: whom it went to, and who may find it."""

    profile: Profile
    went_to: list[str]
    asked_by: list[str]

    @property
    def is_found(self) -> bool:
        """Whether organisations of the network may find it."""
        return self.profile.shown_at is not None


def who_sees_profile(person: Person) -> SeenOfProfile | None:
    """Return who sees of ``person`` what stands in their profile as a mentor; None where they have none."""
    profile = profile_of(person)
    if profile is None:
        return None
    went = [each.organisation.name for each in approaches_of(person)]
    asked = [each.organisation.name for each in invitations_to(person) if each.accepted]
    return SeenOfProfile(profile, sorted(set(went)), sorted(set(asked)))


def who_sees_what(person: Person) -> list[Seen]:
    """Return what others see of ``person``, one entry for each programme they take part in."""
    participations = list(participations_of(person))
    watchers = _watchers(participations)
    return [Seen(each, watchers.get(each.programme_id, [])) for each in participations]


def who_sees_applications(person: Person) -> list[SeenOfApplication]:
    """Return who reads what ``person`` applied with, one entry for each application that is not emptied.

    Of references and notes it says whose and how many there are, never what stands in them.
    """
    rows = applications_of(person).filter(Q(emptied_at=None) | Q(state=ApplicationState.ACCEPTED))
    parts = (
        Prefetch("documents", ApplicationDocument.unscoped.select_related("application__cohort").defer("sealed")),
        Prefetch("references", Reference.unscoped.all()),
        Prefetch("steps_done", StepDone.unscoped.exclude(note="")),
    )
    applications = list(rows.prefetch_related(*parts))
    watchers = _watchers(applications)
    return [_of_application(each, watchers.get(each.programme_id, [])) for each in applications]


def _of_application(application: Application, coordinators: list[Watcher]) -> SeenOfApplication:
    documents = list(application.documents.all())
    return SeenOfApplication(
        application,
        coordinators,
        documents=[each.asked.title if each.asked else each.name for each in documents],
        shown=[each.asked.title for each in documents if each.asked and each.asked.shown],
        referees=[each.name for each in application.references.all()],
        conversations=len(application.steps_done.all()),
    )


def _watchers(participations: Sequence[Participant | Application]) -> dict[int, list[Watcher]]:
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
