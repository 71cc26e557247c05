"""Raising a concern, hearing one, and everybody who must not."""

import pytest
from django.test import Client

from alongside.audit.models import Entry as AuditEntry
from alongside.concerns.actions import hearing
from alongside.concerns.models import Concern
from alongside.concerns.queries import entries_of, hearers_of
from alongside.people.models import Person
from tests.architecture.addresses import addresses
from tests.paired import SECRET, browser_of, pair
from tests.queries import queries_of
from tests.reported import named_lead, raised
from tests.world import World

FORM = {"about": "person", "words": SECRET, "severity": "soon", "named": "yes"}
RAISE = "/concerns/raise/"


def as_person(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sent(world: World, **changes: object) -> tuple[str, Concern | None]:
    """Bea sends the form; return where she is led, and the concern."""
    response = browser_of(world.bea).post(RAISE, {"programme": world.programme.ref, **FORM, **changes})
    return response.get("Location", response.content.decode()), Concern.unscoped.first()


def told(concern: Concern | None) -> dict[str, object]:
    assert concern is not None
    with hearing(concern):
        return entries_of(concern)[0].words


class TestRaising:
    def test_a_link_stands_on_every_page_and_names_the_mentorship_inside_one(self, world: World) -> None:
        mentorship = pair(world.maya, world.bea)
        client = browser_of(world.bea)
        assert 'href="/concerns/raise/"' in client.get("/me/").content.decode()
        page = client.get(f"/mentorships/{mentorship.ref}/notes/").content.decode()
        assert f'href="/concerns/raise/?from={mentorship.ref}"' in page
        assert 'href="/concern/"' in Client().get("/help/").content.decode()
        assert "116 123" in Client().get("/concern/").content.decode()

    def test_it_says_who_hears_it_and_whom_to_ring(self, world: World) -> None:
        page = browser_of(world.bea).get(RAISE).content.decode()
        assert "No safeguarding lead is named, so it goes to the coordinators" in page
        named_lead(world)
        page = browser_of(world.bea).get(RAISE).content.decode()
        assert "It goes to Lena Lead, the safeguarding lead" in page
        assert "999" in page

    def test_with_a_name_the_lead_sees_it_and_from_which_mentorship(self, world: World) -> None:
        named_lead(world)
        mentorship = pair(world.maya, world.bea)
        client = browser_of(world.bea)
        client.post(f"{RAISE}?from={mentorship.ref}", {"programme": world.programme.ref, **FORM})
        words = told(Concern.unscoped.get())
        assert words["reporter"] == "Bea Baker"
        assert "Maya Mentor" in str(words["where"])

    def test_without_a_name_no_account_is_kept_and_the_link_still_leads_back(self, world: World) -> None:
        mentorship = pair(world.maya, world.bea)
        url = f"{RAISE}?from={mentorship.ref}"
        response = browser_of(world.bea).post(url, {"programme": world.programme.ref, **FORM, "named": "no"})
        assert "Bea" not in str(told(Concern.unscoped.get()))
        page = Client().get(response["Location"]).content.decode()
        assert "Received" in page
        assert SECRET not in page

    def test_ticking_somebody_keeps_it_from_them(self, world: World) -> None:
        _, concern = sent(world, subjects=[world.carys.ref])
        assert concern is not None
        with hearing(concern):
            assert [person.name for person in hearers_of(concern)] == ["Piotr Partner"]
        page = browser_of(world.bea).post(
            RAISE, {"programme": world.programme.ref, **FORM, "subjects": [world.carys.ref, world.piotr.ref]}
        ).content.decode()  # fmt: skip
        assert "it was not sent" in page
        assert SECRET in page

    def test_what_is_missing_is_said_and_nothing_typed_is_lost(self, world: World) -> None:
        for changes in ({"about": ""}, {"severity": "very"}, {"named": ""}, {"programme": "nonsense"}):
            page, concern = sent(world, **changes)
            assert "There is a problem" in page
            assert SECRET in page
            assert concern is None

    def test_the_status_is_all_the_reporter_sees_and_they_can_add(self, world: World) -> None:
        lena = named_lead(world)
        url, _concern = sent(world)
        lead = as_person(lena)
        ref = Concern.unscoped.get().ref
        lead.post(f"/concerns/{ref}/do/", {"do": "acknowledge"})
        lead.post(f"/concerns/{ref}/do/", {"do": "note", "words": f"{SECRET} of the lead"})
        page = Client().get(url).content.decode()
        assert "Being looked at" in page
        assert SECRET not in page
        Client().post(url, {"words": "One more thing"})
        assert "One more thing" in lead.get(f"/concerns/{ref}/").content.decode()
        assert Client().get("/concerns/status/forged:signature/").status_code == 404


class TestHearing:
    @pytest.fixture
    def lena(self, world: World) -> Person:
        return named_lead(world)

    def test_only_whoever_hears_it_opens_it(self, world: World, lena: Person) -> None:
        concern = raised(world)
        others = (world.carys, world.piotr, world.olu, world.stella, world.bea.person, world.maya.person)
        urls = [f"/concerns/{concern.ref}/", f"/concerns/{concern.ref}/do/"]
        for person in others:
            client = as_person(person)
            for url in urls:
                assert {client.get(url).status_code, client.post(url, {"do": "note", "words": "x"}).status_code} <= {
                    404, 405,
                }  # fmt: skip
        assert Client().get(urls[0]).status_code == 302
        assert SECRET in as_person(lena).get(urls[0]).content.decode()

    def test_no_page_of_a_coordinator_a_partner_or_the_steward_shows_a_word(self, world: World, lena: Person) -> None:
        raised(world)
        for person in (world.carys, world.piotr, world.stella, world.maya.person):
            client = as_person(person)
            for address in addresses():
                if "<" in address.pattern or "(" in address.pattern or address.pattern.startswith("/account"):
                    continue
                assert SECRET not in client.get(address.pattern).content.decode(errors="ignore"), address.pattern

    def test_who_stands_in_opens_theirs_and_no_other(self, world: World, lena: Person) -> None:
        heard, not_heard = raised(world, lena), raised(world)
        client = as_person(world.carys)
        assert client.get(f"/concerns/{heard.ref}/").status_code == 200
        assert client.get(f"/concerns/{not_heard.ref}/").status_code == 404
        assert not_heard.ref not in client.get("/concerns/").content.decode()

    def test_each_reading_is_recorded(self, world: World, lena: Person) -> None:
        concern, client = raised(world), as_person(lena)
        for _ in range(2):
            client.get(f"/concerns/{concern.ref}/")
        read = AuditEntry.unscoped.filter(verb="read_concern", thing_ref=concern.ref, actor_ref=lena.ref)
        assert read.count() == 2

    def test_the_whole_way_to_closed(self, world: World, lena: Person) -> None:
        concern, client = raised(world), as_person(lena)
        url = f"/concerns/{concern.ref}/do/"
        assert "Write what you note" in client.post(url, {"do": "note", "words": ""}).content.decode()
        for do in ("acknowledge", "decide", "close"):
            client.post(url, {"do": do, "words": "We part them"})
        concern = Concern.unscoped.get(pk=concern.pk)
        assert concern.state == "closed"
        page = client.post(url, {"do": "acknowledge"}, follow=True).content.decode()
        assert "cannot be done any more" in page

    def test_a_lead_who_does_nothing_else_lands_there(self, world: World, lena: Person) -> None:
        client = as_person(lena)
        assert client.get("/home/").headers["Location"] == "/concerns/"
        assert "No concern was raised" in client.get("/concerns/").content.decode()
        raised(world)
        few = queries_of(client, "/concerns/")
        for _ in range(2):
            raised(world)
        assert queries_of(client, "/concerns/") == few


class TestNaming:
    def test_the_programme_page_says_that_none_is_named_until_one_is(self, world: World, as_carys: Client) -> None:
        url = f"/programmes/{world.programme.ref}/"
        assert "None is named" in as_carys.get(url).content.decode()
        page = as_carys.post(f"{url}lead/", {"name": "", "email": "lena"}).content.decode()
        assert "Write the name people know them by" in page
        assert "Write a whole address" in page
        as_carys.post(f"{url}lead/", {"name": "Lena Lead", "email": "lena.lead@example.org"})
        page = as_carys.get(url).content.decode()
        assert "None is named" not in page
        assert "Lena Lead" in page

    def test_strangers_name_nobody(self, world: World, as_olu: Client) -> None:
        url = f"/programmes/{world.programme.ref}/lead/"
        assert as_olu.post(url, {"name": "Olu", "email": "olu@example.org"}).status_code == 404
