"""Organisations from a spreadsheet into the directory."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alongside.directory.models import Listing
from alongside.directory.reading import Entry, read_organisations
from alongside.organisations.models import Organisation
from alongside.sheets import UnreadableFile
from tests.listed import list_organisation
from tests.world import World

SHEET = """Organisation,Town,Email,Website,What do you help with?,Region,Fee,Online?,Notes
Copper Kettle Mentors,Hexham,hello@kettle.example.org,kettle.example.org,"cash flow; finding customers",,free,yes,x
Quay Two,Nowhereville,not an address,https://quay.example.org/,harps,North West; Atlantis,£20 a month,no,
,Leeds,a@example.org,,,,,,
copper kettle mentors,Leeds,,,,,,,
Everywhere Ltd,,,,marketing,UK,,,
"""


@pytest.fixture
def as_stella(world: World) -> Client:
    client = Client()
    client.force_login(world.stella)
    return client


def dropped(client: Client, content: str = SHEET, name: str = "list.csv") -> str:
    file = SimpleUploadedFile(name, content.encode())
    return client.post("/network/listings/import/", {"file": file, "network": _network(client)}).content.decode()


def _network(client: Client) -> str:
    page = client.get("/network/listings/import/").content.decode()
    return page.split('name="network" value="')[1].split('"')[0]


def _rows(page: str) -> str:
    return page.split('name="rows" value="')[1].split('"')[0]


def entries() -> dict[str, Entry]:
    return {each.name: each for each in read_organisations(SHEET.encode(), "list.csv").entries}


def test_each_row_is_read_as_it_was_meant() -> None:
    kettle = entries()["Copper Kettle Mentors"]
    assert kettle.said["topics"] == ["finance", "customers"]
    assert kettle.said["website"] == "https://kettle.example.org"
    assert [each["name"] for each in kettle.said["around"]] == ["Hexham"]
    assert (kettle.said["cost"], kettle.said["online"], kettle.remarks) == ("free", True, [])


def test_every_cell_that_is_not_understood_is_said_with_what_would_be_right() -> None:
    remarks = " ".join(entries()["Quay Two"].remarks)
    for words in (
        "We do not know “Nowhereville”",
        "is no email address",
        "“Atlantis” is none of",
        "what “harps” helps",
    ):
        assert words in remarks
    assert entries()["Quay Two"].said["regions"] == ["North West"]
    assert (entries()["Quay Two"].said["cost"], entries()["Quay Two"].said["cost_words"]) == ("paid", "£20 a month")


def test_rows_without_a_name_and_names_that_come_twice_are_left_out() -> None:
    stopped = {each.row for each in read_organisations(SHEET.encode(), "list.csv").entries if each.stopped}
    assert stopped == {4, 5}


def test_what_is_not_known_of_the_columns_is_said() -> None:
    assert read_organisations(SHEET.encode(), "list.csv").left_out == ["Notes"]


def test_nothing_is_changed_before_a_steward_has_looked(world: World, as_stella: Client) -> None:
    page = dropped(as_stella)
    assert "Put 3 organisations into the directory" in page
    assert not Listing.unscoped.exists()


def test_what_was_looked_at_is_put_in_and_found(world: World, as_stella: Client) -> None:
    answer = as_stella.post("/network/listings/import/", {"rows": _rows(dropped(as_stella))}, follow=True)
    assert "3 organisations are new in the directory" in answer.content.decode()
    assert "Copper Kettle Mentors" in Client().get("/find/?q=cash+flow&place=Hexham").content.decode()


def test_the_same_file_again_doubles_nobody_and_brings_them_up_to_date(world: World, as_stella: Client) -> None:
    as_stella.post("/network/listings/import/", {"rows": _rows(dropped(as_stella))})
    before = Organisation.objects.count()
    again = dropped(as_stella, SHEET.replace("finding customers", "export"))
    as_stella.post("/network/listings/import/", {"rows": _rows(again)})
    assert Organisation.objects.count() == before
    assert Listing.unscoped.get(organisation__name="Copper Kettle Mentors").topics == ["finance", "export"]


def test_an_organisation_with_people_of_its_own_is_left_alone(world: World, as_stella: Client) -> None:
    list_organisation(world, summary="Ours.")
    page = dropped(as_stella, "Organisation,Summary\nHarbour Enterprise,Theirs.\n")
    assert "its own people look after it" in page
    assert 'name="rows"' not in page


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "nothing in this file"), ("Town,Email\nLeeds,a@example.org\n", "No column says what"), ("%PDF-1.4", "")],
)
def test_a_file_that_names_no_organisation_is_refused_in_words(
    world: World, as_stella: Client, content: str, said: str
) -> None:
    page = dropped(as_stella, content or " ")
    assert 'name="rows"' not in page
    assert said in page


def test_rows_that_were_not_shown_here_are_not_taken(world: World, as_stella: Client) -> None:
    as_stella.post("/network/listings/import/", {"rows": "W1tdXQ:1abc:xyz"})
    assert not Listing.unscoped.exists()


def test_nobody_but_a_steward_brings_organisations(world: World, as_carys: Client, as_stella: Client) -> None:
    rows = _rows(dropped(as_stella))
    assert as_carys.get("/network/listings/import/").status_code == 404
    assert as_carys.post("/network/listings/import/", {"rows": rows}).status_code == 404
    assert not Listing.unscoped.exists()


@given(st.lists(st.text(max_size=40), min_size=4, max_size=4))
def test_no_row_breaks_the_reading(cells: list[str]) -> None:
    quoted = ",".join('"' + each.replace('"', '""').replace("\x00", "") + '"' for each in cells)
    try:
        read = read_organisations(
            f"Organisation,Town,Topics,Website\nReal,Leeds,finance,x.org\n{quoted}\n".encode(), "x.csv"
        )
    except (UnreadableFile, UnicodeEncodeError):
        return
    assert any(each.name == "Real" for each in read.entries)


def test_awkward_spreadsheets_are_read_or_refused(shared_data: Path) -> None:
    folder = shared_data / "robustness" / "tabulator_special"
    if not folder.is_dir():
        pytest.skip("the third-party files are not beside the checkout")
    refused = []
    for file in sorted(folder.iterdir()):
        try:
            read_organisations(file.read_bytes(), file.name)
        except UnreadableFile as refusal:
            refused.append(str(refusal))
    assert refused
    assert all(words.endswith(".") for words in refused), refused
