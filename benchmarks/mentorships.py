"""Measure pages over many mentorships: `python -m benchmarks.mentorships [mentorships] [requests]`.

One database (SQLite, in a temporary folder) with 200 mentorships in all stages, each with nine meetings and the pulses
of three months; one mentor is in twenty of them. Pages are asked for through Django's test client with every
middleware, signed in. The first request of a page is left out. Goal: a median of 100 ms.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.machine import machine

if TYPE_CHECKING:
    from alongside.mentorships.models import Mentorship
    from alongside.people.models import Person
    from alongside.programmes.models import Cohort, Participant

MENTORSHIPS, REQUESTS, GOAL = 200, 50, 100
MEETINGS, MONTHS, BUSY = 9, 3, 20
DAY = timedelta(days=1)


def main() -> None:
    """Print the table as Markdown, with the machine."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else MENTORSHIPS
    requests = int(sys.argv[2]) if len(sys.argv) > 2 else REQUESTS
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ALONGSIDE_STATE": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        import django

        django.setup()
        pages = build(number)
        print(f"{machine(['django'])}, load {os.getloadavg()[0]:.1f}; {number} mentorships, {requests} requests\n")
        print("| page | median | 95th percentile | kB | |\n|---|--:|--:|--:|---|")
        for name, (person, path) in pages.items():
            print(line(name, *measure(person, path, requests)), flush=True)


def build(number: int) -> dict[str, tuple[Person, str]]:
    """Fill the database, and return the pages to ask for, by name."""
    from django.core.management import call_command

    from alongside.kernel import scope

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    now = datetime.now(UTC)
    with scope.everywhere("a benchmark builds everything"):
        carys, cohort = _cohort(now)
        busy = _enter(cohort, carys, "busy", "mentor", now)
        for place in range(number):
            mentor = busy if place < BUSY else _enter(cohort, carys, f"mentor {place}", "mentor", now)
            mentee = _enter(cohort, carys, f"mentee {place}", "mentee", now)
            _fill(_mentorship(mentor, mentee, place, now), place, now)
    ref = cohort.ref
    return {
        "board of mentorships": (carys, f"/cohorts/{ref}/mentorships/"),
        "board, only those to look at": (carys, f"/cohorts/{ref}/mentorships/?alert=any"),
        "coordinator's queue": (carys, "/queue/"),
        f"home of a mentor in {BUSY}": (busy.person, "/me/"),
    }


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
    """Give a mentorship its meetings and pulses."""
    from alongside.evaluation.models import Pulse
    from alongside.meetings.models import Meeting

    owned: dict[str, Any] = {
        "organisation_id": mentorship.organisation_id,
        "programme_id": mentorship.programme_id,
        "mentorship": mentorship,
    }
    times = [now - timedelta(days=10 * each + place % 30) for each in range(MEETINGS)]
    Meeting.objects.bulk_create(
        Meeting(**owned, state="held", starts_at=at, minutes=60, proposed_at=at - 7 * DAY) for at in times
    )
    Pulse.objects.bulk_create(
        Pulse(
            **owned, member=member, due_on=(now - 30 * month * DAY).date(), asked_at=now - 30 * month * DAY,
            answered_at=now, score=1 + (place + month) % 5,
        )
        for member in mentorship.members.all() for month in range(MONTHS)
    )  # fmt: skip


def measure(person: Person, path: str, requests: int) -> tuple[list[float], int]:
    """Return how many milliseconds each request took, and how heavy the page is, compressed."""
    from django.test import Client

    client = Client(headers={"Accept-Encoding": "gzip", "Host": "localhost"})
    client.force_login(person)
    first = client.get(path)
    if first.status_code != 200:
        raise RuntimeError(f"{path} did not open")
    took = []
    for _ in range(requests):
        began = time.perf_counter()
        client.get(path)
        took.append(1000 * (time.perf_counter() - began))
    return took, len(first.content)


def line(name: str, took: list[float], weight: int) -> str:
    median, late = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    kept = "within the goal" if median <= GOAL else "over the goal"
    return f"| {name} | {median:.0f} ms | {late:.0f} ms | {weight / 1000:.0f} | {kept} |"


if __name__ == "__main__":
    main()
