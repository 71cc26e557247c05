from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from alongside.journeys.run_clocks import run_clocks
from alongside.kernel import clock
from alongside.meetings.models import Meeting, Said
from alongside.meetings.queries import agenda_of
from alongside.meetings.states import MeetingState
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import MentorshipState
from tests.asked import emails_to, last_email_to
from tests.meeting import PLAN, WEEK, agreed, answered, emails_of_kind, fresh, links_in, suggested
from tests.paired import SECRET, browser_of, inside, pair
from tests.queries import queries_of
from tests.world import LEAK, NOW, World, set_rules

DAY = timedelta(days=1)
PLANNED = {"minutes": "90", "mode": "in_person", "place": SECRET, "link": "meet.example.org/x"}
PAGES = ["", "suggest/", "log/"]
OF_ONE = ["", "answer/", "move/", "where/", "cancel/", "agenda/", "how-it-was/"]


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    return pair(world.maya, world.bea, stage=MentorshipState.GOING_ON)


@pytest.fixture
def meeting(world: World, mentorship: Mentorship) -> Meeting:
    return agreed(mentorship, world.bea, world.maya)


def urls(meeting: Meeting) -> list[str]:
    whole = f"/mentorships/{meeting.mentorship.ref}/meetings/"
    return [f"{whole}{page}" for page in PAGES] + [f"{whole}{meeting.ref}/{page}" for page in OF_ONE]


class TestWhoMayEnter:
    def test_its_members_open_every_page(self, world: World, meeting: Meeting) -> None:
        for participant in (world.bea, world.maya):
            client = browser_of(participant)
            assert {client.get(url).status_code for url in urls(meeting)} == {200}

    def test_nobody_else_does_by_get_or_by_post(self, world: World, meeting: Meeting) -> None:
        pair(world.nia, world.dai)
        people = [world.carys, world.piotr, world.olu, world.stella, world.dai.person, world.nia.person]
        for person in people:
            client = Client()
            client.force_login(person)
            for url in urls(meeting):
                for response in (client.get(url), client.post(url, {"text": "x", "read": "0", "happened": "yes"})):
                    assert response.status_code == 404
                    assert SECRET not in response.content.decode()
        assert {Client().get(url).status_code for url in urls(meeting)} == {302}

    def test_a_meeting_of_another_mentorship_is_not_there(self, world: World, meeting: Meeting) -> None:
        other = pair(world.nia, world.dai)
        client = browser_of(world.dai)
        for page in OF_ONE:
            assert client.get(f"/mentorships/{other.ref}/meetings/{meeting.ref}/{page}").status_code == 404

    def test_what_coordinators_open_shows_nothing_from_inside(
        self, world: World, meeting: Meeting, as_carys: Client
    ) -> None:
        for url in ("/queue/", f"/cohorts/{world.cohort.ref}/", f"/participants/{world.bea.ref}/"):
            assert SECRET not in as_carys.get(url, follow=True).content.decode()

    def test_a_link_of_one_member_of_another_purpose_or_cut_short_opens_nothing(
        self, world: World, mentorship: Mentorship
    ) -> None:
        suggested(mentorship, world.bea)
        link = links_in(last_email_to(world.maya))[0].partition("?")[0]
        assert Client().get(link).status_code == 200
        assert Client().get(link[:-4] + "/").status_code == 404
        assert Client().get(link.replace("/meeting/", "/how-it-was/")).status_code == 404


