from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from alongside.mentorships.actions import end_mentorship
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import Ending
from alongside.messaging import actions
from alongside.messaging.actions import Upload
from alongside.messaging.models import Document, DocumentVersion, Link
from tests.files import KNOWN, PDF
from tests.paired import SECRET, browser_of, inside, member_in, pair
from tests.queries import queries_of
from tests.world import NOW, World


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    return pair(world.maya, world.bea)


@pytest.fixture
def url(mentorship: Mentorship) -> str:
    return f"/mentorships/{mentorship.ref}/documents/"


def file(name: str = f"{SECRET}.pdf", content: bytes = PDF) -> dict[str, object]:
    return {"do": "document", "document-file": SimpleUploadedFile(name, content), "document-readers": "all"}


def link(readers: str = "all", url: str = "https://example.org/a", title: str = SECRET) -> dict[str, str]:
    return {"do": "link", "link-title": title, "link-url": url, "link-readers": readers}


def page_of(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_a_document_is_added_named_and_handed_out_to_both(world: World, mentorship: Mentorship, url: str) -> None:
    assert browser_of(world.bea).post(url, file()).status_code == 302
    maya = browser_of(world.maya)
    page = page_of(maya, url)
    assert SECRET in page
    assert "PDF, 1 KB" in page
    assert "you and Bea Baker" in page
    assert f"Bea Baker added “{SECRET}”" in page_of(maya, f"/mentorships/{mentorship.ref}/")
    answer = maya.get(f"{url}{Document.unscoped.get().ref}/1/")
    assert answer.content == PDF
    assert answer["Content-Disposition"] == f'attachment; filename="{SECRET}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("extension", KNOWN)
def test_every_kind_comes_back_as_what_it_is(world: World, url: str, extension: str) -> None:
    client = browser_of(world.bea)
    name = f"plan.{extension}"
    assert client.post(url, file(name, KNOWN[extension])).status_code == 302
    answer = client.get(f"{url}{Document.unscoped.get().ref}/1/")
    assert answer.content == KNOWN[extension]
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("invoice.pdf", b"MZ\x90\0", "not a kind of file we take"),
        ("letter.txt", b"<html><script>alert(1)</script>", "can carry programs"),
        ("mark.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "can carry programs"),
        ("nothing.pdf", b"", "empty"),
        ("big.pdf", PDF + b"\0" * actions.LARGEST, "larger than 10 MB"),
    ],
)
def test_what_is_not_taken_is_explained(world: World, url: str, name: str, content: bytes, says: str) -> None:
    page = browser_of(world.bea).post(url, file(name, content)).content.decode()
    assert f"{name}" in page
    assert says in page
    assert not Document.unscoped.exists()


def test_without_a_file_or_a_reader_it_says_what_is_missing(world: World, url: str) -> None:
    page = browser_of(world.bea).post(url, {"do": "document"}).content.decode()
    assert "Choose a file first." in page
    assert "Choose who can read it." in page


def test_newer_versions_stand_beside_older_ones(world: World, mentorship: Mentorship, url: str) -> None:
    browser_of(world.bea).post(url, file("Plan.pdf"))
    door = f"{url}{Document.unscoped.get().ref}/"
    maya = browser_of(world.maya)
    assert "Choose a file first." in maya.post(door, {"do": "newer"}).content.decode()
    maya.post(door, {"do": "newer", "newer-file": SimpleUploadedFile("x.txt", b"newer")})
    assert maya.get(f"{door}1/").content == PDF
    newer = maya.get(f"{door}2/")
    assert (newer.content, newer["Content-Disposition"]) == (b"newer", 'attachment; filename="Plan.txt"')
    assert maya.get(f"{door}3/").status_code == 404
    assert "2 versions" in page_of(maya, url)
    assert "Maya Mentor added a newer “Plan”" in page_of(maya, f"/mentorships/{mentorship.ref}/")


def test_its_author_alone_renames_and_deletes_it(world: World, url: str, folder: Path) -> None:
    bea, maya = browser_of(world.bea), browser_of(world.maya)
    bea.post(url, file("Plan.pdf"))
    door = f"{url}{Document.unscoped.get().ref}/"
    renamed = {"do": "rename", "title-title": "Our plan", "title-version": "1"}
    assert maya.post(door, renamed).status_code == maya.post(f"{door}delete/").status_code == 404
    assert "Call it something else" not in page_of(maya, door)
    bea.post(door, renamed)
    assert "Our plan" in page_of(maya, url)
    older = bea.post(door, {**renamed, "title-title": "My plan"}).content.decode()
    assert "Somebody changed this a moment ago" in older
    assert 'value="My plan"' in older
    assert "Give it a name" in bea.post(door, {**renamed, "title-title": ""}).content.decode()
    assert "gone for good" in page_of(bea, f"{door}delete/")
    bea.post(f"{door}delete/")
    assert not Document.unscoped.exists()
    assert not DocumentVersion.unscoped.exists()
    assert maya.get(f"{door}1/").status_code == 404


def test_a_file_that_is_not_on_the_disk_is_not_there_and_nothing_breaks(world: World, url: str, folder: Path) -> None:
    client = browser_of(world.bea)
    client.post(url, file())
    for each in folder.rglob("*"):
        if each.is_file():
            each.unlink()
    assert client.get(f"{url}{Document.unscoped.get().ref}/1/").status_code == 404


