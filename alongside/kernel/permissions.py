"""Who may, said once: a rule answers for one thing and finds all things, and the two answers agree.

A package's ``rules`` holds instances of :class:`Rule`. A property test over ``tests/world.py`` checks for every rule
that ``allows(person, thing)`` is true exactly for the things in ``among(person)``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import models

Who = TypeVar("Who")
Thing = TypeVar("Thing", bound=models.Model)


class NotAllowed(Exception):
    """Say that the person may not do this. The web answers 404: a stranger does not learn that it is there."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[Who, Thing]):
    """A permission: its name in words, its test for one thing, and the query for all things."""

    name: str
    allows: Callable[[Who, Thing], bool]
    among: Callable[[Who], "models.QuerySet[Thing]"]

    def require(self, person: Who, thing: Thing) -> None:
        """Let through or refuse.

        :raises NotAllowed: if the rule does not allow it.
        """
        if not self.allows(person, thing):
            raise NotAllowed(self.name)
