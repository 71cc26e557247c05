import json
import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from alongside.endings.models import Achievement, StayingInTouch, Thanks
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel import clock
from alongside.mentorships.actions import end_mentorship, plan_ending
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import Ending, MentorshipState
from alongside.notes.actions import write_note
from alongside.plans.actions import set_objective
from tests.asked import last_email_to
from tests.paired import SECRET, browser_of, inside, member_in, pair
from tests.queries import queries_of
from tests.world import NOW, World

S = MentorshipState
DOORS = ["ending/", "ending/achieved/back/", "ending/record.pdf", "ending/record.json", "everything.zip"]


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    made = pair(world.maya, world.bea, stage=S.ACTIVE)
    plan_ending(made, on=NOW.date(), by=world.bea.person, at=NOW)
    return made


@pytest.fixture
def url(mentorship: Mentorship) -> str:
    return f"/mentorships/{mentorship.ref}/ending/"


def over(mentorship: Mentorship) -> None:
    mentorship.refresh_from_db()
    end_mentorship(mentorship, ending=Ending.OBJECTIVES_MET, by=None, at=NOW)


class TestWhoMayEnter:
    def test_nobody_but_its_members(self, world: World, mentorship: Mentorship, url: str) -> None:
        bea = browser_of(world.bea)
        bea.post(url, {"do": "achieved", "text": SECRET, "sees": "all", "version": "0"})
        bea.post(url, {"do": "thank", "text": SECRET})
        pair(world.nia, world.dai)
        inner = url.removesuffix("ending/")
        for person in (world.carys, world.piotr, world.olu, world.stella, world.dai.person):
            client = Client()
            client.force_login(person)
            for door in DOORS:
                for answer in (client.get(inner + door), client.post(inner + door, {"do": "stay", "stay": "yes"})):
                    assert answer.status_code == 404
                    assert b"SECRET" not in answer.content
        assert {Client().get(inner + door).status_code for door in DOORS} == {302}
        assert not StayingInTouch.unscoped.exists()

    def test_the_record_is_for_mentors(self, world: World, url: str) -> None:
        for door in ("record.pdf", "record.json"):
            assert browser_of(world.bea).get(url + door).status_code == 404
            assert browser_of(world.maya).get(url + door).status_code == 200

    def test_before_an_ending_is_planned_it_leads_to_what_comes_next(self, world: World) -> None:
        early = pair(world.nia, world.dai, stage=S.ACTIVE)
        page = browser_of(world.dai).get(f"/mentorships/{early.ref}/ending/", follow=True).content.decode()
        assert "Plan a good ending" in page


