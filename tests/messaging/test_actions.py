import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from alongside.audit.models import Entry
from alongside.files.kinds import NotTaken
from alongside.journeys.clear_files import clear_files
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel import scope
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.kernel.scope import NoScope, within
from alongside.kernel.sealing import CannotOpen
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.reply_addresses import BadAddress
from alongside.mentorships.states import Ending
from alongside.messaging import actions, shelf
from alongside.messaging.actions import Upload
from alongside.messaging.models import Attachment, Document, DocumentVersion, Doomed, Link, Message, Received
from alongside.messaging.queries import documents_read_by, links_read_by, messages_read_by, unread_counts
from alongside.messaging.reply_addresses import answering, reply_address
from tests.files import PDF
from tests.paired import SECRET, inside, member_in, pair
from tests.world import NOW, World

TEXT = Upload(f"{SECRET}.txt", f"{SECRET} in a file".encode())
TABLES = ["message", "read", "received", "attachment", "document", "documentversion", "link", "doomed"]


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    settings.REPLY_DOMAIN = "reply.example.org"
    return tmp_path


@pytest.fixture
def group(world: World) -> Iterator[Mentorship]:
    """Two mentors with one mentee: some things are for all, some for two."""
    made = pair(world.maya, world.marcus, world.bea)
    with inside(made):
        yield made


@pytest.fixture
def people(world: World, group: Mentorship) -> dict[str, Member]:
    cast = {"bea": world.bea, "maya": world.maya, "marcus": world.marcus}
    return {name: member_in(group, participant) for name, participant in cast.items()}


def on_the_disk(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def test_a_message_is_for_all_or_for_those_it_names(people: dict[str, Member]) -> None:
    bea, maya = people["bea"], people["maya"]
    ours = actions.write_message(by=maya, text="ours", at=NOW)
    two = actions.write_message(by=maya, text="for two", for_all=False, readers=[bea], at=NOW)
    read = {name: list(messages_read_by(member)) for name, member in people.items()}
    assert read == {"bea": [ours, two], "maya": [ours, two], "marcus": [ours]}


def test_somebody_of_another_mentorship_cannot_be_made_a_reader(world: World, people: dict[str, Member]) -> None:
    stranger = member_in(pair(world.nia, world.dai), world.dai)
    shared = {"for_all": False, "readers": [stranger], "at": NOW}
    actions.write_message(by=people["bea"], text=SECRET, **shared)
    actions.add_document(TEXT, by=people["bea"], **shared)
    actions.add_link(by=people["bea"], title=SECRET, url="https://example.org", **shared)
    for query in (messages_read_by, documents_read_by, links_read_by):
        assert not query(stranger).exists()


def test_what_is_unread_is_counted_in_one_query_for_all_mentorships(
    world: World, people: dict[str, Member], django_assert_num_queries: pytest.FixtureRequest
) -> None:
    bea, maya, marcus = people["bea"], people["maya"], people["marcus"]
    first = actions.write_message(by=maya, text="one", at=NOW)
    actions.write_message(by=maya, text="for Marcus", for_all=False, readers=[marcus], at=NOW)
    deleted = actions.write_message(by=maya, text="two", at=NOW)
    actions.delete_message(deleted, at=NOW)
    assert unread_counts([bea]) == {bea.mentorship_id: 1}
    assert unread_counts([marcus]) == {bea.mentorship_id: 2}
    assert unread_counts([maya]) == {}
    actions.note_read([first], by=bea, at=NOW)
    actions.note_read([first], by=bea, at=NOW + timedelta(days=1))
    assert unread_counts([bea]) == {}
    assert [reading.read_at for reading in first.readings.all()] == [NOW]
    other = pair(world.nia, world.bea)
    both = scope.Scope.of(programmes=[other.programme_id], mentorships=[other.pk, bea.mentorship_id])
    with within(both):
        mine = member_in(other, world.bea)
        actions.write_message(by=member_in(other, world.nia), text="hello", at=NOW)
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert unread_counts([bea, mine]) == {other.pk: 1}


def test_nothing_of_it_can_be_read_in_the_database_the_files_or_the_audit(
    folder: Path, world: World, people: dict[str, Member]
) -> None:
    bea = people["bea"]
    message = actions.write_message(by=bea, text=SECRET, uploads=[TEXT], at=NOW)
    document = actions.add_document(TEXT, by=bea, for_all=True, at=NOW)
    actions.add_version(document, TEXT, by=bea, at=NOW)
    actions.rename_document(document, f"{SECRET} plan", version=1, at=NOW)
    link = actions.add_link(by=bea, title=SECRET, url=f"https://example.org/{SECRET}", for_all=True, at=NOW)
    actions.note_read([message], by=people["maya"], at=NOW)
    actions.note_received(bea.mentorship, f"<{SECRET}@example.org>", at=NOW)
    actions.delete_link(link, at=NOW)
    actions.delete_message(message, at=NOW)
    actions.write_message(by=bea, text=SECRET, uploads=[TEXT], at=NOW)
    actions.add_link(by=bea, title=SECRET, url=f"https://example.org/{SECRET}", for_all=True, at=NOW)
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM messaging_{table}")
            rows = cursor.fetchall()
            assert rows, table
            assert b"SECRET" not in b"".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode()
                                              for row in rows for v in row)  # fmt: skip
    files = on_the_disk(folder)
    assert len(files) >= 3
    assert not any(b"SECRET" in file.read_bytes() or "SECRET" in file.name for file in files)
    assert "SECRET" not in str(list(Entry.unscoped.values()))
    with within(world.harbour_scope):
        for model in (Message, Attachment, Document, DocumentVersion, Link, Received):
            assert not model.objects.exists()
        with pytest.raises(NoScope):
            bea.mentorship.__class__.objects.get(pk=bea.mentorship_id).key  # noqa: B018


