from datetime import timedelta

import pytest
from django.test import Client

from alongside.groups.answer_links import group_ask_token
from alongside.groups.models import Ask
from alongside.groups.states import AskState
from alongside.journeys import ask_group as journey
from alongside.journeys.run_clocks import run_clocks
from alongside.mentorships.models import Mentorship
from alongside.programmes.actions import update_participant
from alongside.programmes.models import Participant
from tests.groups.shaped import ask_of, asked, no, of_groups, of_peers, yes
from tests.paired import browser_of
from tests.world import LEAK, NOW, World


def url(ask: Ask) -> str:
    return f"/together/{group_ask_token(ask)}/"


def page(client: Client, ask: Ask) -> str:
    return client.get(url(ask)).content.decode()


class TestOfGroups:
    def test_a_mentor_sees_the_group_and_nobody_of_it(self, world: World, client: Client) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.dai, world.maya)
        shown = page(client, ask_of(group, world.maya))
        assert "Would you be a mentor to “New cabinet”?" in shown
        assert "2 people" in shown
        assert "Pricing" in shown
        for hidden in ("Bea", "Dai", LEAK + " what"):
            assert hidden not in shown

    def test_fetching_decides_nothing_and_a_yes_counts(self, world: World, client: Client) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya, world.marcus)
        ask = ask_of(group, world.maya)
        page(client, ask)
        assert ask_of(group, world.maya).state == AskState.OFFERED
        shown = client.post(url(ask), {"answer": "yes"}, follow=True).content.decode()
        assert "Thank you for your yes" in shown
        client.post(url(ask_of(group, world.marcus)), {"answer": "yes"})
        assert "You are introduced" in page(client, ask)
        assert f"/mentorships/{Mentorship.objects.get().ref}/" in page(client, ask)

    def test_a_second_window_is_told_and_changes_nothing(self, world: World, client: Client) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya)
        ask = ask_of(group, world.maya)
        client.post(url(ask), {"answer": "yes"})
        shown = client.post(url(ask), {"answer": "no"}, follow=True).content.decode()
        assert "answered before" in shown
        assert Mentorship.objects.count() == 1

    def test_a_no_keeps_its_reason_for_the_coordinator(self, world: World, client: Client) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya)
        ask = ask_of(group, world.maya)
        shown = client.post(url(ask), {"answer": "no", "reason": "No time"}, follow=True).content.decode()
        assert "Thank you for your answer" in shown
        assert ask_of(group, world.maya).reason == "No time"

    def test_an_answer_that_is_none_decides_nothing(self, world: World, client: Client) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya)
        assert client.post(url(ask_of(group, world.maya)), {"answer": "perhaps"}).status_code == 200
        assert ask_of(group, world.maya).state == AskState.OFFERED

    def test_who_has_no_place_left_is_told_so(self, world: World, client: Client) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.marcus)
        update_participant(world.marcus, by=None, at=NOW, capacity=0)
        shown = client.post(url(ask_of(group, world.marcus)), {"answer": "yes"}, follow=True).content.decode()
        assert "every place you have is taken" in shown

    def test_a_question_taken_back_says_so_and_tells_nothing(self, world: World, client: Client) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya)
        ask = ask_of(group, world.maya)
        journey.give_up(group, by=world.carys, at=NOW)
        shown = page(client, ask)
        assert "No answer is needed any more" in shown
        assert "Pricing" not in shown

    def test_after_the_day_an_answer_still_counts(self, world: World, client: Client) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya)
        run_clocks(at=NOW + timedelta(days=6))
        assert "Your answer still counts" in page(client, ask_of(group, world.maya))


class TestOfPeers:
    def test_a_peer_sees_what_the_other_shares_and_nothing_else(self, world: World, client: Client) -> None:
        of_peers(world)
        update_participant(world.dai, by=None, at=NOW, shares=["topics"])
        group = asked(world, world.bea, world.dai)
        shown = page(client, ask_of(group, world.bea))
        assert "Marketing" in shown
        assert "Dai" not in shown
        assert "dai.davies@example.org" not in shown
        assert f"{LEAK} what" not in shown
        assert "Bea Baker" in page(client, ask_of(group, world.dai))

    def test_a_yes_can_be_taken_back_until_it_begins(self, world: World, client: Client) -> None:
        of_peers(world)
        group = asked(world, world.bea, world.dai)
        ask = ask_of(group, world.bea)
        client.post(url(ask), {"answer": "yes"})
        assert "I have changed my mind" in page(client, ask)
        client.post(url(ask), {"answer": "no"})
        assert ask_of(group, world.bea).state == AskState.NO

    def test_the_words_of_the_programme_are_spoken(self, world: World, client: Client) -> None:
        words = {"mentor": "peer", "mentors": "peers", "mentorship": "peer mentoring", "mentorships": "peer mentorings"}
        of_peers(world, words=words)
        group = asked(world, world.bea, world.dai)
        yes(group, world.bea)
        yes(group, world.dai)
        assert "See your peer mentoring" in page(client, ask_of(group, world.bea))


@pytest.mark.parametrize("token", ["x", "nothing:here"])
def test_a_link_that_was_not_made_here_opens_nothing(world: World, client: Client, token: str) -> None:
    assert client.get(f"/together/{token}/").status_code == 404


def test_the_link_of_somebody_elses_question_is_no_key_to_another_page(world: World, client: Client) -> None:
    of_groups(world)
    token = group_ask_token(ask_of(asked(world, world.bea, world.maya), world.maya))
    for other in ("answer", "choose", "going-on"):
        assert client.get(f"/{other}/{token}/").status_code == 404


class TestHome:
    def home(self, who: Participant) -> str:
        return browser_of(who).get("/me/").content.decode()

    def test_what_is_asked_stands_among_the_next_steps(self, world: World) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya, world.marcus)
        assert "Say yes or no to the group “New cabinet”" in self.home(world.maya)
        yes(group, world.maya)
        shown = self.home(world.maya)
        assert "Others are asked too" in shown
        assert "Say yes or no" not in shown
        assert "The coordinators put together who works with whom" in self.home(world.dai)

    def test_peers_are_called_so(self, world: World) -> None:
        of_peers(world)
        group = asked(world, world.bea, world.dai)
        assert "Say yes or no to somebody" in self.home(world.bea)
        yes(group, world.bea)
        yes(group, world.dai)
        shown = self.home(world.bea)
        assert "as a peer" in shown
        assert "Mentee" not in shown

    def test_after_a_no_nothing_is_asked(self, world: World) -> None:
        of_peers(world)
        group = asked(world, world.bea, world.dai)
        no(group, world.bea)
        assert "Say yes or no" not in self.home(world.bea)
