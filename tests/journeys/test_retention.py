"""What is inside goes 90 days after the end, with two weeks' notice, once, and for good."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from alongside.agreements.models import Agreement, Draft, Signature
from alongside.blueprints.sections import Kept
from alongside.endings.models import Achievement, Clearing, Thanks
from alongside.endings.states import NOTICE
from alongside.exercises.models import Exercise, Filling
from alongside.journeys import retention
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel import sealing
from alongside.meetings.models import Meeting
from alongside.mentorships.actions import end_mentorship
from alongside.mentorships.models import InsideMentorship, Mentorship
from alongside.mentorships.states import Ending, MentorshipState
from alongside.notes.actions import write_note
from alongside.notes.models import Note
from alongside.plans.actions import add_action, note_learning, set_objective
from alongside.plans.models import Action, Learning, Objective, Review
from tests.agreements.signing import agreed
from tests.asked import emails_to, last_email_to
from tests.filled import filled
from tests.paired import SECRET, inside, member_in, pair
from tests.world import NOW, World

NOTICE_DUE, GONE_DUE = NOW + Kept().inside - NOTICE, NOW + Kept().inside
INSIDE = (Note, Action, Learning, Review, Exercise, Filling, Draft, Thanks)


@pytest.fixture
def ended(world: World) -> Mentorship:
    """A mentorship that was written in, and ended."""
    made = pair(world.maya, world.bea, stage=MentorshipState.GOING_ON)
    with inside(made):
        bea, maya = member_in(made, world.bea), member_in(made, world.maya)
        agreed(bea, maya)
        write_note(by=bea, text=SECRET, for_all=True, readers=[maya], at=NOW)
        set_objective(by=bea, what=SECRET, how_known=SECRET, at=NOW)
        add_action(by=bea, what=SECRET, who=bea, by_when=None, remind_days=None, at=NOW)
        note_learning(by=bea, learned=SECRET, used=SECRET, at=NOW)
    made.refresh_from_db()
    end_mentorship(made, ending=Ending.OBJECTIVES_MET, by=None, at=NOW)
    return made


def test_members_are_told_two_weeks_before_and_once(world: World, ended: Mentorship) -> None:
    run_clocks(at=NOTICE_DUE - timedelta(minutes=1))
    assert "say_it_goes_soon" not in emails_to(world.bea)
    for minutes in (0, 1):
        run_clocks(at=NOTICE_DUE + timedelta(minutes=minutes))
    for participant in (world.bea, world.maya):
        assert emails_to(participant).count("say_it_goes_soon") == 1
    said = last_email_to(world.bea)
    assert "Sunday 7 June" in said.text
    assert f"/mentorships/{ended.ref}/ending/" in said.text


def test_then_everything_inside_goes_and_the_mentorship_stays(world: World, ended: Mentorship) -> None:
    run_clocks(at=NOTICE_DUE)
    run_clocks(at=GONE_DUE - timedelta(minutes=1))
    with inside(ended):
        assert Note.objects.get().text == SECRET
    run_clocks(at=GONE_DUE)
    for kind in INSIDE:
        assert not kind.unscoped.filter(mentorship=ended).exists(), kind
    row = Mentorship.objects.get(pk=ended.pk)
    assert (row.wrapped_key, row.state, row.ended_at, row.met_at) == (None, MentorshipState.ENDED, NOW, NOW)
    assert Objective.objects.get().set_at == NOW
    agreement = Agreement.objects.get()
    assert (agreement.version, agreement.signed_at) == (1, NOW)
    assert Signature.objects.count() == 2
    with inside(row):
        assert (Objective.objects.get().what, agreement.text) == ("", "")


def test_nothing_opens_afterwards_not_even_from_a_copy_of_the_rows(world: World, ended: Mentorship) -> None:
    note = Note.unscoped.get()
    sealed = bytes(note.sealed)
    run_clocks(at=NOTICE_DUE)
    run_clocks(at=GONE_DUE)
    note.mentorship = Mentorship.objects.get(pk=ended.pk)
    note.sealed = sealed
    with inside(ended), pytest.raises(sealing.CannotOpen):
        assert note.text
    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped_key FROM mentorships_mentorship")
        assert cursor.fetchall() == [(None,)]


def test_where_no_worker_ran_for_long_the_notice_still_comes_two_weeks_before(world: World, ended: Mentorship) -> None:
    late = GONE_DUE + timedelta(days=100)
    run_clocks(at=late)
    assert emails_to(world.bea)[-1] == "say_it_goes_soon"
    assert Note.unscoped.exists()
    run_clocks(at=late + NOTICE)
    assert not Note.unscoped.exists()


def test_a_worker_that_is_stopped_in_the_middle_leaves_all_as_it_was_and_the_next_one_does_it(
    world: World, ended: Mentorship, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_clocks(at=NOTICE_DUE)

    def stopped(mentorship: Mentorship) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(retention, "throw_key_away", stopped)
        with pytest.raises(KeyboardInterrupt):
            run_clocks(at=GONE_DUE)
    with inside(ended):
        assert Note.objects.get().text == SECRET
    assert Clearing.objects.get().cleared_at is None
    run_clocks(at=GONE_DUE)
    assert not Note.unscoped.exists()


def test_doing_it_again_changes_nothing_and_others_are_not_touched(world: World, ended: Mentorship) -> None:
    running = pair(world.nia, world.dai, stage=MentorshipState.ACTIVE)
    with inside(running):
        write_note(by=member_in(running, world.dai), text=SECRET, at=NOW)
    run_clocks(at=NOTICE_DUE)
    for day in range(3):
        run_clocks(at=GONE_DUE + timedelta(days=day))
    assert Clearing.objects.get().cleared_at == GONE_DUE
    with inside(running):
        assert Note.objects.get().text == SECRET
    assert not Achievement.objects.exists()


def test_of_one_of_everything_nothing_is_left_in_the_tables_nor_on_the_disk(
    world: World, settings: Settings, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.MEDIA_ROOT = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        full = filled(world)
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 2
    end_mentorship(full.mentorship, ending=Ending.OBJECTIVES_MET, by=None, at=NOW)
    run_clocks(at=NOTICE_DUE)
    with django_capture_on_commit_callbacks(execute=True):
        run_clocks(at=GONE_DUE)
    for kind in apps.get_models():
        if issubclass(kind, InsideMentorship) and kind._meta.managed:
            assert not kind.unscoped.filter(mentorship=full.mentorship).exists(), kind
    assert Meeting.objects.filter(mentorship=full.mentorship, sealed=b"").count() == 1
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []
