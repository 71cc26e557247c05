"""When whom is asked what: once, at its time, by whoever's clock it is."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.journeys.run_clocks import run_clocks
from alongside.mentorships import actions as mentorships
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import Ending, MentorshipState
from alongside.notifications.models import Email
from alongside.people.actions import turn_emails
from alongside.people.states import EmailSort
from alongside.surveys.clocks import LATE, after, has_come
from alongside.surveys.models import Response
from tests.asked import emails_to
from tests.paired import pair
from tests.surveyed import ASKED, AT_START, AT_THE_END, HALFWAY, answer, asked_at, let_ask
from tests.world import NOW, World, set_rules

S = MentorshipState


def test_mentees_are_asked_the_day_after_they_went_on_and_mentors_are_not(world: World) -> None:
    let_ask(world, AT_START)
    pair(world.maya, world.bea, stage=S.GOING_ON)
    assert asked_at(ASKED - timedelta(hours=2)) == []
    (asked,) = asked_at(ASKED)
    assert asked.member.participant == world.bea
    assert "ask_survey" in emails_to(world.bea)
    assert "ask_survey" not in emails_to(world.maya)
    letter = Email.objects.get(kind="ask_survey")
    assert "Where I stand now" in letter.subject
    assert "counted together with others and never as yours" in letter.text
    assert len(asked_at(ASKED + timedelta(minutes=1))) == 1, "once"


def test_each_is_asked_halfway_and_again_at_the_end(world: World) -> None:
    let_ask(world, HALFWAY, AT_THE_END)
    set_rules(world, length={"months": 6})
    made = pair(world.maya, world.bea, stage=S.ACTIVE)
    half = NOW + after("halfway", months=6)
    assert asked_at(half - timedelta(minutes=1)) == []
    asked = asked_at(half + timedelta(days=1))
    assert {each.member.participant for each in asked} == {world.maya, world.bea}
    ended_at = NOW + timedelta(days=150)
    mentorships.end_mentorship(Mentorship.objects.get(pk=made.pk), ending=Ending.OBJECTIVES_MET, by=None, at=ended_at)
    assert len(asked_at(ended_at + timedelta(days=1, hours=1))) == 4


def test_who_parted_before_going_on_is_not_asked_how_it_was(world: World) -> None:
    let_ask(world, AT_THE_END)
    made = pair(world.maya, world.bea, stage=S.COOLING_OFF)
    mentorships.end_mentorship(made, ending=Ending.NOT_THE_FIT, by=None, at=NOW)
    assert asked_at(ASKED) == []


def test_what_fell_due_long_ago_is_not_asked_when_a_programme_begins_to_ask(world: World) -> None:
    pair(world.maya, world.bea, stage=S.GOING_ON)
    let_ask(world, AT_START)
    assert asked_at(ASKED + LATE) == []


def test_a_pause_is_left_in_peace(world: World) -> None:
    let_ask(world, HALFWAY)
    made = pair(world.maya, world.bea, stage=S.ACTIVE)
    until = (NOW + timedelta(days=300)).date()
    mentorships.pause(made, until=until, by=world.carys, at=NOW + timedelta(days=100))
    assert asked_at(NOW + after("halfway", months=12) + timedelta(days=1)) == []


def test_whoever_has_not_answered_is_reminded_once_after_a_week(world: World) -> None:
    let_ask(world, AT_START)
    pair(world.maya, world.bea, stage=S.GOING_ON)
    asked_at(ASKED)
    run_clocks(at=ASKED + timedelta(days=6, hours=23))
    assert "remind_of_survey" not in emails_to(world.bea)
    for days in (8, 9, 10):
        run_clocks(at=ASKED + timedelta(days=days))
    assert emails_to(world.bea).count("remind_of_survey") == 1


def test_whoever_has_answered_is_not_reminded(world: World) -> None:
    let_ask(world, AT_START)
    pair(world.maya, world.bea, stage=S.GOING_ON)
    (asked,) = asked_at(ASKED)
    answer(asked, at=ASKED)
    run_clocks(at=ASKED + timedelta(days=8))
    assert "remind_of_survey" not in emails_to(world.bea)


def test_on_a_day_on_which_a_clock_writes_the_survey_waits(world: World) -> None:
    let_ask(world, HALFWAY)
    set_rules(world, length={"months": 2}, meetings={"rhythm_days": 30})
    pair(world.maya, world.bea, stage=S.GOING_ON)
    day = NOW + timedelta(days=30)
    run_clocks(at=day)
    assert "remind_to_agree" in emails_to(world.bea)
    assert NOW + after("halfway", months=2) < day + timedelta(hours=11)
    assert asked_at(day + timedelta(hours=11)) == []
    assert len(asked_at(day + timedelta(hours=24))) == 2


def test_whoever_turned_such_letters_off_finds_it_on_their_page_alone(world: World) -> None:
    let_ask(world, AT_START)
    turn_emails(world.bea.person, EmailSort.PULSE, on=False)
    pair(world.maya, world.bea, stage=S.GOING_ON)
    assert len(asked_at(ASKED)) == 1
    assert "ask_survey" not in emails_to(world.bea)


def test_nobody_knows_any_more_whose_an_answer_was_after_a_year_and_what_was_chosen_still_counts(world: World) -> None:
    let_ask(world, HALFWAY)
    set_rules(world, length={"months": 2})
    pair(world.maya, world.bea, stage=S.ACTIVE)
    asked = asked_at(NOW + after("halfway", months=2) + timedelta(hours=1))
    at = asked[0].asked_at
    answer(asked[0], 4, at=at, change="LEAK in my own words")
    run_clocks(at=at + timedelta(days=364))
    assert Response.objects.filter(member__isnull=False).count() == 2
    run_clocks(at=at + timedelta(days=366))
    kept = Response.objects.all()
    assert {(row.member_id, row.mentorship_id) for row in kept} == {(None, None)}
    assert sorted(len(row.answers) for row in kept) == [0, 4]
    assert not any("LEAK" in str(row.answers) for row in kept)


@given(st.sampled_from(["start", "halfway", "ending", "after_6_months"]), st.integers(1, 60), st.integers(0, 3000))
def test_a_survey_has_come_in_one_window_of_two_weeks_and_in_no_other(when: str, months: int, hours: int) -> None:
    mentorship = Mentorship(going_on_at=NOW, ended_at=NOW)
    due = NOW + after(when, months=months)  # type: ignore[arg-type]
    at = NOW + timedelta(hours=hours)
    assert has_come(when, mentorship, months=months, at=at) == (due <= at < due + LATE)  # type: ignore[arg-type]


@pytest.mark.parametrize("when", ["ending", "after_3_months"])
def test_what_is_asked_after_the_end_is_not_asked_before_it(when: str) -> None:
    assert not has_come(when, Mentorship(going_on_at=NOW), months=1, at=NOW + timedelta(days=999))  # type: ignore[arg-type]
