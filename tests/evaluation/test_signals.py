import pytest

from alongside.evaluation.actions import answer_pulse, ask_pulse, note_call
from alongside.evaluation.models import Pulse
from alongside.evaluation.queries import calls_wanted, signals_of
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import MentorshipState
from alongside.programmes.models import Participant
from tests.paired import member_in, pair
from tests.world import NOW, World


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    return pair(world.maya, world.bea, stage=MentorshipState.GOING_ON)


def say(mentorship: Mentorship, who: Participant, *scores: int, call: bool = False) -> Pulse:
    member = member_in(mentorship, who)
    for place, score in enumerate(scores):
        pulse = ask_pulse(member, due_on=NOW.date().replace(month=4 + place), at=NOW)
        assert pulse is not None
        answer_pulse(pulse, score=score, call_wanted=call, words="", at=NOW)
    return pulse


@pytest.mark.parametrize(
    ("scores", "low"),
    [((5, 4), False), ((3,), False), ((2,), True), ((5, 3), True), ((1, 4), False)],
)
def test_low_is_two_or_less_or_a_drop_of_two(
    world: World, mentorship: Mentorship, scores: tuple[int, ...], low: bool
) -> None:
    say(mentorship, world.bea, *scores)
    assert signals_of([mentorship])[mentorship.pk].low == low


def test_one_low_member_is_enough_and_a_call_is_wanted_until_it_is_made(world: World, mentorship: Mentorship) -> None:
    say(mentorship, world.maya, 5)
    pulse = say(mentorship, world.bea, 2, call=True)
    signal = signals_of([mentorship])[mentorship.pk]
    assert (signal.scores, signal.low, signal.call_wanted) == ((2, 5), True, True)
    assert [each.pk for each in calls_wanted(world.carys)] == [pulse.pk]
    assert not calls_wanted(world.olu)
    note_call(pulse, by=world.carys, at=NOW)
    assert not signals_of([mentorship])[mentorship.pk].call_wanted
    pulse.refresh_from_db()
    answer_pulse(pulse, score=2, call_wanted=True, words="Once more, please", at=NOW)
    assert calls_wanted(world.carys).count() == 1


def test_asking_twice_for_one_month_asks_once(world: World, mentorship: Mentorship) -> None:
    member = member_in(mentorship, world.bea)
    assert ask_pulse(member, due_on=NOW.date(), at=NOW)
    assert ask_pulse(member, due_on=NOW.date(), at=NOW) is None
