from django.db import models

from alongside.kernel.ids import Referenced
from alongside.kernel.scope import OrganisationOwned
from alongside.organisations.states import RoleKind


class Network(Referenced):
    """A country's (or a federation's) directory of organisations."""

    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class Organisation(Referenced):
    """A provider of mentoring, and the boundary of privacy."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="organisations")
    name = models.CharField(max_length=200)
    region = models.CharField(max_length=60, blank=True)
    contact_email = models.EmailField(blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["network", "name"], name="one_organisation_per_name")]

    def __str__(self) -> str:
        return self.name


class Role(OrganisationOwned):
    """That a person works for an organisation."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=RoleKind.choices, default=RoleKind.COORDINATOR)
    since = models.DateTimeField()

    class Meta(OrganisationOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "person", "kind"], name="one_role_of_a_kind")]


class Stewardship(models.Model):
    """That a person looks after a network as a whole."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="stewardships")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="stewardships")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "person"], name="one_stewardship_each")]
