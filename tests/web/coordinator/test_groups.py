from datetime import timedelta

import pytest
from django.test import Client

from alongside.groups.models import Ask, Group
from alongside.groups.states import AskState, GroupState
from alongside.journeys.run_clocks import run_clocks
from alongside.mentorships.models import Mentorship
from tests.asked import emails_to
from tests.groups.shaped import ask_of, asked, fresh, group_of, no, of_groups, of_peers, yes
from tests.queries import queries_of
from tests.world import LEAK, NOW, World


def page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def groups_url(world: World) -> str:
    return f"/cohorts/{world.cohort.ref}/groups/"


def send(client: Client, group: Group, what: str, **data: object) -> str:
    return client.post(f"/groups/{group.ref}/{what}/", data, follow=True).content.decode()


class TestPuttingTogether:
    def test_it_takes_the_place_of_the_board(self, world: World, as_carys: Client) -> None:
        of_groups(world)
        assert as_carys.get(f"/cohorts/{world.cohort.ref}/board/").headers["Location"] == groups_url(world)
        assert as_carys.get(f"/cohorts/{world.cohort.ref}/choices/").headers["Location"] == groups_url(world)
        assert as_carys.get(f"/people/{world.bea.ref}/mentor/").headers["Location"] == groups_url(world)
        assert as_carys.post(f"/cohorts/{world.cohort.ref}/board/match/").status_code == 404
        shown = page(as_carys, f"/cohorts/{world.cohort.ref}/")
        assert groups_url(world) in shown
        assert "/board/" not in shown

    def test_a_cohort_of_pairs_keeps_its_board(self, world: World, as_carys: Client) -> None:
        assert as_carys.get(groups_url(world)).headers["Location"] == f"/cohorts/{world.cohort.ref}/board/"

    def test_who_is_in_no_group_yet_is_there_to_be_ticked(self, world: World, as_carys: Client) -> None:
        of_groups(world)
        group_of(world, world.bea)
        shown = page(as_carys, groups_url(world))
        assert f'value="{world.dai.ref}"' in shown
        assert f'value="{world.bea.ref}"' not in shown
        assert "2 people are in no group yet, and 3 mentors have a free place." in shown

    def test_a_group_is_made_by_name_with_ticks_and_nobody_hears_of_it(self, world: World, as_carys: Client) -> None:
        of_groups(world)
        data = {"name": "New cabinet", "people": [world.bea.ref, world.dai.ref]}
        shown = as_carys.post(groups_url(world), data, follow=True).content.decode()
        assert "Nobody has been asked yet" in shown
        assert "There is no mentor for this group" in shown
        assert emails_to(world.bea) == []
        assert Group.objects.get().places.count() == 2

    def test_bad_input_is_said_and_nothing_is_lost(self, world: World, as_carys: Client) -> None:
        of_groups(world)
        data = {"name": " ", "people": [world.bea.ref]}
        shown = as_carys.post(groups_url(world), data).content.decode()
        assert "Give the group a name" in shown
        assert f'value="{world.bea.ref}" checked' in " ".join(shown.split()) or "checked" in shown
        shown = as_carys.post(groups_url(world), {"name": "x", "people": [world.other_cohort.ref]}).content.decode()
        assert "Look again" in shown
        assert not Group.objects.exists()

    def test_peers_are_suggested_and_made(self, world: World, as_carys: Client) -> None:
        of_peers(world)
        url = f"{groups_url(world)}suggest/"
        shown = page(as_carys, url)
        assert "nothing better is possible" in shown
        assert "is in no group" in shown
        value = shown.split('name="together" value="')[1].split('"')[0]
        as_carys.post(url, {"together": value})
        group = Group.objects.get()
        assert {each.participant.ref for each in group.places.all()} == set(value.split(","))
        assert " and " in group.name
        assert "by now" in as_carys.post(url, {"together": value}, follow=True).content.decode()
        assert "Tick the groups" in as_carys.post(url, {}, follow=True).content.decode()
        assert Group.objects.count() == 1

    def test_mentors_are_suggested_with_what_they_cover(self, world: World, as_carys: Client) -> None:
        of_groups(world)
        group = group_of(world, world.bea)
        url = f"/groups/{group.ref}/mentors/"
        shown = page(as_carys, url)
        assert "Covered by Maya Mentor" in shown
        assert "Covered by nobody" in shown
        as_carys.post(url, {"mentor": [world.maya.ref]})
        assert "Covered by Maya Mentor" in page(as_carys, f"/groups/{group.ref}/")
        assert "no free place any more" in as_carys.post(url, {"mentor": "x"}, follow=True).content.decode()

    def test_people_are_put_in_and_taken_out_by_hand(self, world: World, as_carys: Client) -> None:
        of_groups(world)
        group = group_of(world, world.bea)
        assert "Maya Mentor is in it." in send(as_carys, group, "put-in", participant=world.maya.ref)
        assert "Look again" in send(as_carys, group, "put-in", participant=world.maya.ref)
        assert "Choose somebody." in send(as_carys, group, "put-in")
        assert "is not in it any more" in send(as_carys, group, "take-out", participant=world.maya.ref)
        assert fresh(group).places.count() == 1

    def test_a_group_is_called_otherwise_and_given_up(self, world: World, as_carys: Client) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya)
        assert "Shadow cabinet" in send(as_carys, group, "name", name="Shadow cabinet")
        assert "Give the group a name" in send(as_carys, group, "name", name="")
        assert "Given up" in send(as_carys, group, "give-up")
        assert fresh(group).state == GroupState.DISSOLVED
        assert emails_to(world.maya)[-1] == "tell_group_needs_no_answer"


