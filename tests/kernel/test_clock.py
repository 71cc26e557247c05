from datetime import UTC, datetime

import pytest

from alongside.kernel import clock


def test_the_clock_is_aware_and_in_utc() -> None:
    assert clock.now().tzinfo is UTC


def test_a_stopped_clock_stands_and_goes_on_afterwards() -> None:
    moment = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    with clock.stopped(moment):
        assert clock.now() == moment
    assert clock.now() != moment


def test_the_clock_cannot_be_stopped_at_a_moment_without_a_zone() -> None:
    with pytest.raises(ValueError, match="aware"), clock.stopped(datetime(2026, 3, 29)):  # noqa: DTZ001
        pass
