"""The coordinator's board of mentorships: that they live, whether they need her, never what is in them."""

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from alongside.audit.models import Entry
from alongside.evaluation.actions import answer_pulse, ask_pulse
from alongside.evaluation.models import Nudge
from alongside.journeys.go_on import answer_going_on
from alongside.kernel import clock
from alongside.meetings.models import Meeting
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import GoingOn, MentorshipState
from alongside.notes.actions import write_note
from alongside.notifications.models import Email
from alongside.programmes.models import Participant
from tests.agreements.signing import agreed
from tests.asked import emails_to
from tests.filled import filled
from tests.paired import SECRET, browser_of, inside, member_in, pair
from tests.queries import queries_of
from tests.world import NOW, World

S = MentorshipState
DAY = timedelta(days=1)


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    """A pair that works together, with everything inside that could leak."""
    mentorship = pair(world.maya, world.bea, stage=S.ACTIVE)
    with inside(mentorship):
        write_note(by=member_in(mentorship, world.bea), text=SECRET, at=NOW)
        held(mentorship, place=SECRET, link=SECRET)
    return mentorship


def held(mentorship: Mentorship, *, days: int = 0, **words: str) -> Meeting:
    owned = {"organisation_id": mentorship.organisation_id, "programme_id": mentorship.programme_id}
    meeting: Meeting = Meeting.objects.create(
        **owned, mentorship=mentorship, state="held", starts_at=NOW + days * DAY, minutes=60, proposed_at=NOW, **words
    )
    return meeting


def pulse(mentorship: Mentorship, who: Participant, score: int, *, words: str = "", call: bool = False) -> None:
    asked = ask_pulse(member_in(mentorship, who), due_on=NOW.date(), at=NOW)
    assert asked is not None
    answer_pulse(asked, score=score, call_wanted=call, words=words, at=NOW)


def board(world: World) -> str:
    return f"/cohorts/{world.cohort.ref}/mentorships/"


def seen(client: Client, url: str, *, after: timedelta = timedelta()) -> str:
    with clock.stopped(NOW + after):
        response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


