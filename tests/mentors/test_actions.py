"""A mentor's one profile: written once, theirs alone until they say otherwise, gone with one click."""

from datetime import timedelta

import pytest

from alongside.audit.models import Entry
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.kernel.scope import NoScope
from alongside.mentors import actions
from alongside.mentors.actions import CannotAsk
from alongside.mentors.consents import NEWEST
from alongside.mentors.models import Approach, Invitation, Profile
from alongside.mentors.queries import approaches_of, invitations_to, mentors_found_by, profile_of
from tests.paired import SECRET
from tests.volunteering import SAID, vic
from tests.world import NOW, World

LATER = NOW + timedelta(days=1)


def test_somebody_has_one_profile_and_writing_it_again_changes_that(world: World) -> None:
    first, second = vic(world), vic(world, job_title="Baker")
    assert first.pk == second.pk
    assert second.job_title == "Baker"


def test_a_place_is_found_with_its_region(world: World) -> None:
    profile = vic(world)
    assert profile.region == "Wales"
    assert profile.latitude is not None


def test_a_place_that_nobody_knows_has_no_region(world: World) -> None:
    vic(world)
    profile = vic(world, place="Atlantis-upon-Nowhere")
    assert (profile.region, profile.latitude) == ("", None)


def test_saving_what_stands_there_already_makes_it_no_newer(world: World) -> None:
    profile = vic(world)
    saved = actions.write_profile(profile.person, world.network, SAID, at=LATER)
    assert saved.changed_at == NOW
    changed = actions.write_profile(profile.person, world.network, {**SAID, "about": "x"}, at=LATER)
    assert changed.changed_at == LATER


def test_what_is_no_field_of_a_profile_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="shown_at"):
        actions.write_profile(world.carys, world.network, {"shown_at": NOW}, at=NOW)


def test_profiles_are_never_read_without_saying_whose(world: World) -> None:
    vic(world)
    for model in (Profile, Approach):
        with pytest.raises(NoScope):
            model.objects.all()


def test_nobody_finds_a_profile_before_its_mentor_agrees_nor_after_they_take_it_back(world: World) -> None:
    profile = vic(world)
    assert not mentors_found_by(world.olu).exists()
    actions.let_be_found(profile, agreed=True, at=NOW)
    assert list(mentors_found_by(world.olu)) == [profile]
    assert (profile.shown_version, profile.shown_at) == (NEWEST, NOW)
    actions.let_be_found(profile, agreed=False, at=LATER)
    assert not mentors_found_by(world.olu).exists()
    assert profile.shown_version is None


def test_agreeing_again_keeps_when_they_agreed(world: World) -> None:
    profile = vic(world, shown=True)
    actions.let_be_found(profile, agreed=True, at=LATER)
    assert profile.shown_at == NOW


def test_a_mentor_of_another_network_is_not_found(world: World) -> None:
    profile = vic(world, shown=True)
    other = type(world.network).objects.create(name="Another network")
    Profile.objects.of(profile.person).update(network=other)
    assert not mentors_found_by(world.olu).exists()


def test_whoever_coordinates_does_not_find_themselves(world: World) -> None:
    actions.let_be_found(actions.write_profile(world.olu, world.network, SAID, at=NOW), agreed=True, at=NOW)
    assert not mentors_found_by(world.olu).exists()
    assert mentors_found_by(world.carys).count() == 1


def test_a_mentor_is_asked_once_by_an_organisation(world: World) -> None:
    profile = vic(world, shown=True)
    actions.invite(profile, world.harbour, "Would you?", by=world.carys, at=NOW)
    with pytest.raises(CannotAsk, match="before"):
        actions.invite(profile, world.harbour, "Please?", by=world.carys, at=NOW)
    assert Invitation.objects.get().words == "Would you?"


def test_who_does_not_want_to_be_found_is_not_asked(world: World) -> None:
    with pytest.raises(CannotAsk, match="not to be found"):
        actions.invite(vic(world), world.harbour, "Would you?", by=world.carys, at=NOW)


def test_an_answer_is_given_once(world: World) -> None:
    profile = vic(world, shown=True)
    invitation = actions.invite(profile, world.harbour, "Would you?", by=world.carys, at=NOW)
    actions.answer_invitation(invitation, "decline", at=LATER)
    with pytest.raises(MoveNotAllowed):
        actions.answer_invitation(invitation, "accept", at=LATER)


def test_deleting_a_profile_takes_everything_of_it_along(world: World) -> None:
    profile = vic(world, shown=True)
    actions.invite(profile, world.harbour, f"Would you? {SECRET}", by=world.carys, at=NOW)
    actions.note_approach(profile, world.quay, name="Quay", enquiry_thread="t", at=NOW)
    actions.delete_profile(profile.person)
    assert profile_of(profile.person) is None
    assert not invitations_to(profile.person).exists()
    assert not approaches_of(profile.person).exists()


def test_the_record_of_what_happened_says_nothing_of_what_stands_in_a_profile(world: World) -> None:
    profile = vic(world, shown=True)
    actions.invite(profile, world.harbour, f"Would you? {SECRET}", by=world.carys, at=NOW)
    entries = Entry.objects.filter(verb="invite_mentor")
    assert entries.count() == 1
    assert SECRET not in "".join(str(vars(each)) for each in Entry.objects.all())
