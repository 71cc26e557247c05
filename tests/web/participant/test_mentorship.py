import re
from datetime import timedelta

import pytest
from django.test import Client

from alongside.journeys.run_clocks import run_clocks
from alongside.kernel import clock
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import Ending, GoingOn, MentorshipState
from tests.asked import last_email_to
from tests.paired import SECRET, browser_of, member_in, pair
from tests.queries import queries_of
from tests.world import NOW, World

S = MentorshipState
DAY = timedelta(days=1)
PAGES = ["", "going-on/", "next/", "leave/"]


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    return pair(world.maya, world.bea, stage=S.GOING_ON)


def link_in(text: str) -> str:
    found = re.search(r"http://testserver(/\S+)", text)
    assert found
    return found.group(1)


class TestWhoMayEnter:
    @pytest.mark.parametrize("page", PAGES)
    def test_its_members_enter_every_page(self, world: World, mentorship: Mentorship, page: str) -> None:
        for participant in (world.bea, world.maya):
            assert browser_of(participant).get(f"/mentorships/{mentorship.ref}/{page}").status_code == 200

    @pytest.mark.parametrize("page", PAGES)
    def test_nobody_else_does_not_even_the_coordinator(self, world: World, mentorship: Mentorship, page: str) -> None:
        pair(world.nia, world.dai)
        url = f"/mentorships/{mentorship.ref}/{page}"
        for person in (world.carys, world.piotr, world.olu, world.stella, world.dai.person, world.nia.person):
            client = Client()
            client.force_login(person)
            assert client.get(url).status_code == client.post(url, {"answer": "no"}).status_code == 404
        assert Client().get(url).status_code == 302


class TestStory:
    def test_it_tells_what_happened_and_who_sees_it(self, world: World, mentorship: Mentorship) -> None:
        page = browser_of(world.bea).get(f"/mentorships/{mentorship.ref}/").content.decode()
        assert "You and Maya Mentor" in page
        assert "You were introduced" in page
        assert "You both wanted to go on" in page
        assert "you and Maya Mentor" in page
        assert "They see that you meet, never what you say or write here" in page

    def test_a_group_names_all_of_them(self, world: World) -> None:
        group = pair(world.maya, world.marcus, world.bea)
        page = browser_of(world.bea).get(f"/mentorships/{group.ref}/").content.decode()
        assert "You and Maya Mentor and Marcus Moor" in page

    def test_home_leads_to_it_and_three_take_no_more_queries_than_one(self, world: World) -> None:
        first = pair(world.nia, world.bea, stage=S.COOLING_OFF)
        client = browser_of(world.nia)
        assert f"/mentorships/{first.ref}/" in client.get("/me/").content.decode()
        few = queries_of(client, "/me/")
        pair(world.nia, world.dai, stage=S.COOLING_OFF)
        pair(world.nia, world.farah, stage=S.COOLING_OFF)
        assert queries_of(client, "/me/") == few


class TestGoingOn:
    def test_from_the_email_without_signing_in_and_looking_decides_nothing(self, world: World) -> None:
        mentorship = pair(world.maya, world.bea, stage=S.COOLING_OFF)
        run_clocks(at=NOW + 2 * DAY)
        url = link_in(last_email_to(world.bea).text)
        with clock.stopped(NOW + 2 * DAY):
            page = Client().get(url).content.decode()
            assert "Are you happy to go on with Maya Mentor?" in page
            assert member_in(mentorship, world.bea).going_on == ""
            done = Client().post(url, {"answer": "yes", "wish": ""}, follow=True).content.decode()
        assert "Thank you for your answer" in done
        assert member_in(mentorship, world.bea).going_on == GoingOn.YES

    def test_it_is_asked_on_the_home_and_the_other_never_sees_the_answer(self, world: World) -> None:
        mentorship = pair(world.maya, world.bea, stage=S.COOLING_OFF)
        run_clocks(at=NOW + 2 * DAY)
        client = browser_of(world.bea)
        assert "Are you happy to go on with Maya Mentor?" in client.get("/me/").content.decode()
        client.post(f"/mentorships/{mentorship.ref}/going-on/", {"answer": "no", "wish": SECRET})
        assert "Are you happy to go on" not in client.get("/me/").content.decode()
        for page in ("/me/", f"/mentorships/{mentorship.ref}/", f"/mentorships/{mentorship.ref}/going-on/"):
            seen = browser_of(world.maya).get(page).content.decode()
            assert SECRET not in seen
            assert "answered" not in seen.lower().replace("everybody has answered", "")

    def test_without_an_answer_it_says_what_is_missing(self, world: World) -> None:
        mentorship = pair(world.maya, world.bea, stage=S.COOLING_OFF)
        page = browser_of(world.bea).post(f"/mentorships/{mentorship.ref}/going-on/", {}).content.decode()
        assert "Choose yes or no." in page

    def test_a_link_of_another_purpose_or_cut_short_opens_nothing(self, world: World) -> None:
        pair(world.maya, world.bea, stage=S.COOLING_OFF)
        run_clocks(at=NOW + 2 * DAY)
        url = link_in(last_email_to(world.bea).text)
        assert Client().get(url[:-5] + "/").status_code == 404
        assert Client().get("/going-on/x/").status_code == 404