def test_a_file_that_was_moved_or_changed_on_the_disk_stays_shut(folder: Path, people: dict[str, Member]) -> None:
    bea = people["bea"]
    actions.add_document(TEXT, by=bea, for_all=True, at=NOW)
    actions.add_document(Upload("b.txt", b"another"), by=bea, for_all=True, at=NOW)
    one, two = DocumentVersion.objects.order_by("pk")
    assert shelf.take(one.path, key=bea.mentorship.key) == TEXT.content
    files = {file.name: file for file in on_the_disk(folder)}
    files[one.path].write_bytes(files[two.path].read_bytes())
    with pytest.raises(CannotOpen):
        shelf.take(one.path, key=bea.mentorship.key)


def test_files_too_large_or_too_many_are_refused_and_nothing_of_them_is_kept(
    folder: Path, people: dict[str, Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    bea = people["bea"]
    with pytest.raises(NotTaken, match=r"big\.pdf is larger than 10 MB"):
        actions.write_message(by=bea, text="x", uploads=[Upload("big.pdf", PDF + b"\0" * actions.LARGEST)], at=NOW)
    monkeypatch.setattr(actions, "MOST_IN_ALL", 40)
    actions.add_document(Upload("a.pdf", PDF), by=bea, for_all=True, at=NOW)
    actions.write_message(by=bea, text="x", uploads=[Upload("a.pdf", PDF)], at=NOW)
    for keep in (
        lambda: actions.add_document(Upload("b.pdf", PDF), by=bea, for_all=True, at=NOW),
        lambda: actions.write_message(by=bea, text="x", uploads=[Upload("b.pdf", PDF)], at=NOW),
        lambda: actions.add_version(Document.objects.get(), Upload("b.pdf", PDF), by=bea, at=NOW),
    ):
        with pytest.raises(NotTaken, match="more than 200 MB"):
            keep()
    assert Message.objects.count() == Document.objects.count() == 1
    assert len(on_the_disk(folder)) == 2


def test_a_version_beside_the_others_and_a_name_that_two_change_at_once(people: dict[str, Member]) -> None:
    bea, maya = people["bea"], people["maya"]
    document = actions.add_document(Upload("Plan v1.pdf", PDF), by=bea, for_all=True, at=NOW)
    assert document.title == "Plan v1"
    actions.add_version(document, Upload("plan.txt", b"text"), by=maya, at=NOW)
    assert [(each.number, each.author, each.kind_name) for each in document.versions.all()] == [
        (2, maya, "txt"),
        (1, bea, "pdf"),
    ]
    actions.rename_document(document, "The plan", version=1, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        actions.rename_document(document, "Our plan", version=1, at=NOW)


def test_a_message_that_is_deleted_twice_is_deleted_once(people: dict[str, Member]) -> None:
    message = actions.write_message(by=people["bea"], text=SECRET, uploads=[TEXT], at=NOW)
    again = Message.objects.get(pk=message.pk)
    actions.delete_message(message, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        actions.delete_message(again, at=NOW)
    kept = messages_read_by(people["maya"]).get()
    assert (kept.text, list(kept.attachments.all())) == ("", [])


def test_nothing_is_added_once_it_has_ended(people: dict[str, Member]) -> None:
    from alongside.mentorships.actions import end_mentorship

    bea = people["bea"]
    end_mentorship(bea.mentorship, ending=Ending.OBJECTIVES_MET, by=None, at=NOW)
    for add in (
        lambda: actions.write_message(by=bea, text="x", at=NOW),
        lambda: actions.add_document(TEXT, by=bea, for_all=True, at=NOW),
        lambda: actions.add_link(by=bea, title="x", url="https://example.org", for_all=True, at=NOW),
    ):
        with pytest.raises(actions.HasEnded, match="has ended"):
            add()


@pytest.mark.django_db(transaction=True)
class TestTheDisk:
    def test_what_is_deleted_is_gone_from_it(self, folder: Path, people: dict[str, Member]) -> None:
        bea = people["bea"]
        document = actions.add_document(TEXT, by=bea, for_all=True, at=NOW)
        actions.add_version(document, TEXT, by=bea, at=NOW)
        message = actions.write_message(by=bea, text="x", uploads=[TEXT], at=NOW)
        assert [file.parent.name for file in on_the_disk(folder)] == [file.name[:2] for file in on_the_disk(folder)]
        assert len(on_the_disk(folder)) == 3
        actions.delete_document(document, at=NOW)
        actions.delete_message(message, at=NOW)
        assert on_the_disk(folder) == []
        assert not Doomed.unscoped.exists()

    def test_what_the_disk_does_not_let_go_is_tried_again_by_the_clocks(
        self, folder: Path, people: dict[str, Member], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        document = actions.add_document(TEXT, by=people["bea"], for_all=True, at=NOW)

        def busy(name: str) -> None:
            raise OSError("The disk is busy.")

        with monkeypatch.context() as patched:
            patched.setattr(shelf, "throw_out", busy)
            actions.delete_document(document, at=NOW)
            run_clocks(at=NOW)
        assert len(on_the_disk(folder)) == Doomed.unscoped.count() == 1
        assert not Document.unscoped.exists()
        run_clocks(at=NOW)
        assert on_the_disk(folder) == []
        assert not Doomed.unscoped.exists()

    def test_what_a_killed_process_left_is_put_away_or_thrown_out(
        self, folder: Path, people: dict[str, Member], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key = people["bea"].mentorship.key
        with monkeypatch.context() as patched:
            patched.setattr(shelf, "put_away", lambda name: None)
            kept = actions.add_document(TEXT, by=people["bea"], for_all=True, at=NOW).versions.get()
            fresh, orphan = shelf.keep(b"just now", key=key), shelf.keep(b"nobody's", key=key)
        assert shelf.take(kept.path, key=key) == TEXT.content
        hours_ago = time.time() - 2 * shelf.LEFT_BEHIND_AFTER
        for name in (kept.path, orphan):
            os.utime(folder / "inside" / "arriving" / name, (hours_ago, hours_ago))
        with scope.everywhere("as the clocks do"):
            clear_files()
        assert {file.name for file in on_the_disk(folder)} == {kept.path, fresh}
        assert shelf.take(kept.path, key=key) == TEXT.content
        with pytest.raises(FileNotFoundError):
            shelf.take(orphan, key=key)


class TestReplyAddresses:
    def test_one_names_the_member_and_the_message_and_fits_into_an_address(self, people: dict[str, Member]) -> None:
        message = actions.write_message(by=people["maya"], text="x", at=NOW)
        address = reply_address(people["bea"], message)
        assert len(address.split("@")[0]) <= 64
        assert "bea" not in address
        assert answering(address.upper()) == answering(f"<{address}>") == (people["bea"], message.ref)

    def test_one_that_was_not_made_here_names_nobody(self, people: dict[str, Member], settings: Settings) -> None:
        bea, maya = people["bea"], people["maya"]
        message = actions.write_message(by=maya, text="x", at=NOW)
        mine, theirs = reply_address(bea, message), reply_address(maya, message)
        local, domain = mine.split("@")
        bad = [
            "", "@", "reply+@reply.example.org", "hello@reply.example.org", f"{local}@elsewhere.org",
            f"{local[:-1]}@{domain}", f"{local}a@{domain}", mine[:42] + theirs[42:],
            mine.replace(bea.participant.person.ref, maya.participant.person.ref),
            f"reply+é{local[7:]}@{domain}",
        ]  # fmt: skip
        for address in bad:
            with pytest.raises(BadAddress):
                answering(address)
        settings.REPLY_DOMAIN = ""
        assert reply_address(bea, message) == ""
        with pytest.raises(BadAddress):
            answering(f"{local}@")

    def test_who_left_answers_no_more(self, people: dict[str, Member]) -> None:
        address = reply_address(people["marcus"], actions.write_message(by=people["bea"], text="x", at=NOW))
        Member.objects.filter(pk=people["marcus"].pk).update(left_at=NOW)
        with pytest.raises(BadAddress):
            answering(address)
