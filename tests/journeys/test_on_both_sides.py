import pytest

from alongside.journeys.offer_mentors import CannotOffer, pair_by_hand
from alongside.journeys.pool import pool_of
from alongside.matching import board
from alongside.matching.models import Offer
from alongside.people.models import Person
from alongside.programmes.actions import enter_participant
from alongside.programmes.models import Participant
from alongside.programmes.states import Side
from tests.world import NOW, World


def both_sides(world: World, person: Person) -> tuple[Participant, Participant]:
    details = {"topics": [["Beekeeping", 1.0]], "key_contact": world.carys}
    mentee, mentor = (
        enter_participant(world.cohort, person, side, by=world.carys, at=NOW, details=details)
        for side in (Side.MENTEE, Side.MENTOR)
    )
    return mentee, mentor


def test_somebody_on_both_sides_is_never_their_own_mentor_on_the_board(world: World) -> None:
    mentee, mentor = both_sides(world, world.carys)
    matching = board.start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=NOW)
    assert matching.current is not None
    pairs = {(pair[0], pair[1]) for pair in matching.current.pairs}
    assert mentee.ref in {ref for ref, _ in pairs}
    assert (mentee.ref, mentor.ref) not in pairs


def test_nor_by_hand(world: World) -> None:
    mentee, mentor = both_sides(world, world.carys)
    with pytest.raises(CannotOffer, match="nobody is their own mentor"):
        pair_by_hand(mentee, mentor, pool_of(world.cohort), by=world.carys, at=NOW)
    assert not Offer.objects.exists()
