"""Who may see what is inside a mentorship (domain: who sees what), tried at every door and in every scope there is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from alongside.applications import applying
from alongside.audit.models import Entry
from alongside.journeys.apply import send
from alongside.kernel import scope
from alongside.kernel.scope import NoScope
from alongside.mentorships.models import InsideMentorship, Mentorship, OfMentorship
from alongside.people.models import Person
from alongside.web.shared import access
from tests.applied import begun, let_apply
from tests.architecture.addresses import Address, addresses
from tests.files import PDF
from tests.filled import Filled, filled
from tests.paired import SECRET, pair
from tests.world import NOW, World

INSIDE = [a for a in addresses() if a.pattern.startswith("/mentorships/<str:ref>/")]
THINGS = [model for model in apps.get_models() if issubclass(model, OfMentorship) and model._meta.managed]
# Who may read the words of things inside, and who may so much as count those that are nobody else's.
MAY_READ = {
    "the mentee": True,
    "the mentor": True,
    "the coordinator": False,
    "the partner's coordinator": False,
    "the coordinator of another organisation": False,
    "the steward": False,
    "somebody of another mentorship": False,
    "a worker for all organisations": False,
}


@pytest.fixture
def full(world: World, settings: Settings, tmp_path: Path) -> Filled:
    settings.MEDIA_ROOT = tmp_path
    pair(world.nia, world.dai)
    full = filled(world)
    full.refs["applications"] = [applied_with_a_document(world)]
    return full


def applied_with_a_document(world: World) -> str:
    """Let Bea have applied with a document that the rules show; what it holds only whoever may be paired reads."""
    let_apply(world, documents=[{"id": "cv", "title": "Your CV", "shown": True}])
    application = begun(world, world.bea.person, **{"job-title": "Baker", "about": "I bake."})
    applying.add_document(application, "cv", name="cv.pdf", content=PDF + SECRET.encode(), at=NOW)
    send(application, by=world.bea.person, at=NOW)
    applying.accept(application, by=world.carys, at=NOW)
    return str(application.documents.get().ref)


def scopes(world: World) -> dict[str, scope.Scope]:
    """The scope in which each kind of person works, as their pages declare it."""
    return {
        "the mentee": access._own_scope(world.bea.person),
        "the mentor": access._own_scope(world.maya.person),
        "the coordinator": access._run_scope(world.carys),
        "the partner's coordinator": access._run_scope(world.piotr),
        "the coordinator of another organisation": access._run_scope(world.olu),
        "the steward": access._network_scope(world.stella),
        "somebody of another mentorship": access._own_scope(world.dai.person),
        "a worker for all organisations": scope.Scope(everything=True),
    }


def reads_words(row: OfMentorship) -> bool:
    """Try to read what is sealed in a row, in the scope in force."""
    row.mentorship = Mentorship.unscoped.get(pk=row.mentorship_id)
    try:
        return bool(row.read_words())
    except NoScope:
        return False


@pytest.mark.parametrize("who", MAY_READ)
def test_the_words_of_everything_are_read_by_members_alone(world: World, full: Filled, who: str) -> None:
    seen = set()
    with scope.within(scopes(world)[who]):
        for model in THINGS:
            for row in model.unscoped.exclude(sealed=b""):
                assert reads_words(row) is MAY_READ[who], (who, model)
                seen.add(model)
    assert {model.__name__ for model in seen} >= {
        "Objective",
        "Review",
        "Learning",
        "Action",
        "Note",
        "Filling",
        "AllRoundReview",
        "Rater",
        "Message",
        "Link",
    }


@pytest.mark.parametrize("who", MAY_READ)
def test_what_is_inside_is_not_even_counted_by_others(world: World, full: Filled, who: str) -> None:
    with scope.within(scopes(world)[who]):
        for model in THINGS:
            if issubclass(model, InsideMentorship) and model.unscoped.exists():
                assert model.objects.exists() is MAY_READ[who], (who, model)


def _opened(client: Client, address: Address, full: Filled) -> Iterator[HttpResponse]:
    """Try a door with every name that could open it, by GET and by POST, and leave everything as it was.

    That these are the names that open it, the test with members says.
    """
    path = address.pattern.replace("<str:ref>", full.mentorship.ref, 1)
    before = re.search(r"(\w+)/<", path)
    for name in full.refs[before[1]] if before else [""]:
        for ask in ("get", "post"):
            with transaction.atomic():
                yield getattr(client, ask)(
                    re.sub(r"<\w+:\w+>", name, re.sub(r"<int:(number|place)>", "1", path)),
                    {"answer": "no", "do": "done"},
                )
                transaction.set_rollback(True)


def _people(world: World) -> list[Person]:
    return [world.carys, world.piotr, world.olu, world.stella, world.dai.person, world.marcus.person]


@pytest.mark.slow
@pytest.mark.parametrize("address", INSIDE, ids=lambda address: address.name)
def test_every_door_is_closed_to_whoever_is_no_member(world: World, full: Filled, address: Address) -> None:
    for person in _people(world):
        client = Client()
        client.force_login(person)
        for response in _opened(client, address, full):
            assert response.status_code in {404, 405}, (address.pattern, person, response.status_code)
            assert "SECRET" not in response.content.decode()
    for response in _opened(Client(), address, full):
        assert response.status_code == 302


@pytest.mark.slow
def test_each_of_these_doors_opens_for_a_member(world: World, full: Filled) -> None:
    """Without this the others could pass because nothing is there."""
    seen = ""
    for address in INSIDE:
        found: set[int] = set()
        for participant in (world.bea, world.maya):
            client = Client()
            client.force_login(participant.person)
            for response in _opened(client, address, full):
                found.add(response.status_code)
                seen += "" if response.streaming else response.content.decode(errors="replace")
        assert {200, 302} & found, (address.pattern, found)
    assert SECRET in seen


def test_a_copy_of_the_database_reads_nothing(world: World, full: Filled) -> None:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                values = [bytes(value) if isinstance(value, memoryview) else value for value in row]
                assert "SECRET" not in str(values), table


def test_a_copy_of_the_files_reads_nothing(full: Filled, tmp_path: Path) -> None:
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(files) == 2
    for file in files:
        assert b"SECRET" not in file.read_bytes()
        assert "SECRET" not in str(file)


def test_the_record_of_what_happened_names_nothing_of_it(full: Filled) -> None:
    assert "SECRET" not in str(list(Entry.unscoped.values()))


def test_the_api_and_the_coordinators_pages_show_nothing_of_it(world: World, full: Filled) -> None:
    client = Client()
    client.force_login(world.carys)
    ref = world.cohort.ref
    for url in (
        f"/api/v1/cohorts/{ref}/mentorships",
        f"/api/v1/cohorts/{ref}/participants",
        "/queue/",
        f"/cohorts/{ref}/",
        f"/cohorts/{ref}/people/",
        f"/cohorts/{ref}/people.csv",
    ):
        response = client.get(url)
        assert "SECRET" not in response.content.decode(errors="replace"), url


def test_what_goes_wrong_inside_is_logged_without_a_word_of_it(
    world: World, full: Filled, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("something of ours")

    monkeypatch.setattr("alongside.notes.actions.write_note", broken)
    client = Client(raise_request_exception=False)
    client.force_login(world.bea.person)
    response = client.post(f"/mentorships/{full.mentorship.ref}/notes/", {"text": SECRET, "readers": "me"})
    assert response.status_code == 500
    assert "SECRET" not in caplog.text + response.content.decode()
