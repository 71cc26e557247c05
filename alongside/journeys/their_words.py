"""Letters are written in the words of the programme they are about."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from alongside.applications.models import Application, Reference
from alongside.groups.models import Ask, Group
from alongside.kernel.vocabulary import spoken
from alongside.matching.models import Offer, Request
from alongside.mentorships.models import Mentorship
from alongside.programmes.models import Cohort, Participant, Programme
from alongside.stories.models import Story

P = ParamSpec("P")
R = TypeVar("R")


def in_their_words(write: Callable[P, R]) -> Callable[P, R]:
    """Let a function that writes a letter speak as the programme does that its first argument is about.

    That argument is a cohort, or belongs to one: a member, a mentee, an offer, a mentorship, a group, an application,
    a reference. A story is of a programme alone.
    """

    @wraps(write)
    def written(*args: P.args, **kwargs: P.kwargs) -> R:
        with spoken(_runs(args[0]).rules.speech):
            return write(*args, **kwargs)

    return written


def _runs(thing: Any) -> Cohort | Programme:
    """Return whose rules say how something is spoken of: its cohort's, or its programme's where it is of no cohort."""
    return thing.programme if isinstance(thing, Story) else cohort_of(thing)


def cohort_of(thing: Any) -> Cohort:
    """Return the cohort that something belongs to, a cohort's own self among it."""
    if isinstance(thing, Cohort):
        return thing
    if isinstance(thing, Reference):
        thing = thing.application
    if isinstance(thing, Ask):
        thing = thing.group
    if isinstance(thing, Request):
        thing = thing.offer
    if isinstance(thing, Offer):
        thing = thing.mentee  # whose cohort is at hand where many offers go out together
    found: Cohort = (
        thing.cohort if isinstance(thing, Participant | Mentorship | Application | Group) else thing.mentorship.cohort
    )
    return found
