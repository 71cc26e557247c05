"""A handful of people who apply to a cohort of the demonstration, each at another point of the way."""

from datetime import datetime, timedelta
from typing import Any

from alongside.applications import applying
from alongside.applications.models import Application
from alongside.applications.states import Reason
from alongside.journeys import accept_application as deciding
from alongside.journeys import apply as journey
from alongside.people.actions import find_or_create_person
from alongside.people.models import Person
from alongside.programmes.models import Cohort
from alongside.programmes.states import Side

STEPS = [{"id": "conversation", "title": "Conversation held", "kind": "conversation"}]
RULES = {side.value: {"form": f"{side.value}-application", "steps": STEPS, "days_to_decide": 14} for side in Side}
"""How people apply to the demonstration's programme."""

COMMON: dict[str, Any] = {
    "remote": "yes",
    "availability": ["tue-eve", "thu-eve"],
    "languages": ["en", "cy"],
    "privacy": True,
}
PEOPLE: list[tuple[str, Side, dict[str, Any]]] = [
    ("Nerys Vaughan", Side.MENTEE, {"job-title": "Potter", "sector": "making", "place": "Cardigan",
     "topics": ["sales", "finance"], "about": "I sell at fairs and would like to open a shop."}),
    ("Ade Bakare", Side.MENTEE, {"job-title": "Caterer", "sector": "food", "place": "Leeds",
     "topics": ["people", "operations"], "about": "Three of us now, and I have never led anybody."}),
    ("Joan Pike", Side.MENTOR, {"job-title": "Retired buyer", "sector": "shops", "place": "York", "capacity": 2,
     "topics": ["sales", "customers"], "about": "Thirty years of buying for shops of every size."}),
    ("Tomos Rees", Side.MENTEE, {"job-title": "Web designer", "sector": "digital", "place": "Bangor",
     "topics": ["customers"], "about": "Work comes and goes. I would like it to come."}),
    ("Lena Marsh", Side.MENTEE, {"job-title": "Gardener", "sector": "land", "place": "Hexham",
     "topics": ["starting"], "about": "I begin in spring."}),
    ("Kit Holloway", Side.MENTOR, {"job-title": "Accountant", "sector": "advice", "place": "Wolverhampton",
     "capacity": 1, "topics": ["finance"], "about": "I like to explain what the figures say."}),
]  # fmt: skip


def let_people_apply(cohort: Cohort, by: Person, *, now: datetime) -> None:
    """Open applications, and let six people apply: begun, sent, talked with, late, waiting and declined."""
    opened = now - timedelta(days=20)
    for side in Side:
        until = (now + timedelta(days=40)).date()
        applying.open_applications(cohort, side.value, until=until, by=by, at=opened)
    _begun, _new, talked, _late, waits, declined = [_apply(cohort, number, now=now) for number in range(len(PEOPLE))]
    day = (now - timedelta(days=2)).date()
    note = "Warm, and clear about what she can give. Prefers evenings."
    applying.do_step(talked, "conversation", day=day, note=note, by=by, at=now - timedelta(days=2))
    deciding.put_on_waiting_list(waits, by=by, at=now - timedelta(days=3))
    words = "Thank you for your application. This time there are more mentors than places. You are welcome again."
    deciding.decline_application(declined, reason=Reason.FULL, words=words, by=by, at=now - timedelta(days=3))


def _apply(cohort: Cohort, number: int, *, now: datetime) -> Application:
    """Let one apply some days ago; the first of them has not sent it yet."""
    name, side, answers = PEOPLE[number]
    at = now - timedelta(days=(1, 2, 6, 15, 12, 10)[number])
    person = find_or_create_person(email=f"{name.lower().replace(' ', '.')}@example.org", name=name, at=at)
    application = journey.begin(cohort, person, side.value, at=at)
    applying.save_answers(application, {"name": name, **COMMON, **answers}, version=application.version, at=at)
    if number:
        journey.send(application, by=person, at=at)
    return application
