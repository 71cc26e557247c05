"""An import nobody goes on with is put away, and nothing that stood in its file is left."""

from datetime import timedelta
from pathlib import Path

import pytest

from alongside.applications import actions, tasks
from alongside.applications.models import SheetImport
from alongside.applications.queries import STEP_MINUTES, imports_abandoned, imports_run_by, imports_waiting
from alongside.applications.states import ImportState
from alongside.audit.actions import record
from alongside.audit.models import Entry
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel import scope
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.people.models import Person
from alongside.programmes.models import Participant
from tests.dropped import BROKEN, HEADINGS, ROWS, checked, dropped, imported
from tests.world import NOW, World

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
MINUTES = timedelta(minutes=STEP_MINUTES)
CELLS = ("Gwen", "gwen@example.org", "Pricing", "LEAK", "iwan@")


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def row_of(sheet_import: SheetImport) -> str:
    return str(SheetImport.objects.filter(pk=sheet_import.pk).values().get())


def state_of(sheet_import: SheetImport) -> str:
    return str(SheetImport.objects.get(pk=sheet_import.pk).state)


def files_in(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def test_untouched_for_thirteen_days_it_stays_and_for_fourteen_it_goes(
    world: World, tmp_path: Path, django_capture_on_commit_callbacks
) -> None:
    left_at_columns = dropped(world, HEADINGS + ROWS)
    left_after_check = checked(dropped(world, HEADINGS + ROWS + BROKEN))
    for at in (NOW + 13 * DAY, NOW + 14 * DAY - SECOND):
        with django_capture_on_commit_callbacks(execute=True):
            run_clocks(at=at)
        assert "Gwen" in row_of(left_at_columns)
        assert "iwan@" in row_of(left_after_check)
        assert len(files_in(tmp_path)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        run_clocks(at=NOW + 14 * DAY)
    for sheet_import in (left_at_columns, left_after_check):
        sheet_import.refresh_from_db()
        assert (sheet_import.state, sheet_import.finished_at) == (ImportState.PUT_AWAY, NOW + 14 * DAY)
        assert (sheet_import.findings, sheet_import.examples) == ([], {})
        assert not [cell for cell in CELLS if cell in row_of(sheet_import)]
    assert files_in(tmp_path) == []
    assert not Person.objects.filter(email="gwen@example.org").exists()
    assert not imports_waiting(imports_run_by(world.carys)).exists()


def test_it_is_written_down_as_done_by_a_clock(world: World) -> None:
    sheet_import = dropped(world, HEADINGS + ROWS)
    run_clocks(at=NOW + 14 * DAY)
    entry = Entry.objects.get(verb="put_away_import")
    assert (entry.actor_ref, entry.thing_ref, entry.at) == ("", sheet_import.ref, NOW + 14 * DAY)
    assert not [cell for cell in CELLS if cell in str(entry.details)]


def test_running_twice_puts_away_once(world: World) -> None:
    sheet_import = dropped(world, HEADINGS + ROWS)
    run_clocks(at=NOW + 14 * DAY)
    run_clocks(at=NOW + 15 * DAY)
    assert Entry.objects.filter(verb="put_away_import").count() == 1
    assert SheetImport.objects.get(pk=sheet_import.pk).finished_at == NOW + 14 * DAY


def test_whoever_goes_on_with_it_has_another_fourteen_days(world: World) -> None:
    checked_late = checked(dropped(world, HEADINGS + ROWS), at=NOW + 10 * DAY)
    back_late = checked(dropped(world, HEADINGS + ROWS))
    actions.back_to_columns(back_late, at=NOW + 10 * DAY)
    other_sheet = dropped(world, HEADINGS + ROWS)
    actions.choose_sheet(other_sheet, other_sheet.sheet_names[0], at=NOW + 10 * DAY)
    tasks.go_on(other_sheet)
    run_clocks(at=NOW + 23 * DAY)
    for sheet_import in (checked_late, back_late, other_sheet):
        assert state_of(sheet_import) != ImportState.PUT_AWAY
    run_clocks(at=NOW + 24 * DAY)
    for sheet_import in (checked_late, back_late, other_sheet):
        assert state_of(sheet_import) == ImportState.PUT_AWAY


def test_one_that_is_running_or_has_ended_is_left_alone(world: World) -> None:
    running, done = checked(dropped(world, HEADINGS + ROWS)), imported(checked(dropped(world, HEADINGS + ROWS)))
    stopped, failed = dropped(world, HEADINGS + ROWS), dropped(world, "%PDF-1.7 nothing")
    actions.start_import(running, all_or_nothing=True, at=NOW + 99 * DAY + MINUTES)
    actions.cancel_import(stopped, by=world.carys, at=NOW)
    before = [row_of(each) for each in (running, done, stopped, failed)]
    run_clocks(at=NOW + 99 * DAY + 2 * MINUTES - SECOND)
    assert [row_of(each) for each in (running, done, stopped, failed)] == before
    tasks.go_on(running)
    assert running.state == ImportState.IMPORTED
    assert Participant.objects.filter(person__email="gwen@example.org").count() == 1


@pytest.mark.parametrize("state", [ImportState.READING, ImportState.CHECKING, ImportState.IMPORTING])
def test_a_step_that_was_cut_short_is_taken_up_again(world: World, state: ImportState) -> None:
    sheet_import = checked(dropped(world, HEADINGS + ROWS))
    SheetImport.objects.filter(pk=sheet_import.pk).update(state=state)
    run_clocks(at=NOW + MINUTES - SECOND)
    assert state_of(sheet_import) == state
    run_clocks(at=NOW + MINUTES)
    ended = {"reading": ImportState.READ, "checking": ImportState.CHECKED, "importing": ImportState.IMPORTED}
    assert state_of(sheet_import) == ended[state]


def test_a_step_that_kills_whoever_takes_it_is_given_up_in_words(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet_import = checked(dropped(world, HEADINGS + ROWS))
    actions.start_import(sheet_import, all_or_nothing=True, at=NOW)
    monkeypatch.setitem(tasks.STEPS, ImportState.IMPORTING, lambda cut_short: None)
    for times in range(1, tasks.MOST_TRIES + 1):
        for _again in range(2):
            run_clocks(at=NOW + times * MINUTES)
        assert SheetImport.objects.get().tries == times
    run_clocks(at=NOW + (tasks.MOST_TRIES + 1) * MINUTES)
    sheet_import.refresh_from_db()
    assert (sheet_import.state, sheet_import.error) == (ImportState.FAILED, tasks.OUR_FAULT)
    assert not Participant.objects.filter(person__email="gwen@example.org").exists()


def test_of_two_workers_one_takes_up_what_was_cut_short(world: World) -> None:
    sheet_import = dropped(world, HEADINGS + ROWS)
    other = SheetImport.objects.get()
    actions.take_up_again(sheet_import, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        actions.take_up_again(other, at=NOW)


def test_a_file_that_was_not_deleted_when_its_import_ended_goes_within_the_hour(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting, done = dropped(world, HEADINGS + ROWS), imported(checked(dropped(world, HEADINGS + ROWS)))
    assert len(files_in(tmp_path)) == 2  # no transaction ends in this test, so nothing was deleted yet
    run_clocks(at=NOW)
    assert len(files_in(tmp_path)) == 2
    monkeypatch.setattr(actions, "LEFT_BEHIND_AFTER", -1)
    run_clocks(at=NOW)
    assert [file.name for file in files_in(tmp_path)] == [Path(waiting.file.name).name]
    assert done.state == ImportState.IMPORTED


@pytest.mark.parametrize("state", [ImportState.READING, ImportState.CHECKING])
def test_one_whose_reading_or_checking_never_ended_goes_too(world: World, state: ImportState) -> None:
    sheet_import = dropped(world, HEADINGS + ROWS)
    SheetImport.objects.filter(pk=sheet_import.pk).update(state=state)
    run_clocks(at=NOW + 14 * DAY)
    assert state_of(sheet_import) == ImportState.PUT_AWAY


@pytest.mark.parametrize("state", [ImportState.READING, ImportState.CHECKING])
def test_a_step_that_was_still_to_be_taken_finds_nothing_to_do(
    world: World, state: ImportState, django_capture_on_commit_callbacks
) -> None:
    sheet_import = dropped(world, HEADINGS + ROWS)
    SheetImport.objects.filter(pk=sheet_import.pk).update(state=state)
    with django_capture_on_commit_callbacks(execute=True):
        run_clocks(at=NOW + 14 * DAY)
    tasks.take_step.call(sheet_import.pk)
    assert state_of(sheet_import) == ImportState.PUT_AWAY
    assert not [cell for cell in CELLS if cell in row_of(sheet_import)]


def test_what_somebody_goes_on_with_in_the_same_second_is_theirs(
    world: World, tmp_path: Path, django_capture_on_commit_callbacks
) -> None:
    sheet_import = checked(dropped(world, HEADINGS + ROWS))
    read_by_the_clock = imports_abandoned(NOW + 14 * DAY).get()
    actions.back_to_columns(sheet_import, at=NOW + 14 * DAY)
    with pytest.raises(ChangedMeanwhile):
        actions.put_away(read_by_the_clock, at=NOW + 14 * DAY)
    checked(sheet_import, at=NOW + 14 * DAY)
    read_by_the_clock.state = ImportState.CHECKED
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ChangedMeanwhile):
        actions.put_away(read_by_the_clock, at=NOW + 14 * DAY)
    assert state_of(sheet_import) == ImportState.CHECKED
    assert len(files_in(tmp_path)) == 1
    assert not Entry.objects.filter(verb="put_away_import").exists()


def test_one_that_is_put_away_cannot_be_gone_on_with(world: World) -> None:
    sheet_import = checked(dropped(world, HEADINGS + ROWS))
    run_clocks(at=NOW + 14 * DAY)
    sheet_import.refresh_from_db()
    with pytest.raises(MoveNotAllowed, match="it is put away"):
        actions.start_import(sheet_import, all_or_nothing=True, at=NOW)
    with pytest.raises(MoveNotAllowed):
        actions.correct_columns(sheet_import, {}, consent_basis="", at=NOW + 15 * DAY)


def test_the_same_file_dropped_again_goes_in_as_its_columns_were_corrected(world: World) -> None:
    checked(dropped(world, HEADINGS + ROWS))
    run_clocks(at=NOW + 14 * DAY)
    again = imported(checked(dropped(world, HEADINGS + ROWS, at=NOW + 15 * DAY), at=NOW + 15 * DAY))
    assert (again.state, again.added) == (ImportState.IMPORTED, 2)


def test_each_import_keeps_to_its_own_days_in_whichever_organisation(world: World) -> None:
    ours = dropped(world, HEADINGS + ROWS)
    with scope.within(world.elsewhere_scope):
        world_of_olu = {"organisation_id": world.elsewhere.pk, "programme": world.other_programme}
        theirs = SheetImport.objects.create(
            **world_of_olu, cohort=world.other_cohort, state=ImportState.READ, file="imports/mentees.csv",
            file_name="theirs.csv", uploaded_by=world.olu, uploaded_at=NOW, touched_at=NOW + 5 * DAY,
        )  # fmt: skip
    run_clocks(at=NOW + 14 * DAY)
    assert state_of(ours) == ImportState.PUT_AWAY
    with scope.within(world.elsewhere_scope):
        assert state_of(theirs) == ImportState.READ
        assert not Entry.objects.filter(verb="put_away_import").exists()
        run_clocks(at=NOW + 19 * DAY)
        assert state_of(theirs) == ImportState.PUT_AWAY
        assert Entry.objects.get(verb="put_away_import").thing_ref == theirs.ref


def test_one_that_cannot_be_put_away_does_not_stop_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = dropped(world, HEADINGS + ROWS), dropped(world, HEADINGS + ROWS)

    def broken_for_the_first(verb: str, thing: SheetImport, **details: object) -> None:
        if thing == first:
            raise RuntimeError("no room for a row")
        record(verb, thing, **details)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "record", broken_for_the_first)
    run_clocks(at=NOW + 14 * DAY)
    assert (state_of(first), state_of(second)) == (ImportState.READ, ImportState.PUT_AWAY)
    assert first.ref in caplog.text