class TestSuggesting:
    def test_ticked_and_typed_times_go_to_the_other(self, world: World, mentorship: Mentorship) -> None:
        client, url = browser_of(world.bea), f"/mentorships/{mentorship.ref}/meetings/suggest/"
        assert "Tuesday 17 March, 10:00" in client.get(url).content.decode()
        tick = datetime(2026, 3, 17, 10, tzinfo=UTC).isoformat()
        client.post(url, {**PLANNED, "times": [tick], "day_1": "2026-03-30", "time_1": "18:30"})
        (meeting,) = Meeting.objects.all()
        times = list(meeting.options.values_list("starts_at", flat=True))
        assert times == [datetime(2026, 3, 17, 10, tzinfo=UTC), datetime(2026, 3, 30, 17, 30, tzinfo=UTC)]
        with inside(mentorship):
            assert (meeting.place, meeting.link) == (SECRET, "https://meet.example.org/x")
        assert "suggest_times" in emails_to(world.maya)

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({}, "Tick a time, or write one of your own."),
            ({"day_1": "soon", "time_1": "10:00"}, "Write the day like"),
            ({"day_1": "2026-04-01", "time_1": "late"}, "Write the time like"),
            ({"day_1": "2026-04-01"}, "Say at what time on that day"),
            ({"time_2": "10:00"}, "Say on which day"),
            ({"day_1": "2025-04-01", "time_1": "10:00"}, "That time is past"),
            ({"day_1": "2026-03-29", "time_1": "01:30"}, "The clocks go forward over that hour"),
            ({"day_1": "2026-04-01", "time_1": "10:00", "minutes": "0"}, "Write how many minutes"),
            ({"day_1": "2026-04-01", "time_1": "10:00", "mode": "by_post"}, "by_post"),
            ({"day_1": "2026-04-01", "time_1": "10:00", "link": "no link"}, "Copy the whole link"),
            ({"times": ["2026-13-99"]}, "2026-13-99"),
        ],
    )
    def test_what_does_not_fit_is_explained_and_nothing_typed_is_lost(
        self, world: World, mentorship: Mentorship, changes: dict[str, object], words: str
    ) -> None:
        url = f"/mentorships/{mentorship.ref}/meetings/suggest/"
        page = browser_of(world.bea).post(url, {**PLANNED, **changes}).content.decode()
        assert words in page
        assert SECRET in page
        assert not Meeting.objects.exists()

    def test_in_the_hour_that_comes_twice_it_is_the_first(self, world: World, mentorship: Mentorship) -> None:
        url = f"/mentorships/{mentorship.ref}/meetings/suggest/"
        browser_of(world.bea).post(url, {**PLANNED, "day_1": "2026-10-25", "time_1": "01:30"})
        assert Meeting.objects.get().options.get().starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    def test_a_typed_time_is_by_the_clock_of_who_typed_it(self, world: World, mentorship: Mentorship) -> None:
        world.maya.person.time_zone = "Australia/Sydney"
        world.maya.person.save()
        url = f"/mentorships/{mentorship.ref}/meetings/suggest/"
        client = browser_of(world.maya)
        assert "Times are by your clock (Australia/Sydney)." in client.get(url).content.decode()
        client.post(url, {**PLANNED, "day_1": "2026-04-10", "time_1": "09:00"})
        assert Meeting.objects.get().options.get().starts_at == datetime(2026, 4, 9, 23, tzinfo=UTC)

    def test_once_the_mentorship_has_ended_it_says_so(self, world: World, mentorship: Mentorship) -> None:
        Mentorship.objects.filter(pk=mentorship.pk).update(state=MentorshipState.ENDED)
        url = f"/mentorships/{mentorship.ref}/meetings/suggest/"
        sent = {**PLANNED, "day_1": "2026-04-01", "time_1": "10:00"}
        assert "settled before" in browser_of(world.bea).post(url, sent, follow=True).content.decode()


