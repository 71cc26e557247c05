from typing import TypedDict

from django.http import HttpRequest
from django.urls import reverse

from alongside.applications.queries import applications_of
from alongside.assessments.queries import asked_of
from alongside.concerns.queries import hears_concerns
from alongside.enquiries.queries import has_enquiries
from alongside.mentors.queries import profile_of
from alongside.organisations.queries import coordinates, stewards
from alongside.programmes.queries import participations_of


class Place(TypedDict):
    label: str
    url: str
    current: bool


def navigation_for(request: HttpRequest) -> list[Place]:
    """List where this person can go, by what they do here."""
    person = request.user
    if not person.is_authenticated:
        return []
    names: list[tuple[str, str]] = []
    if coordinates(person):
        names += [("Queue", "queue"), ("Programmes", "programmes"), ("Questionnaires", "questionnaires")]
        names += [("Directory", "my_listings")]
        names += [("Enquiries", "enquiries")] if has_enquiries(person) else []
    if stewards(person):
        names += [("Network", "network")]
    if participations_of(person).exists() or applications_of(person).exists() or profile_of(person):
        names += [("My mentoring", "participant_home")]
    if hears_concerns(person):
        names += [("Concerns", "concerns")]
    if asked_of(person).exists():
        names += [("Assessing", "assessing")]
    return [_place(label, reverse(name), request.path) for label, name in names]


def _place(label: str, url: str, here: str) -> Place:
    return Place(label=label, url=url, current=here.startswith(url))
