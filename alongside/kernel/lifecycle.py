"""The lives of things as tables: which moves are open in which state, and the one door for a change of state."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.db import models

State = TypeVar("State", bound=StrEnum)


class MoveNotAllowed(Exception):
    """Say that a thing in its present state cannot make a move."""

    def __init__(self, state: str, move: str) -> None:
        self.state, self.move = state, move
        super().__init__(f"This cannot be done any more: it is {state.replace('_', ' ')}.")


class ChangedMeanwhile(Exception):
    """Say that somebody else changed the thing between our reading and our writing."""

    def __init__(self) -> None:
        super().__init__("Somebody changed this a moment ago. Look at it again, then decide.")


@dataclass(frozen=True, slots=True)
class Move(Generic[State]):
    """One move: its name, where it may start, where it leads, and the words on its button."""

    name: str
    sources: frozenset[State]
    target: State
    label: str


class Lifecycle(Generic[State]):
    """A table of moves."""

    def __init__(self, *moves: Move[State]) -> None:
        self._moves = {move.name: move for move in moves}

    def open_moves(self, state: State) -> list[Move[State]]:
        """List the moves that a thing in ``state`` can make, in the order of the table."""
        return [move for move in self._moves.values() if state in move.sources]

    def target(self, state: State, name: str) -> State:
        """Return where the move ``name`` leads from ``state``.

        :raises MoveNotAllowed: if the move does not start there.
        :raises KeyError: if there is no such move, which is a fault of ours.
        """
        move = self._moves[name]
        if state not in move.sources:
            raise MoveNotAllowed(str(state), name)
        return move.target


def make_move(thing: models.Model, lifecycle: Lifecycle[State], name: str, **changes: Any) -> None:
    """Move ``thing`` through its lifecycle and save ``changes`` with it, if nobody moved it first.

    The row is claimed by a conditional UPDATE, so of two people (or two workers) who decide at once, one wins and
    the other is told.

    :raises MoveNotAllowed: if the table has no such move from the present state.
    :raises ChangedMeanwhile: if the row is no longer in the state it was read in.
    """
    before = thing.state  # type: ignore[attr-defined]
    after = lifecycle.target(before, name)
    rows = type(thing)._base_manager.filter(pk=thing.pk, state=before)
    if not rows.update(state=after, **changes):
        raise ChangedMeanwhile
    for field, value in {"state": after, **changes}.items():
        setattr(thing, field, value)
