"""The coordinator of another organisation meets 404 at every door, and so does everybody else who is not meant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from alongside.applications import actions as applications
from alongside.applications.applying import add_document
from alongside.applications.models import Application
from alongside.assessments.models import Evidence
from alongside.blueprints.sections import Survey
from alongside.directory.actions import add_offering, move_listing
from alongside.figures import actions as figures
from alongside.groups.models import Ask, Group, Place
from alongside.journeys.apply import send
from alongside.journeys.offer_mentors import offer_board
from alongside.journeys.pool import pool_of
from alongside.matching import board
from alongside.matching.calculations import start_calculation
from alongside.matching.sendings import start_sending
from alongside.mentorships.actions import start_mentorship
from alongside.mentorships.models import Mentorship
from alongside.placing.actions import make_call
from alongside.programmes import actions as programmes
from alongside.programmes.states import Side
from alongside.questionnaires.actions import begin_questionnaire, publish, save_draft
from alongside.questionnaires.models import Questionnaire
from alongside.surveys import actions as surveys
from alongside.surveys.models import Response
from tests.applied import begun, let_apply
from tests.architecture.addresses import Address, addresses
from tests.asked import left_email
from tests.assessed import begun as assessed_by_itself
from tests.enquired import confirmed
from tests.files import PDF
from tests.listed import list_organisation
from tests.placed import BY, rules
from tests.surveyed import answer
from tests.told import told
from tests.world import LEAK, NOW, World, set_rules

OF_NOBODY = ["<slug:blueprint>"]  # what comes with us is the same for all
GATED = [
    a
    for a in addresses()
    if re.search(r"<|\(\?P", a.pattern)
    and (a.access == "coordinator" or "/api/" in a.pattern)
    and not any(name in a.pattern for name in OF_NOBODY)
]


@dataclass(frozen=True)
class Doors:
    """The public names of one of everything Harbour Enterprise has, by the word before them in an address.

    And what a form of the board would send.
    """

    refs: dict[str, list[str]]
    sent: dict[str, str]


@pytest.fixture
def doors(world: World) -> Doors:
    set_rules(world, seen={"funder": LEAK})
    file = SimpleUploadedFile("mentees.csv", f"Name,Email\n{LEAK},leak@example.org\n".encode())
    dropped = applications.drop_file(world.cohort, file, side=Side.MENTEE, by=world.carys, at=NOW)
    matching = board.start_matching(world.cohort, pool_of(world.cohort), by=world.carys, at=NOW)
    assert matching.current is not None
    sending, _ = start_sending(matching.current, total=3, by=world.carys, at=NOW)
    calculation, _ = start_calculation(world.cohort, None, by=world.carys, at=NOW)
    offer = offer_board(matching.current, pool_of(world.cohort), by=world.carys, at=NOW)[0]
    mentorship = start_mentorship(world.maya, world.bea, first_meeting_at=None, by=None, at=NOW)
    people = [world.bea, world.dai, world.maya]
    group, ask = _group(world)
    assessed = assessed_by_itself(world).filled()
    listing = list_organisation(world, summary=f"{LEAK} draft")
    move_listing(listing, "hide", by=world.carys, at=NOW)
    offering = add_offering(listing, name=LEAK, by=world.carys, at=NOW)
    application = _application(world)
    questionnaire = written(world)
    training = programmes.start_programme(world.harbour, name=f"Training {LEAK}", rules=rules(), by=world.carys, at=NOW)
    about = {"wanted": 1, "topics": [[LEAK, 1.0]], "words": LEAK, "needed_by": BY}
    call = make_call(world.cohort, training, by=world.carys, at=NOW, **about)
    things: dict[str, list[Any]] = {
        "programmes": [world.programme, training],
        "calls": [call],
        "cohorts": [world.cohort],
        "people": people,
        "participants": people,
        "imports": [dropped],
        "matchings": [calculation],
        "sendings": [sending],
        "offers": [offer],
        "groups": [group],
        "asks": [ask],
        "looking-after": [mentorship],
        "emails": [left_email(world.bea)],
        "applications": [application],
        "application-documents": list(application.documents.all()),
        "questionnaires": [questionnaire],
        "surveys": [_survey(mentorship)],
        "enquiries": [confirmed(world, world.harbour, name=LEAK, words=LEAK)],
        "assessments": [assessed.assessment],
        "listings": [listing],
        "offerings": [offering],
        "told": [told(world, title=LEAK)],
        "targets": [figures.set_target(world.network, "mentors", 9, until=NOW.date(), by=world.stella, at=NOW)],
        "awareness": [
            figures.note_awareness(
                world.network, on=NOW.date(), aware=9, asked=99, source=LEAK, by=world.stella, at=NOW
            )
        ],
        "campaigns": [figures.begin_campaign(world.network, LEAK, ["One", "Two"], by=world.stella, at=NOW)],
        "evidence": list(Evidence.objects.filter(kind_id="EV04")),
    }
    sent = {"do": "lock", "mentee": world.dai.ref, "mentor": world.marcus.ref, "side": "mentee"}
    return Doors({word: [thing.ref for thing in made] for word, made in things.items()}, sent)


def _survey(mentorship: Mentorship) -> Response:
    """What a member answered to a survey that coordinators read."""
    member = mentorship.members.select_related("participant", "mentorship")[0]
    response = surveys.ask(Survey(questionnaire="half-way", when="halfway"), member, at=NOW)
    assert response is not None
    answer(response, at=NOW, change=LEAK)
    return response


def _group(world: World) -> tuple[Group, Ask]:
    """A group as a cohort has it that works so; whose cohort works in pairs by now."""
    owned = {"organisation": world.harbour, "programme": world.programme}
    group = Group.objects.create(**owned, cohort=world.cohort, name=LEAK, state="asking", made_at=NOW)
    ask = Ask.objects.create(
        **owned, group=group, participant=world.nia, asked_at=NOW, due_at=NOW, reason=LEAK, state="lapsed"
    )
    Place.objects.create(**owned, group=group, participant=world.nia)
    return group, ask


def _application(world: World) -> Application:
    let_apply(world, documents=[{"id": "cv", "title": "CV", "required": False}])
    application = begun(world, about=LEAK)
    add_document(application, "cv", name=f"{LEAK}.pdf", content=PDF, at=NOW)
    send(application, by=world.bea.person, at=NOW)
    return application


def written(world: World) -> Questionnaire:
    """A questionnaire that was published, then changed: what is in it is called as the door that leads to it."""
    item = {"id": "secret", "kind": "text", "text": LEAK}
    draft = {"title": LEAK, "about": LEAK, "audience": "mentees", "shown": "never", "items": [item]}
    made = begin_questionnaire(world.harbour, key="ours", draft=draft, by=world.carys, at=NOW)
    publish(made, by=world.carys, at=NOW)
    steps = [{"value": 1, "label": LEAK}, {"value": 2, "label": "More"}]
    parts = {"scales": {made.ref: steps}, "roles": [{"id": made.ref, "title": LEAK}]}
    again = {**draft, **parts, "items": [{**item, "id": made.ref}]}
    save_draft(made, again, version=made.version, by=world.carys, at=NOW)
    return made


def _filled_in(address: Address, ref: str) -> str:
    """Return the address with ``ref`` wherever it wants a name, and something that fits elsewhere."""
    path = re.sub(r"[\^$]", "", address.pattern).replace("\\.", ".").replace("(?P<kind>csv|xlsx)", "csv")
    path = re.sub(r"\(\?P<\w+>[^)]*\)", ref, path)
    path = path.replace("<slug:questionnaire>", "half-way").replace("<int:version>", "1")
    path = path.replace("<slug:criterion>", "training").replace("<slug:kind>", "EV04")
    path = re.sub(r"<int:\w+>", "1", path)
    return re.sub(r"[<{](?:\w+:)?\w+[>}]", ref, path)


def _opened(client: Client, address: Address, doors: Doors) -> Iterator[HttpResponse]:
    """Try a door with every name that could open it, by GET and by POST, and leave everything as it was.

    That these are the names that open it, the test with the coordinator herself says.
    """
    before = re.search(r"([\w-]+)/(?:<|\(\?P)", address.pattern)
    assert before, address.pattern
    for ref in doors.refs[before[1]]:
        path = _filled_in(address, ref)
        for ask in (client.get, client.post):
            with transaction.atomic():
                yield ask(path, doors.sent)
                transaction.set_rollback(True)


def _assert_closed(client: Client, doors: Doors, statuses: set[int]) -> None:
    for address in GATED:
        for response in _opened(client, address, doors):
            assert response.status_code in statuses, (address.pattern, response.status_code)
            assert LEAK not in response.content.decode(), address.pattern


def test_the_coordinator_of_another_organisation_gets_404_at_every_door(
    world: World, doors: Doors, as_olu: Client
) -> None:
    _assert_closed(as_olu, doors, {404, 405})


def test_a_mentor_of_the_programme_cannot_open_the_coordinators_doors(
    world: World, doors: Doors, client: Client
) -> None:
    client.force_login(world.maya.person)
    _assert_closed(client, doors, {404, 405})


@pytest.mark.slow
def test_the_steward_of_the_network_cannot_open_the_coordinators_doors(
    world: World, doors: Doors, client: Client
) -> None:
    client.force_login(world.stella)
    _assert_closed(client, doors, {404, 405})


def test_somebody_who_has_not_signed_in_sees_nothing(world: World, doors: Doors, client: Client) -> None:
    _assert_closed(client, doors, {302, 401, 404, 405})


@pytest.mark.slow
def test_each_of_these_doors_opens_for_the_coordinator_herself(world: World, doors: Doors, as_carys: Client) -> None:
    """Without this the others could pass because nothing is there."""
    for address in GATED:
        found = {response.status_code for response in _opened(as_carys, address, doors)}
        assert {200, 302} & found, (address.pattern, found)


def test_a_partners_coordinator_runs_the_shared_programme(world: World, client: Client) -> None:
    client.force_login(world.piotr)
    assert client.get(f"/cohorts/{world.cohort.ref}/").status_code == 200