class TestAnswering:
    def test_from_the_email_without_signing_in_and_looking_decides_nothing(
        self, world: World, mentorship: Mentorship
    ) -> None:
        meeting = suggested(mentorship, world.bea, NOW + WEEK, NOW + 2 * WEEK)
        link = next(link for link in links_in(last_email_to(world.maya)) if "?yes=" in link)
        first = meeting.options.first()
        assert first
        page = Client().get(link).content.decode()
        assert "When can you meet Bea Baker?" in page
        assert page.count(" checked") == 1
        assert fresh(meeting).state == MeetingState.PROPOSED
        done = Client().post(link, {first.ref: "yes"}, follow=True).content.decode()
        assert "Thank you" in done
        assert fresh(meeting).state == MeetingState.AGREED

    def test_others_can_be_suggested_there(self, world: World, mentorship: Mentorship) -> None:
        meeting = suggested(mentorship, world.bea)
        option = meeting.options.get()
        url = links_in(last_email_to(world.maya))[0].partition("?")[0]
        Client().post(url, {option.ref: "no", "day_1": "2026-04-02", "time_1": "10:00"})
        assert meeting.options.count() == 2
        assert last_email_to(world.bea).kind == "suggest_times"

    def test_where_a_yes_books_it_a_time_of_ones_own_is_not_needed(self, world: World, mentorship: Mentorship) -> None:
        meeting = suggested(mentorship, world.bea)
        option = meeting.options.get()
        url = f"/mentorships/{mentorship.ref}/meetings/{meeting.ref}/answer/"
        browser_of(world.maya).post(url, {option.ref: "yes", "day_1": "2026-04-02", "time_1": "10:00"})
        assert fresh(meeting).starts_at == NOW + WEEK
        assert last_email_to(world.bea).kind == "tell_meeting_booked"

    def test_without_an_answer_it_says_what_is_missing(self, world: World, mentorship: Mentorship) -> None:
        meeting = suggested(mentorship, world.bea)
        url = f"/mentorships/{mentorship.ref}/meetings/{meeting.ref}/answer/"
        assert "Say yes or no to a time" in browser_of(world.maya).post(url, {}).content.decode()

    def test_who_cannot_come_says_so_from_the_invitation(self, world: World, meeting: Meeting) -> None:
        link = next(link for link in links_in(last_email_to(world.maya)) if link.startswith("/meeting/"))
        assert "Can you come?" in Client().get(link).content.decode()
        Client().post(link, {"coming": "no"})
        assert last_email_to(world.bea).kind == "tell_somebody_cannot_come"
        page = browser_of(world.bea).get(urls(meeting)[0]).content.decode()
        assert "Maya: No" in page

    def test_what_is_settled_asks_nothing(self, world: World, mentorship: Mentorship) -> None:
        meeting = suggested(mentorship, world.bea)
        link = links_in(last_email_to(world.maya))[0]
        browser_of(world.bea).post(f"/mentorships/{mentorship.ref}/meetings/{meeting.ref}/cancel/", {"message": ""})
        assert "This is settled" in Client().get(link).content.decode()
        assert Client().post(link, {"day_1": "2026-04-02", "time_1": "10:00"}).status_code == 302
        assert fresh(meeting).state == MeetingState.CANCELLED


class TestOneMeeting:
    def test_it_says_when_where_and_what_it_is_about_and_who_sees_it(self, world: World, meeting: Meeting) -> None:
        page = browser_of(world.maya).get(urls(meeting)[3]).content.decode()
        for words in ("Monday 16 March, 09:00 to 10:30", PLAN.place, PLAN.link, "you and Bea Baker", "for you alone"):
            assert words in page

    def test_it_is_moved_and_called_off(self, world: World, meeting: Meeting) -> None:
        client, url = browser_of(world.maya), urls(meeting)[3]
        client.post(f"{url}move/", {"day_1": "2026-04-02", "time_1": "10:00"})
        assert fresh(meeting).starts_at == NOW + WEEK
        assert answered(meeting, world.bea).starts_at == datetime(2026, 4, 2, 9, tzinfo=UTC)
        client.post(f"{url}cancel/", {"message": SECRET})
        assert fresh(meeting).state == MeetingState.CANCELLED
        assert "settled before" in client.post(f"{url}cancel/", {"message": ""}, follow=True).content.decode()

    def test_where_is_changed(self, world: World, meeting: Meeting) -> None:
        client, url = browser_of(world.maya), urls(meeting)[3]
        assert SECRET in client.get(f"{url}where/").content.decode()
        client.post(f"{url}where/", {**PLANNED, "place": f"{SECRET} library"})
        assert f"{SECRET} library" in client.get(url).content.decode()

    def test_two_write_the_agenda_at_once_and_the_second_sees_both(self, world: World, meeting: Meeting) -> None:
        url = f"{urls(meeting)[3]}agenda/"
        browser_of(world.bea).post(url, {"read": "0", "text": f"{SECRET} of Bea"})
        page = browser_of(world.maya).post(url, {"read": "0", "text": f"{SECRET} of Maya"}).content.decode()
        assert "Bea Baker saved the agenda while you were writing" in page
        assert f"{SECRET} of Bea" in page
        assert f"{SECRET} of Maya" in page
        assert 'name="read" value="1"' in page
        browser_of(world.maya).post(url, {"read": "1", "text": f"{SECRET} of both"})
        with inside(meeting.mentorship):
            kept = agenda_of(meeting)
            assert kept
            assert (kept.text, kept.version) == (f"{SECRET} of both", 2)

    @pytest.mark.parametrize("read", ["", "x", "-1", "99999999999999999999"])
    def test_a_version_that_is_none_changes_nothing(self, world: World, meeting: Meeting, read: str) -> None:
        response = browser_of(world.bea).post(f"{urls(meeting)[3]}agenda/", {"read": read, "text": SECRET})
        assert response.status_code == 200
        assert SECRET in response.content.decode()
        with inside(meeting.mentorship):
            assert agenda_of(meeting) is None


