"""A story that somebody of the cast tells in public."""

from datetime import timedelta
from typing import Any

from alongside.kernel import scope
from alongside.people.models import Person
from alongside.stories.actions import Told, tell_story
from alongside.stories.models import Story
from alongside.stories.states import Impact, Shown
from tests.world import NOW, World

UNTIL = (NOW + timedelta(days=365)).date()


def told(world: World, *, teller: Person | None = None, side: str = "mentee", **said: Any) -> Story:
    """Let Bea, where nobody else is named, tell how First Steps was."""
    about = {
        "title": "From stall to shop",
        "words": "I sell twice as much now.",
        "until": UNTIL,
        "shown_as": Shown.FIRST,
        "topics": ["sales"],
        "sector": "food",
        "region": "Wales",
        "impacts": [Impact.CUSTOMERS],
    }
    with scope.within(world.harbour_scope):
        by = teller or world.bea.person
        return tell_story(world.programme, Told(**{**about, **said}), side=side, by=by, at=NOW)
