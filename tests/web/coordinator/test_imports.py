import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside import sheets
from alongside.applications.models import SheetImport
from alongside.journeys.run_clocks import run_clocks
from alongside.programmes.models import Participant
from alongside.web.coordinator.imports.findings import KEPT_OUT, WORDS
from tests.world import NOW, World

FILE = "Name,Email,Needs\nGwen Parry,gwen@example.org,Pricing\n<script>alert(1)</script>,x@example.org,=1+1\n"


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def drop(client: Client, world: World, content: bytes = FILE.encode(), name: str = "mentees.csv"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("import", args=[world.cohort.ref]), {"file": file, "side": "mentee"}, follow=True)


def test_a_file_goes_from_the_drop_to_the_cohort_in_three_pages(world: World, as_carys: Client) -> None:
    page = drop(as_carys, world)
    assert "Is this what your columns mean?" in page.content.decode()
    ref = SheetImport.objects.get().ref
    page = as_carys.post(reverse("import_correct", args=[ref]), follow=True)
    assert "2 people are ready" in page.content.decode()
    page = as_carys.post(reverse("import_start", args=[ref]), {"rows": "all"}, follow=True)
    assert "2 added, 0 brought up to date" in page.content.decode()
    assert Participant.objects.filter(person__email="gwen@example.org").exists()


def test_what_stands_in_a_cell_is_shown_as_text(world: World, as_carys: Client) -> None:
    page = drop(as_carys, world)
    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;" in page.content.decode()


def test_a_correction_of_a_column_counts(world: World, as_carys: Client) -> None:
    drop(as_carys, world)
    ref = SheetImport.objects.get().ref
    as_carys.post(reverse("import_correct", args=[ref]), {"column-2": "sector"})
    as_carys.post(reverse("import_start", args=[ref]), {"rows": "all"})
    assert Participant.objects.get(person__email="gwen@example.org").sector == "Pricing"


def test_what_is_not_a_spreadsheet_is_refused_with_the_reason(world: World, as_carys: Client) -> None:
    page = drop(as_carys, world, b"\x89PNG\r\n\x1a\n" + bytes(200), "photo.xlsx")
    assert "This file could not be read" in page.content.decode()


def test_choosing_no_file_says_so_at_the_field_and_on_top(world: World, as_carys: Client) -> None:
    page = as_carys.post(reverse("import", args=[world.cohort.ref]), {"side": "mentee"})
    assert page.content.decode().count("Choose a file first.") >= 2


def test_sensitive_columns_are_pointed_out(world: World, as_carys: Client) -> None:
    page = drop(as_carys, world, b"Name,Email,Religion\nGwen,gwen@example.org,LEAK-none\n")
    assert "left out" in page.content.decode()
    assert "LEAK-none" not in page.content.decode()


def test_taking_one_in_without_saying_how_people_agreed_is_refused_in_plain_words(
    world: World, as_carys: Client
) -> None:
    drop(as_carys, world, b"Name,Email,Religion\nGwen,gwen@example.org,none\n")
    ref = SheetImport.objects.get().ref
    page = as_carys.post(reverse("import_correct", args=[ref]), {"column-2": "attribute"}, follow=True)
    assert "Say how people agreed" in page.content.decode()


def test_an_import_can_be_stopped_and_keeps_nothing(world: World, as_carys: Client) -> None:
    drop(as_carys, world)
    ref = SheetImport.objects.get().ref
    page = as_carys.post(reverse("import_cancel", args=[ref]), follow=True)
    assert "Nothing of it was kept" in page.content.decode()


def test_pressing_import_twice_says_so_and_doubles_nobody(world: World, as_carys: Client) -> None:
    drop(as_carys, world)
    ref = SheetImport.objects.get().ref
    as_carys.post(reverse("import_correct", args=[ref]))
    as_carys.post(reverse("import_start", args=[ref]), {"rows": "all"})
    page = as_carys.post(reverse("import_start", args=[ref]), {"rows": "all"}, follow=True)
    assert page.status_code == 200
    assert Participant.objects.filter(person__email="gwen@example.org").count() == 1


