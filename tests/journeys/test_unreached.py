"""What a coordinator decides about an email that did not arrive is done once, and written down."""

import pytest

from alongside.audit.models import Entry
from alongside.journeys.unreached import leave_email, take_up_email, try_email_again
from alongside.kernel import scope
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.notifications.models import Email
from alongside.notifications.states import EmailState
from alongside.programmes.models import Participant
from tests.asked import emails_to, given_up
from tests.world import NOW, World


def test_the_same_email_waits_again_with_all_its_tries(world: World) -> None:
    email = given_up(world.bea, world.maya)
    try_email_again(email, by=world.carys, at=NOW)
    again = Email.objects.get(pk=email.pk)
    assert (again.state, again.attempts, again.not_before) == (EmailState.QUEUED, 0, None)
    assert again.text == email.text
    assert emails_to(world.bea) == ["mentee_offer"]


def test_who_decided_is_written_down_with_the_participant(world: World) -> None:
    email = given_up(world.bea, world.maya)
    leave_email(email, by=world.carys, at=NOW)
    take_up_email(email, by=world.carys, at=NOW)
    try_email_again(email, by=world.carys, at=NOW)
    entries = Entry.objects.filter(thing_kind="Participant", thing_ref=world.bea.ref, details__email=email.ref)
    assert list(entries.order_by("pk").values_list("verb", "actor_ref")) == [
        ("leave_email", world.carys.ref),
        ("take_up_email", world.carys.ref),
        ("try_email_again", world.carys.ref),
    ]
    assert [entry.details for entry in entries] == [{"email": email.ref, "kind": "mentee_offer"}] * 3


def test_of_two_who_decide_at_once_one_is_told(world: World) -> None:
    email = given_up(world.bea, world.maya)
    seen_by_another = Email.objects.get(pk=email.pk)
    try_email_again(email, by=world.carys, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        leave_email(seen_by_another, by=world.piotr, at=NOW)
    with pytest.raises(MoveNotAllowed):
        try_email_again(email, by=world.carys, at=NOW)
    assert Entry.objects.filter(details__email=email.ref).count() == 1


def test_outside_the_organisation_nothing_can_be_decided(world: World) -> None:
    email = given_up(world.bea, world.maya)
    with scope.within(world.elsewhere_scope), pytest.raises(Participant.DoesNotExist):
        try_email_again(email, by=world.olu, at=NOW)
    email.refresh_from_db()
    assert email.state == EmailState.FAILED
