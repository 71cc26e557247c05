import pytest
from django.test import Client

from alongside.journeys.answer_request import accept_request
from alongside.journeys.choose_mentors import choose_mentors
from alongside.journeys.leave_programme import leave_programme
from alongside.kernel import scope
from alongside.mentorships.states import MentorshipState
from alongside.programmes.actions import USUAL, enter_participant, open_cohort, pass_gate, start_programme
from alongside.programmes.models import Participant
from alongside.programmes.states import Side
from tests import world as cast
from tests.asked import offer, request_to
from tests.paired import pair
from tests.queries import queries_of
from tests.world import NOW, World

GATED = USUAL.changed({"gates": [cast.gate("Interview"), cast.gate("Induction")]})


def client_of(participant: Participant) -> Client:
    client = Client()
    client.force_login(participant.person)
    return client


def page_of(participant: Participant, url: str) -> str:
    page = client_of(participant).get(url)
    assert page.status_code == 200
    return str(page.content.decode())


def introduce(mentor: Participant, mentee: Participant) -> None:
    made = offer(mentee, mentor)
    choose_mentors(made, [request_to(made, mentor)], at=NOW)
    accept_request(request_to(made, mentor), at=NOW)


class TestHome:
    def test_a_mentee_with_an_offer_is_led_to_it(self, world: World) -> None:
        offer(world.bea, world.maya, world.marcus)
        page = page_of(world.bea, "/me/")
        assert "One thing waits for you" in page
        assert "Choose your mentor" in page
        assert "due in 5 days" in page

    def test_a_mentor_with_a_question_is_led_to_it(self, world: World) -> None:
        made = offer(world.bea, world.maya)
        choose_mentors(made, [request_to(made, world.maya)], at=NOW)
        assert "Say yes or no to Bea Baker" in page_of(world.maya, "/me/")
        assert "We are asking the mentors on your list" in page_of(world.bea, "/me/")

    def test_a_pair_has_each_others_address_and_the_first_meeting(self, world: World) -> None:
        introduce(world.maya, world.bea)
        assert "bea.baker@example.org" in page_of(world.maya, "/me/")
        page = page_of(world.bea, "/me/")
        assert "maya.mentor@example.org" in page
        assert "First meeting, as a proposal" in page

    def test_somebody_who_waits_reads_what_for(self, world: World) -> None:
        assert "We are looking for mentors who suit you" in page_of(world.bea, "/me/")
        assert "as soon as somebody would like to work with you" in page_of(world.maya, "/me/")

    def test_somebody_with_steps_left_reads_which(self, world: World) -> None:
        programme = start_programme(world.harbour, name="Gated", by=None, at=NOW, rules=GATED)
        cohort = open_cohort(programme, name="One", starts_on=NOW.date(), by=None, at=NOW)
        newcomer = enter_participant(cohort, cast.person("New Comer"), Side.MENTEE, by=None, at=NOW, details={})
        pass_gate(newcomer, "interview", by=world.carys, at=NOW)
        assert "Before we can look for somebody: Induction." in page_of(newcomer, "/me/")

    def test_somebody_in_no_programme_reads_what_will_appear(self, world: World) -> None:
        leave_programme(world.bea, by=world.bea.person, at=NOW)
        assert "You take part in no programme yet" in page_of(world.bea, "/me/")

    def test_a_mentor_sees_nothing_of_another_mentors_question(self, world: World) -> None:
        made = offer(world.bea, world.maya)
        choose_mentors(made, [request_to(made, world.maya)], at=NOW)
        assert "Bea Baker" not in page_of(world.marcus, "/me/")

    def test_three_mentorships_take_no_more_queries_than_one(self, world: World) -> None:
        world.nia.capacity = 3
        world.nia.save()
        introduce(world.nia, world.bea)
        few = queries_of(client_of(world.nia), "/me/")
        introduce(world.nia, world.dai)
        introduce(world.nia, world.farah)
        assert queries_of(client_of(world.nia), "/me/") == few

    def test_three_questions_take_no_more_queries_than_one(self, world: World) -> None:
        world.nia.capacity = 3
        world.nia.save()
        counts = []
        for mentee in world.mentees:
            made = offer(mentee, world.nia)
            choose_mentors(made, [request_to(made, world.nia)], at=NOW)
            counts.append(queries_of(client_of(world.nia), "/me/"))
        assert counts[0] == counts[2]


