"""Emails we send you: what somebody can do without, on a page and by one click, and what always comes."""

import re

import pytest
from django.test import Client

from alongside.evaluation.models import Pulse
from alongside.journeys import mentorship_emails
from alongside.journeys.mentorship_emails import SORTS, Letter
from alongside.journeys.run_clocks import run_clocks
from alongside.journeys.send_message import send_message
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import MentorshipState
from alongside.notifications.models import Email
from alongside.notifications.transport import as_message
from alongside.people.email_links import emails_token
from alongside.people.states import EmailSort
from alongside.programmes.models import Participant
from tests.asked import emails_to, last_email_to
from tests.meeting import WEEK, agreed
from tests.paired import SECRET, browser_of, inside, member_in, pair
from tests.world import NOW, World

MINE = "/me/emails/"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    """One whose earlier letters are put aside."""
    made = pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)
    Email.objects.all().delete()
    return made


def written(mentorship: Mentorship, by: Participant) -> None:
    with inside(mentorship):
        send_message(by=member_in(mentorship, by), text=SECRET, at=NOW)


def path_in(email: Email) -> str:
    return email.unsubscribe.removeprefix("http://testserver")


class TestThePage:
    def test_all_come_until_somebody_leaves_some_out(self, world: World, mentorship: Mentorship) -> None:
        client = browser_of(world.bea)
        page = client.get(MINE).content.decode()
        assert page.count("checked") == len(EmailSort)
        assert "Always sent" in page
        wanted = [sort.value for sort in EmailSort if sort != EmailSort.MESSAGES]
        client.post(MINE, {"wanted": wanted})
        assert client.get(MINE).content.decode().count("checked") == len(EmailSort) - 1
        written(mentorship, world.maya)
        assert emails_to(world.bea) == []
        assert SECRET in client.get(f"/mentorships/{mentorship.ref}/messages/").content.decode()

    def test_it_is_ones_own_alone_and_what_is_no_sort_is_refused(self, world: World) -> None:
        assert Client().get(MINE).status_code == 302
        browser_of(world.bea).post(MINE, {"wanted": []})
        world.maya.person.refresh_from_db()
        assert world.maya.person.emails_off == []
        page = browser_of(world.bea).post(MINE, {"wanted": ["everything"]})
        assert page.status_code == 200
        assert "Saved" not in page.content.decode()

    def test_it_is_linked_from_ones_details(self, world: World) -> None:
        assert MINE in browser_of(world.bea).get("/me/account/").content.decode()


class TestOneClick:
    def test_an_email_of_a_sort_says_in_its_head_and_foot_how_to_turn_it_off(
        self, world: World, mentorship: Mentorship
    ) -> None:
        written(mentorship, world.maya)
        email = last_email_to(world.bea)
        message = as_message(email)
        assert message.extra_headers["List-Unsubscribe"] == f"<{email.unsubscribe}>"
        assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert email.unsubscribe in email.body.text
        assert email.unsubscribe in email.body.html
        assert world.bea.person.email not in email.unsubscribe

    def test_a_mail_program_turns_it_off_without_signing_in_and_looking_does_not(
        self, world: World, mentorship: Mentorship
    ) -> None:
        written(mentorship, world.maya)
        path, client = path_in(last_email_to(world.bea)), Client(enforce_csrf_checks=True)
        assert "Send me none of these" in client.get(path).content.decode()
        written(mentorship, world.maya)
        assert len(emails_to(world.bea)) == 2
        for _ in range(2):
            assert client.post(path, ONE_CLICK).status_code == 200
        written(mentorship, world.maya)
        assert len(emails_to(world.bea)) == 2
        world.bea.person.refresh_from_db()
        assert world.bea.person.emails_off == [EmailSort.MESSAGES]

    def test_it_can_be_turned_on_again_there(self, world: World) -> None:
        path = f"/emails/{emails_token(world.bea.person, EmailSort.PULSE)}/"
        assert "Send them again" in Client().post(path).content.decode()
        assert "Send me none of these" in Client().post(path, {"again": "yes"}).content.decode()
        world.bea.person.refresh_from_db()
        assert world.bea.person.emails_off == []

    def test_a_link_that_was_changed_or_made_up_is_refused(self, world: World) -> None:
        token = emails_token(world.bea.person, EmailSort.PULSE)
        for bad in (token[:-1], "x" + token, "nonsense"):
            assert Client().post(f"/emails/{bad}/", ONE_CLICK).status_code == 404
        world.bea.person.refresh_from_db()
        assert world.bea.person.emails_off == []

    def test_it_shows_nobodys_name_nor_anything_else_of_theirs(self, world: World, mentorship: Mentorship) -> None:
        page = Client().get(f"/emails/{emails_token(world.bea.person, EmailSort.PULSE)}/").content.decode()
        assert not re.search("Bea|Maya|bea.baker|LEAK", page)


def everything_off(participant: Participant) -> None:
    participant.person.emails_off = [sort.value for sort in EmailSort]
    participant.person.save(update_fields=["emails_off"])


def test_what_wants_a_yes_or_no_and_invitations_always_come(world: World, mentorship: Mentorship) -> None:
    everything_off(world.bea)
    everything_off(world.maya)
    agreed(mentorship, world.maya, world.bea)
    assert emails_to(world.bea) == ["suggest_times", "tell_meeting_booked"]
    assert last_email_to(world.bea).unsubscribe == ""
    assert "List-Unsubscribe" not in as_message(last_email_to(world.bea)).extra_headers


def test_whoever_turned_the_pulse_off_is_asked_on_their_page_and_the_other_by_email(
    world: World, mentorship: Mentorship
) -> None:
    everything_off(world.bea)
    run_clocks(at=NOW + 5 * WEEK)
    assert (emails_to(world.bea), emails_to(world.maya)) == ([], ["ask_pulse"])
    assert Pulse.objects.count() == 2


@pytest.mark.parametrize(
    "kind", ["ask_whether_to_go_on", "ask_to_sign", "tell_of_leaving", "say_it_goes_soon", "nudge"]
)
def test_what_decides_something_is_of_no_sort(world: World, mentorship: Mentorship, kind: str) -> None:
    everything_off(world.bea)
    assert kind not in SORTS
    mentorship_emails.send(kind, member_in(mentorship, world.bea), Letter("Subject", []), at=NOW)
    assert emails_to(world.bea) == [kind]
