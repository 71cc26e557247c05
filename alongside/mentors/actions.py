"""What happens to a profile, and with it. Of what stands in it nothing is recorded."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.applications.models import Application
from alongside.audit.actions import record
from alongside.kernel.lifecycle import make_move
from alongside.mentors.consents import NEWEST
from alongside.mentors.models import Approach, Invitation, Profile
from alongside.mentors.states import LIFE
from alongside.organisations.models import Network, Organisation
from alongside.people.models import Person
from alongside.places import find

WRITTEN = frozenset({
    "job_title", "employer", "place", "topics", "sectors", "stages", "languages", "how", "max_km", "availability",
    "about",
})  # fmt: skip


class CannotAsk(ValueError):
    """Say why a mentor cannot be asked."""


@transaction.atomic
def write_profile(person: Person, network: Network, said: Mapping[str, Any], *, at: datetime) -> Profile:
    """Write a person's one profile, or change it; the fields that are not named stay.

    Where nothing changes, it is not newer than what programmes have of it.
    """
    wrong = set(said) - WRITTEN
    if wrong:
        raise ValueError(f"No field of a profile: {', '.join(sorted(wrong))}.")
    Person.objects.select_for_update().get(pk=person.pk)
    profile = Profile.objects.of(person).first() or Profile(person=person, network=network, changed_at=at)
    before = {name: getattr(profile, name) for name in said}
    if profile.pk and before == dict(said):
        return profile
    for name, value in said.items():
        setattr(profile, name, value)
    _find_place(profile)
    profile.changed_at = at
    profile.save()
    return profile


@transaction.atomic
def let_be_found(profile: Profile, *, agreed: bool, at: datetime) -> None:
    """Note that a mentor agrees to be found by organisations, with the words they read, or does no longer."""
    if agreed == (profile.shown_at is not None):
        return
    profile.shown_version, profile.shown_at = (NEWEST, at) if agreed else (None, None)
    profile.save(update_fields=["shown_version", "shown_at"])


@transaction.atomic
def delete_profile(person: Person) -> None:
    """Delete a person's profile, with the list of where it went. Applications and enquiries stay, each by its rules."""
    Profile.objects.of(person).delete()


@transaction.atomic
def note_approach(
    profile: Profile,
    organisation: Organisation,
    *,
    name: str,
    application: Application | None = None,
    enquiry_thread: str = "",
    at: datetime,
) -> Approach:
    """Note where a mentor offered their help with their profile; the same application is one approach."""
    rows = Approach.objects.of(profile.person)
    found = rows.filter(application=application).first() if application else None
    if found:
        mark_told(found, at=at)
        return found
    made = Approach(
        profile=profile,
        organisation=organisation,
        name=name,
        application=application,
        enquiry_thread=enquiry_thread,
        told_at=at,
    )
    made.save(force_insert=True)
    return made


def mark_told(approach: Approach, *, at: datetime) -> None:
    """Note that an organisation has got the profile as it is now."""
    approach.told_at = at
    approach.save(update_fields=["told_at"])


def forget_approach_by(application: Application) -> None:
    """Forget who made an application that names nobody any more."""
    Approach.unscoped.filter(application=application).delete()


def forget_enquiry(thread: str) -> None:
    """Forget who made an enquiry that names nobody any more."""
    Approach.unscoped.filter(enquiry_thread=thread).delete()


@transaction.atomic
def invite(profile: Profile, organisation: Organisation, words: str, *, by: Person, at: datetime) -> Invitation:
    """Ask a mentor whom an organisation found, once.

    :raises CannotAsk: if they may not be found, are of another network, or were asked before.
    """
    if profile.shown_at is None or profile.network_id != organisation.network_id:
        raise CannotAsk(_("They are not to be found any more."))
    invitation: Invitation
    invitation, made = Invitation.objects.get_or_create(
        profile=profile, organisation=organisation, defaults={"words": words, "asked_by": by, "asked_at": at}
    )
    if not made:
        raise CannotAsk(_("You have asked them before. Nobody is asked twice."))
    record("invite_mentor", invitation, by=by, at=at)
    return invitation


@transaction.atomic
def answer_invitation(invitation: Invitation, move: str, *, at: datetime) -> None:
    """Note a mentor's answer, ``accept`` or ``decline``.

    :raises MoveNotAllowed: if it was answered.
    """
    make_move(invitation, LIFE, move, answered_at=at)
    record(f"{move}_invitation", invitation, by=invitation.profile.person, at=at)


def _find_place(profile: Profile) -> None:
    found = find(profile.place) if profile.place else None
    profile.region = found.region if found else ""
    profile.latitude, profile.longitude = (found.latitude, found.longitude) if found else (None, None)