class TestBoard:
    def test_an_empty_one_says_what_will_stand_there(self, world: World, as_carys: Client) -> None:
        assert "No mentorship yet" in seen(as_carys, board(world))

    def test_it_shows_the_life_and_says_what_she_cannot_see(
        self, world: World, mentorship: Mentorship, as_carys: Client
    ) -> None:
        pulse(mentorship, world.bea, 4)
        page = seen(as_carys, board(world), after=3 * DAY)
        for words in ("Bea Baker · Maya Mentor", "under an agreement, 3 days", "9 Mar 2026", "1 of 9", ">4<"):
            assert words in page, words
        assert "You cannot see their messages" in page
        assert SECRET not in page

    @pytest.mark.parametrize(
        ("stage", "days", "words"),
        [
            (S.INTRODUCED, 14, "no first meeting after 14 days"),
            (S.GOING_ON, 61, "silent for twice the rhythm"),
            (S.GOING_ON, 45, "the agreement is overdue"),
            (S.COOLING_OFF, 7 + 2, "no answer whether to go on"),
            (S.ACTIVE, 365 + 15, "past the planned end"),
        ],
    )
    def test_what_needs_a_look_is_said_on_the_day_and_not_before(
        self, world: World, as_carys: Client, stage: MentorshipState, days: int, words: str
    ) -> None:
        pair(world.maya, world.bea, stage=stage)
        rows = [seen(as_carys, board(world), after=n * DAY).split("<tbody")[-1] for n in (days - 2, days)]
        assert words not in rows[0]
        assert words in rows[1]

    def test_a_booked_meeting_breaks_the_silence(self, world: World, as_carys: Client) -> None:
        mentorship = pair(world.maya, world.bea, stage=S.ACTIVE)
        with inside(mentorship):
            ahead = held(mentorship, days=100)
        Meeting.objects.filter(pk=ahead.pk).update(state="agreed")
        assert "No mentorship fits this" in seen(as_carys, f"{board(world)}?alert=silence", after=90 * DAY)
        assert "Bea Baker" in seen(as_carys, f"{board(world)}?alert=silence", after=170 * DAY)

    def test_whoever_needs_her_stands_first_and_filters_stay_in_the_address(
        self, world: World, mentorship: Mentorship, as_carys: Client
    ) -> None:
        low = pair(world.nia, world.farah, stage=S.ACTIVE)
        pulse(low, world.farah, 2, call=True)
        page = seen(as_carys, board(world))
        assert page.index("Farah Farouk · Nia Nolan</a>") < page.index("Bea Baker · Maya Mentor</a>")
        for query, there, gone in [
            ("alert=pulse", "Farah", "Bea"), ("alert=call", "Farah", "Bea"), ("alert=any", "Farah", "Bea"),
            ("q=bea", "Bea", "Farah"), ("stage=active", "Bea", "Dai"), ("contact=Carys Coordinator", "Bea", "Dai"),
        ]:  # fmt: skip
            table = seen(as_carys, f"{board(world)}?{query}").split("data-select>")[1]
            assert there in table
            assert gone not in table
        assert "No mentorship fits this" in seen(as_carys, f"{board(world)}?stage=paused")
        assert "alert=pulse" in seen(as_carys, f"{board(world)}?alert=pulse&q=farah").split("Take what you see")[1]
        assert seen(as_carys, f"{board(world)}?stage=nonsense&alert=x&page=99")

    def test_it_can_be_taken_as_a_spreadsheet_without_a_word_from_inside(
        self, world: World, mentorship: Mentorship, as_carys: Client
    ) -> None:
        pulse(mentorship, world.bea, 2, words=SECRET)
        file = as_carys.get(f"{board(world)[:-1]}.csv?alert=pulse").content.decode("utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(file))
        assert (row["Mentees"], row["Mentors"], row["Meetings held"], row["Pulse"]) == (
            "Bea Baker", "Maya Mentor", "1", "2",
        )  # fmt: skip
        assert SECRET not in file
        assert as_carys.get(f"{board(world)[:-1]}.xlsx").content.startswith(b"PK")

    def test_three_take_no_more_queries_than_one(self, world: World, mentorship: Mentorship, as_carys: Client) -> None:
        few = queries_of(as_carys, board(world))
        for mentor, mentee in [(world.nia, world.dai), (world.marcus, world.farah)]:
            more = pair(mentor, mentee, stage=S.ACTIVE)
            with inside(more):
                held(more)
            pulse(more, mentee, 3)
        assert queries_of(as_carys, board(world)) == few
        assert few <= 18


class TestWhoMayEnter:
    def pages(self, world: World, mentorship: Mentorship) -> list[str]:
        one = f"/looking-after/{mentorship.ref}/"
        theirs = [f"{one}{page}" for page in ("", "met/", "contact/", "add/", "end/", "called/")]
        return [board(world), f"{board(world)[:-1]}.csv", f"{board(world)}write/", *theirs]

    def test_the_partner_does(self, world: World, mentorship: Mentorship, client: Client) -> None:
        client.force_login(world.piotr)
        for page in (board(world), f"/looking-after/{mentorship.ref}/"):
            assert client.get(page).status_code == 200

    def test_strangers_the_steward_and_the_pair_itself_do_not(self, world: World, mentorship: Mentorship) -> None:
        for person in (world.olu, world.stella, world.bea.person, world.maya.person, world.dai.person):
            client = Client()
            client.force_login(person)
            for page in self.pages(world, mentorship):
                assert {client.get(page).status_code, client.post(page, {}).status_code} <= {404, 405}, page
        for page in self.pages(world, mentorship):
            assert Client().get(page).status_code in {302, 405}


class TestOne:
    def url(self, mentorship: Mentorship, page: str = "") -> str:
        return f"/looking-after/{mentorship.ref}/{page}"

    def test_it_shows_stages_meetings_and_what_was_said_to_her_and_nothing_inside(
        self, world: World, mentorship: Mentorship, as_carys: Client
    ) -> None:
        pulse(mentorship, world.bea, 2, words="Please ring me", call=True)
        page = seen(as_carys, self.url(mentorship))
        for words in ("Introduced", "First met", "60 minutes", "held", "2 of 5", "Please ring me", "wants a call"):
            assert words in page, words
        assert "Yes, I am happy to go on" in page
        assert SECRET not in page

    def test_a_wish_stands_there_and_beside_the_mentee_who_waits(self, world: World, as_carys: Client) -> None:
        mentorship = pair(world.maya, world.bea, stage=S.COOLING_OFF)
        answer_going_on(member_in(mentorship, world.maya), GoingOn.YES, at=NOW)
        answer_going_on(member_in(mentorship, world.bea), GoingOn.NO, wish="Somebody nearer", at=NOW)
        assert "Somebody nearer" in seen(as_carys, self.url(mentorship))
        assert "Somebody nearer" in seen(as_carys, "/queue/")

    def test_she_notes_that_they_met_and_names_a_contact(self, world: World, as_carys: Client) -> None:
        mentorship = pair(world.maya, world.bea)
        page = as_carys.post(self.url(mentorship, "met/"), {"on": "2199-01-01"})
        assert "still to come" in page.content.decode()
        assert "Choose the day" in as_carys.post(self.url(mentorship, "met/")).content.decode()
        assert not Meeting.objects.exists()
        as_carys.post(self.url(mentorship, "met/"), {"on": "2026-03-09"})
        assert "9 March 2026, length not said, held" in as_carys.get(self.url(mentorship)).content.decode()
        mentorship.refresh_from_db()
        assert mentorship.state == S.COOLING_OFF
        data = {"participant": world.bea.ref, "contact": world.piotr.ref}
        as_carys.post(self.url(mentorship, "contact/"), data)
        world.bea.refresh_from_db()
        assert world.bea.key_contact == world.piotr
        page = as_carys.post(self.url(mentorship, "contact/"), {**data, "contact": world.olu.ref}, follow=True)
        assert "Choose somebody who runs this programme" in page.content.decode()

    def test_ending_it_for_them_is_confirmed_by_name(
        self, world: World, mentorship: Mentorship, as_carys: Client
    ) -> None:
        url = self.url(mentorship, "end/")
        page = as_carys.post(url, {"ending": "circumstances", "confirm": "Maya"}).content.decode()
        assert "Type the name as it stands above" in page
        assert "checked" in page
        mentorship.refresh_from_db()
        assert mentorship.state == S.ACTIVE
        as_carys.post(url, {"ending": "circumstances", "confirm": "bea baker"})
        mentorship.refresh_from_db()
        assert mentorship.state == S.ENDED
        assert emails_to(world.bea)[-1] == "tell_it_ended"
        assert "cannot be done any more" in as_carys.post(
            url, {"ending": "circumstances", "confirm": "bea baker"}, follow=True
        ).content.decode()  # fmt: skip

    def test_a_second_mentor_joins_and_all_are_introduced(
        self, world: World, mentorship: Mentorship, as_carys: Client
    ) -> None:
        as_carys.post(self.url(mentorship, "add/"), {"participant": world.nia.ref})
        assert Member.objects.filter(mentorship=mentorship, participant=world.nia).exists()
        assert emails_to(world.nia) == ["tell_you_join"]
        assert emails_to(world.bea)[-1] == emails_to(world.maya)[-1] == "tell_somebody_joins"
        assert browser_of(world.nia).get(f"/mentorships/{mentorship.ref}/").status_code == 200

    def test_nobody_joins_beyond_their_places_from_elsewhere_or_twice(
        self, world: World, mentorship: Mentorship, as_carys: Client
    ) -> None:
        pair(world.nia, world.dai)
        page = as_carys.post(self.url(mentorship, "add/"), {"participant": world.nia.ref}, follow=True)
        assert "has no place left" in page.content.decode()
        for who in (world.maya, world.bea):
            page = as_carys.post(self.url(mentorship, "add/"), {"participant": who.ref})
            assert "Select a valid choice" in page.content.decode()
        assert Member.objects.filter(mentorship=mentorship).count() == 2

    def test_a_call_that_was_made_leaves_the_queue(
        self, world: World, mentorship: Mentorship, as_carys: Client
    ) -> None:
        pulse(mentorship, world.bea, 4, call=True, words="After six")
        page = seen(as_carys, "/queue/")
        assert "Bea Baker would like you to call" in page
        assert "After six" in page
        decision = re.search(r'value="(called:call-\w+)"', page)
        assert decision
        as_carys.post("/queue/decide/", {"decide": decision.group(1)})
        assert "would like you to call" not in seen(as_carys, "/queue/")

    @pytest.mark.parametrize(
        ("stage", "days", "words"),
        [
            (S.COOLING_OFF, 9, "not all have said whether they go on"),
            (S.GOING_ON, 45, "no agreement yet"),
            (S.ACTIVE, 380, "past the end they planned"),
        ],
    )
    def test_a_clock_that_ran_out_stands_in_the_queue(
        self, world: World, as_carys: Client, stage: MentorshipState, days: int, words: str
    ) -> None:
        pair(world.maya, world.bea, stage=stage)
        assert words not in seen(as_carys, "/queue/", after=(days - 2) * DAY)
        assert f"Bea Baker, Maya Mentor: {words}" in seen(as_carys, "/queue/", after=days * DAY)


class TestWriting:
    def post(self, client: Client, world: World, **data: object) -> str:
        return client.post(f"{board(world)}write/", data, follow=True).content.decode()

    def test_she_sees_every_email_before_it_goes_and_each_gets_it_once(
        self, world: World, mentorship: Mentorship, as_carys: Client
    ) -> None:
        other = pair(world.nia, world.dai, stage=S.ACTIVE)
        selected = [mentorship.ref, other.ref]
        before = Email.objects.count()
        page = self.post(as_carys, world, selected=selected, do="begin")
        assert "I wanted to see how you are getting on together" in page
        token = re.search(r'name="token" value="(\w+)"', page)
        assert token
        data = {"selected": selected, "token": token.group(1), "message": "How are you two?"}
        page = self.post(as_carys, world, do="preview", **data)
        for who in (world.maya, world.bea, world.nia, world.dai):
            assert who.person.email in page
        assert "Send these 4 emails" in page
        assert Email.objects.count() == before
        for said in ("4 emails are on their way", "This message went out before"):
            assert said in self.post(as_carys, world, do="send", **data)
        sent = Email.objects.filter(kind="nudge")
        assert sorted(sent.values_list("to", flat=True)) == sorted(
            who.person.email for who in (world.maya, world.bea, world.nia, world.dai)
        )
        assert all("How are you two?" in email.text for email in sent)
        assert Nudge.objects.count() == 2
        assert all("How are you" not in str(entry.details) for entry in Entry.unscoped.all())

    def test_nothing_selected_nothing_written_and_somebody_elses_are_refused_kindly(
        self, world: World, mentorship: Mentorship, as_carys: Client
    ) -> None:
        assert "Select at least one" in self.post(as_carys, world, do="send", message="x", token="y")
        page = self.post(as_carys, world, selected=mentorship.ref, do="send", message=" ", token="y")
        assert "Write a few words first" in page
        assert not Nudge.objects.exists()

    def test_whoever_has_ended_is_not_written_to(self, world: World, as_carys: Client) -> None:
        mentorship = pair(world.maya, world.bea, stage=S.GOING_ON)
        Mentorship.objects.filter(pk=mentorship.pk).update(state=S.ENDED)
        assert "Select at least one" in self.post(as_carys, world, selected=mentorship.ref, do="begin")


def test_of_what_is_inside_she_reads_counts_and_what_a_mentee_chose_to_tell_her(
    world: World, as_carys: Client, as_olu: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    full = filled(world)
    url = f"/looking-after/{full.mentorship.ref}/"
    page = as_carys.get(url).content.decode()
    assert "1, of which 0 reached" in page
    assert "Told to all who look after us" in page
    assert "SECRET" not in page
    assert as_olu.get(url).status_code == 404


def test_that_an_agreement_is_signed_she_sees_and_not_a_word_of_it(world: World, as_carys: Client) -> None:
    mentorship = pair(world.maya, world.bea, stage=S.GOING_ON)
    with inside(mentorship):
        agreed(member_in(mentorship, world.bea), member_in(mentorship, world.maya))
    page = as_carys.get(f"/looking-after/{mentorship.ref}/").content.decode()
    assert "version 1, signed by all on 9 Mar 2026" in page
    assert "SECRET" not in page
