from enum import StrEnum

import pytest

from alongside.kernel.lifecycle import ChangedMeanwhile, Lifecycle, Move, MoveNotAllowed, make_move
from alongside.programmes.models import Participant
from alongside.programmes.states import PARTICIPANT_LIFECYCLE, ParticipantState
from tests.world import World


class Light(StrEnum):
    RED = "red"
    GREEN = "green"


LIGHTS = Lifecycle(Move("go", frozenset({Light.RED}), Light.GREEN, "Go"))


def test_only_the_moves_that_start_in_a_state_are_open_there() -> None:
    assert [move.name for move in LIGHTS.open_moves(Light.RED)] == ["go"]
    assert LIGHTS.open_moves(Light.GREEN) == []


def test_a_move_from_the_wrong_state_is_refused_in_plain_words() -> None:
    with pytest.raises(MoveNotAllowed, match="cannot be done any more: it is green"):
        LIGHTS.target(Light.GREEN, "go")


def test_a_move_is_saved_with_its_changes(world: World) -> None:
    make_move(world.bea, PARTICIPANT_LIFECYCLE, "withdraw", employer="Bea's Bakery")
    world.bea.refresh_from_db()
    assert (world.bea.state, world.bea.employer) == (ParticipantState.WITHDRAWN, "Bea's Bakery")


def test_of_two_who_decide_at_once_the_second_is_told(world: World) -> None:
    other_window = Participant.objects.get(pk=world.bea.pk)
    make_move(world.bea, PARTICIPANT_LIFECYCLE, "withdraw")
    with pytest.raises(ChangedMeanwhile):
        make_move(other_window, PARTICIPANT_LIFECYCLE, "hold")
    world.bea.refresh_from_db()
    assert world.bea.state == ParticipantState.WITHDRAWN
