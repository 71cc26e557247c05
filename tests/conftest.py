import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from alongside.kernel import clock, scope
from tests import world as cast


@pytest.fixture(autouse=True)
def _no_limits_kept() -> None:
    """Forget who signed in how often: a test must not be refused for what another did."""
    cache.clear()


@pytest.fixture
def world(db: None) -> Iterator[cast.World]:
    """The cast, seen from Harbour Enterprise, with the clock stopped at their Monday morning."""
    with clock.stopped(cast.NOW):
        with scope.everywhere("building the cast"):
            built = cast.build()
        with scope.within(built.harbour_scope):
            yield built


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
