"""Measure pages over many mentorships: `python -m benchmarks.mentorships [mentorships] [seconds]`.

A database with 200 mentorships in all stages, each with nine meetings, ten messages and the pulses of three months; one
mentor is in twenty of them. It is served as an installation is (`alongside serve`, two processes, a worker beside
them), on SQLite and on PostgreSQL. The server, the database and the visitors share the cores of the machine.

Load: the 400 people of 200 mentorships each open a page once a minute, 6.7 pages a second, at moments by chance
(Poisson, a fixed seed). It is as if all of them came in the same quarter of an hour, say after an email to everybody,
and looked at fifteen pages each; on a usual day they are a few hundred pages in all. The five kinds of pages come
equally often, so the coordinator's two, the heaviest, far oftener than coordinators could open them. Before the count
every kind is opened some times, so that both processes have read their templates. Goal: a median of 100 ms for each.

The most it can serve: four visitors who each open the next page as soon as one is there, for a quarter of a minute.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.machine import machine
from benchmarks.visitors import (
    Opened,
    Page,
    as_many_as_possible,
    peak_memory,
    percentiles,
    seconds_at_work,
    serving,
    visit,
)

if TYPE_CHECKING:
    from alongside.mentorships.models import Mentorship
    from alongside.people.models import Person
    from alongside.programmes.models import Cohort, Participant

MENTORSHIPS, SECONDS, PROCESSES, GOAL = 200, 120, 2, 100
MEETINGS, MESSAGES, MONTHS, BUSY = 9, 10, 3, 20
AT_ONCE, FULL_SPEED, WARMING, SEED = 4, 15, 10, 20261121
DAY = timedelta(days=1)
WORDS = "Thank you for Tuesday. I have written down the three questions we came to, and asked Ana about the first. "


def main(words: list[str]) -> None:
    """Print a table for each database as Markdown, with the machine."""
    number = int(words[0]) if words else MENTORSHIPS
    seconds = int(words[1]) if len(words) > 1 else SECONDS
    print(f"{machine(['django', 'granian'])}; {number} mentorships, {PROCESSES} processes, {seconds} s")
    for kind in DATABASES:
        run = [sys.executable, "-m", "benchmarks.mentorships", "--on", kind, str(number), str(seconds)]
        subprocess.run(run, check=True)


def on(kind: str, number: int, seconds: int) -> None:
    """Print the table of one database."""
    with DATABASES[kind]():
        import django

        django.setup()
        pages = build(number)
        tidy_up()
        with serving(PROCESSES) as server:
            as_many_as_possible(server.port, pages, at_once=AT_ONCE, seconds=WARMING, seed=SEED)
            load, before = os.getloadavg()[0], seconds_at_work(server.processes)
            opened = visit(server.port, pages, a_minute=2 * number, seconds=seconds, seed=SEED)
            each = 1000 * (seconds_at_work(server.processes) - before) / len(opened)
            most = as_many_as_possible(server.port, pages, at_once=AT_ONCE, seconds=FULL_SPEED, seed=SEED)
            memory = [peak_memory(process) for process in server.processes]
    print(table(kind, opened, load))
    held = " and ".join(f"{one:.0f} MB" for one in memory)
    print(
        f"\nA page takes {each:.0f} ms of a core. At most {most:.0f} pages a second. Peak memory: {held}.", flush=True
    )


def tidy_up() -> None:
    """Leave the database as it is after some minutes of work, when PostgreSQL has counted what is in its tables."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    connection.close()


def table(kind: str, opened: list[Opened], load: float) -> str:
    """Return the table of what was opened, a line for each kind of page."""
    lines = [f"\nOn {kind}, load {load:.1f} when the visitors came\n", HEAD]
    lines += [
        line(name, [each for each in opened if each.name == name])
        for name in dict.fromkeys(e.name for e in sorted(opened))
    ]
    return "\n".join([*lines, line("all", opened)])


def line(name: str, opened: list[Opened]) -> str:
    """Return the line of a kind of page."""
    figures = percentiles(opened)
    kept = "within the goal" if figures[0] <= GOAL else "over the goal"
    cells = " | ".join(f"{each:.0f} ms" for each in figures)
    return f"| {name} | {len(opened)} | {cells} | {kept} |"