def test_a_file_over_the_limit_is_refused_before_it_is_kept(world: World, as_carys: Client) -> None:
    page = drop(as_carys, world, b"Name,Email\n" + b"x" * (20 * 1024 * 1024 + 1))
    assert "This file is 20 MB; the most that can be read is 20 MB" in page.content.decode()
    assert not SheetImport.objects.exists()


def test_a_sensitive_column_can_only_be_left_out_or_kept_apart(world: World, as_carys: Client) -> None:
    page = drop(as_carys, world, b"Name,Email,Religion\nGwen,gwen@example.org,none\n").content.decode()
    chooser = page.partition('name="column-2"')[2].partition("</select>")[0]
    assert chooser.count("<option") == 2
    assert "Keep it apart" in chooser


def test_a_finished_import_says_what_stood_in_the_way_without_the_cells(world: World, as_carys: Client) -> None:
    drop(as_carys, world, FILE.encode() + b"Iwan Huws,iwan-in-a-cell@,Pricing\n")
    ref = SheetImport.objects.get().ref
    page = as_carys.post(reverse("import_correct", args=[ref]), follow=True).content.decode()
    assert "iwan-in-a-cell" in page
    page = as_carys.post(reverse("import_start", args=[ref]), {"rows": "ready"}, follow=True).content.decode()
    assert "One row was left out" in page
    assert "Row 4, B “Email”" in page
    assert "This is not an email address. Write it like jo@example.org." in page
    assert "What the cells said is not kept." in page
    assert "iwan-in-a-cell" not in page


def test_a_finished_import_from_before_says_where_something_stood_in_the_way(world: World, as_carys: Client) -> None:
    drop(as_carys, world)
    kept = [
        {"row": 4, "column": "B “Email”", "severity": "stops", "code": ""},
        {"row": 0, "column": "", "severity": "worth_a_look", "code": "no_name_column"},
    ]
    SheetImport.objects.update(state="imported", findings=kept, left_out=1)
    page = as_carys.get(reverse("sheet_import", args=[SheetImport.objects.get().ref])).content.decode()
    assert str(KEPT_OUT) in page
    assert "Row 4, B “Email”" in page
    assert "Row 0" not in page
    assert "The whole sheet" in page


def test_there_are_words_for_everything_the_sheets_can_find() -> None:
    source = "".join(file.read_text() for file in Path(sheets.__file__).parent.glob("*.py"))
    codes = set(re.findall(r'\bRemark\(\s*"(\w+)"', source)) | set(re.findall(r'\bFinding\(.*"(\w+)"\)', source))
    assert set(WORDS) == codes


def test_an_import_nobody_went_on_with_says_what_happened_and_what_to_do(
    world: World, as_carys: Client, as_olu: Client
) -> None:
    drop(as_carys, world, FILE.encode() + b"Name In A Cell,iwan@example.org,Pricing\n")
    ref = SheetImport.objects.get().ref
    run_clocks(at=NOW + timedelta(days=14))
    page = as_carys.get(reverse("sheet_import", args=[ref])).content.decode()
    assert "This import was put away" in page
    assert "Nobody went on with it for 14 days" in page
    assert "Drop the file again" in page
    assert reverse("import", args=[world.cohort.ref]) in page
    assert "In A Cell" not in page
    assert "put away, not imported" in as_carys.get(reverse("import", args=[world.cohort.ref])).content.decode()
    assert as_olu.get(reverse("sheet_import", args=[ref])).status_code == 404


def test_a_page_left_open_says_that_the_import_was_put_away(world: World, as_carys: Client) -> None:
    drop(as_carys, world)
    ref = SheetImport.objects.get().ref
    run_clocks(at=NOW + timedelta(days=14))
    for name in ("import_correct", "import_back", "import_start", "import_cancel"):
        page = as_carys.post(reverse(name, args=[ref]), follow=True)
        assert page.status_code == 200
        assert "it is put away" in page.content.decode()


def test_the_page_for_dropping_says_how_long_the_file_is_kept(world: World, as_carys: Client) -> None:
    page = as_carys.get(reverse("import", args=[world.cohort.ref])).content.decode()
    assert "once nobody has gone on with it for 14 days" in page
