from django.db.models import QuerySet

from alongside.mentors.models import Approach, Invitation, Profile
from alongside.mentors.states import InvitationState
from alongside.organisations.queries import organisations_coordinated_by
from alongside.people.models import Person


def profile_of(person: Person) -> Profile | None:
    """Return a person's own profile; None where they have written none."""
    return Profile.objects.of(person).select_related("person", "network").first()


def approaches_of(person: Person) -> QuerySet[Approach]:
    """Where a person offered their help with their profile, the latest first: for that person alone."""
    rows = Approach.objects.of(person)
    return rows.select_related(
        "organisation", "application__cohort__programme", "application__person", "profile__person", "profile__network"
    )


def mentors_found_by(person: Person) -> QuerySet[Profile]:
    """The mentors who agreed to be found, in the networks in which ``person`` coordinates an organisation."""
    networks = {each.network for each in organisations_coordinated_by(person).select_related("network")}
    rows = Profile.objects.found_in(networks).exclude(person=person)
    return rows.filter(person__is_active=True).select_related("person", "network").order_by("-changed_at", "pk")


def invitations_run_by(person: Person) -> QuerySet[Invitation]:
    """What the organisations that ``person`` coordinates asked of mentors."""
    rows = Invitation.objects.filter(organisation__in=organisations_coordinated_by(person))
    return rows.select_related("profile__person", "organisation")


def invitations_to(person: Person) -> QuerySet[Invitation]:
    """What organisations asked of a person. Their own, so it asks no scope."""
    rows = Invitation.unscoped.filter(profile__person=person)
    return rows.select_related("organisation", "profile__person", "profile__network", "asked_by")


def waiting(rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    return rows.filter(state=InvitationState.ASKED)
