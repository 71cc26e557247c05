from datetime import date, timedelta

from django.db.models import QuerySet

from alongside.organisations.models import Organisation
from alongside.people.models import Person
from alongside.programmes.queries import run_by
from alongside.stories.models import Story
from alongside.stories.states import StoryState

WARNED = timedelta(days=14)
"""How long before a story is shown no longer its teller is told."""


def stories_shown(on: date) -> QuerySet[Story]:
    """The stories that everybody may read on a day, the newest first."""
    rows = Story.unscoped.filter(state=StoryState.PUBLISHED, until__gte=on)
    return rows.select_related("teller", "organisation", "programme").order_by("-published_at", "-pk")


def stories_of_organisation(organisation: Organisation, on: date) -> QuerySet[Story]:
    """Those of one organisation that everybody may read on a day."""
    return stories_shown(on).filter(organisation=organisation)


def stories_told_by(person: Person) -> QuerySet[Story]:
    """What somebody told, anywhere: their own."""
    return Story.unscoped.filter(teller=person).select_related("organisation", "programme")


def stories_run_by(person: Person) -> QuerySet[Story]:
    """The stories of the programmes ``person`` runs; of those that were taken back nothing is left to read."""
    rows = Story.objects.filter(programme__in=run_by(person)).exclude(state=StoryState.WITHDRAWN)
    return rows.select_related("teller", "programme")


def stories_over(on: date) -> QuerySet[Story]:
    """The stories whose last day has gone by."""
    return Story.objects.filter(state=StoryState.PUBLISHED, until__lt=on).select_related("teller", "programme")


def stories_soon_over(on: date) -> QuerySet[Story]:
    """The stories whose last day is near, and whose tellers were not told."""
    rows = Story.objects.filter(state=StoryState.PUBLISHED, until__range=(on, on + WARNED), reminded_at=None)
    return rows.select_related("teller", "programme")
