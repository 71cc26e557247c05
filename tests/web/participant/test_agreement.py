import re
from datetime import date, timedelta

import pytest
from django.test import Client

from alongside.agreements.models import Agreement, Draft, Signature
from alongside.agreements.wording import charter_of
from alongside.journeys.run_clocks import run_clocks
from alongside.mentorships.actions import end_mentorship, record_first_meeting
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import Ending, MentorshipState
from alongside.programmes.models import Participant
from tests.agreements.signing import agreed, newest, proposed
from tests.asked import last_email_to
from tests.paired import SECRET, browser_of, inside, member_in, pair
from tests.queries import queries_of
from tests.web.participant.test_mentorship import link_in
from tests.world import NOW, World

S = MentorshipState
FILLED = {"objective": SECRET, "areas": "", "meeting": "At hers", "own": "", "until": "2026-12-31"}


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    return pair(world.maya, world.bea, stage=S.GOING_ON)


@pytest.fixture
def url(mentorship: Mentorship) -> str:
    return f"/mentorships/{mentorship.ref}/agreement/"


def proposed_by(world: World, mentorship: Mentorship, participant: Participant, own: str = SECRET) -> Agreement:
    with inside(mentorship):
        return proposed(member_in(mentorship, participant), own=own)


def signature(world: World, agreement: Agreement, name: str) -> dict[str, str]:
    charter = charter_of(world.cohort.rules).fingerprint
    return {"name": name, "seen": agreement.fingerprint, "charter": charter, "accept": "on"}


class TestWhoMayEnter:
    def test_nobody_but_its_members(self, world: World, mentorship: Mentorship, url: str) -> None:
        made = proposed_by(world, mentorship, world.bea)
        pair(world.nia, world.dai)
        doors = ["", "draft/", "propose/", "charter/", f"{made.ref}/sign/", f"{made.ref}/pdf/"]
        for participant in (world.bea, world.maya):
            assert {browser_of(participant).get(url + door).status_code for door in doors} == {200}
        for person in (world.carys, world.piotr, world.olu, world.stella, world.dai.person):
            client = Client()
            client.force_login(person)
            for door in doors:
                for answer in (client.get(url + door), client.post(url + door, signature(world, made, person.name))):
                    assert answer.status_code == 404
                    assert b"SECRET" not in answer.content
        assert {Client().get(url + door).status_code for door in doors} == {302}
        assert not Signature.unscoped.exists()

    def test_another_pairs_agreement_does_not_open_through_ones_own(
        self, world: World, mentorship: Mentorship, url: str
    ) -> None:
        other = pair(world.nia, world.dai, stage=S.GOING_ON)
        theirs = proposed_by(world, other, world.dai)
        for door in (f"{theirs.ref}/sign/", f"{theirs.ref}/pdf/"):
            assert browser_of(world.bea).get(url + door).status_code == 404


