from typing import Any, TypedDict

from django.db.models import CharField, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse

from alongside.applications.queries import applications_of
from alongside.assessments.queries import asked_of
from alongside.concerns.queries import programmes_heard_by
from alongside.enquiries.queries import has_enquiries
from alongside.mentors.models import Profile
from alongside.organisations.queries import networks_stewarded_by, organisations_coordinated_by
from alongside.people.models import Person
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
    does = _does(person)
    names: list[tuple[str, str]] = []
    if "coordinates" in does:
        names += [("Queue", "queue"), ("Programmes", "programmes"), ("Questionnaires", "questionnaires")]
        names += [("Directory", "my_listings")]
        names += [("Enquiries", "enquiries")] if has_enquiries(person) else []
    if "stewards" in does:
        names += [("Network", "network")]
    if "mentoring" in does:
        names += [("My mentoring", "participant_home")]
    if "hears" in does:
        names += [("Concerns", "concerns")]
    if "assesses" in does:
        names += [("Assessing", "assessing")]
    return [_place(label, reverse(name), request.path) for label, name in names]


def _does(person: Person) -> set[str]:
    """Return what a person does here, in one question to the database: every page asks it."""
    asked: list[tuple[str, QuerySet[Any]]] = [
        ("coordinates", organisations_coordinated_by(person)),
        ("stewards", networks_stewarded_by(person)),
        ("mentoring", participations_of(person)),
        ("mentoring", applications_of(person)),
        ("mentoring", Profile.objects.of(person)),
        ("hears", programmes_heard_by(person)),
        ("assesses", asked_of(person)),
    ]
    first, *others = (rows.order_by().values_list(Value(name, CharField())) for name, rows in asked)
    return {name for (name,) in first.union(*others)}


def _place(label: str, url: str, here: str) -> Place:
    return Place(label=label, url=url, current=here.startswith(url))
