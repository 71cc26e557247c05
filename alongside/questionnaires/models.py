import json
from collections.abc import Mapping
from typing import Any

from django.db import models

from alongside.kernel import sealing
from alongside.kernel.editing import Edited
from alongside.kernel.ids import Referenced
from alongside.kernel.scope import NoScope, OrganisationOwned
from alongside.people.models import Person


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


class OwnManager(models.Manager["KeptResult"]):
    """Answer with what is one person's own, once it was said whose."""

    def get_queryset(self) -> models.QuerySet["KeptResult"]:
        raise NoScope(self.model)

    def of(self, person: Person) -> models.QuerySet["KeptResult"]:
        return super().get_queryset().filter(person=person)


class KeptResult(Referenced):
    """What somebody answered in a look at themselves and wished to keep: theirs alone, and sealed.

    It belongs to no organisation, and nothing is recorded of it: nobody else so much as learns that it is there.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, on_delete=models.CASCADE, related_name="+", help_text="Whose check."
    )
    questionnaire = models.CharField(max_length=60)
    questionnaire_version = models.PositiveIntegerField()
    made_at = models.DateTimeField(db_index=True)
    sealed = models.BinaryField(editable=False)

    objects = OwnManager()
    unscoped: models.Manager[Any] = models.Manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        base_manager_name = "unscoped"

    @property
    def answers(self) -> dict[str, Any]:
        """Return what was answered.

        :raises CannotOpen: if the key it was sealed with is not the installation's.
        """
        found: dict[str, Any] = json.loads(sealing.key_ring().unwrap(bytes(self.sealed), about=self._about))
        return found

    def seal_answers(self, answers: Mapping[str, Any]) -> None:
        """Keep the answers sealed; the row is to be saved after it."""
        self.sealed = sealing.key_ring().wrap(json.dumps(dict(answers)).encode(), about=self._about)

    @property
    def _about(self) -> str:
        return f"kept result {self.ref} of {self.person_id}"
