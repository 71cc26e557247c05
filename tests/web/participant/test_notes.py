import pytest
from django.test import Client

from alongside.mentorships.models import Mentorship
from alongside.notes import actions
from alongside.notes.models import Note
from tests.paired import SECRET, browser_of, inside, member_in, pair
from tests.queries import queries_of
from tests.world import NOW, World


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    return pair(world.maya, world.bea)


@pytest.fixture
def url(mentorship: Mentorship) -> str:
    return f"/mentorships/{mentorship.ref}/notes/"


def test_a_private_note_is_seen_by_its_author_alone_and_says_so(world: World, url: str) -> None:
    client = browser_of(world.bea)
    page = client.post(url, {"text": SECRET, "readers": "me"}, follow=True).content.decode()
    assert SECRET in page
    assert "only you" in page
    for door in (url, f"{url}download/", f"{url}?q=SECRET"):
        seen = browser_of(world.maya).get(door).content.decode()
        assert SECRET not in seen
    ref = Note.unscoped.get().ref
    assert browser_of(world.maya).get(f"{url}{ref}/").status_code == 404
    assert browser_of(world.maya).post(f"{url}{ref}/delete/").status_code == 404


def test_a_shared_note_names_who_sees_it_to_each_reader(world: World, url: str) -> None:
    browser_of(world.bea).post(url, {"text": SECRET, "readers": "all"})
    page = browser_of(world.maya).get(url).content.decode()
    assert SECRET in page
    assert "you and Bea Baker" in page
    ref = Note.unscoped.get().ref
    assert browser_of(world.maya).post(f"{url}{ref}/", {"text": "mine now", "readers": "me"}).status_code == 404


def test_nobody_else_reads_any_of_it(world: World, mentorship: Mentorship, url: str) -> None:
    with inside(mentorship):
        note = actions.write_note(by=member_in(mentorship, world.bea), text=SECRET, for_all=True, at=NOW)
    pair(world.nia, world.dai)
    doors = ["", "records/", "download/", f"{note.ref}/", f"{note.ref}/delete/"]
    for person in (world.carys, world.piotr, world.olu, world.stella, world.dai.person):
        client = Client()
        client.force_login(person)
        for door in doors:
            assert client.get(url + door).status_code == client.post(url + door).status_code == 404
    assert {Client().get(url + door).status_code for door in doors} == {302}


def test_a_mentor_reads_before_writing_that_records_belong_to_the_mentee(world: World, url: str) -> None:
    client = browser_of(world.maya)
    assert "Records of meetings belong to the mentee" in client.get(url).content.decode()
    client.post(url, {"text": SECRET, "readers": "me", "is_record": "on"})
    bea = browser_of(world.bea)
    assert SECRET not in bea.get(url).content.decode()
    page = bea.post(f"{url}records/", follow=True).content.decode()
    assert "You can read them now." in page
    assert SECRET in page
    assert SECRET in bea.get(f"{url}download/").content.decode()
    assert "belong to the mentees" in client.post(f"{url}records/", follow=True).content.decode()


def test_it_is_changed_and_deleted_for_good_after_asking(world: World, url: str) -> None:
    client = browser_of(world.bea)
    client.post(url, {"text": "one", "readers": "me"})
    door = f"{url}{Note.unscoped.get().ref}/"
    client.post(door, {"text": "two", "readers": "all", "version": "1"})
    older = client.post(door, {"text": "three", "readers": "me", "version": "1"})
    assert older.status_code == 409
    assert "two" in older.content.decode()
    assert "three" in older.content.decode()
    assert "gone for good" in client.get(f"{door}delete/").content.decode()
    client.post(f"{door}delete/")
    assert not Note.unscoped.exists()


def test_in_a_group_some_can_be_chosen(world: World) -> None:
    group = pair(world.maya, world.marcus, world.bea)
    url = f"/mentorships/{group.ref}/notes/"
    client = browser_of(world.maya)
    assert "Tick at least one" in client.post(url, {"text": SECRET, "readers": "some"}).content.decode()
    with inside(group):
        bea = member_in(group, world.bea)
    client.post(url, {"text": SECRET, "readers": "some", "some": str(bea.pk)})
    assert SECRET in browser_of(world.bea).get(url).content.decode()
    assert SECRET not in browser_of(world.marcus).get(url).content.decode()


def test_finding_looks_only_at_what_one_may_read(world: World, url: str) -> None:
    client = browser_of(world.bea)
    for text in ("Prices of bread", "Hiring"):
        client.post(url, {"text": text, "readers": "me"})
    page = client.get(url, {"q": "BREAD"}).content.decode()
    assert "Prices of bread" in page
    assert "Hiring" not in page
    assert "No note says “<b>”" not in client.get(url, {"q": "<b>"}).content.decode()


def test_it_takes_no_more_queries_with_three_than_with_one(world: World, url: str) -> None:
    client = browser_of(world.bea)
    client.post(url, {"text": "one", "readers": "all"})
    few = queries_of(client, url)
    for text in ("two", "three"):
        client.post(url, {"text": text, "readers": "all"})
    assert queries_of(client, url) == few


def test_an_empty_note_is_not_kept_and_the_page_says_why(world: World, url: str) -> None:
    page = browser_of(world.bea).post(url, {"text": " ", "readers": "me"}).content.decode()
    assert "Write something, or leave the page." in page
