"""People who apply to the cohort of the cast. What they wrote contains ``SECRET``."""

from datetime import timedelta
from typing import Any

from alongside.applications import applying
from alongside.applications.models import Application
from alongside.journeys import apply as journey
from alongside.kernel import scope
from alongside.people.models import Person
from tests.paired import SECRET
from tests.world import NOW, World, person, set_rules

STEPS = [
    {"id": "talk", "title": "A conversation", "kind": "conversation"},
    {"id": "induction", "title": "Induction", "kind": "induction", "after": ["talk"]},
]
ANSWERS: dict[str, Any] = {
    "name": "Ada Applicant",
    "job-title": f"Baker {SECRET}",
    "employer": "Ada’s Loaves",
    "sector": "food",
    "place": "Swansea",
    "topics": ["finance", "people"],
    "about": f"I bake. {SECRET}",
    "remote": "yes",
    "availability": ["mon-am", "tue-eve"],
    "languages": ["en", "bsl"],
    "privacy": True,
}
MENTOR = {**ANSWERS, "capacity": 2}


def let_apply(world: World, side: str = "mentee", **rules: Any) -> None:
    """Open applications to the cohort for a month, by rules of this side."""
    form = rules.pop("form", f"{side}-application")
    set_rules(world, applications={side: {"form": form, **rules}})
    world.cohort.refresh_from_db()
    until = (NOW + timedelta(days=30)).date()
    with scope.within(world.harbour_scope):
        applying.open_applications(world.cohort, side, until=until, by=world.carys, at=NOW)


def begun(world: World, who: Person | None = None, side: str = "mentee", **answers: Any) -> Application:
    """An application that is answered and not sent."""
    who = who or person("Ada Applicant")
    application = journey.begin(world.cohort, who, side, at=NOW)
    said = {**(MENTOR if side == "mentor" else ANSWERS), **answers}
    applying.save_answers(application, said, version=application.version, at=NOW)
    return application


def sent(world: World, who: Person | None = None, side: str = "mentee", **answers: Any) -> Application:
    """An application that waits for a coordinator."""
    application = begun(world, who, side, **answers)
    journey.send(application, by=application.person, at=NOW)
    return application