class TestWhatComesNext:
    def test_they_rest_and_go_on_again(self, world: World, mentorship: Mentorship) -> None:
        client, url = browser_of(world.bea), f"/mentorships/{mentorship.ref}/next/"
        client.post(url, {"do": "pause", "pause-day": "2026-05-01"})
        mentorship.refresh_from_db()
        assert mentorship.state == S.PAUSED
        assert "Have a rest" not in client.get(url).content.decode()
        client.post(url, {"do": "resume"})
        mentorship.refresh_from_db()
        assert mentorship.state == S.GOING_ON

    def test_a_day_that_is_none_or_past_is_explained_and_nothing_changes(
        self, world: World, mentorship: Mentorship
    ) -> None:
        client, url = browser_of(world.bea), f"/mentorships/{mentorship.ref}/next/"
        assert "Write the day like" in client.post(url, {"do": "plan", "plan-day": "soon"}).content.decode()
        page = client.post(url, {"do": "plan", "plan-day": "2025-01-01"}, follow=True).content.decode()
        assert "The last meeting is still to come" in page
        mentorship.refresh_from_db()
        assert mentorship.state == S.GOING_ON

    def test_the_day_that_we_suggest_is_written_as_browsers_read_it(self, world: World, mentorship: Mentorship) -> None:
        page = browser_of(world.bea).get(f"/mentorships/{mentorship.ref}/next/").content.decode()
        assert 'type="date" name="pause-day" value="2026-04-09"' in page

    def test_an_ending_is_planned_extended_and_planned_again(self, world: World) -> None:
        mentorship = pair(world.maya, world.bea, stage=S.ACTIVE)
        client, url = browser_of(world.maya), f"/mentorships/{mentorship.ref}/next/"
        client.post(url, {"do": "plan", "plan-day": "2026-06-01"})
        mentorship.refresh_from_db()
        assert mentorship.state == S.ENDING
        client.post(url, {"do": "extend", "extend-day": "2027-06-01"})
        mentorship.refresh_from_db()
        assert (mentorship.state, str(mentorship.planned_end_on)) == (S.ACTIVE, "2027-06-01")

    def test_what_is_not_open_now_is_not_done(self, world: World) -> None:
        mentorship = pair(world.maya, world.bea)
        client, url = browser_of(world.maya), f"/mentorships/{mentorship.ref}/next/"
        assert client.post(url, {"do": "extend", "extend-day": "2027-06-01"}).status_code == 200
        mentorship.refresh_from_db()
        assert mentorship.state == S.INTRODUCED

    def test_each_says_in_private_how_it_ended(self, world: World) -> None:
        mentorship = pair(world.maya, world.bea, stage=S.ACTIVE)
        client, url = browser_of(world.bea), f"/mentorships/{mentorship.ref}/next/"
        client.post(url, {"do": "plan", "plan-day": "2026-03-09"})
        assert "How did it end with Maya Mentor?" in client.get("/me/").content.decode()
        client.post(url, {"do": "say", "ending": "need_changed"})
        assert member_in(mentorship, world.bea).said_ending == Ending.NEED_CHANGED
        assert "need" not in browser_of(world.maya).get(f"/mentorships/{mentorship.ref}/").content.decode().lower()


class TestLeaving:
    def test_a_kind_message_is_drafted_and_goes_to_the_other(self, world: World, mentorship: Mentorship) -> None:
        client, url = browser_of(world.maya), f"/mentorships/{mentorship.ref}/leave/"
        page = client.get(url).content.decode()
        assert "Dear Bea," in page
        assert "It is nothing you did" in page
        assert "Choose what comes nearest" in client.post(url, {"message": SECRET}).content.decode()
        client.post(url, {"ending": "circumstances", "message": SECRET})
        mentorship.refresh_from_db()
        assert mentorship.state == S.ENDED
        assert SECRET in last_email_to(world.bea).body.text
        assert "You are no longer" not in client.get("/me/").content.decode()

    def test_leaving_twice_does_nothing_the_second_time(self, world: World, mentorship: Mentorship) -> None:
        client, url = browser_of(world.maya), f"/mentorships/{mentorship.ref}/leave/"
        client.post(url, {"ending": "circumstances", "message": ""})
        page = client.post(url, {"ending": "circumstances", "message": ""}, follow=True).content.decode()
        assert "This was settled before" in page
