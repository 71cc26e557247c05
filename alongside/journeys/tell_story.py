"""A story told in public: from whoever tells it to the page that everybody reads, and back by one click."""

from datetime import datetime

from django.db import transaction

from alongside.journeys import story_emails as emails
from alongside.people.models import Person
from alongside.programmes.models import Programme
from alongside.stories import actions
from alongside.stories.actions import Told
from alongside.stories.models import Story


@transaction.atomic
def tell(programme: Programme, told: Told, *, side: str, by: Person, at: datetime) -> Story:
    """Keep a story and let the coordinators know."""
    story = actions.tell_story(programme, told, side=side, by=by, at=at)
    emails.tell_coordinators_of_story(story, at=at)
    return story


@transaction.atomic
def propose(story: Story, words: str, *, by: Person, at: datetime) -> None:
    """Propose other words, and ask the teller."""
    actions.propose_words(story, words, by=by, at=at)
    emails.ask_about_words(story, at=at)


@transaction.atomic
def publish(story: Story, *, by: Person, at: datetime) -> None:
    """Publish a story as it was told, and say so to its teller."""
    actions.publish(story, by=by, at=at)
    emails.tell_it_is_published(story, at=at)


@transaction.atomic
def decline(story: Story, *, by: Person, at: datetime) -> None:
    """Thank the teller of a story that is not published."""
    actions.decline(story, by=by, at=at)
    emails.thank_for_story(story, at=at)


@transaction.atomic
def end_story(story: Story, *, at: datetime) -> None:
    """Take a story back whose last day has gone by."""
    actions.withdraw(story, by=None, at=at)


@transaction.atomic
def remind_of_last_day(story: Story, *, at: datetime) -> None:
    """Tell a teller that their story is shown no longer soon."""
    if actions.note_reminded(story, at=at):
        emails.tell_it_ends(story, at=at)
