"""What is asked once for a page."""

from django.test import Client

from alongside.kernel.remembering import remembered, remembering
from alongside.organisations.actions import appoint_coordinator
from alongside.programmes.queries import run_by
from tests.world import NOW, World

asked: list[int] = []


@remembered
def doubled(number: int) -> int:
    asked.append(number)
    return 2 * number


def test_a_read_is_asked_once_for_each_of_its_arguments_while_a_page_is_made() -> None:
    asked.clear()
    with remembering():
        assert [doubled(1), doubled(1), doubled(2)] == [2, 2, 4]
    assert asked == [1, 2]


def test_where_nobody_said_so_it_is_asked_anew() -> None:
    asked.clear()
    assert [doubled(1), doubled(1)] == [2, 2]
    assert asked == [1, 1]


def test_the_next_page_remembers_nothing_of_the_last() -> None:
    asked.clear()
    for _page in range(2):
        with remembering():
            doubled(3)
    assert asked == [3, 3]


def test_two_people_are_two(world: World) -> None:
    with remembering():
        assert run_by(world.carys) == (world.programme.pk,)
        assert run_by(world.olu) == (world.other_programme.pk,)


def test_whoever_decides_something_sees_at_once_what_it_changed(world: World) -> None:
    assert run_by(world.olu) == (world.other_programme.pk,)
    appoint_coordinator(world.olu, world.harbour, at=NOW)
    assert set(run_by(world.olu)) == {world.programme.pk, world.other_programme.pk}


def test_somebody_appointed_sees_it_on_the_next_page(world: World, client: Client) -> None:
    client.force_login(world.olu)
    assert world.programme.name not in client.get("/programmes/").content.decode()
    appoint_coordinator(world.olu, world.harbour, at=NOW)
    assert world.programme.name in client.get("/programmes/").content.decode()
