from collections.abc import Iterator
from datetime import date

import pytest

from alongside.agreements.models import Signature
from alongside.journeys.agree import CharterFirst, NoDayYet, sign_agreement
from alongside.mentorships import actions as mentorships
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import MentorshipState
from tests.agreements.signing import UNTIL, agreed, newest, proposed, signs
from tests.asked import emails_to, last_email_to
from tests.paired import SECRET, inside, member_in, pair
from tests.world import NOW, World

S = MentorshipState


@pytest.fixture
def mentorship(world: World) -> Iterator[Mentorship]:
    made = pair(world.maya, world.bea, stage=S.GOING_ON)
    with inside(made):
        yield made


@pytest.fixture
def people(world: World, mentorship: Mentorship) -> list[Member]:
    return [member_in(mentorship, world.bea), member_in(mentorship, world.maya)]


def state_of(mentorship: Mentorship) -> tuple[str, date | None]:
    mentorship.refresh_from_db()
    return mentorship.state, mentorship.planned_end_on


def test_the_others_are_asked_by_an_email_without_a_word_of_it(world: World, people: list[Member]) -> None:
    proposed(people[0])
    assert emails_to(world.bea)[-1] == "tell_we_go_on"
    email = last_email_to(world.maya)
    assert (email.kind, email.private, email.text) == ("ask_to_sign", True, "")
    assert "/sign/" in email.body.text
    assert "SECRET" not in email.subject + email.body.text + email.body.html


def test_when_all_have_signed_they_are_under_way_until_the_day_they_chose(
    world: World, mentorship: Mentorship, people: list[Member]
) -> None:
    agreement = proposed(people[0])
    assert signs(agreement, people[0]) is False
    assert state_of(mentorship)[0] == S.GOING_ON
    assert signs(agreement, people[1]) is True
    assert state_of(mentorship) == (S.ACTIVE, UNTIL)
    assert newest(mentorship).signed_at == NOW
    for participant in (world.bea, world.maya):
        email = last_email_to(participant)
        assert (email.kind, email.private) == ("tell_all_signed", True)
        assert f"/mentorships/{mentorship.ref}/agreement/" in email.body.text
        assert SECRET not in email.body.text


def test_in_a_group_all_of_them_sign(world: World) -> None:
    group = pair(world.nia, world.marcus, world.dai, stage=S.GOING_ON)
    with inside(group):
        members = [member_in(group, participant) for participant in (world.nia, world.marcus, world.dai)]
        agreement = proposed(members[0])
        assert [signs(agreement, member) for member in members] == [False, False, True]


def test_a_later_version_moves_the_planned_end(world: World, mentorship: Mentorship, people: list[Member]) -> None:
    agreed(*people)
    again = [member_in(mentorship, participant) for participant in (world.bea, world.maya)]
    second = proposed(again[0], until=date(2027, 6, 30))
    for member in again:
        signs(second, member)
    assert state_of(mentorship) == (S.ACTIVE, date(2027, 6, 30))


def test_whoever_has_not_accepted_the_charter_does_not_sign(people: list[Member]) -> None:
    agreement = proposed(people[0])
    with pytest.raises(CharterFirst):
        sign_agreement(agreement, by=people[0], name="Bea Baker", seen=agreement.fingerprint, at=NOW)
    with pytest.raises(CharterFirst):
        sign_agreement(
            agreement, by=people[0], name="Bea Baker", seen=agreement.fingerprint, charter_seen="0" * 64, at=NOW
        )
    assert not Signature.objects.exists()


def test_an_agreement_says_until_when_and_that_is_ahead(people: list[Member]) -> None:
    with pytest.raises(NoDayYet):
        proposed(people[0], until=NOW.date())


def test_while_they_rest_nobody_signs(mentorship: Mentorship, people: list[Member]) -> None:
    agreement = proposed(people[0])
    mentorships.pause(mentorship, until=UNTIL, by=people[0].participant.person, at=NOW)
    resting = member_in(mentorship, people[0].participant)
    with pytest.raises(ValueError, match="once you have met and all want to go on"):
        signs(agreement, resting)
