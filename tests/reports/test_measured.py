"""What Alongside counts for an assessment: from unsealed rows of one organisation, small numbers hidden."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import Ending, MentorshipState
from alongside.reports.measured import Measured, kept, measured
from tests.paired import pair
from tests.world import NOW, World

LATER = NOW + timedelta(days=90)


def test_what_is_counted_of_mentorships(world: World) -> None:
    world.maya.capacity = 3
    world.maya.save()
    for mentee in world.mentees[:2]:
        pair(world.maya, mentee, stage=MentorshipState.ACTIVE)
    pair(world.marcus, world.farah, stage=MentorshipState.GOING_ON)
    ended = Mentorship.objects.order_by("pk")[0]
    Mentorship.objects.filter(pk=ended.pk).update(state="ended", ended_at=NOW, ending=Ending.NOT_SAID)
    found = measured(world.harbour, at=LATER)
    assert (found["agreements_signed"].part, found["agreements_signed"].whole) == (2, 3)
    assert (found["endings_with_reason"].part, found["endings_with_reason"].whole) == (0, 1)
    assert found["silent_mentorships"].whole == 2
    assert found["silent_mentorships"].part == 2
    assert found["days_to_matched"].whole == 3


def test_nothing_of_another_organisation_is_counted(world: World) -> None:
    pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)
    assert all(each.whole == 0 for each in measured(world.elsewhere, at=LATER).values())


def test_what_is_kept_is_only_what_is_shown(world: World) -> None:
    pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)
    rows = kept(measured(world.harbour, at=LATER))
    assert {"key": "agreements_signed", "shown": "Too few to say"} in rows
    assert all(set(row) == {"key", "shown"} for row in rows)


@given(st.integers(0, 4), st.integers(1, 4))
def test_under_five_nothing_is_said(part: int, whole: int) -> None:
    assert Measured("choice_offered", min(part, whole), whole).shown == "Too few to say"


@given(st.integers(5, 500), st.data())
def test_one_more_person_never_shows_as_one(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    shown = Measured("choice_offered", part, whole).shown
    numbers = [int(word.replace(",", "")) for word in shown.split() if word.replace(",", "").isdigit()]
    assert all(number % 5 == 0 for number in numbers)
