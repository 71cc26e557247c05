"""Two people answer at the same moment, each in a thread and with a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from alongside.kernel import clock, scope
from alongside.meetings.states import MeetingState
from alongside.programmes.models import Participant
from tests import world as cast
from tests.meeting import answered, emails_of_kind, fresh, suggested
from tests.paired import pair


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time; this needs two at once")
@pytest.mark.django_db(transaction=True)
def test_two_who_say_yes_at_the_same_moment_book_it_once() -> None:
    with clock.stopped(cast.NOW), scope.everywhere("building the cast"):
        world = cast.build()
        group = pair(world.maya, world.marcus, world.bea)
        meeting = suggested(group, world.bea)
    barrier = Barrier(2)

    def say_yes(who: Participant) -> None:
        try:
            with scope.within(world.harbour_scope):
                barrier.wait(timeout=10)
                answered(meeting, who)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(say_yes, [world.maya, world.marcus]))
    with scope.within(world.harbour_scope):
        kept = fresh(meeting)
    assert (kept.state, kept.changes) == (MeetingState.AGREED, 1)
    assert len(emails_of_kind("tell_meeting_booked")) == 3
