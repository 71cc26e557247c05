"""The import from the dropped file to the people in the cohort."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from alongside import sheets
from alongside.applications import actions, tasks
from alongside.applications.models import RememberedMapping, SheetImport
from alongside.applications.states import ImportState
from alongside.kernel import scope
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.people.models import Person
from alongside.programmes.models import Participant, SensitiveAnswer
from alongside.programmes.states import ParticipantState, Side
from tests.dropped import BROKEN, GWEN, HEADINGS, ROWS, checked, dropped, imported
from tests.world import NOW, World, set_rules


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def mentee(email: str) -> Participant:
    found: Participant = Participant.objects.get(person__email=email)
    return found


def test_people_of_a_file_become_participants_of_the_cohort(world: World) -> None:
    sheet_import = imported(checked(dropped(world, HEADINGS + ROWS)))
    gwen = mentee("gwen@example.org")
    assert (sheet_import.state, sheet_import.added, sheet_import.updated) == (ImportState.IMPORTED, 2, 0)
    assert gwen.topic_labels == ["Pricing", "Hiring"]
    assert (gwen.sector, gwen.side, gwen.state) == ("Food", Side.MENTEE, ParticipantState.READY)
    assert gwen.latitude == pytest.approx(53.4, abs=0.3)
    assert gwen.key_contact == world.carys
    assert gwen.person.name == "Gwen Parry"


def test_only_the_first_half_of_a_postcode_is_kept(world: World) -> None:
    imported(checked(dropped(world, HEADINGS + ROWS)))
    assert "9AA" not in mentee("gwen@example.org").place


def test_a_dry_run_writes_nobody(world: World) -> None:
    checked(dropped(world, HEADINGS + ROWS))
    assert not Person.objects.filter(email="gwen@example.org").exists()


def test_the_same_file_again_doubles_nobody_and_brings_people_up_to_date(world: World) -> None:
    imported(checked(dropped(world, HEADINGS + ROWS)))
    again = imported(checked(dropped(world, HEADINGS + ROWS.replace("Food", "Textiles"))))
    assert (again.added, again.updated) == (0, 1)
    assert mentee("gwen@example.org").sector == "Textiles"
    assert Participant.objects.filter(person__email="owain@example.org").count() == 1


def test_a_column_that_is_not_in_the_file_leaves_what_is_known(world: World) -> None:
    imported(checked(dropped(world, HEADINGS + ROWS)))
    imported(checked(dropped(world, "Name,Email\nGwen Parry,gwen@example.org\n")))
    assert mentee("gwen@example.org").topic_labels == ["Pricing", "Hiring"]


def test_all_or_nothing_refuses_while_a_row_cannot_be_imported(world: World) -> None:
    sheet_import = checked(dropped(world, HEADINGS + ROWS + BROKEN))
    assert (sheet_import.people_ready, sheet_import.rows_stopped) == (2, 1)
    with pytest.raises(actions.RowsLeft, match="1 rows cannot be imported"):
        actions.start_import(sheet_import, all_or_nothing=True, at=NOW)
    assert not Participant.objects.filter(person__email="gwen@example.org").exists()


def test_the_rows_that_are_ready_can_be_imported_without_the_others(world: World) -> None:
    sheet_import = imported(checked(dropped(world, HEADINGS + ROWS + BROKEN)), all_or_nothing=False)
    assert (sheet_import.added, sheet_import.left_out) == (2, 1)


def test_every_problem_names_its_row_its_column_and_what_would_be_right(world: World) -> None:
    sheet_import = checked(dropped(world, HEADINGS + ROWS + BROKEN))
    (problem,) = [finding for finding in sheet_import.findings if finding["severity"] == "stops"]
    assert problem["row"] == 4
    assert "Email" in problem["column"]
    assert "jo@example.org" in problem["message"]


def test_special_category_columns_are_left_out(world: World) -> None:
    imported(checked(dropped(world, HEADINGS + ROWS)))
    assert not SensitiveAnswer.objects.exists()
    assert "LEAK-ethnicity" not in str(Participant.objects.values())


def test_special_category_columns_need_a_word_on_how_people_agreed(world: World) -> None:
    sheet_import = dropped(world, HEADINGS + ROWS)
    with pytest.raises(actions.NeedsABasis):
        checked(sheet_import, {5: sheets.Field.ATTRIBUTE})
    assert sheet_import.state == ImportState.READ


def test_special_category_data_taken_in_on_purpose_is_kept_apart(world: World) -> None:
    imported(checked(dropped(world, HEADINGS + ROWS), {5: sheets.Field.ATTRIBUTE}, "Ticked a box on the form"))
    (kept,) = SensitiveAnswer.objects.all()
    assert (kept.answer, kept.category, kept.basis) == ("LEAK-ethnicity", "ethnicity", "Ticked a box on the form")
    assert "LEAK-ethnicity" not in str(Participant.objects.values())


@pytest.mark.parametrize("field", [sheets.Field.TEXT, sheets.Field.NEEDS, sheets.Field.SECTOR, sheets.Field.JOB_TITLE])
def test_special_category_data_is_kept_apart_whatever_it_is_called(world: World, field: sheets.Field) -> None:
    imported(checked(dropped(world, HEADINGS + ROWS), {5: field}, "Ticked a box on the form"))
    assert SensitiveAnswer.objects.get().answer == "LEAK-ethnicity"
    assert "LEAK-ethnicity" not in str(Participant.objects.values())


def test_a_word_on_how_people_agreed_that_cannot_be_kept_whole_is_refused(world: World) -> None:
    sheet_import = dropped(world, HEADINGS + ROWS)
    with pytest.raises(actions.BasisTooLong, match="at most 300 characters"):
        checked(sheet_import, {5: sheets.Field.ATTRIBUTE}, "They said so. " * 30)
    assert sheet_import.state == ImportState.READ


def test_a_fault_of_ours_ends_the_import_in_plain_words_and_nothing_is_written(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr(actions, "enter_participants", broken)
    sheet_import = imported(checked(dropped(world, HEADINGS + ROWS)))
    assert (sheet_import.state, sheet_import.error) == (ImportState.FAILED, tasks.OUR_FAULT)
    assert not Person.objects.filter(email="gwen@example.org").exists()
    assert "the disk is on fire" in caplog.text


def test_what_no_field_has_room_for_is_cut_and_an_impossible_number_is_left_out(world: World) -> None:
    long = "Gwen " + "x" * 290
    text = f"First name,Last name,Email,How many mentees\n{long},{long},gwen@example.org,99999\n"
    imported(checked(dropped(world, text, side=Side.MENTOR), {0: sheets.Field.FIRST_NAME, 1: sheets.Field.LAST_NAME}))
    gwen = mentee("gwen@example.org")
    assert (len(gwen.person.name), gwen.capacity) == (200, 1)


def test_a_partner_uses_and_adds_to_what_the_columns_of_a_form_mean(world: World) -> None:
    checked(dropped(world, HEADINGS + ROWS), {3: sheets.Field.IGNORE})
    with scope.within(scope.Scope.of(organisations=[world.quay.pk], programmes=[world.programme.pk])):
        file = SimpleUploadedFile("mentees.csv", (HEADINGS + ROWS).encode())
        theirs = actions.drop_file(world.cohort, file, side=Side.MENTEE, by=world.piotr, at=NOW)
        tasks.go_on(theirs)
        assert actions.mapping_of(theirs).columns[3].field == sheets.Field.IGNORE
        imported(checked(theirs, {3: sheets.Field.SECTOR}))
    assert mentee("gwen@example.org").brought_by == world.quay
    assert actions.mapping_of(dropped(world, HEADINGS + ROWS)).columns[3].field == sheets.Field.SECTOR


def test_the_meaning_of_columns_is_remembered_for_the_next_file_like_it(world: World) -> None:
    checked(dropped(world, HEADINGS + ROWS), {3: sheets.Field.IGNORE})
    again = dropped(world, HEADINGS + ROWS)
    assert actions.mapping_of(again).columns[3].field == sheets.Field.IGNORE
    assert "gwen" not in str(RememberedMapping.objects.values()).lower()


def test_what_is_not_a_spreadsheet_ends_with_the_reason(world: World) -> None:
    sheet_import = dropped(world, "%PDF-1.7 nothing", name="mentees.csv")
    assert sheet_import.state == ImportState.FAILED
    assert "PDF" in sheet_import.error


def test_nothing_of_the_file_is_kept_once_the_import_ends(
    world: World, tmp_path, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sheet_import = imported(checked(dropped(world, HEADINGS + ROWS)))
    sheet_import.refresh_from_db()
    assert sheet_import.examples == {}
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]


def test_a_stopped_import_writes_nobody(world: World) -> None:
    sheet_import = checked(dropped(world, HEADINGS + ROWS))
    actions.start_import(sheet_import, all_or_nothing=True, at=NOW)
    other_window = SheetImport.objects.get(pk=sheet_import.pk)
    actions.cancel_import(other_window, by=world.carys, at=NOW)
    tasks.go_on(sheet_import)
    assert sheet_import.state == ImportState.CANCELLED
    assert not Participant.objects.filter(person__email="gwen@example.org").exists()


def test_a_step_that_a_killed_worker_left_can_be_taken_again(world: World) -> None:
    sheet_import = checked(dropped(world, HEADINGS + ROWS))
    actions.start_import(sheet_import, all_or_nothing=True, at=NOW)
    tasks.take_step.call(sheet_import.pk)
    tasks.take_step.call(sheet_import.pk)
    assert Participant.objects.filter(person__email="gwen@example.org").count() == 1


def test_an_import_that_is_done_cannot_be_imported_again(world: World) -> None:
    sheet_import = imported(checked(dropped(world, HEADINGS + ROWS)))
    with pytest.raises(MoveNotAllowed):
        actions.start_import(sheet_import, all_or_nothing=True, at=NOW)


def test_one_person_can_be_on_both_sides(world: World) -> None:
    text = "Name,Email,Role,Expertise,Needs\nGwen Parry,gwen@example.org,both,Pricing,Sales\n"
    imported(checked(dropped(world, text, side=None)))
    sides = {row.side: row.topic_labels for row in Participant.objects.filter(person__email="gwen@example.org")}
    assert sides == {Side.MENTOR: ["Pricing"], Side.MENTEE: ["Sales"]}


def test_people_wait_while_the_programme_has_steps_before_matching(world: World) -> None:
    set_rules(world, gates=["Conversation held"])
    imported(checked(dropped(world, HEADINGS + ROWS)))
    assert mentee("gwen@example.org").state == ParticipantState.WAITING


def test_a_large_file_goes_to_a_worker_which_keeps_to_the_organisation(world: World) -> None:
    rows = "".join(f"Person {n},person{n}@example.org,Pricing,Food,L1,\n" for n in range(4000))
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}):
        sheet_import = dropped(world, HEADINGS + rows)
        assert sheet_import.file.size > tasks.SMALL
        sheet_import.refresh_from_db()
        actions.correct_columns(sheet_import, {}, consent_basis="", at=NOW)
        tasks.go_on(sheet_import)
        sheet_import.refresh_from_db()
        assert (sheet_import.state, sheet_import.people_ready) == (ImportState.CHECKED, 4000)
        assert sheet_import.progress_done == 4000


def test_of_a_stopped_import_no_cell_is_kept(world: World) -> None:
    sheet_import = checked(dropped(world, HEADINGS + ROWS + BROKEN))
    assert "iwan@" in str(sheet_import.findings)
    actions.cancel_import(sheet_import, by=world.carys, at=NOW)
    sheet_import.refresh_from_db()
    assert (sheet_import.findings, sheet_import.examples) == ([], {})


def row_of(sheet_import: SheetImport) -> str:
    """All that the database keeps of an import."""
    return str(SheetImport.objects.filter(pk=sheet_import.pk).values().get())


def test_of_an_import_that_is_done_no_cell_is_kept_only_where_and_of_which_kind(world: World) -> None:
    columns = "Name,Email,Needs,Sector,Postcode,Ethnicity,How many mentees\n"
    cells = "LEAK-name,LEAK-email@,LEAK-need,LEAK-sector,LEAK-place,LEAK-ethnicity,LEAK-number\n"
    sheet_import = checked(dropped(world, columns + GWEN.strip() + "1\n" + cells, side=Side.MENTOR))
    assert "LEAK-email" in row_of(sheet_import)
    assert "LEAK-number" in row_of(sheet_import)
    imported(sheet_import, all_or_nothing=False)
    assert "LEAK" not in row_of(sheet_import)
    assert "gwen@example.org" not in row_of(sheet_import)
    sheet_import.refresh_from_db()
    kept = [(each["row"], each["severity"], each["code"]) for each in sheet_import.findings]
    assert (3, "stops", "email_invalid") in kept
    assert (3, "worth_a_look", "capacity_unclear") in kept
    assert all(set(each) == {"row", "column", "severity", "code"} for each in sheet_import.findings)


def test_an_import_that_fails_at_its_end_keeps_no_cell(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet_import = checked(dropped(world, HEADINGS + ROWS + BROKEN))
    monkeypatch.setattr(actions, "enter_participants", lambda *args, **kwargs: 1 / 0)
    imported(sheet_import, all_or_nothing=False)
    assert sheet_import.state == ImportState.FAILED
    assert "iwan@" not in row_of(sheet_import)


def test_a_finished_import_from_before_loses_its_cells_in_the_migration(world: World) -> None:
    before = {"row": 4, "column": "B “Email”", "value": "LEAK@", "severity": "stops", "message": "Row 4: “LEAK@” is"}
    done = imported(checked(dropped(world, HEADINGS + ROWS)))
    SheetImport.objects.filter(pk=done.pk).update(findings=[before])
    going_on = checked(dropped(world, HEADINGS + ROWS + BROKEN))
    migration = import_module("alongside.applications.migrations.0002_forget_cells")
    for _ in range(2):
        migration.forget_cells(apps, None)
    done.refresh_from_db()
    assert done.findings == [{"row": 4, "column": "B “Email”", "severity": "stops", "code": ""}]
    assert "iwan@" in row_of(going_on)