class TestFillingIn:
    def test_it_is_filled_in_seen_whole_proposed_and_signed_by_both(
        self, world: World, mentorship: Mentorship, url: str
    ) -> None:
        bea, maya = browser_of(world.bea), browser_of(world.maya)
        page = bea.post(f"{url}draft/", {**FILLED, "version": "0"}, follow=True).content.decode()
        assert "This is what you would sign" in page
        assert SECRET in page
        assert "Until 31 December 2026" in page
        page = bea.post(f"{url}propose/", {"version": "1"}, follow=True).content.decode()
        assert "Sign it" in page
        with inside(mentorship):
            made = newest(mentorship)
        for client, name in ((bea, "bea baker"), (maya, "Maya Mentor")):
            page = client.post(f"{url}{made.ref}/sign/", signature(world, made, name), follow=True).content.decode()
            assert "You have signed. Thank you" in page
        mentorship.refresh_from_db()
        assert (mentorship.state, mentorship.planned_end_on) == (S.ACTIVE, date(2026, 12, 31))
        page = maya.get(url).content.decode()
        assert "Version 1, signed by all on 9 March 2026" in page
        assert SECRET in page
        assert made.fingerprint in page
        assert "You agreed how you work together" in maya.get(f"/mentorships/{mentorship.ref}/").content.decode()

    def test_before_they_go_on_it_is_filled_in_and_not_proposed(self, world: World) -> None:
        early = pair(world.nia, world.dai)
        record_first_meeting(early, by=None, at=NOW)
        client, url = browser_of(world.dai), f"/mentorships/{early.ref}/agreement/"
        client.post(f"{url}draft/", {**FILLED, "version": "0"})
        page = client.post(f"{url}propose/", {"version": "1"}, follow=True).content.decode()
        assert "once you have met and all want to go on" in page
        assert not Agreement.objects.exists()

    def test_who_saves_second_sees_both_and_loses_nothing(self, world: World, mentorship: Mentorship, url: str) -> None:
        browser_of(world.bea).post(f"{url}draft/", {**FILLED, "version": "0"})
        answer = browser_of(world.maya).post(f"{url}draft/", {**FILLED, "objective": "What I wrote", "version": "0"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert SECRET in page
        assert "What I wrote" in page
        version = re.search(r'name="version" value="(\d+)"', page)
        assert version
        again = {**FILLED, "objective": "Both", "version": version[1]}
        assert browser_of(world.maya).post(f"{url}draft/", again).status_code == 302
        with inside(mentorship):
            assert Draft.objects.get().objective == "Both"

    def test_without_a_day_or_with_one_that_is_none_it_says_what_is_missing(self, world: World, url: str) -> None:
        client = browser_of(world.bea)
        page = client.post(f"{url}draft/", {**FILLED, "until": "soon", "version": "0"}).content.decode()
        assert "Write the day like" in page
        assert SECRET in page
        client.post(f"{url}draft/", {**FILLED, "until": "", "version": "0"})
        assert "Choose until when" in client.post(f"{url}propose/", {"version": "1"}, follow=True).content.decode()

    def test_what_was_filled_in_stands_there_again_also_the_day(self, world: World, url: str) -> None:
        browser_of(world.bea).post(f"{url}draft/", {**FILLED, "version": "0"})
        page = browser_of(world.maya).get(f"{url}draft/").content.decode()
        assert 'value="2026-12-31"' in page
        assert SECRET in page

    def test_proposing_what_was_changed_meanwhile_is_refused(self, world: World, url: str) -> None:
        client = browser_of(world.bea)
        client.post(f"{url}draft/", {**FILLED, "version": "0"})
        page = client.post(f"{url}propose/", {"version": "nonsense"}, follow=True).content.decode()
        assert "Somebody changed this a moment ago" in page
        assert not Agreement.unscoped.exists()


class TestSigning:
    def test_from_the_email_without_signing_in_and_looking_signs_nothing(
        self, world: World, mentorship: Mentorship
    ) -> None:
        made = proposed_by(world, mentorship, world.bea)
        door = link_in(last_email_to(world.maya).body.text)
        page = Client().get(door).content.decode()
        assert SECRET in page
        assert "Read the charter" in page
        assert not Signature.unscoped.exists()
        done = Client().post(door, signature(world, made, "Maya Mentor"), follow=True).content.decode()
        assert "You have signed. Thank you" in done
        assert SECRET not in done
        with inside(mentorship):
            assert Signature.objects.get().member == member_in(mentorship, world.maya)

    def test_an_old_link_signs_nothing_and_shows_nothing(self, world: World, mentorship: Mentorship) -> None:
        old = proposed_by(world, mentorship, world.bea)
        door = link_in(last_email_to(world.maya).body.text)
        proposed_by(world, mentorship, world.bea, own="changed")
        page = Client().get(door).content.decode()
        assert "This version is not to be signed any more" in page
        assert SECRET not in page
        page = Client().post(door, signature(world, old, "Maya Mentor")).content.decode()
        assert "Another version took its place" in page
        assert not Signature.unscoped.exists()

    def test_a_link_of_another_purpose_or_cut_short_opens_nothing(self, world: World, mentorship: Mentorship) -> None:
        proposed_by(world, mentorship, world.bea)
        door = link_in(last_email_to(world.maya).body.text)
        assert Client().get(door.replace("/sign/", "/going-on/")).status_code == 404
        assert Client().get(door[:-5] + "/").status_code == 404

    def test_what_is_missing_is_said_and_what_was_typed_stays(
        self, world: World, mentorship: Mentorship, url: str
    ) -> None:
        made = proposed_by(world, mentorship, world.bea)
        client, door = browser_of(world.bea), f"{url}{made.ref}/sign/"
        whole = signature(world, made, "Somebody Else")
        page = client.post(door, whole).content.decode()
        assert "Type your name as it stands here: Bea Baker." in page
        assert "Somebody Else" in page
        assert "tick that you accept it" in client.post(door, {**whole, "accept": ""}).content.decode()
        assert "Type your name to sign" in client.post(door, {**whole, "name": " "}).content.decode()
        forged = client.post(door, {**whole, "name": "Bea Baker", "seen": "0" * 64}).content.decode()
        assert "cannot be signed any more" in forged
        assert not Signature.unscoped.exists()

    def test_the_charter_is_accepted_once(self, world: World, mentorship: Mentorship, url: str) -> None:
        with inside(mentorship):
            agreed(member_in(mentorship, world.bea), member_in(mentorship, world.maya))
        made = proposed_by(world, mentorship, world.maya, own="changed")
        client = browser_of(world.bea)
        assert "Read the charter" not in client.get(f"{url}{made.ref}/sign/").content.decode()
        assert "You have accepted it." in client.get(f"{url}charter/").content.decode()
        values = {"name": "Bea Baker", "seen": made.fingerprint}
        assert "You have signed" in client.post(f"{url}{made.ref}/sign/", values, follow=True).content.decode()

    def test_after_the_end_a_link_of_before_signs_nothing_not_even_once_all_is_deleted(
        self, world: World, mentorship: Mentorship
    ) -> None:
        made = proposed_by(world, mentorship, world.bea)
        door = link_in(last_email_to(world.maya).body.text)
        end_mentorship(mentorship, ending=Ending.CIRCUMSTANCES, by=None, at=NOW)
        for days in (0, 76, 90):
            run_clocks(at=NOW + timedelta(days=days))
            for answer in (Client().get(door), Client().post(door, signature(world, made, "Maya Mentor"))):
                assert answer.status_code == 200
                assert "Your mentorship has ended" in answer.content.decode()
                assert SECRET not in answer.content.decode()
        assert not Signature.unscoped.exists()


class TestOnPaper:
    def test_it_is_handed_over_as_a_file_that_no_cache_keeps(
        self, world: World, mentorship: Mentorship, url: str
    ) -> None:
        made = proposed_by(world, mentorship, world.bea)
        answer = browser_of(world.maya).get(f"{url}{made.ref}/pdf/")
        assert answer.content.startswith(b"%PDF-")
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == 'attachment; filename="agreement-1.pdf"'
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"


class TestStory:
    def test_the_next_step_leads_there_and_three_take_no_more_queries_than_one(self, world: World) -> None:
        first = pair(world.nia, world.bea, stage=S.GOING_ON)
        client = browser_of(world.nia)
        assert "Fill in your agreement" in client.get(f"/mentorships/{first.ref}/").content.decode()
        proposed_by(world, first, world.bea)
        page = client.get("/me/").content.decode()
        assert "Sign your agreement with Bea Baker" in page
        assert SECRET not in page
        few = queries_of(client, "/me/")
        for mentee in (world.dai, world.farah):
            proposed_by(world, pair(world.nia, mentee, stage=S.GOING_ON), mentee)
        assert queries_of(client, "/me/") == few

    def test_three_versions_take_no_more_queries_than_one(self, world: World, mentorship: Mentorship, url: str) -> None:
        for number in range(3):
            with inside(mentorship):
                agreed(member_in(mentorship, world.bea), member_in(mentorship, world.maya), own=str(number))
            if number == 0:
                few = queries_of(browser_of(world.bea), url)
        assert queries_of(browser_of(world.bea), url) == few
