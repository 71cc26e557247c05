from datetime import timedelta

import pytest

from alongside.audit.models import Entry
from alongside.journeys.end_mentorship import leave_mentorship
from alongside.journeys.go_on import answer_going_on
from alongside.journeys.pool import pool_of
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.mentorships.actions import AnsweredBefore
from alongside.mentorships.states import Ending, GoingOn, MentorshipState
from tests.asked import emails_to, last_email_to
from tests.paired import SECRET, member_in, pair
from tests.world import NOW, World

S = MentorshipState


def test_when_both_are_happy_both_hear_that_they_go_on(world: World) -> None:
    mentorship = pair(world.maya, world.bea, stage=S.COOLING_OFF)
    answer_going_on(member_in(mentorship, world.bea), GoingOn.YES, at=NOW)
    assert emails_to(world.bea) == emails_to(world.maya) == []
    answer_going_on(member_in(mentorship, world.maya), GoingOn.YES, at=NOW)
    mentorship.refresh_from_db()
    assert mentorship.state == S.GOING_ON
    assert emails_to(world.bea) == emails_to(world.maya) == ["tell_we_go_on"]


@pytest.mark.parametrize("unhappy", ["bea", "maya"])
def test_a_no_is_told_to_nobody_as_one_persons_and_the_mentee_is_matched_again(world: World, unhappy: str) -> None:
    mentorship = pair(world.maya, world.bea, stage=S.COOLING_OFF)
    for name, participant in (("bea", world.bea), ("maya", world.maya)):
        answer = GoingOn.NO if name == unhappy else GoingOn.YES
        answer_going_on(member_in(mentorship, participant), answer, wish=SECRET, at=NOW)
    mentorship.refresh_from_db()
    assert (mentorship.state, mentorship.ending) == (S.ENDED, Ending.NOT_THE_FIT)
    assert emails_to(world.bea) == emails_to(world.maya) == ["tell_it_ended"]
    for participant in (world.bea, world.maya):
        said = last_email_to(participant).body
        assert SECRET not in said.text + said.html
        assert "nobody's fault" in said.text
        assert "On what you told us, you part here" in said.text
    assert world.bea in pool_of(world.cohort).mentees
    assert SECRET not in str(list(Entry.objects.values()))


def test_the_answer_of_one_is_in_no_record_that_others_read(world: World) -> None:
    mentorship = pair(world.maya, world.bea, stage=S.COOLING_OFF)
    answer_going_on(member_in(mentorship, world.bea), GoingOn.NO, at=NOW)
    assert list(Entry.objects.filter(verb="answer_going_on").values_list("details", flat=True)) == [{}]


def test_an_answer_is_given_once(world: World) -> None:
    mentorship = pair(world.maya, world.bea, stage=S.COOLING_OFF)
    answer_going_on(member_in(mentorship, world.bea), GoingOn.YES, at=NOW)
    with pytest.raises(AnsweredBefore, match="answered this before"):
        answer_going_on(member_in(mentorship, world.bea), GoingOn.NO, at=NOW)


def test_the_rest_of_the_cohort_is_not_disturbed_when_two_part(world: World) -> None:
    parting, staying = pair(world.maya, world.bea, stage=S.COOLING_OFF), pair(world.nia, world.dai, stage=S.COOLING_OFF)
    for participant in (world.bea, world.maya):
        answer_going_on(member_in(parting, participant), GoingOn.NO, at=NOW)
    staying.refresh_from_db()
    assert staying.state == S.COOLING_OFF
    assert emails_to(world.dai) == emails_to(world.nia) == []


@pytest.mark.parametrize("stage", [S.INTRODUCED, S.BOOKED, S.COOLING_OFF, S.GOING_ON, S.ACTIVE])
def test_either_side_leaves_at_any_time_with_their_own_words_to_the_other_alone(
    world: World, stage: MentorshipState
) -> None:
    mentorship = pair(world.maya, world.bea, stage=stage)
    leave_mentorship(member_in(mentorship, world.maya), ending=Ending.CIRCUMSTANCES, message=SECRET, at=NOW)
    mentorship.refresh_from_db()
    assert (mentorship.state, mentorship.ending) == (S.ENDED, Ending.CIRCUMSTANCES)
    to_bea, to_maya = last_email_to(world.bea), last_email_to(world.maya)
    assert SECRET in to_bea.body.text
    assert (to_bea.text, SECRET in to_bea.subject) == ("", False)
    assert SECRET not in to_maya.body.text
    assert "your coordinator looks for another mentor" in to_bea.body.text
    assert world.bea in pool_of(world.cohort).mentees


def test_who_leaves_without_a_word_is_blamed_for_nothing(world: World) -> None:
    mentorship = pair(world.maya, world.bea, stage=S.GOING_ON)
    leave_mentorship(member_in(mentorship, world.bea), ending=Ending.OBJECTIVES_MET, message="", at=NOW)
    said = last_email_to(world.maya).body.text
    assert "wrote:" not in said
    assert "nobody's fault" in said
    assert world.bea not in pool_of(world.cohort).mentees


def test_one_of_two_mentors_leaves_and_the_others_go_on(world: World) -> None:
    group = pair(world.maya, world.marcus, world.bea, stage=S.GOING_ON)
    leave_mentorship(member_in(group, world.marcus), ending=Ending.CIRCUMSTANCES, message="", at=NOW)
    group.refresh_from_db()
    assert group.state == S.GOING_ON
    assert "You go on together without Marcus Moor" in last_email_to(world.bea).body.text
    leave_mentorship(member_in(group, world.maya), ending=Ending.CIRCUMSTANCES, message="", at=NOW)
    group.refresh_from_db()
    assert group.state == S.ENDED


def test_what_has_ended_cannot_be_left(world: World) -> None:
    mentorship = pair(world.maya, world.bea)
    leave_mentorship(member_in(mentorship, world.bea), ending=Ending.CIRCUMSTANCES, message="", at=NOW)
    with pytest.raises(MoveNotAllowed):
        leave_mentorship(member_in(mentorship, world.maya), ending=Ending.CIRCUMSTANCES, message="", at=NOW)


def test_after_it_ended_no_clock_of_it_runs(world: World) -> None:
    mentorship = pair(world.maya, world.bea)
    leave_mentorship(member_in(mentorship, world.bea), ending=Ending.OBJECTIVES_MET, message="", at=NOW)
    sent = emails_to(world.bea)
    run_clocks(at=NOW + timedelta(days=20))
    assert emails_to(world.bea) == sent
