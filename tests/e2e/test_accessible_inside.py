"""Every page inside a mentorship, with one of everything on it, and those of whoever looks after it, in every look.

axe finds nothing at all, nothing scrolls sideways, and no page tells the console of an error. A page that is added is
visited from then on: they are read from the addresses.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from alongside.evaluation.actions import answer_pulse, ask_pulse
from alongside.kernel import clock
from alongside.meetings.models import Meeting
from alongside.mentorships.models import Mentorship
from alongside.programmes.models import Participant
from alongside.questionnaires.queries import definition_of
from tests.architecture.addresses import addresses
from tests.e2e.looks import Reader
from tests.filled import Filled, filled
from tests.paired import browser_of, inside, member_in, pair
from tests.reported import named_lead, raised
from tests.world import World

pytestmark = pytest.mark.browser

DAY = timedelta(days=1)
OPENED = {"mentorship", "meetings", "meeting", "meetings_suggest", "meeting_how", "objective", "action", "exercise"}
OPENED |= {"mentorship_reviews", "all_round_review", "review_myself_page", "close_review"}
OPENED |= {"mentorship_messages", "mentorship_documents", "document", "agreement_draft"}
OPENED |= {"mentorship_ending", "mentorship_farewell", "mentorship_leave", "mentorship_pulse", "search_mentorship"}

IN_STATES = {"meeting", "exercise", "all_round_review"}
"""Pages that look different for each of what they show: a meeting suggested and one that was, filled in or compared,
asked or answered."""


@pytest.fixture
def full(live_world: World, settings: Settings, tmp_path: Path) -> Filled:
    """Bea's mentorship with Maya, with one of everything, a meeting that was, and expectations both have given."""
    settings.MEDIA_ROOT = tmp_path
    now = clock.now()
    full = filled(live_world, at=now - 2 * DAY)
    mentorship = full.mentorship
    owned = {"organisation_id": mentorship.organisation_id, "programme_id": mentorship.programme_id}
    with inside(mentorship):
        times = {"starts_at": now - DAY, "proposed_at": now - 2 * DAY, "minutes": 60}
        was = Meeting.objects.create(**owned, **times, mentorship=mentorship, state="agreed", place="The bakery")
        pulse = ask_pulse(member_in(mentorship, live_world.bea), due_on=now.date(), at=now)
        assert pulse is not None
        answer_pulse(pulse, score=3, call_wanted=True, words="We could talk more often", at=now)
    full.refs["meetings"].append(was.ref)
    full.refs["exercises"].append(_compared(live_world, mentorship))
    return full


def _compared(world: World, mentorship: Mentorship) -> str:
    """Let both say what they expect, and return the name of the exercise."""
    answers = {f"item-{item.id}": index % 3 for index, item in enumerate(definition_of("expectations", 1).questions)}
    door = f"/mentorships/{mentorship.ref}/exercises/"
    begun = browser_of(world.bea).post(door, {"questionnaire": "expectations"}).headers["Location"]
    for number, participant in enumerate((world.bea, world.maya)):
        browser_of(participant).post(begun, {**answers, "item-listen": number, "version": 0, "do": "done"})
    return begun.rstrip("/").split("/")[-1]


def pages_inside(full: Filled, participant: Participant) -> Iterator[tuple[str, str]]:
    """Every page inside that this member is shown, by the name of its address: not what is only sent or downloaded."""
    client = browser_of(participant)
    for address in addresses():
        if address.pattern.startswith("/mentorships/<str:ref>/"):
            path = re.sub(r"<int:\w+>", "1", address.pattern.replace("<str:ref>", full.mentorship.ref))
            before = re.search(r"(\w+)/<", path)
            names = full.refs.get(before[1], []) if before else [""]  # an applied document is only handed over
            for name in names if address.name in IN_STATES else names[:1]:
                url = re.sub(r"<\w+:\w+>", name, path)
                if _is_page(client, url):
                    yield address.name, url


def _is_page(client: Client, url: str) -> bool:
    response = client.get(url)
    return response.status_code == 200 and response.headers["Content-Type"].startswith("text/html")


def test_every_page_inside_for_a_mentee(full: Filled, live_world: World, reader: Reader) -> None:
    bea, seen = reader(live_world.bea.person), set()
    for name, url in pages_inside(full, live_world.bea):
        bea.open(url)
        seen.add(name)
    for url in ("/me/", "/me/who-sees-what/", "/concerns/raise/"):
        bea.open(url)
    assert not bea.wrong, "\n".join(bea.wrong)
    assert seen >= OPENED


def test_what_a_mentor_sees_differently(full: Filled, live_world: World, reader: Reader) -> None:
    maya = reader(live_world.maya.person)
    different = {"sign_agreement", "note", "delete_note", "mentorship_farewell"}
    for name, url in pages_inside(full, live_world.maya):
        if name in different:
            maya.open(url)
    assert not maya.wrong, "\n".join(maya.wrong)


def test_whoever_looks_after_them(full: Filled, live_world: World, reader: Reader) -> None:
    world, now = live_world, clock.now()
    pair(world.nia, world.dai, at=now - 20 * DAY)
    lena, concern = named_lead(world), raised(world, world.carys)
    carys, lead = reader(world.carys), reader(lena)
    board, one = f"/cohorts/{world.cohort.ref}/mentorships/", f"/looking-after/{full.mentorship.ref}/"
    for url in (
        one,
        f"{one}end/",
        f"/programmes/{world.programme.ref}/lead/",
        "/queue/",
        f"{board}?stage=paused",
        board,
    ):
        carys.open(url)
    carys.page.locator("input[name=selected]").first.check()
    carys.page.get_by_role("button", name="Write a kind message").click()
    carys.look()
    carys.page.get_by_role("button", name="Show me the emails").click()
    carys.look()
    for url in ("/concerns/", f"/concerns/{concern.ref}/"):
        lead.open(url)
    assert not carys.wrong + lead.wrong, "\n".join(carys.wrong + lead.wrong)
