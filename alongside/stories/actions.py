from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from alongside.audit.actions import record
from alongside.files.pictures import picture_refused
from alongside.kernel.lifecycle import make_move
from alongside.people.models import Person
from alongside.programmes.models import Programme
from alongside.stories.consents import NEWEST
from alongside.stories.models import Story
from alongside.stories.states import LIFE, Impact, Shown

EMPTY = {"title": "", "words": "", "proposed": "", "picture": "", "shown_as": Shown.NOBODY.value}


@dataclass(frozen=True)
class Told:
    """What somebody tells, and how it may be shown."""

    title: str
    words: str
    until: date
    shown_as: Shown = Shown.NOBODY
    picture: str = ""
    elsewhere: bool = False
    topics: Collection[str] = ()
    sector: str = ""
    region: str = ""
    impacts: Collection[Impact] = ()


@transaction.atomic
def tell_story(programme: Programme, told: Told, *, side: str, by: Person, at: datetime) -> Story:
    """Keep a story that somebody tells, with the consent they gave to its words.

    :raises ValueError: if there are no words, its last day is past, or its picture is none.
    """
    _check(told, at.date())
    story: Story = Story.objects.create(
        organisation_id=programme.organisation_id,
        programme=programme,
        teller=by,
        side=side,
        title=told.title,
        words=told.words,
        shown_as=told.shown_as.value,
        picture=told.picture,
        elsewhere=told.elsewhere,
        until=told.until,
        topics=list(told.topics),
        sector=told.sector,
        region=told.region,
        impacts=[str(each) for each in told.impacts],
        consent=NEWEST,
        told_at=at,
    )
    record("told_story", story, by=by, at=at, consent=NEWEST)
    return story


@transaction.atomic
def propose_words(story: Story, words: str, *, by: Person, at: datetime) -> None:
    """Propose other words to the teller; until they say yes nobody else reads them, nor the story.

    :raises ValueError: if there are none.
    """
    if not words.strip():
        raise ValueError("Write the words you propose.")
    make_move(story, LIFE, "propose", proposed=words)
    record("proposed_words", story, by=by, at=at)


@transaction.atomic
def agree(story: Story, *, seen: str, by: Person, at: datetime) -> None:
    """Publish the words that were proposed, as the teller saw them.

    :raises ValueError: if what they saw is not what is proposed now.
    """
    if seen != story.proposed:
        raise ValueError("The proposed words have changed since. Read them once more, then decide.")
    make_move(story, LIFE, "agree", words=story.proposed, proposed="", published_at=at)
    record("agreed_to_words", story, by=by, at=at)


@transaction.atomic
def keep_words(story: Story, *, by: Person, at: datetime) -> None:
    """Keep the teller's own words."""
    make_move(story, LIFE, "keep_mine", proposed="")
    record("kept_words", story, by=by, at=at)


@transaction.atomic
def publish(story: Story, *, by: Person, at: datetime) -> None:
    """Let everybody read a story in the teller's own words."""
    make_move(story, LIFE, "publish", published_at=at)
    record("published_story", story, by=by, at=at)


@transaction.atomic
def decline(story: Story, *, by: Person, at: datetime) -> None:
    """Do not publish a story."""
    make_move(story, LIFE, "decline")
    record("declined_story", story, by=by, at=at)


@transaction.atomic
def withdraw(story: Story, *, by: Person | None, at: datetime) -> None:
    """Take a story back from everywhere at once: no word of it is left. None is the clock of its last day."""
    make_move(story, LIFE, "withdraw", **EMPTY, withdrawn_at=at)
    record("withdrew_story", story, by=by, at=at)


def note_reminded(story: Story, *, at: datetime) -> bool:
    """Note that its teller is told; False where that was done."""
    return bool(Story.objects.filter(pk=story.pk, reminded_at=None).update(reminded_at=at))


def _check(told: Told, today: date) -> None:
    if not told.words.strip():
        raise ValueError("Write a few sentences about it.")
    if told.until <= today:
        raise ValueError("Choose a day in the future until which it is shown.")
    if refused := picture_refused(told.picture):
        raise ValueError(refused)
