"""A new safeguarding lead is told what that means, and of open concerns their number alone."""

import pytest

from alongside.concerns.models import Concern, Hearer
from alongside.concerns.states import ConcernState
from alongside.journeys.name_lead import name_lead
from alongside.notifications.models import Email
from alongside.people.models import Person
from tests.asked import emails_to
from tests.paired import SECRET
from tests.reported import raised
from tests.world import NOW, World, person


@pytest.fixture
def lena(world: World) -> Person:
    return person("Lena Lead")


def letter_to(who: Person) -> Email:
    return Email.objects.filter(to=who.email).latest("pk")


def named(world: World, who: Person) -> str:
    name_lead(world.programme, who, by=world.carys, at=NOW)
    return letter_to(who).body.text


def test_they_hear_what_it_means_and_who_named_them(world: World, lena: Person) -> None:
    text = named(world, lena)
    world.programme.refresh_from_db()
    assert world.programme.safeguarding_lead == lena
    assert letter_to(lena).kind == "tell_new_lead"
    assert "Carys Coordinator has named you" in text
    assert "within one working day" in text
    assert "/concerns/" in text
    assert "still open" not in text


def test_of_open_concerns_they_learn_how_many_and_never_a_word(world: World, lena: Person) -> None:
    raised(world)
    raised(world)
    Concern.unscoped.filter(pk=raised(world).pk).update(state=ConcernState.CLOSED)
    text = named(world, lena)
    assert "2 concerns that were raised before are still open" in text
    assert SECRET not in text + letter_to(lena).subject
    assert not Hearer.unscoped.filter(person=lena).exists()


def test_one_about_themselves_is_not_counted(world: World, lena: Person) -> None:
    raised(world, lena)
    raised(world, world.maya.person)
    assert "1 concern that was raised before is still open" in named(world, lena)


def test_whoever_was_it_before_is_told_and_the_same_again_is_not(world: World, lena: Person) -> None:
    named(world, lena)
    named(world, lena)
    assert Email.objects.filter(to=lena.email).count() == 1
    second = person("Sami Second")
    named(world, second)
    assert letter_to(lena).kind == "tell_former_lead"
    assert "stay with you until you close them" in letter_to(lena).body.text


def test_it_stands_in_no_coordinators_queue_and_nobody_else_hears_of_it(world: World, lena: Person) -> None:
    named(world, lena)
    assert (letter_to(lena).programme_id, letter_to(lena).participant_id) == (None, None)
    assert emails_to(world.maya) == emails_to(world.bea) == []
