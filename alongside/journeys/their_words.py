"""Letters are written in the words of the programme they are about."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from alongside.applications.models import Application, Reference
from alongside.groups.models import Ask, Group
from alongside.kernel.vocabulary import spoken
from alongside.matching.models import Offer, Request
from alongside.mentorships.models import Mentorship
from alongside.programmes.models import Cohort, Participant

P = ParamSpec("P")
R = TypeVar("R")


def in_their_words(write: Callable[P, R]) -> Callable[P, R]:
    """Let a function that writes a letter speak as the programme does that its first argument is about.

    That argument is a cohort, or belongs to one: a member, a mentee, an offer, a mentorship, a group, an application,
    a reference.
    """

    @wraps(write)
    def written(*args: P.args, **kwargs: P.kwargs) -> R:
        with spoken(cohort_of(args[0]).rules.speech):
            return write(*args, **kwargs)

    return written


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
