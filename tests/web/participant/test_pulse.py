import re
from datetime import timedelta

import pytest
from django.test import Client

from alongside.audit.models import Entry
from alongside.evaluation.models import FollowUp, Pulse
from alongside.journeys.end_mentorship import end_for_all
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel import clock
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import Ending, MentorshipState
from alongside.notifications.models import Email
from tests.asked import last_email_to
from tests.paired import SECRET, browser_of, pair
from tests.queries import queries_of
from tests.world import NOW, World

MONTH = timedelta(days=30)


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    mentorship = pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)
    run_clocks(at=NOW + MONTH)
    return mentorship


def links_in(text: str) -> list[str]:
    return re.findall(r"http://testserver(/(?:pulse|afterwards)/\S+)", text)


def asked_of(participant) -> Pulse:
    found: Pulse = Pulse.objects.get(member__participant=participant)
    return found


class TestPulse:
    def test_one_click_chooses_and_looking_decides_nothing(self, world: World, mentorship: Mentorship) -> None:
        very_well, *_ = links_in(last_email_to(world.bea).text)
        page = Client().get(very_well).content.decode()
        assert re.search(r'value="5"[^>]*checked', page)
        assert asked_of(world.bea).answered_at is None
        with clock.stopped(NOW + MONTH):
            Client().post(very_well, {"score": "5"})
        assert asked_of(world.bea).score == 5

    def test_the_other_never_sees_it_on_any_page(self, world: World, mentorship: Mentorship) -> None:
        url = f"/mentorships/{mentorship.ref}/pulse/"
        with clock.stopped(NOW + MONTH):
            browser_of(world.bea).post(url, {"score": "1", "call_wanted": "on", "words": SECRET})
            for page in ("", "pulse/", "meetings/", "plan/", "notes/", "next/", "exercises/"):
                theirs = browser_of(world.maya).get(f"/mentorships/{mentorship.ref}/{page}")
                assert theirs.status_code == 200
                assert SECRET not in theirs.content.decode()
                assert "1 of 5" not in theirs.content.decode()
            assert "1 of 5" in browser_of(world.bea).get(url).content.decode()

    def test_a_link_of_one_answers_nothing_of_the_other_and_a_changed_one_is_refused(
        self, world: World, mentorship: Mentorship
    ) -> None:
        hers = links_in(last_email_to(world.bea).text)[0]
        Client().post(hers, {"score": "2"})
        assert asked_of(world.maya).answered_at is None
        assert Client().get(hers.replace("/pulse/", "/pulse/x")).status_code == 404

    def test_nobody_else_enters(self, world: World, mentorship: Mentorship) -> None:
        pair(world.nia, world.dai)
        url = f"/mentorships/{mentorship.ref}/pulse/"
        for person in (world.carys, world.piotr, world.olu, world.stella, world.dai.person):
            client = Client()
            client.force_login(person)
            assert client.get(url).status_code == client.post(url, {"score": 1}).status_code == 404
        assert Client().get(url).status_code == 302

    @pytest.mark.parametrize("score", ["", "0", "6", "five", "²"])
    def test_what_is_no_number_from_one_to_five_is_said_plainly(
        self, world: World, mentorship: Mentorship, score: str
    ) -> None:
        client = browser_of(world.bea)
        url = f"/mentorships/{mentorship.ref}/pulse/"
        page = client.post(url, {"score": score, "words": "Keep these words"}).content.decode()
        assert "Choose one of the five" in page
        assert "Keep these words" in page
        assert client.get(f"{url}?score={score}").status_code == 200

    def test_neither_the_subject_nor_the_audit_holds_the_answer(self, world: World, mentorship: Mentorship) -> None:
        browser_of(world.bea).post(f"/mentorships/{mentorship.ref}/pulse/", {"score": "2", "words": SECRET})
        assert all(SECRET not in str(entry.details) for entry in Entry.unscoped.all())
        assert Entry.unscoped.get(verb="answer_pulse").details == {}
        assert all(SECRET not in email.subject + email.text for email in Email.objects.all())

    def test_home_asks_and_three_mentorships_take_no_more_queries(self, world: World, mentorship: Mentorship) -> None:
        with clock.stopped(NOW + MONTH):
            client = browser_of(world.maya)
            assert "How is it going with Bea Baker?" in client.get("/me/").content.decode()
            few = queries_of(client, "/me/")
            for other in (world.dai, world.farah):
                pair(world.maya, other, stage=MentorshipState.ACTIVE)
            run_clocks(at=NOW + 2 * MONTH)
            assert queries_of(client, "/me/") == few


class TestFollowUp:
    def test_three_questions_by_link_answered_once(self, world: World) -> None:
        mentorship = pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)
        end_for_all(mentorship, ending=Ending.OBJECTIVES_MET, by=None, at=NOW)
        for at in (NOW, NOW + timedelta(days=95)):
            run_clocks(at=at)
        link = links_in(last_email_to(world.bea).text)[0]
        assert "What came of your time with Maya Mentor?" in Client().get(link).content.decode()
        assert "Choose yes or no" in Client().post(link, {"still_uses": "4"}).content.decode()
        Client().post(link, {"still_uses": "4", "words": "I set my prices", "may_write_again": "no"})
        Client().post(link, {"still_uses": "1", "words": "Other", "may_write_again": "yes"})
        told = FollowUp.objects.get(member__participant=world.bea)
        assert (told.still_uses, told.words, told.may_write_again) == (4, "I set my prices", False)
        assert "do not write to you about it again" in Client().get(link).content.decode()