class TestLookingBack:
    def test_it_begins_with_questions_and_what_the_plan_says_was_achieved(
        self, world: World, mentorship: Mentorship, url: str
    ) -> None:
        with inside(mentorship):
            set_objective(by=member_in(mentorship, world.bea), what=SECRET, how_known="", at=NOW)
        page = browser_of(world.bea).get(url).content.decode()
        assert "What are you proudest of?" in page
        assert f"– {SECRET}" in page
        assert "Drafted from your plan" in page
        assert f"– {SECRET}" not in browser_of(world.maya).get(url).content.decode()

    @pytest.mark.parametrize(
        ("sees", "words", "mentor_reads"),
        [
            ("me", "only you", False),
            ("all", "you and Maya Mentor", True),
            ("coordinator", "you and Maya Mentor, and the coordinators", True),
        ],
    )
    def test_who_reads_it_stands_beside_it(
        self, world: World, url: str, sees: str, words: str, mentor_reads: bool
    ) -> None:
        client = browser_of(world.bea)
        client.post(url, {"do": "achieved", "text": SECRET, "sees": sees, "version": "0"})
        page = client.get(url).content.decode()
        assert f"Who can see this: {words}" in re.sub(r"<[^>]+>", "", page)
        assert (SECRET in browser_of(world.maya).get(url).content.decode()) == mentor_reads
        assert ("What the coordinators read:" in page) == (sees == "coordinator")

    def test_it_is_taken_back_from_the_coordinators(self, world: World, url: str) -> None:
        client = browser_of(world.bea)
        client.post(url, {"do": "achieved", "text": SECRET, "sees": "coordinator", "version": "0"})
        client.get(f"{url}achieved/back/")
        assert Achievement.objects.get().shared_text == SECRET
        page = client.post(f"{url}achieved/back/", follow=True).content.decode()
        assert "The coordinators cannot read it any more." in page
        assert Achievement.objects.get().shared_text == ""

    def test_two_windows_lose_nothing(self, world: World, url: str) -> None:
        client = browser_of(world.bea)
        client.post(url, {"do": "achieved", "text": "one", "sees": "me", "version": "0"})
        answer = client.post(url, {"do": "achieved", "text": "two", "sees": "me", "version": "0"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "one" in page
        assert "two" in page
        version = re.search(r'name="version" value="(\d+)"', page)
        assert version
        again = {"do": "achieved", "text": "both", "sees": "me", "version": version[1]}
        assert client.post(url, again).status_code == 302

    def test_a_mentor_cannot_say_it_for_her_and_what_is_missing_is_said(self, world: World, url: str) -> None:
        browser_of(world.maya).post(url, {"do": "achieved", "text": SECRET, "sees": "all", "version": "0"})
        assert not Achievement.objects.exists()
        page = browser_of(world.bea).post(url, {"do": "achieved", "text": " ", "sees": "?"}).content.decode()
        assert "Say what you achieved, in a word or two." in page

    def test_thanks_are_shown_at_once_and_said_once(self, world: World, mentorship: Mentorship, url: str) -> None:
        maya = browser_of(world.maya)
        maya.post(url, {"do": "thank", "text": SECRET})
        assert SECRET in browser_of(world.bea).get(url).content.decode()
        assert SECRET in last_email_to(world.bea).body.text
        page = maya.post(url, {"do": "thank", "text": "more words"}).content.decode()
        assert "You have said thank you already" in page
        assert "more words" in page
        assert Thanks.unscoped.count() == 1
        story = browser_of(world.bea).get(f"/mentorships/{mentorship.ref}/").content.decode()
        assert "Maya Mentor said thank you" in story

    def test_the_home_leads_there_until_one_has_looked_back(self, world: World, url: str) -> None:
        maya = browser_of(world.maya)
        assert "Look back with Bea Baker" in maya.get("/me/").content.decode()
        maya.post(url, {"do": "thank", "text": "Thank you"})
        assert "Look back with Bea Baker" not in maya.get("/me/").content.decode()

    def test_three_on_the_home_take_no_more_queries_than_one(self, world: World) -> None:
        client = browser_of(world.nia)
        counts = []
        for mentee in (world.bea, world.dai, world.farah):
            plan_ending(pair(world.nia, mentee, stage=S.ACTIVE), on=NOW.date(), by=mentee.person, at=NOW)
            counts.append(queries_of(client, "/me/"))
        assert counts[0] == counts[2]


class TestStayingInTouch:
    def test_after_the_end_addresses_are_shown_only_where_both_wish_it(
        self, world: World, mentorship: Mentorship, url: str
    ) -> None:
        bea, maya, story = browser_of(world.bea), browser_of(world.maya), f"/mentorships/{mentorship.ref}/"
        assert "mailto:maya.mentor@example.org" in bea.get(story).content.decode()
        over(mentorship)
        assert "maya.mentor@example.org" not in bea.get(story).content.decode()
        bea.post(url, {"do": "stay", "stay": "yes"})
        for client, address in ((bea, "maya.mentor@example.org"), (maya, "bea.baker@example.org")):
            for page in (story, url):
                assert address not in client.get(page).content.decode()
        maya.post(url, {"do": "stay", "stay": "yes"})
        for client, address in ((bea, "maya.mentor@example.org"), (maya, "bea.baker@example.org")):
            for page in (story, url):
                assert f"mailto:{address}" in client.get(page).content.decode()
        maya.post(url, {"do": "stay", "stay": "no"})
        assert "maya.mentor@example.org" not in bea.get(story).content.decode()

    def test_without_an_answer_it_says_what_to_choose(self, world: World, url: str) -> None:
        assert "Choose yes or no." in browser_of(world.bea).post(url, {"do": "stay"}).content.decode()


class TestWhatOneTakesAlong:
    def test_a_mentor_takes_a_record_without_any_mentees_name(self, world: World, url: str) -> None:
        client = browser_of(world.maya)
        paper, data = client.get(f"{url}record.pdf"), client.get(f"{url}record.json")
        assert paper.content.startswith(b"%PDF-")
        assert json.loads(data.content)["meetings"] == 1
        assert b"Bea" not in data.content
        for answer in (paper, data):
            assert answer["Content-Disposition"].startswith("attachment;")
            assert answer["Cache-Control"] == "private, no-store"

    def test_each_takes_all_they_may_read(self, world: World, mentorship: Mentorship, url: str) -> None:
        with inside(mentorship):
            write_note(by=member_in(mentorship, world.bea), text=SECRET, at=NOW)
        hers, his = (browser_of(each).get(url.replace("ending/", "everything.zip")) for each in (world.bea, world.maya))
        assert SECRET in ZipFile(BytesIO(hers.content)).read("everything.txt").decode()
        assert SECRET not in ZipFile(BytesIO(his.content)).read("everything.txt").decode()
        assert hers["Content-Type"] == "application/zip"
        assert "You were introduced" in ZipFile(BytesIO(his.content)).read("everything.txt").decode()


class TestWhatIsKept:
    def test_it_is_said_in_plain_words_with_its_day(self, world: World, mentorship: Mentorship, url: str) -> None:
        over(mentorship)
        page = browser_of(world.bea).get(url).content.decode()
        assert "Until 7 June 2026, 90 days after the end." in page
        assert "Until 9 March 2028, 24 months after the end." in page

    def test_afterwards_every_page_still_opens_and_says_what_has_gone(
        self, world: World, mentorship: Mentorship, url: str
    ) -> None:
        bea = browser_of(world.bea)
        bea.post(url, {"do": "achieved", "text": SECRET, "sees": "coordinator", "version": "0"})
        with inside(mentorship):
            set_objective(by=member_in(mentorship, world.bea), what=SECRET, how_known="", at=NOW)
            write_note(by=member_in(mentorship, world.bea), text=SECRET, at=NOW)
        over(mentorship)
        for days in (76, 90):
            run_clocks(at=NOW + timedelta(days=days))
        with clock.stopped(NOW + timedelta(days=91)):
            inner = f"/mentorships/{mentorship.ref}/"
            for door in ("", "plan/", "notes/", "exercises/", "agreement/", "next/", "everything.zip"):
                answer = bea.get(inner + door)
                assert answer.status_code == 200, door
                assert b"SECRET" not in answer.content
            page = bea.get(url).content.decode()
            assert "What you wrote here has been deleted" in page
            assert "What the coordinators read:" in page
            assert browser_of(world.maya).get(f"{url}record.pdf").status_code == 200
            bea.post(f"{url}achieved/back/")
            assert Achievement.objects.get().shared_text == ""

    def test_nothing_new_is_written_into_it_and_the_page_says_why(
        self, world: World, mentorship: Mentorship, url: str
    ) -> None:
        over(mentorship)
        for days in (76, 90):
            run_clocks(at=NOW + timedelta(days=days))
        answer = browser_of(world.bea).post(f"/mentorships/{mentorship.ref}/notes/", {"text": SECRET, "readers": "me"})
        assert answer.status_code == 410
        assert "nothing new can be written in it" in answer.content.decode()
        page = browser_of(world.bea).post(url, {"do": "thank", "text": SECRET})
        assert page.status_code == 200