class TestAsking:
    def test_every_word_is_shown_before_it_is_sent(self, world: World, as_carys: Client) -> None:
        of_groups(world)
        group = group_of(world, world.bea, world.maya)
        shown = page(as_carys, f"/groups/{group.ref}/ask/")
        assert "Would you be a mentor to the group “New cabinet”?" in shown
        assert "maya.mentor@example.org" in shown
        assert emails_to(world.maya) == []
        assert "One person has been asked by email." in send(as_carys, group, "ask")
        assert emails_to(world.maya) == ["ask_to_be_in_group"]

    def test_a_group_that_is_not_whole_is_not_asked(self, world: World, as_carys: Client) -> None:
        of_groups(world)
        group = group_of(world, world.bea)
        assert "There is no mentor" in as_carys.get(f"/groups/{group.ref}/ask/", follow=True).content.decode()
        assert "There is no mentor" in send(as_carys, group, "ask")
        assert not Ask.objects.exists()

    def test_she_sees_who_has_answered_and_why_not(self, world: World, as_carys: Client) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya, world.marcus)
        yes(group, world.marcus)
        no(group, world.maya, reason="No time just now")
        shown = page(as_carys, f"/groups/{group.ref}/")
        assert "said yes" in shown
        assert "No time just now" in shown
        assert "Only the coordinators of this programme" in shown
        send(as_carys, group, "begin")
        assert Mentorship.objects.get().ref == fresh(group).mentorship
        assert "See their mentorship" in page(as_carys, f"/groups/{group.ref}/")

    def test_what_stands_in_the_way_is_said(self, world: World, as_carys: Client) -> None:
        of_peers(world)
        group = asked(world, world.bea, world.dai)
        yes(group, world.bea)
        assert "Peers are at least two" not in page(as_carys, f"/groups/{group.ref}/"), "an answer is awaited"
        assert "Peers are at least two" in send(as_carys, group, "begin")
        no(group, world.dai)
        assert "Peers are at least two" in page(as_carys, f"/groups/{group.ref}/")

    def test_who_did_not_answer_stands_in_the_queue_and_is_asked_again(self, world: World, as_carys: Client) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya)
        assert "The group “New cabinet”" not in page(as_carys, "/queue/")
        run_clocks(at=NOW + timedelta(days=6))
        assert "The group “New cabinet” waits for you" in page(as_carys, "/queue/")
        assert "has not answered" in page(as_carys, f"/groups/{group.ref}/")
        as_carys.post(f"/asks/{ask_of(group, world.maya).ref}/again/")
        assert ask_of(group, world.maya).state == AskState.OFFERED


def test_nobody_else_comes_in(world: World, as_olu: Client, client: Client) -> None:
    of_groups(world)
    group = asked(world, world.bea, world.maya, name=f"{LEAK} cabinet")
    client.force_login(world.maya.person)
    for each in (as_olu, client):
        for url in (groups_url(world), f"/groups/{group.ref}/", f"/groups/{group.ref}/ask/"):
            answer = each.get(url)
            assert answer.status_code == 404
            assert LEAK not in answer.content.decode()
    client.force_login(world.piotr)
    assert client.get(f"/groups/{group.ref}/").status_code == 200, "a partner runs the programme too"
    assert Client().get(groups_url(world)).status_code == 302


def test_pages_take_as_many_queries_for_one_group_as_for_two(world: World, as_carys: Client) -> None:
    of_groups(world)
    asked(world, world.bea, world.maya)
    one = queries_of(as_carys, groups_url(world))
    asked(world, world.dai, world.marcus, name="Two")
    assert queries_of(as_carys, groups_url(world)) == one


@pytest.mark.parametrize("shape", [of_groups, of_peers])
def test_the_cohort_leads_to_its_groups(world: World, as_carys: Client, shape) -> None:  # type: ignore[no-untyped-def]
    shape(world)
    shown = page(as_carys, f"/cohorts/{world.cohort.ref}/")
    assert "Put groups together" in shown
    assert "In a group" in shown
    assert "in no group yet" in page(as_carys, "/queue/")
    assert "Open the groups" in page(as_carys, f"/people/{world.bea.ref}/")


def test_of_peers_only_one_side_is_brought_in(world: World, as_carys: Client) -> None:
    of_peers(world)
    shown = page(as_carys, f"/cohorts/{world.cohort.ref}/import/")
    assert 'value="mentor"' not in shown
    assert "take turns mentoring each other" in shown