class TestAccount:
    def test_what_is_mine_can_be_changed(self, world: World) -> None:
        sent = {"name": "Maya M. Mentor", "time_zone": "America/New_York", "mentor_capacity": "4"}
        page = client_of(world.maya).post("/me/account/", sent, follow=True).content.decode()
        assert "Your details are saved" in page
        world.maya.person.refresh_from_db()
        assert world.maya.person.name == "Maya M. Mentor"
        assert world.maya.person.mentor_capacity == 4

    def test_a_name_stands_on_one_line_and_hides_nothing(self, world: World) -> None:
        sent = {"name": "Bea\r\n\r\nPay\u202e here\x07", "time_zone": "Europe/London"}
        client_of(world.bea).post("/me/account/", sent)
        world.bea.person.refresh_from_db()
        assert world.bea.person.name == "Bea Pay here"

    def test_only_mentors_are_asked_how_many_they_take(self, world: World) -> None:
        assert "Mentees at most" in page_of(world.maya, "/me/account/")
        assert "Mentees at most" not in page_of(world.bea, "/me/account/")

    def test_a_mentee_who_saves_keeps_a_capacity_from_before(self, world: World) -> None:
        world.bea.person.mentor_capacity = 2
        world.bea.person.save()
        client_of(world.bea).post("/me/account/", {"name": "Bea", "time_zone": "Europe/London"})
        world.bea.person.refresh_from_db()
        assert world.bea.person.mentor_capacity == 2

    @pytest.mark.parametrize(
        "sent",
        [
            {},
            {"name": "", "time_zone": "UTC"},
            {"name": "\u200b", "time_zone": "UTC"},
            {"name": "A", "time_zone": "Mars/Base"},
        ],
    )
    def test_what_cannot_be_is_said(self, world: World, sent: dict[str, str]) -> None:
        page = client_of(world.maya).post("/me/account/", sent)
        assert page.status_code == 200
        assert "There is a problem" in page.content.decode()


class TestProfile:
    def test_what_i_share_and_say_can_be_changed(self, world: World) -> None:
        sent = {
            "about": "I bake.",
            "topics": "Pricing\n\n  Hiring  people \nPricing",
            "availability": ["tue-am", "thu-eve"],
            "shares": ["name", "topics"],
        }
        url = f"/me/profile/{world.bea.ref}/"
        page = client_of(world.bea).post(url, sent, follow=True).content.decode()
        assert "Saved" in page
        saved = Participant.objects.get(pk=world.bea.pk)
        assert saved.topics == [["Pricing", 1.0], ["Hiring people", 1.0]]
        assert saved.shared_profile == {"name": "Bea Baker", "topics": ["Pricing", "Hiring people"]}
        assert saved.availability == ["tue-am", "thu-eve"]
        assert 'value="thu-eve" checked' in page

    @pytest.mark.parametrize(
        "sent", [{"shares": ["email"]}, {"availability": ["always"]}, {"topics": "x" * 200}, {"about": "x" * 5000}]
    )
    def test_what_cannot_be_is_said_and_changes_nothing(self, world: World, sent: dict[str, object]) -> None:
        page = client_of(world.bea).post(f"/me/profile/{world.bea.ref}/", sent)
        assert "There is a problem" in page.content.decode()
        assert Participant.objects.get(pk=world.bea.pk).shares == world.bea.shares

    def test_it_is_nobody_elses(self, world: World, as_carys: Client, as_olu: Client) -> None:
        url = f"/me/profile/{world.bea.ref}/"
        for stranger in (client_of(world.maya), as_olu, as_carys):
            assert stranger.get(url).status_code == 404
            assert stranger.post(url, {}).status_code == 404


class TestWhoSeesWhat:
    def test_it_names_them_all(self, world: World) -> None:
        page = page_of(world.bea, "/me/who-sees-what/")
        assert "Carys Coordinator, Harbour Enterprise" in page
        assert "Piotr Partner, Quay Partners" in page
        assert "Olu Stranger" not in page
        assert "carys.coordinator@example.org" in page

    def test_it_follows_what_is_shared(self, world: World) -> None:
        world.bea.shares = ["name"]
        world.bea.save()
        page = page_of(world.bea, "/me/who-sees-what/")
        before = page.split("before you are introduced")[1].split("You keep back")[0]
        assert "Name" in before
        assert "What you wrote about yourself" not in before

    def test_more_programmes_take_no_more_queries(self, world: World) -> None:
        client = client_of(world.bea)
        few = queries_of(client, "/me/who-sees-what/")
        with scope.everywhere("the same person in two more programmes"):
            for number in range(2):
                programme = start_programme(world.harbour, name=f"More {number}", by=None, at=NOW)
                cohort = open_cohort(programme, name="One", starts_on=NOW.date(), by=None, at=NOW)
                enter_participant(cohort, world.bea.person, Side.MENTEE, by=None, at=NOW, details={})
        assert queries_of(client, "/me/who-sees-what/") == few


@pytest.mark.parametrize("url", ["/me/", "/me/account/", "/me/who-sees-what/"])
def test_they_ask_to_sign_in_and_show_a_stranger_nothing(
    world: World, client: Client, as_olu: Client, url: str
) -> None:
    introduce(world.maya, world.bea)
    assert client.get(url).headers["Location"] == f"/account/login/?next={url}"
    assert "LEAK" not in as_olu.get(url).content.decode()


def test_a_mentor_of_several_reads_with_whom_each_step_is(world: World) -> None:
    for mentee in (world.bea, world.dai):
        pair(world.maya, mentee, stage=MentorshipState.GOING_ON)
    page = page_of(world.maya, "/me/")
    assert "With Bea Baker: Ask what your mentee wants to achieve" in page
    assert "With Dai Davies: Ask what your mentee wants to achieve" in page
