from django.db import models

from alongside.kernel.scope import Scope, ScopedManager


class Entry(models.Model):
    """One thing that happened, at an organisation or, where it names none, at a network. Never changed or joined to."""

    organisation_id = models.BigIntegerField(null=True, db_index=True)
    network_id = models.BigIntegerField(null=True, db_index=True, help_text="Of what no organisation holds.")
    actor_ref = models.CharField(max_length=12, blank=True, help_text="Empty where a clock did it.")
    verb = models.CharField(max_length=60)
    thing_kind = models.CharField(max_length=60)
    thing_ref = models.CharField(max_length=12)
    at = models.DateTimeField(db_index=True)
    details = models.JSONField(default=dict)

    objects = ScopedManager()
    unscoped: models.Manager["Entry"] = models.Manager()

    class Meta:
        ordering = ["-at", "-pk"]
        base_manager_name = "unscoped"
        indexes = [models.Index(fields=["thing_kind", "thing_ref"], name="entries_of_a_thing")]

    @classmethod
    def rows_within(cls, scope: Scope) -> models.Q:
        return models.Q(organisation_id__in=scope.organisations) | models.Q(network_id__in=scope.networks)
