"""Whose rows a piece of work may touch, decided once at the edge and enforced at every query.

Every table that belongs to an organisation is read through :class:`ScopedManager`, which answers with the rows of the
scope in force and refuses to answer where none was declared: forgetting fails loudly, it never leaks.

A scope holds organisations (all of their rows), single programmes (for partners and participants, who see one
programme of an organisation and nothing else of it), single mentorships and single concerns: what is written inside
one is read in a scope that names it, which is made for its members, or for whoever hears that concern, alone. Not even
work that serves all organisations at once reads it. A network is named for its stewards, who read what has come to
the network itself, and an assessment for whoever scores it, who reads nothing else of the organisation.
Scope is the wall; which person may see which row inside it is for each package's ``rules``.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Self

from django.db import models


class NoScope(RuntimeError):
    """Say that organisation-owned rows were asked for before anyone said whose."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(
            f"{model.__name__} belongs to organisations: ask for it inside `with scope.within(...)`, "
            "or through `unscoped` where a guard test allows it with a reason."
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be touched: organisations, programmes, insides of mentorships, concerns, networks, assessments."""

    organisations: frozenset[int] = frozenset()
    programmes: frozenset[int] = frozenset()
    mentorships: frozenset[int] = frozenset()
    concerns: frozenset[int] = frozenset()
    networks: frozenset[int] = frozenset()
    assessments: frozenset[int] = frozenset()
    everything: bool = False

    @classmethod
    def of(
        cls,
        *,
        organisations: Iterable[int] = (),
        programmes: Iterable[int] = (),
        mentorships: Iterable[int] = (),
        concerns: Iterable[int] = (),
        networks: Iterable[int] = (),
        assessments: Iterable[int] = (),
    ) -> Self:
        """Build a scope from primary keys."""
        return cls(
            frozenset(organisations),
            frozenset(programmes),
            frozenset(mentorships),
            frozenset(concerns),
            frozenset(networks),
            frozenset(assessments),
        )


_current: ContextVar[Scope | None] = ContextVar("scope", default=None)


@contextmanager
def within(scope: Scope) -> Iterator[Scope]:
    """Declare ``scope`` for a block of work."""
    token = _current.set(scope)
    try:
        yield scope
    finally:
        _current.reset(token)


@contextmanager
def everywhere(reason: str) -> Iterator[Scope]:
    """Declare work that serves all organisations at once: clocks, upkeep, building the demonstration.

    ``reason`` is for the reader; a guard test lists the places that may do this.
    """
    if not reason:
        raise ValueError("Work across all organisations needs a reason.")
    with within(Scope(everything=True)) as scope:
        yield scope


def current() -> Scope | None:
    """Return the scope in force, or None."""
    return _current.get()


class ScopedManager(models.Manager[Any]):
    """Answer with the rows of the scope in force, and refuse where there is none."""

    def get_queryset(self) -> models.QuerySet[Any]:
        scope = _current.get()
        if scope is None:
            raise NoScope(self.model)
        rows = super().get_queryset()
        return rows if scope.everything else rows.filter(self.model.rows_within(scope))


class InsideManager(ScopedManager):
    """Answer with rows inside mentorships that the scope in force names, whatever else it holds."""

    def get_queryset(self) -> models.QuerySet[Any]:
        if _current.get() is None:
            raise NoScope(self.model)
        return models.Manager.get_queryset(self).filter(mentorship_id__in=mentorships_open())


def mentorships_open() -> frozenset[int]:
    """Return the mentorships whose inside the scope in force may read."""
    scope = _current.get()
    return scope.mentorships if scope else frozenset()


def concerns_open() -> frozenset[int]:
    """Return the concerns which the scope in force may read."""
    scope = _current.get()
    return scope.concerns if scope else frozenset()


class OrganisationOwned(models.Model):
    """A row of one organisation."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager()
    unscoped: models.Manager[Any] = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "unscoped"

    @classmethod
    def rows_within(cls, scope: Scope) -> models.Q:
        """Say which rows of this table lie within ``scope``."""
        return models.Q(organisation_id__in=scope.organisations)


class ProgrammeOwned(OrganisationOwned):
    """A row of one programme, which partners of that programme may reach as well."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="+")

    class Meta(OrganisationOwned.Meta):
        abstract = True

    @classmethod
    def rows_within(cls, scope: Scope) -> models.Q:
        return super().rows_within(scope) | models.Q(programme_id__in=scope.programmes)


class NetworkOwned(OrganisationOwned):
    """A row of one organisation, or of a network itself where no organisation holds it.

    A steward's scope names organisations for their figures; here it opens only what came to the network.
    """

    # A row of the network has none.
    organisation = models.ForeignKey(  # type: ignore[assignment]
        "organisations.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    network = models.ForeignKey("organisations.Network", on_delete=models.PROTECT, related_name="+")

    class Meta(OrganisationOwned.Meta):
        abstract = True

    @classmethod
    def rows_within(cls, scope: Scope) -> models.Q:
        if scope.networks:
            return models.Q(organisation=None, network_id__in=scope.networks)
        return super().rows_within(scope)
