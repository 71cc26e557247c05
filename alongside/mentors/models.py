from collections.abc import Iterable
from typing import Any

from django.db import models

from alongside.kernel.ids import LENGTH, Referenced
from alongside.kernel.scope import NoScope, OrganisationOwned
from alongside.mentors.states import How, InvitationState
from alongside.organisations.models import Network
from alongside.people.models import Person


class ProfileManager(models.Manager["Profile"]):
    """Answer with one person's own, or with those who said that they may be found, once it was said which."""

    def get_queryset(self) -> models.QuerySet["Profile"]:
        raise NoScope(self.model)

    def of(self, person: Person) -> models.QuerySet["Profile"]:
        return super().get_queryset().filter(person=person)

    def found_in(self, networks: Iterable[Network]) -> models.QuerySet["Profile"]:
        """The profiles of networks whose mentors agreed to be found by organisations."""
        return super().get_queryset().filter(network__in=list(networks), shown_at__isnull=False)


class Profile(Referenced):
    """What a mentor says of themselves once, for the whole network. It is theirs; no organisation owns it.

    Ids are those of the search's vocabulary. ``shown_version`` and ``shown_at`` say to which words they agreed, and
    when, that organisations may find them; None is that they may not.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    job_title = models.CharField(max_length=200, blank=True)
    employer = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=60, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    topics = models.JSONField(default=list)
    sectors = models.JSONField(default=list)
    stages = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    how = models.CharField(max_length=10, choices=[(h.value, h.value) for h in How], default=How.EITHER.value)
    max_km = models.PositiveIntegerField(null=True)
    availability = models.JSONField(default=list)
    about = models.TextField(blank=True)
    shown_version = models.PositiveSmallIntegerField(null=True)
    shown_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    objects = ProfileManager()
    unscoped: models.Manager[Any] = models.Manager()

    class Meta:
        ordering = ["pk"]
        base_manager_name = "unscoped"
        indexes = [models.Index(fields=["network", "shown_at"], name="mentors_to_be_found")]

    @property
    def online(self) -> bool | None:
        """True: online will do, False: in person only."""
        return self.how != How.IN_PERSON


class OfProfileManager(models.Manager["Approach"]):
    """Answer with what is one person's own, once it was said whose."""

    def get_queryset(self) -> models.QuerySet["Approach"]:
        raise NoScope(self.model)

    def of(self, person: Person) -> models.QuerySet["Approach"]:
        return super().get_queryset().filter(profile__person=person)


class Approach(Referenced):
    """That a mentor offered their help somewhere with their profile: by an application, or by an enquiry.

    It is the mentor's own: no organisation learns where else they asked. ``told_at`` is when it last got the profile.
    """

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="approaches")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, help_text="Of what they offered to help with, as they read it.")
    application = models.ForeignKey("applications.Application", null=True, on_delete=models.CASCADE, related_name="+")
    enquiry_thread = models.CharField(max_length=LENGTH, blank=True)
    told_at = models.DateTimeField()

    objects = OfProfileManager()
    unscoped: models.Manager[Any] = models.Manager()

    class Meta:
        ordering = ["-pk"]
        base_manager_name = "unscoped"
        constraints = [models.UniqueConstraint(fields=["profile", "application"], name="one_approach_per_application")]


class Invitation(OrganisationOwned, Referenced):
    """The question of an organisation to a mentor whom it found: who they are it learns with their yes."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="invitations")
    words = models.TextField()
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in InvitationState], default=InvitationState.ASKED.value
    )
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta(OrganisationOwned.Meta):
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "profile"], name="asked_once_by_an_organisation")
        ]

    @property
    def accepted(self) -> bool:
        return self.state == InvitationState.ACCEPTED
