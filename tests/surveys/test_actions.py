"""Answering a survey: kept as one goes, sent once, read by nobody before."""

from datetime import timedelta

import pytest

from alongside.audit.models import Entry
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.mentorships.states import MentorshipState
from alongside.surveys import actions
from alongside.surveys.clocks import ANSWERABLE
from alongside.surveys.models import Response
from tests.paired import pair
from tests.surveyed import ASKED, AT_START, answer, asked_at, chosen, let_ask
from tests.world import World


@pytest.fixture
def asked(world: World) -> Response:
    let_ask(world, AT_START)
    pair(world.maya, world.bea, stage=MentorshipState.GOING_ON)
    (found,) = asked_at(ASKED)
    return found


def test_what_is_answered_so_far_is_kept_and_does_not_count(asked: Response) -> None:
    first = asked.definition.questions[0].id
    actions.save_answers(asked, {first: 2, "nothing": "here"}, version=0, at=ASKED)
    asked.refresh_from_db()
    assert (asked.answers, asked.version, asked.done_at) == ({first: 2}, 1, None)


def test_it_is_not_sent_while_a_question_is_open(asked: Response) -> None:
    actions.save_answers(asked, {asked.definition.questions[0].id: 2}, version=0, at=ASKED)
    with pytest.raises(actions.NotNow, match="still open"):
        actions.send_answers(asked, version=1, at=ASKED)


def test_what_was_sent_is_not_changed(asked: Response) -> None:
    answer(asked, at=ASKED)
    with pytest.raises(actions.NotNow, match="answered already"):
        actions.save_answers(asked, {}, version=asked.version, at=ASKED)


def test_after_two_months_it_is_closed(asked: Response) -> None:
    with pytest.raises(actions.NotNow, match="closed by now"):
        actions.save_answers(asked, {}, version=0, at=asked.asked_at + ANSWERABLE)
    actions.save_answers(asked, {}, version=0, at=asked.asked_at + ANSWERABLE - timedelta(minutes=1))


def test_whoever_saves_an_older_state_is_told(asked: Response) -> None:
    actions.save_answers(asked, chosen(asked), version=0, at=ASKED)
    with pytest.raises(ChangedMeanwhile):
        actions.save_answers(asked, {}, version=0, at=ASKED)


def test_what_is_recorded_says_nothing_of_an_answer(asked: Response) -> None:
    answer(asked, at=ASKED)
    entry = Entry.objects.get(verb="answer_survey")
    assert entry.details == {}
