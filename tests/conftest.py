import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from alongside.directory.searching import forget
from alongside.kernel import clock, scope
from tests import kinds as kinds_cast
from tests import world as cast

NEEDS_DATABASE = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what uses a database: the rest ran on SQLite, and would do the very same again.

    Whether a test uses one need not be listed: a test that does not ask for it is refused it
    (tests/config/test_databases.py).
    """
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        without = [item for item in items if not uses_database(item)]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if uses_database(item)]


def uses_database(item: pytest.Item) -> bool:
    """Tell whether a test, or a fixture it stands on, asks for the database."""
    asked = set(getattr(item, "fixturenames", ()))
    return bool(asked & NEEDS_DATABASE) or item.get_closest_marker("django_db") is not None


@pytest.fixture(autouse=True)
def _no_limits_kept() -> None:
    """Forget who signed in how often: a test must not be refused for what another did."""
    cache.clear()


@pytest.fixture(autouse=True)
def _nothing_found_of_before() -> None:
    """Read the directory anew: what another test listed is gone."""
    forget()


@pytest.fixture
def world(db: None) -> Iterator[cast.World]:
    """The cast, seen from Harbour Enterprise, with the clock stopped at their Monday morning."""
    with clock.stopped(cast.NOW):
        with scope.everywhere("building the cast"):
            built = cast.build()
        with scope.within(built.harbour_scope):
            yield built


@pytest.fixture
def kinds(world: cast.World) -> kinds_cast.Kinds:
    """A cohort of the same programme in which every mentee has mentors of two kinds."""
    return kinds_cast.build(world)


@pytest.fixture
def shared_data() -> Path:
    """The folder of third-party files beside the checkout."""
    return Path(os.environ.get("ALONGSIDE_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


@pytest.fixture
def as_carys(world: cast.World, client: Client) -> Client:
    client.force_login(world.carys)
    return client


@pytest.fixture
def as_olu(world: cast.World) -> Client:
    """The coordinator of another organisation: the leak detector."""
    stranger = Client()
    stranger.force_login(world.olu)
    return stranger
