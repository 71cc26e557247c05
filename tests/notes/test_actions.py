from collections.abc import Iterator

import pytest
from django.db import connection

from alongside.audit.models import Entry
from alongside.journeys.ask_for_records import ask_for_records
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.kernel.scope import within
from alongside.mentorships.models import Member, Mentorship
from alongside.notes import actions
from alongside.notes.models import Note
from alongside.notes.queries import notes_read_by
from tests.asked import emails_to
from tests.paired import SECRET, inside, member_in, pair
from tests.world import NOW, World


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


def test_a_note_is_read_by_its_author_by_all_or_by_those_it_names(people: dict[str, Member]) -> None:
    bea, maya, marcus = people["bea"], people["maya"], people["marcus"]
    mine = actions.write_note(by=bea, text="mine", at=NOW)
    ours = actions.write_note(by=maya, text="ours", for_all=True, at=NOW)
    two = actions.write_note(by=maya, text="for two", readers=[bea], at=NOW)
    read = {name: set(notes_read_by(member)) for name, member in people.items()}
    assert read == {"bea": {mine, ours, two}, "maya": {ours, two}, "marcus": {ours}}
    assert marcus.pk not in {reader.pk for reader in two.readers.all()}


def test_somebody_of_another_mentorship_cannot_be_made_a_reader(world: World, people: dict[str, Member]) -> None:
    stranger = member_in(pair(world.nia, world.dai), world.dai)
    note = actions.write_note(by=people["bea"], text=SECRET, readers=[stranger], at=NOW)
    assert not note.readers.exists()
    assert not notes_read_by(stranger).exists()


def test_a_mentee_gets_the_records_of_her_meetings_and_no_other_note(world: World, people: dict[str, Member]) -> None:
    bea, maya = people["bea"], people["maya"]
    kept = actions.write_note(by=maya, text="What I think to myself", at=NOW)
    record = actions.write_note(by=maya, text="We spoke of prices", is_record=True, at=NOW)
    assert set(notes_read_by(bea)) == set()
    assert ask_for_records(bea, at=NOW) == 1
    assert set(notes_read_by(bea)) == {record}
    assert kept not in notes_read_by(people["marcus"])
    assert emails_to(world.maya) == ["tell_records_were_given"]
    assert ask_for_records(bea, at=NOW) == 0
    assert emails_to(world.maya) == ["tell_records_were_given"]


def test_what_was_given_cannot_be_taken_back(people: dict[str, Member]) -> None:
    bea, maya = people["bea"], people["maya"]
    record = actions.write_note(by=maya, text="We spoke of prices", is_record=True, at=NOW)
    ask_for_records(bea, at=NOW)
    actions.change_note(record, version=1, text="Of prices", for_all=False, readers=[], is_record=True, at=NOW)
    assert record in notes_read_by(bea)


def test_only_mentees_ask_for_records(people: dict[str, Member]) -> None:
    with pytest.raises(ValueError, match="belong to the mentees"):
        ask_for_records(people["maya"], at=NOW)


def test_an_edit_in_an_older_window_is_refused(people: dict[str, Member]) -> None:
    note = actions.write_note(by=people["bea"], text="one", at=NOW)
    details = {"for_all": False, "readers": [], "is_record": False, "at": NOW}
    actions.change_note(note, version=1, text="two", **details)
    with pytest.raises(ChangedMeanwhile):
        actions.change_note(note, version=1, text="three", **details)
    assert Note.objects.get(pk=note.pk).text == "two"


def test_nothing_of_a_note_can_be_read_elsewhere_and_deleted_is_gone(world: World, people: dict[str, Member]) -> None:
    note = actions.write_note(by=people["bea"], text=SECRET, at=NOW)
    with within(world.harbour_scope):
        assert not Note.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM notes_note")
        assert b"SECRET" not in bytes(cursor.fetchone()[0])
    assert "SECRET" not in str(list(Entry.unscoped.values()))
    actions.delete_note(note, at=NOW)
    assert not Note.unscoped.exists()