class TestAfterwards:
    AFTER = NOW + WEEK + timedelta(hours=3)

    def test_from_the_email_by_one_click_and_one_button(self, world: World, meeting: Meeting) -> None:
        run_clocks(at=self.AFTER)
        link = next(link for link in links_in(last_email_to(world.bea)) if "useful=4" in link)
        with clock.stopped(self.AFTER):
            page = Client().get(link).content.decode()
            assert page.count(" checked") == 2
            assert not Said.objects.exists()
            assert "Nobody else here sees it" in page
            done = Client().post(link, {"happened": "yes", "minutes": "75", "useful": "4"}, follow=True)
        assert "Thank you" in done.content.decode()
        assert (fresh(meeting).state, fresh(meeting).minutes) == (MeetingState.HELD, 75)
        assert Said.objects.get().useful == 4

    def test_how_useful_it_was_is_shown_to_nobody_else(self, world: World, meeting: Meeting, as_carys: Client) -> None:
        with clock.stopped(self.AFTER):
            url = f"{urls(meeting)[3]}how-it-was/"
            browser_of(world.bea).post(url, {"happened": "yes", "minutes": "75", "useful": "1"})
            assert browser_of(world.bea).get(url).content.decode().count(" checked") == 2
            assert " checked" not in browser_of(world.maya).get(url).content.decode()
        assert not [e for e in emails_of_kind("tell_meeting_booked") if "not useful" in e.body.text]

    @pytest.mark.parametrize("sent", [{}, {"happened": "perhaps"}, {"happened": "yes", "minutes": "x", "useful": "9"}])
    def test_what_does_not_fit_is_explained(self, world: World, meeting: Meeting, sent: dict[str, str]) -> None:
        with clock.stopped(self.AFTER):
            page = browser_of(world.bea).post(f"{urls(meeting)[3]}how-it-was/", sent).content.decode()
        assert "There is a problem" in page
        assert not Said.objects.exists()

    def test_before_it_there_is_nothing_to_say(self, world: World, meeting: Meeting) -> None:
        url = f"{urls(meeting)[3]}how-it-was/"
        assert "There is nothing to say yet" in browser_of(world.bea).get(url).content.decode()

    def test_a_meeting_nobody_planned_is_noted(self, world: World, mentorship: Mentorship) -> None:
        client, url = browser_of(world.maya), f"/mentorships/{mentorship.ref}/meetings/log/"
        sent = {"day": "2026-03-05", "minutes": "50", "mode": "telephone", "useful": ""}
        assert "still to come" in client.post(url, {**sent, "day": "2026-05-05"}).content.decode()
        assert "Check the year" in client.post(url, {**sent, "day": "0026-05-05"}).content.decode()
        page = client.post(url, sent, follow=True).content.decode()
        assert "1 of about 9 meetings, 50 minutes together." in page
        assert Meeting.objects.get().starts_at == datetime(2026, 3, 5, 12, tzinfo=UTC)


