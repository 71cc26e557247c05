"""Peers mentor each other: everywhere they count as those who mentor and as those who are mentored."""

from datetime import timedelta

import pytest
from django.test import Client

from alongside.agreements.wording import full_text
from alongside.exercises.queries import answers
from alongside.journeys.after_meeting import note_first_meeting
from alongside.mentorships.actions import add_member, start_mentorship
from alongside.mentorships.models import Mentorship
from alongside.mentorships.queries import members_of, pairs_made, running_as_mentor, together_before
from alongside.questionnaires.definition import Audience
from alongside.questionnaires.queries import newest_definition
from alongside.reports.mentors_record import record_of
from tests.groups.shaped import of_groups, of_peers
from tests.paired import browser_of, member_in, pair
from tests.world import NOW, World


@pytest.fixture
def peers(world: World) -> Mentorship:
    of_peers(world, members=3)
    return start_mentorship(world.bea, world.dai, first_meeting_at=None, by=None, at=NOW)


def test_a_mentorship_of_one_side_is_for_peers_alone(world: World) -> None:
    with pytest.raises(ValueError, match="a mentor and a mentee"):
        start_mentorship(world.bea, world.dai, first_meeting_at=None, by=None, at=NOW)
    of_groups(world)
    with pytest.raises(ValueError, match="a mentor and a mentee"):
        start_mentorship(world.bea, world.dai, first_meeting_at=None, by=None, at=NOW)
    of_peers(world)
    for people in ([world.bea], [world.maya, world.marcus], [world.bea, world.maya]):
        with pytest.raises(ValueError, match="Peers mentor each other"):
            start_mentorship(*people, first_meeting_at=None, by=None, at=NOW)


def test_nobody_joins_peers_as_a_mentor(world: World, peers: Mentorship) -> None:
    with pytest.raises(ValueError, match="joins them as a mentor"):
        add_member(peers, world.maya, by=world.carys, at=NOW)


def test_each_mentors_and_each_is_mentored(world: World, peers: Mentorship) -> None:
    for member in members_of(peers):
        assert member.mentors_others
        assert not member.is_mentor
        assert member.role == "peer"


def test_of_a_pair_only_the_mentor_mentors(world: World) -> None:
    couple = pair(world.maya, world.farah)
    assert member_in(couple, world.maya).mentors_others
    assert not member_in(couple, world.farah).mentors_others
    assert member_in(couple, world.farah).role == "mentee"


def test_each_has_a_record_of_what_they_gave(world: World, peers: Mentorship) -> None:
    note_first_meeting(peers, by=world.carys, at=NOW + timedelta(days=1))
    for each in (world.bea, world.dai):
        record = record_of(each.person, world.harbour, at=NOW + timedelta(days=2))
        assert record.meetings == 1
    assert record_of(world.farah.person, world.harbour, at=NOW).meetings == 0


def test_each_takes_their_record_along(world: World, peers: Mentorship) -> None:
    note_first_meeting(peers, by=world.carys, at=NOW + timedelta(days=1))
    answer = browser_of(world.bea).get(f"/mentorships/{peers.ref}/ending/record.json")
    assert answer.status_code == 200
    assert answer.json()["meetings"] == 1


def test_exercises_of_both_sides_are_theirs(world: World, peers: Mentorship) -> None:
    me = member_in(peers, world.bea)
    for each in ("mentor-self-check", "expectations"):
        assert answers(me, newest_definition(each))
    assert newest_definition("mentor-self-check").audience == Audience.MENTORS


def test_the_agreement_names_them_together_and_no_mentor_apart(world: World, peers: Mentorship) -> None:
    text = full_text(world.cohort, members_of(peers), {}, until="1 March 2027")
    assert "We mentor each other: Bea Baker, Dai Davies" in text
    assert "- Mentor:" not in text
    assert "{" not in text


def test_they_count_as_former_partners_of_each_other_whichever_way_round(world: World, peers: Mentorship) -> None:
    both = {(world.bea.ref, world.dai.ref), (world.dai.ref, world.bea.ref)}
    assert together_before(world.mentees) == both
    assert pairs_made([world.bea, world.dai], [world.bea, world.dai]) >= both


def test_a_total_as_a_mentor_is_not_taken_by_peers(world: World, peers: Mentorship) -> None:
    """What somebody promised to mentees is not used up by what they do with a peer."""
    assert running_as_mentor([world.bea.person_id]) == {}


class TestPages:
    def test_they_are_called_peers(self, world: World, peers: Mentorship, as_carys: Client) -> None:
        shown = browser_of(world.bea).get(f"/mentorships/{peers.ref}/").content.decode()
        assert "Peer" in shown
        assert "Mentee" not in shown
        shown = as_carys.get(f"/looking-after/{peers.ref}/").content.decode()
        assert "peer" in shown
        assert "as a mentee" not in shown

    @pytest.mark.parametrize("page", ["", "notes/", "plan/", "messages/", "exercises/", "agreement/", "meetings/"])
    def test_every_page_opens_and_speaks_of_no_mentor(self, world: World, peers: Mentorship, page: str) -> None:
        answer = browser_of(world.bea).get(f"/mentorships/{peers.ref}/{page}")
        assert answer.status_code == 200
        shown = answer.content.decode()
        assert "your mentor " not in shown
        assert "your mentee" not in shown

    def test_the_coordinators_list_names_both_on_both_sides(
        self, world: World, peers: Mentorship, as_carys: Client
    ) -> None:
        answer = as_carys.get(f"/cohorts/{world.cohort.ref}/mentorships.csv")
        assert answer.status_code == 200
        assert answer.content.decode().count("Bea Baker; Dai Davies") == 2
