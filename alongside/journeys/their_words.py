"""Letters are written in the words of the programme they are about."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from alongside.groups.models import Ask, Group
from alongside.kernel.vocabulary import spoken
from alongside.matching.models import Offer, Request
from alongside.mentorships.models import Mentorship
from alongside.programmes.models import Cohort, Participant

P = ParamSpec("P")
R = TypeVar("R")


def in_their_words(write: Callable[P, R]) -> Callable[P, R]:
    """Let a function that writes a letter speak as the programme does that its first argument is about.

    That argument belongs to a cohort, or to a member, a mentee, an offer, a group or a mentorship of one.
    """

    @wraps(write)
    def written(*args: P.args, **kwargs: P.kwargs) -> R:
        with spoken(cohort_of(args[0]).rules.words.said):
            return write(*args, **kwargs)

    return written


def cohort_of(thing: Any) -> Cohort:
    """Return the cohort that an offer, a request, a participant, or something of a mentorship belongs to."""
    if isinstance(thing, Ask):
        thing = thing.group
    if isinstance(thing, Request):
        thing = thing.offer
    if isinstance(thing, Offer):
        thing = thing.mentee  # whose cohort is at hand where many offers go out together
    found: Cohort = thing.cohort if isinstance(thing, Participant | Mentorship | Group) else thing.mentorship.cohort
    return found