@contextmanager
def sqlite() -> Iterator[None]:
    """Keep an installation on SQLite in a folder of its own while the block runs."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ALONGSIDE_STATE": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        yield


@contextmanager
def postgresql() -> Iterator[None]:
    """Keep an installation on a PostgreSQL of its own while the block runs."""
    from config.throw_away import database

    with database() as address, sqlite():
        os.environ["DATABASE_URL"] = address
        yield


DATABASES = {"SQLite": sqlite, "PostgreSQL": postgresql}
HEAD = "| page | opened | median | 95th percentile | 99th | |\n|---|--:|--:|--:|--:|---|"


def build(number: int) -> list[Page]:
    """Fill the database, and return the pages to open, each with the session of somebody who may."""
    from django.core.management import call_command

    from alongside.kernel import scope

    call_command("migrate", verbosity=0)
    now = datetime.now(UTC)
    with scope.everywhere("a benchmark builds everything"):
        carys, cohort = _cohort(now)
        busy = _enter(cohort, carys, "busy", "mentor", now)
        made = [_made(cohort, carys, busy, place, now) for place in range(number)]
        for place, mentorship in enumerate(made):
            _fill(mentorship, place, now)
        return [
            *_pages_of(carys, cohort),
            Page(f"home of a mentor in {BUSY}", "/me/", _session(busy.person)),
            *_inside(made),
        ]


def _pages_of(carys: Person, cohort: Cohort) -> list[Page]:
    session = _session(carys)
    return [
        Page("board of mentorships", f"/cohorts/{cohort.ref}/mentorships/", session),
        Page("coordinator's queue", "/queue/", session),
    ]


def _inside(mentorships: list[Mentorship]) -> list[Page]:
    """Return the pages of every mentorship, as each of its members opens them."""
    from alongside.mentorships.models import Member

    members = Member.objects.filter(mentorship__in=mentorships).select_related("participant__person", "mentorship")
    sessions: dict[int, str] = {}
    found = []
    for member in members:
        person = member.participant.person
        session = sessions.setdefault(person.pk, "") or _session(person)
        sessions[person.pk], path = session, f"/mentorships/{member.mentorship.ref}/"
        found += [Page("a mentorship", path, session), Page("its messages", f"{path}messages/", session)]
    return found


def _session(person: Person) -> str:
    """Sign somebody in, and return what their browser would be given to remember it."""
    from django.test import Client

    client = Client()
    client.force_login(person)
    return str(client.cookies["sessionid"].value)


def _made(cohort: Cohort, carys: Person, busy: Participant, place: int, now: datetime) -> Mentorship:
    mentor = busy if place < BUSY else _enter(cohort, carys, f"mentor {place}", "mentor", now)
    return _mentorship(mentor, _enter(cohort, carys, f"mentee {place}", "mentee", now), place, now)


def _cohort(now: datetime) -> tuple[Person, Cohort]:
    from alongside.organisations import actions as organisations
    from alongside.organisations.models import Network
    from alongside.people.actions import find_or_create_person
    from alongside.programmes import actions as programmes

    organisation = organisations.found_organisation(Network.objects.create(name="N"), name="Harbour", region="Wales")
    carys = find_or_create_person(email="carys@example.org", name="Carys", at=now)
    organisations.appoint_coordinator(carys, organisation, at=now)
    programme = programmes.start_programme(organisation, name="First Steps", by=carys, at=now)
    return carys, programmes.open_cohort(programme, name="Spring", starts_on=date(2026, 3, 1), by=carys, at=now)


def _enter(cohort: Cohort, by: Person, name: str, side: str, now: datetime) -> Participant:
    from alongside.people.actions import find_or_create_person
    from alongside.programmes import actions as programmes
    from alongside.programmes.states import Side

    person = find_or_create_person(email=f"{name.replace(' ', '.')}@example.org", name=name.title(), at=now)
    details = {"key_contact": by, "capacity": BUSY if name == "busy" else 1}
    return programmes.enter_participant(cohort, person, Side(side), by=by, at=now, details=details)


def _mentorship(mentor: Participant, mentee: Participant, place: int, now: datetime) -> Mentorship:
    """Start a mentorship; of ten, one is not met yet, one sleeps on it, one has ended, the others work together."""
    from alongside.mentorships import actions
    from alongside.mentorships.states import Ending

    began = now - timedelta(days=120 + place % 60)
    mentorship = actions.start_mentorship(mentor, mentee, first_meeting_at=None, by=None, at=began)
    if place % 10:
        actions.record_first_meeting(mentorship, by=None, at=began + 7 * DAY)
    if place % 10 > 1:
        actions.go_on(mentorship, by=None, at=began + 10 * DAY)
    if place % 10 > 3:
        actions.agree(mentorship, until=(now + 200 * DAY).date(), by=None, at=began + 20 * DAY)
    if place % 10 == 9:
        actions.end_mentorship(mentorship, ending=Ending.OBJECTIVES_MET, by=None, at=now)
    found: Mentorship = mentorship
    return found


def _fill(mentorship: Mentorship, place: int, now: datetime) -> None:
    """Give a mentorship its meetings, pulses and messages."""
    from alongside.evaluation.models import Pulse
    from alongside.kernel import scope
    from alongside.meetings.models import Meeting
    from alongside.messaging.models import Message

    members = list(mentorship.members.all())
    owned: dict[str, Any] = members[0].where
    times = [now - timedelta(days=10 * each + place % 30) for each in range(MEETINGS)]
    Meeting.objects.bulk_create(
        Meeting(**owned, state="held", starts_at=at, minutes=60, proposed_at=at - 7 * DAY) for at in times
    )
    Pulse.objects.bulk_create(
        Pulse(
            **owned, member=member, due_on=(now - 30 * month * DAY).date(), asked_at=now - 30 * month * DAY,
            answered_at=now, score=1 + (place + month) % 5,
        )
        for member in members for month in range(MONTHS)
    )  # fmt: skip
    with scope.within(scope.Scope.of(programmes=[mentorship.programme_id], mentorships=[mentorship.pk])):
        for n in range(MESSAGES):
            words = {"text": f"{WORDS}{n}"}
            Message.objects.create(**owned, author=members[n % 2], for_all=True, written_at=now - n * DAY, **words)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--on"]:
        on(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        main(sys.argv[1:])
