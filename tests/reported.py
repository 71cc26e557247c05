"""Shorthand for tests about concerns: a lead, a concern raised, and working on one as whoever hears it does."""

from datetime import datetime

from alongside.concerns.actions import Told
from alongside.concerns.models import Concern
from alongside.journeys.raise_concern import raise_concern
from alongside.people.models import Person
from tests.paired import SECRET
from tests.world import NOW, World, person


def named_lead(world: World) -> Person:
    """Name Lena the safeguarding lead of First Steps; she does nothing else here."""
    lena = person("Lena Lead")
    world.programme.safeguarding_lead = lena
    world.programme.save(update_fields=["safeguarding_lead"])
    return lena


def raised(world: World, *about: Person, named: bool = True, at: datetime = NOW) -> Concern:
    """Bea raises a concern, about these people."""
    bea = world.bea.person
    told = Told(
        about="person",
        words=SECRET,
        severity="soon",
        subjects=[each.ref for each in about],
        reporter=bea.name if named else "",
        reporter_email=bea.email if named else "",
    )
    return raise_concern(world.programme, told, reporter=bea if named else None, at=at)