def test_a_link_leads_to_the_web_and_nowhere_else(world: World, url: str) -> None:
    client = browser_of(world.bea)
    for bad in ("javascript:alert(1)", "data:text/html,x", "ftp://example.org/a", "//example.org", "file:///etc", "x"):
        page = client.post(url, link(url=bad)).content.decode()
        assert "Write an address that begins with https://" in page
        assert f'value="{SECRET}"' in page
    assert not Link.unscoped.exists()
    client.post(url, link())
    maya = browser_of(world.maya)
    page = page_of(maya, url)
    assert 'href="https://example.org/a" rel="noopener noreferrer nofollow"' in page
    door = f"{url}links/{Link.unscoped.get().ref}/delete/"
    assert maya.post(door).status_code == 404
    assert "gone for good" in page_of(client, door)
    client.post(door)
    assert not Link.unscoped.exists()


def test_what_one_keeps_for_oneself_the_other_finds_nowhere(world: World, mentorship: Mentorship, url: str) -> None:
    bea, maya = browser_of(world.bea), browser_of(world.maya)
    bea.post(url, {**file(), "document-readers": "me"})
    bea.post(url, link("me"))
    assert "only you" in page_of(bea, url)
    ref, story = Document.unscoped.get().ref, f"/mentorships/{mentorship.ref}/"
    for seen in (page_of(maya, url), page_of(maya, story), page_of(maya, f"{story}search/?q=two")):
        assert SECRET not in seen
    newer = {"do": "newer", "newer-file": SimpleUploadedFile("x.txt", b"x")}
    for door in (
        f"{url}{ref}/",
        f"{url}{ref}/1/",
        f"{url}{ref}/delete/",
        f"{url}links/{Link.unscoped.get().ref}/delete/",
    ):
        assert maya.get(door).status_code == maya.post(door, newer).status_code == 404
    assert f"{SECRET}" in page_of(bea, story)


def test_in_a_group_some_can_be_chosen_and_the_third_sees_nothing(world: World) -> None:
    group = pair(world.maya, world.marcus, world.bea)
    url, story = f"/mentorships/{group.ref}/documents/", f"/mentorships/{group.ref}/"
    with inside(group):
        bea = str(member_in(group, world.bea).pk)
    maya, marcus = browser_of(world.maya), browser_of(world.marcus)
    page = maya.post(url, {**file(), "document-readers": "some"}).content.decode()
    assert "Tick at least one" in page
    maya.post(url, {**file(), "document-readers": "some", "document-some": bea})
    maya.post(url, {**link("some"), "link-some": bea})
    assert page_of(browser_of(world.bea), url).count(SECRET) >= 2
    for seen in (page_of(marcus, url), page_of(marcus, story), page_of(marcus, f"{story}search/?q=two")):
        assert SECRET not in seen
    assert marcus.get(f"{url}{Document.unscoped.get().ref}/1/").status_code == 404


def test_nobody_else_reads_or_adds_any_of_it(world: World, mentorship: Mentorship, url: str) -> None:
    with inside(mentorship):
        bea = member_in(mentorship, world.bea)
        document = actions.add_document(Upload(f"{SECRET}.pdf", PDF), by=bea, for_all=True, at=NOW)
        kept = actions.add_link(by=bea, title=SECRET, url="https://example.org", for_all=True, at=NOW)
    pair(world.nia, world.dai)
    doors = ["", f"{document.ref}/", f"{document.ref}/1/", f"{document.ref}/delete/", f"links/{kept.ref}/delete/"]
    for person in (world.carys, world.piotr, world.olu, world.stella, world.dai.person, world.nia.person):
        client = Client()
        client.force_login(person)
        for door in doors:
            assert client.get(url + door).status_code == client.post(url + door, file()).status_code == 404, door
    assert {Client().get(url + door).status_code for door in doors} == {302}
    assert Document.unscoped.count() == Link.unscoped.count() == 1


def test_after_the_end_it_is_read_and_not_added_to(world: World, mentorship: Mentorship, url: str) -> None:
    client = browser_of(world.bea)
    client.post(url, file("Plan.pdf"))
    end_mentorship(mentorship, ending=Ending.OBJECTIVES_MET, by=None, at=NOW)
    assert "Plan" in page_of(client, url)
    assert "Add a document" not in page_of(client, url)
    for sent in (file(), link()):
        assert "has ended" in client.post(url, sent).content.decode()
    door = f"{url}{Document.unscoped.get().ref}/"
    assert "Add a newer version" not in page_of(client, door)
    assert client.get(f"{door}1/").content == PDF


def test_they_take_no_more_queries_with_three_than_with_one(world: World, mentorship: Mentorship, url: str) -> None:
    client, counts = browser_of(world.bea), []
    for number in range(3):
        client.post(url, file(f"{number}.pdf"))
        client.post(url, link())
        counts.append([queries_of(client, door) for door in (url, f"/mentorships/{mentorship.ref}/")])
    assert counts[0] == counts[2]


def test_any_name_of_a_file_is_borne(world: World, url: str) -> None:
    client = browser_of(world.bea)
    for name in ("a" * 300 + ".pdf", "\u202efdp.exe", 'x"\r\nSet-Cookie: a=b.pdf', ".pdf", "ünï.pdf", "a/b.pdf"):
        assert client.post(url, file(name)).status_code in {200, 302}, name
    assert "\u202e" not in page_of(client, url)
    for document in Document.unscoped.all():
        answer = client.get(f"{url}{document.ref}/1/")
        assert answer.status_code == 200
        assert "Set-Cookie: a=b" not in str(answer.headers.get("Content-Disposition", "")).replace("%", "")
        assert "Set-Cookie" not in answer.headers
    assert client.get(url).status_code == 200
