"""A worker is killed in the middle of its work, as a power cut would: nothing is lost, and nothing is done twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).resolve().parents[2]
PAIRS = 60
BUILD = f"""
import django
django.setup()
from datetime import timedelta
from django.core.management import call_command
call_command("migrate", verbosity=0)
from alongside.kernel import clock, scope
from alongside.mentorships import actions
from alongside.organisations import actions as organisations
from alongside.organisations.models import Network
from alongside.people.actions import find_or_create_person
from alongside.programmes import actions as programmes
now = clock.now()
met = now - timedelta(days=7)
def somebody(name, side):
    person = find_or_create_person(email=name + "@example.org", name=name, at=met)
    return programmes.enter_participant(cohort, person, side, by=None, at=met, details={{}})
with scope.everywhere("a test of its own"):
    harbour = organisations.found_organisation(Network.objects.create(name="N"), name="H", region="Wales")
    programme = programmes.start_programme(harbour, name="P", by=None, at=met)
    cohort = programmes.open_cohort(programme, name="C", starts_on=met.date(), by=None, at=met)
    for n in range({PAIRS}):
        pair = somebody(f"mentor{{n}}", "mentor"), somebody(f"mentee{{n}}", "mentee")
        mentorship = actions.start_mentorship(*pair, first_meeting_at=None, by=None, at=met)
        actions.record_first_meeting(mentorship, by=None, at=met)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An installation of its own, with pairs of whom each is to be asked whether to go on."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_"))}
    made = {**kept, "ALONGSIDE_STATE": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run([sys.executable, "-c", BUILD], env=made, cwd=FOLDER, check=True)
    return made


@pytest.fixture
def database(environment: dict[str, str], tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(tmp_path / "alongside.sqlite3", timeout=30)
    yield connection
    connection.close()


def asked(database: sqlite3.Connection) -> Counter[str]:
    """How often each was asked, by address."""
    rows = database.execute("SELECT \"to\" FROM notifications_email WHERE kind = 'ask_whether_to_go_on'")
    return Counter(to for (to,) in rows)


def rung(database: sqlite3.Connection) -> int:
    return int(database.execute("SELECT count(DISTINCT mentorship_id) FROM mentorships_rung").fetchone()[0])


def work_until(environment: dict[str, str], database: sqlite3.Connection, pairs: int) -> None:
    """Let a worker work until so many pairs are served, then kill it without a word."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "alongside.commands", "work"],
        env=environment,
        cwd=FOLDER,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while rung(database) < pairs:
        assert worker.poll() is None, "the worker stopped by itself"
        assert time.monotonic() < deadline, f"only {rung(database)} of {pairs} pairs were served"
        time.sleep(0.005)
    worker.send_signal(signal.SIGKILL)
    worker.wait(timeout=10)


def test_everybody_is_asked_once_however_often_the_worker_is_killed(
    environment: dict[str, str], database: sqlite3.Connection
) -> None:
    for pairs in (5, 25, 45):
        work_until(environment, database, pairs)
        halves = [count for count in asked(database).values() if count != 1]
        assert not halves
        assert sum(asked(database).values()) == 2 * rung(database)
    work_until(environment, database, PAIRS)
    assert set(asked(database).values()) == {1}
    assert len(asked(database)) == 2 * PAIRS
