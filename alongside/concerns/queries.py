from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from alongside.concerns.models import Concern, Entry, Hearer
from alongside.concerns.states import ConcernState
from alongside.organisations.queries import coordinators_of
from alongside.people.models import Person
from alongside.programmes.models import Programme
from alongside.programmes.queries import coordinators_running


class Hearing(NamedTuple):
    """Who hears a concern, and whether that is the safeguarding lead."""

    people: list[Person]
    is_lead: bool


def who_hears(programme: Programme, *, about: Collection[str] = ()) -> Hearing:
    """Return who hears a concern of a programme: its lead, and never anybody it is about.

    Where the lead is one of them, or none is named, it is the coordinators of the organisation, and where all of
    those are, the coordinators of its partners. It can be nobody.

    :param about: the refs of the people it is about.
    """
    lead = programme.safeguarding_lead
    if lead and lead.is_active and lead.ref not in about:
        return Hearing([lead], is_lead=True)
    for people in (coordinators_of([programme.organisation_id]), coordinators_running(programme)):
        if found := list(people.filter(is_active=True).exclude(ref__in=about)):
            return Hearing(found, is_lead=False)
    return Hearing([], is_lead=False)


def second_person(concern: Concern, *, about: Collection[str]) -> Person | None:
    """Return who is brought in where a concern is left lying: a coordinator it is not about."""
    hear = Hearer.unscoped.filter(concern=concern).values("person")
    people = coordinators_running(concern.programme).filter(is_active=True)
    return people.exclude(ref__in=about).exclude(pk__in=hear).first()


def concerns_heard_by(person: Person) -> QuerySet[Concern]:
    """The concerns ``person`` hears, anywhere, the newest first. Scope is made from this, so it asks none."""
    heard = Hearer.unscoped.filter(person=person)
    return Concern.unscoped.filter(pk__in=heard.values("concern")).select_related("programme__organisation")


def hears_concerns(person: Person) -> bool:
    """Say whether a person hears concerns, or will once there is one."""
    return programmes_heard_by(person).exists()


def programmes_heard_by(person: Person) -> QuerySet[Programme]:
    """The programmes of which a person hears concerns, or will once there is one."""
    heard = Hearer.unscoped.filter(person=person).values("programme")
    return Programme.unscoped.filter(Q(safeguarding_lead=person) | Q(pk__in=heard))


def concern_called(ref: str) -> Concern | None:
    """The concern a signed link names."""
    found: Concern | None = Concern.unscoped.filter(ref=ref).select_related("programme__organisation").first()
    return found


def concerns_in_hand(at: datetime) -> QuerySet[Concern]:
    """The concerns that are not closed, for the clocks: that they are there, not what is in them."""
    rows = Concern.unscoped.filter(received_at__lt=at).exclude(state=ConcernState.CLOSED)
    return rows.select_related("programme__organisation").order_by("pk")


def open_concerns(programme: Programme) -> list[Concern]:
    """The concerns of a programme that are not closed: that they are there, not what is in them."""
    return list(Concern.unscoped.filter(programme=programme).exclude(state=ConcernState.CLOSED).order_by("pk"))


def concerns_to_wrap_anew() -> QuerySet[Concern]:
    return Concern.unscoped.order_by("pk")


def hearers_of(concern: Concern) -> list[Person]:
    """Who hears a concern; only in a scope that names it."""
    rows = Hearer.objects.filter(concern=concern).select_related("person").order_by("since", "pk")
    return [row.person for row in rows]


def entries_of(concern: Concern) -> list[Entry]:
    """What was said about a concern, the earliest first; only in a scope that names it."""
    entries = list(Entry.objects.filter(concern=concern).select_related("by"))
    for entry in entries:
        entry.concern = concern
    return entries