class TestStory:
    def test_the_next_meeting_stands_on_top_and_those_held_below(self, world: World, meeting: Meeting) -> None:
        mentorship = meeting.mentorship
        client, url = browser_of(world.bea), f"/mentorships/{meeting.mentorship.ref}/"
        assert "Monday 16 March, 09:00 to 10:30" in client.get(url).content.decode()
        with clock.stopped(TestAfterwards.AFTER):
            assert "Did you meet Maya Mentor?" in client.get(url).content.decode()
            client.post(f"{url}meetings/{meeting.ref}/how-it-was/", {"happened": "yes", "minutes": "90"})
            page = client.get(url).content.decode()
        assert "You met for the first time" in page
        assert "1 of about 9 meetings, 1 h 30 together." in page
        assert "Find a time for your next meeting" in page
        assert mentorship.ref in page

    def test_who_is_asked_to_choose_is_told_so_and_who_suggested_is_not(
        self, world: World, mentorship: Mentorship
    ) -> None:
        url = f"/mentorships/{mentorship.ref}/"
        assert "Find a time for your next meeting" in browser_of(world.maya).get(url).content.decode()
        suggested(mentorship, world.bea)
        assert "Bea suggested times: choose" in browser_of(world.maya).get(url).content.decode()
        assert "suggested times: choose" not in browser_of(world.bea).get(url).content.decode()

    def test_three_meetings_and_three_mentorships_take_no_more_queries_than_one(self, world: World) -> None:
        first = pair(world.nia, world.bea, stage=MentorshipState.GOING_ON)
        agreed(first, world.bea, world.nia)
        suggested(first, world.nia, NOW + 3 * WEEK)
        client = browser_of(world.nia)
        pages = ("/me/", f"/mentorships/{first.ref}/", f"/mentorships/{first.ref}/meetings/")
        few = [queries_of(client, page) for page in pages]
        for week in (4, 5):
            other = pair(world.nia, world.dai if week == 4 else world.farah, stage=MentorshipState.GOING_ON)
            agreed(other, world.nia, world.dai if week == 4 else world.farah)
            suggested(first, world.bea, NOW + week * WEEK)
        assert [queries_of(client, page) for page in pages] == few


class TestCalendar:
    def feed(self, world: World) -> str:
        client = browser_of(world.bea)
        client.post("/me/calendar/", {"do": "renew"})
        page = client.get("/me/calendar/").content.decode()
        return page.partition('value="http://testserver')[2].partition('"')[0]

    def test_it_holds_every_meeting_of_that_person_and_of_nobody_else(self, world: World, meeting: Meeting) -> None:
        theirs = agreed(pair(world.nia, world.dai), world.dai, world.nia)
        second = agreed(pair(world.nia, world.bea), world.bea, world.nia)
        response = Client().get(self.feed(world))
        text = response.content.decode().replace("\r\n ", "")
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert meeting.uid in text
        assert second.uid in text
        assert theirs.uid not in text
        assert f"LOCATION:{PLAN.place}" in text
        assert LEAK not in text

    def test_unchanged_it_is_not_sent_again(self, world: World, meeting: Meeting) -> None:
        address = self.feed(world)
        tag = Client().get(address)["ETag"]
        again = Client().get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=NOW + 2 * WEEK)
        assert Client().get(address, headers={"If-None-Match": tag}).status_code == 200

    def test_a_new_address_turns_the_old_one_off_and_it_can_be_turned_off_for_good(
        self, world: World, meeting: Meeting
    ) -> None:
        old, new = self.feed(world), self.feed(world)
        assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)
        browser_of(world.bea).post("/me/calendar/", {"do": "stop"})
        assert Client().get(new).status_code == 404
        assert "Make my address" in browser_of(world.bea).get("/me/calendar/").content.decode()

    @pytest.mark.parametrize("token", ["x", "a:b", "W10:x", "%20"])
    def test_an_address_that_was_not_made_here_opens_nothing(self, world: World, token: str) -> None:
        assert Client().get(f"/calendar/{token}.ics").status_code == 404

    def test_three_mentorships_take_no_more_queries_than_one(self, world: World, meeting: Meeting) -> None:
        address = self.feed(world)
        few = queries_of(Client(), address)
        for mentor in (world.nia, world.marcus):
            agreed(pair(mentor, world.bea), world.bea, mentor)
        assert queries_of(Client(), address) == few

    def test_who_has_not_signed_in_makes_none(self, world: World) -> None:
        assert Client().get("/me/calendar/").status_code == 302


def test_the_length_a_programme_has_in_mind_may_be_from_so_long_to_so_long(world: World) -> None:
    set_rules(world, meetings={"minutes": 90, "minutes_to": 120})
    mentorship = pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)
    page = browser_of(world.bea).get(f"/mentorships/{mentorship.ref}/meetings/").content.decode()
    assert "1 h 30 to 2 h each" in page
