"""How long an answer takes: measured, never flattered by silence, in one query."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.enquiries import actions
from alongside.enquiries.queries import days_to_answer, days_to_answer_of
from alongside.kernel import scope
from alongside.organisations.models import Organisation
from tests.enquired import confirmed
from tests.world import NOW, World

A_YEAR = NOW - timedelta(days=365)


def answered(world: World, organisation: Organisation, days: list[float], offset: int = 0) -> None:
    for number, each in enumerate(days):
        asked = confirmed(world, organisation, email=f"{offset}-{number}@example.net", words=f"{offset} {number}")
        with scope.everywhere("a test answers"):
            actions.answer_enquiry(asked, "Yes", by=world.carys, at=NOW + timedelta(days=each))


def test_below_five_nothing_is_said(world: World) -> None:
    answered(world, world.harbour, [1, 2, 3, 4])
    assert days_to_answer(world.harbour, since=A_YEAR) is None


def test_the_median_is_said_from_five_on(world: World) -> None:
    answered(world, world.harbour, [1, 2, 3, 9, 9])
    assert days_to_answer(world.harbour, since=A_YEAR) == 3


def test_silence_counts_and_taking_it_back_does_not(world: World) -> None:
    answered(world, world.harbour, [1, 1, 1])
    with scope.everywhere("a test lets time pass"):
        for number in range(4):
            silent = confirmed(world, world.harbour, email=f"s{number}@example.net", words=f"s {number}")
            actions.pass_on(silent, None, by=None, answers=False, at=NOW + timedelta(days=14))
        back = confirmed(world, world.harbour, email="back@example.net", words="back")
        actions.withdraw_enquiry(back, at=NOW)
    assert days_to_answer(world.harbour, since=A_YEAR) == 14


def test_only_what_came_since_then_counts(world: World) -> None:
    answered(world, world.harbour, [1] * 5)
    assert days_to_answer(world.harbour, since=NOW + timedelta(days=1)) is None


def test_many_organisations_take_one_query(world: World) -> None:
    answered(world, world.harbour, [1] * 5)
    answered(world, world.quay, [2] * 5, offset=1)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        found = days_to_answer_of([world.harbour, world.quay, world.elsewhere], since=A_YEAR)
    assert found == {world.harbour.pk: 1, world.quay.pk: 2}
    assert len(seen) == 1
