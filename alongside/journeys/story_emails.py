"""The letters about stories that are told in public."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.journeys.mentorship_emails import Letter
from alongside.journeys.network_letters import write_letter
from alongside.journeys.their_words import in_their_words
from alongside.people.models import Person
from alongside.programmes.queries import coordinators_running
from alongside.stories.models import Story


@in_their_words
def tell_coordinators_of_story(story: Story, *, at: datetime) -> None:
    letter = Letter(
        _("Somebody tells how %(programme)s was") % _about(story),
        [_("They would like others to read it. Publish it as it is, or propose other words: they decide.")],
    )
    for coordinator in coordinators_running(story.programme):
        action = (_("Read it"), _url("programme_story", story.ref))
        send("tell_coordinators_of_story", coordinator, story, letter, at=at, action=action)


@in_their_words
def ask_about_words(story: Story, *, at: datetime) -> None:
    letter = Letter(
        _("May your story say it like this?"),
        [_("Nobody reads it before you say yes. You can keep your own words, or take it back.")],
        quote=story.proposed,
        quote_from=_("%(organisation)s proposes:") % _about(story),
    )
    _to_teller("ask_about_words", story, letter, at=at)


@in_their_words
def tell_it_is_published(story: Story, *, at: datetime) -> None:
    letter = Letter(
        _("Your story can be read now"),
        [
            _("Thank you. It may help somebody to look for a mentor, or to become one."),
            _("It is shown until %(day)s. You can take it back before, with one click.")
            % {"day": date_format(story.until, "j F Y")},
        ],
    )
    _to_teller("tell_it_is_published", story, letter, at=at)


@in_their_words
def thank_for_story(story: Story, *, at: datetime) -> None:
    letter = Letter(
        _("Thank you for your story"),
        [_("%(organisation)s has read it and is glad of it. This time it is not published.") % _about(story)],
    )
    _to_teller("thank_for_story", story, letter, at=at)


@in_their_words
def tell_it_ends(story: Story, *, at: datetime) -> None:
    letter = Letter(
        _("Your story is shown until %(day)s") % {"day": date_format(story.until, "j F Y")},
        [_("After that it is deleted, as you chose. If it should stay, tell it once more.")],
    )
    _to_teller("tell_it_ends", story, letter, at=at)


def _to_teller(kind: str, story: Story, letter: Letter, *, at: datetime) -> None:
    if story.teller is not None:
        send(kind, story.teller, story, letter, at=at, action=(_("See your story"), _url("my_story", story.ref)))


def send(kind: str, to: Person, story: Story, letter: Letter, *, at: datetime, action: tuple[str, str]) -> None:
    """Write a letter about a story, in the time of where its reader is."""
    programme = story.programme
    why = _("You get this because of a story told of %(programme)s.") % _about(story)
    operator = programme.organisation.name
    write_letter(kind, to, letter, operator=operator, why=why, at=at, action=action, programme_id=programme.pk)


def _about(story: Story) -> dict[str, str]:
    return {"programme": story.programme.name, "organisation": story.programme.organisation.name}


def _url(name: str, *args: str) -> str:
    return settings.SITE_URL + reverse(name, args=args)
