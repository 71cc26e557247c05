from typing import Any

from django.db import models

from alongside.kernel.editing import Edited
from alongside.kernel.ids import Referenced
from alongside.kernel.scope import OrganisationOwned


class Questionnaire(Edited, Referenced, OrganisationOwned):
    """A questionnaire of an organisation: what is being written, and under which key it is asked.

    ``draft`` is a definition's table, which may not be right yet. What was asked of somebody is a `Published`.
    """

    key = models.CharField(max_length=60)
    draft = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, help_text="From when nobody new is asked.")

    class Meta(OrganisationOwned.Meta):
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="one_questionnaire_per_key")]

    def __str__(self) -> str:
        return str(self.draft.get("title") or self.key)


class Published(OrganisationOwned):
    """A questionnaire in one version, as people answer it: never changed, and kept as long as any answer is."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="versions")
    key = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    table = models.JSONField()
    published_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField()

    class Meta(OrganisationOwned.Meta):
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key", "number"], name="one_of_each_version")]


class Answered(models.Model):
    """What somebody answers: to which questionnaire, in which version, and whether they are done.

    Whoever keeps answers derives from it, beside what walls them off; the organisation is whose questionnaire it is.
    """

    questionnaire = models.CharField(max_length=60)
    questionnaire_version = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    answers: Any
