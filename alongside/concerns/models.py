import json
from functools import cached_property
from typing import Any, ClassVar, NoReturn

from django.db import models

from alongside.concerns.states import ConcernState, Due, EntryKind
from alongside.kernel import sealing
from alongside.kernel.ids import Referenced
from alongside.kernel.scope import NoScope, ProgrammeOwned, Scope, ScopedManager, concerns_open, current


class NeverChanged(TypeError):
    """Say that what was said about a concern is neither changed nor deleted: something can be added."""

    def __init__(self) -> None:
        super().__init__("What was said about a concern is never changed or deleted. Add to it instead.")


class KeptQuerySet(models.QuerySet[Any]):
    """Rows that are written once: no update, no deletion, not even by saving a row again."""

    def update(self, **values: Any) -> NoReturn:
        raise NeverChanged

    def delete(self) -> NoReturn:
        raise NeverChanged

    def _update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanged


class HeardManager(ScopedManager):
    """Answer with what belongs to the concerns that the scope in force names, whatever else it holds."""

    def get_queryset(self) -> models.QuerySet[Any]:
        if current() is None:
            raise NoScope(self.model)
        rows: models.QuerySet[Any] = models.Manager.get_queryset(self)
        return rows.filter(**{f"{self.model.CONCERN}__in": concerns_open()})


class Concern(ProgrammeOwned, Referenced):
    """That something was reported, when, and how far it is. What it is stands sealed in its entries.

    Who reported it stands nowhere else either, and nowhere at all where they gave no name.
    """

    CONCERN: ClassVar[str] = "pk"

    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in ConcernState], default=ConcernState.RECEIVED.value
    )
    received_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    wrapped_key = models.BinaryField(help_text="The key of its words, itself sealed.")

    objects: ClassVar[HeardManager] = HeardManager()
    unscoped: models.Manager[Any] = models.Manager()

    class Meta(ProgrammeOwned.Meta):
        ordering = ["-received_at", "-pk"]

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanged

    @classmethod
    def rows_within(cls, scope: Scope) -> models.Q:
        return models.Q(pk__in=scope.concerns)

    @property
    def key(self) -> bytes:
        """Return the key of its words.

        :raises NoScope: if the scope in force does not name this concern.
        :raises CannotOpen: if the key it was wrapped with is not the installation's.
        """
        if self.pk not in concerns_open():
            raise NoScope(type(self))
        return self._key

    @cached_property
    def _key(self) -> bytes:
        return sealing.key_ring().unwrap(bytes(self.wrapped_key), about=self.key_name)

    @property
    def key_name(self) -> str:
        """What the wrapped key says it is about."""
        return f"concern {self.ref}"


class OfConcern(ProgrammeOwned, Referenced):
    """A row of a concern: it is there only for whoever hears that concern."""

    CONCERN: ClassVar[str] = "concern_id"

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[HeardManager] = HeardManager()
    unscoped: models.Manager[Any] = models.Manager()

    class Meta(ProgrammeOwned.Meta):
        abstract = True

    @classmethod
    def rows_within(cls, scope: Scope) -> models.Q:
        return models.Q(concern_id__in=scope.concerns)


class Hearer(OfConcern):
    """Somebody who hears a concern: the safeguarding lead, or whoever stands in."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta(OfConcern.Meta):
        constraints = [models.UniqueConstraint(fields=["concern", "person"], name="hears_it_once")]


class Entry(OfConcern):
    """Something said about a concern, by whoever reported it or whoever hears it; written once."""

    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in EntryKind])
    by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", help_text="A hearer; never a reporter."
    )
    at = models.DateTimeField()
    sealed = models.BinaryField(default=b"", editable=False)

    objects: ClassVar[HeardManager] = HeardManager.from_queryset(KeptQuerySet)()
    unscoped: models.Manager[Any] = models.Manager.from_queryset(KeptQuerySet)()

    class Meta(OfConcern.Meta):
        ordering = ["at", "pk"]

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanged

    @property
    def _about(self) -> str:
        return f"{self._meta.label_lower} {self.ref}"

    @property
    def words(self) -> dict[str, Any]:
        """What is sealed here, by name.

        :raises NoScope: if the scope in force does not name the concern.
        """
        if not self.sealed:
            return {}
        words: dict[str, Any] = json.loads(sealing.unseal(self.concern.key, bytes(self.sealed), about=self._about))
        return words

    def seal(self, words: dict[str, Any]) -> None:
        """Seal its words, before it is kept."""
        whole = json.dumps(words, ensure_ascii=False).encode()
        self.sealed = sealing.seal(self.concern.key, whole, about=self._about)


class Rung(OfConcern):
    """That a clock of a concern has rung, once."""

    due = models.CharField(max_length=30, choices=[(due.value, due.value) for due in Due])
    rung_at = models.DateTimeField()

    class Meta(OfConcern.Meta):
        constraints = [models.UniqueConstraint(fields=["concern", "due"], name="each_clock_of_a_concern_once")]
