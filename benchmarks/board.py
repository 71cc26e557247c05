"""Measure the matching board: `python -m benchmarks.board`.

Each size gets a database of its own (SQLite, in a temporary folder) and a process of its own, with the people of
`benchmarks.populations`. Pages are asked for through Django's test client, with every middleware, as a coordinator
would: first in a process that knows nothing yet (cold), then again (the median of five). Sizes are what travels,
compressed where the server compresses.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from benchmarks.machine import processor
from benchmarks.populations import cohort as population

if TYPE_CHECKING:
    from django.test import Client

    from alongside.engine import Person as Member
    from alongside.programmes.models import Cohort

SIZES = ((81, 39, (1, 4)), (3000, 1000, (1, 5)))
COLUMNS = ("build", "match", "board cold", "board", "lock", "forbid", "try", "why not", "pick", "swap", "plan")
NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
TIMES = 5


def measure(mentees: int, mentors: int, capacity: tuple[int, int]) -> dict[str, Any]:
    """Return the figures of one size, by column: seconds, and bytes of the board page."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ALONGSIDE_STATE": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        import django

        django.setup()
        return _measure(mentees, mentors, capacity)


def _measure(mentees: int, mentors: int, capacity: tuple[int, int]) -> dict[str, Any]:
    from django.core.management import call_command
    from django.test import Client
    from django.urls import get_resolver

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    get_resolver().url_patterns  # noqa: B018 - as config.wsgi does before the first visitor
    build, cohort = timed(lambda: build_cohort(mentees, mentors, capacity))
    client = Client(headers={"Accept-Encoding": "gzip", "Host": "localhost"})
    client.force_login(_coordinator())
    board = f"/cohorts/{cohort.ref}/board/"
    match, _ = timed(lambda: ok(client.post(f"{board}match/")))
    _forget()
    cold, page = timed(lambda: ok(client.get(board)))
    first, other = _two_pairs(cohort)
    pair, crossed = "?mentee={}&mentor={}".format(*first), f"?mentee={first[0]}&mentor={other[1]}"
    weights = dict.fromkeys(("needs", "text", "sector", "place", "seniority", "availability", "preferences"), "20")
    asked: dict[str, Callable[[], object]] = {
        "board": lambda: ok(client.get(board)),
        "lock": lambda: _change(client, board, pair, "lock"),
        "forbid": lambda: _change(client, board, pair, "forbid"),
        "try": lambda: ok(client.post(f"{board}weights/", {"do": "try", **weights}, headers={"HX-Request": "true"})),
        "why not": lambda: ok(client.get(f"{board}why-not/{crossed}")),
        "pick": lambda: ok(client.get(f"{board}pick/?mentee={first[0]}")),
        "swap": lambda: ok(client.get(f"{board}swap/{pair}")),
        "plan": lambda: ok(client.get(f"{board}offer/")),
    }
    figures = {name: statistics.median(timed(work)[0] for _ in range(TIMES)) for name, work in asked.items()}
    return {
        "build": build,
        "match": match,
        "board cold": cold,
        **figures,
        "compressed": len(page.content),
        "whole": len(gzip.decompress(page.content)),
        "around": _around(page),
    }


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return how many seconds the work took, and its result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def ok(response: Any) -> Any:
    """Let through an answer that is a page or leads to one."""
    assert response.status_code in {200, 302}, response.status_code
    return response


def build_cohort(mentees: int, mentors: int, capacity: tuple[int, int]) -> Cohort:
    """Write made-up people into a cohort of their own."""
    from alongside.kernel import scope
    from alongside.organisations.actions import appoint_coordinator, found_organisation
    from alongside.organisations.models import Network
    from alongside.people.actions import find_or_create_person
    from alongside.people.models import Person
    from alongside.programmes.actions import Entry, enter_participants, open_cohort, start_programme
    from alongside.programmes.states import Side

    problem = population(mentees, mentors, capacity=capacity)
    with scope.everywhere("building a benchmark"):
        network = Network.objects.create(name="Network")
        organisation = found_organisation(network, name="Organisation")
        coordinator = find_or_create_person(email="coordinator@example.org", name="Carys Coordinator", at=NOW)
        appoint_coordinator(coordinator, organisation, at=NOW)
        programme = start_programme(organisation, name="Programme", by=coordinator, at=NOW)
        cohort = open_cohort(programme, name="Cohort", starts_on=date(2026, 3, 9), by=coordinator, at=NOW)
        sides = [(Side.MENTEE, problem.mentees), (Side.MENTOR, problem.mentors)]
        people = {
            member.id: Person(email=f"{member.id}@example.org", name=f"Person {member.id}", joined_at=NOW)
            for _side, members in sides
            for member in members
        }
        Person.objects.bulk_create(people.values(), batch_size=500)
        entries = [Entry(people[each.id], side, _details(each)) for side, members in sides for each in members]
        enter_participants(cohort, entries, by=coordinator, at=NOW)
        return cohort


def _details(member: Member) -> dict[str, Any]:
    place = member.position
    assert place is not None
    return {
        "capacity": member.capacity,
        "employer": member.organisation,
        "topics": [[topic.label, topic.weight] for topic in member.topics],
        "about": member.text,
        "sector": member.sector,
        "place": place.label,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "remote": member.remote,
        "availability": sorted(member.availability),
        "languages": sorted(member.languages),
        "seniority": member.seniority,
    }


def _coordinator() -> Any:
    from alongside.people.models import Person

    return Person.objects.get(email="coordinator@example.org")


def _forget() -> None:
    """Be a process that has just started."""
    from alongside.matching import markets

    markets._kept.clear()
    markets._proofs.clear()


def _two_pairs(cohort: Cohort) -> tuple[tuple[str, str], tuple[str, str]]:
    from alongside.kernel import scope
    from alongside.matching.models import Matching

    with scope.everywhere("reading a benchmark"):
        pairs = Matching.objects.select_related("current").get(cohort=cohort).current.pairs
    (one, mine, _), (other, theirs, _) = pairs[0], next(pair for pair in pairs if pair[1] != pairs[0][1])
    return (one, mine), (other, theirs)


def _change(client: Client, board: str, pair: str, do: str) -> None:
    """Press a button of a pair: the engine answers, the version is kept and the way back is found."""
    ok(client.post(f"{board}change/{pair}", {"do": do}))


def _around(page: Any) -> dict[str, int]:
    """Return the compressed sizes of what the page asks for besides itself."""
    import re

    from django.conf import settings

    from alongside.web.shared.assets import read_stylesheet

    html = gzip.decompress(page.content).decode()
    found = {"stylesheet": len(gzip.compress(read_stylesheet().encode()))}
    for path in re.findall(r'(?:src|href)="/static/([^"]+)"', html):
        found[path] = len(gzip.compress((settings.STATIC_ROOT / path).read_bytes()))
    return found


def main() -> None:
    """Print the table: seconds, then kilobytes."""
    print(f"{processor()}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}, SQLite")
    print(f"{'seconds':>14}" + "".join(f"{column:>11}" for column in COLUMNS))
    weights = []
    for mentees, mentors, capacity in SIZES:
        command = [sys.executable, "-m", "benchmarks.board", json.dumps([mentees, mentors, capacity])]
        figures = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
        print(f"{f'{mentees} + {mentors}':>14}" + "".join(f"{figures[name]:11.3f}" for name in COLUMNS), flush=True)
        weights.append((f"{mentees} + {mentors}", figures))
    for size, figures in weights:
        whole = (figures["compressed"] + sum(figures["around"].values())) / 1000
        page, plain = figures["compressed"] / 1000, figures["whole"] / 1000
        requests = len(figures["around"]) + 1
        print(f"{size}: the page weighs {page:.0f} kB ({plain:.0f} kB plain); with all it needs {whole:.0f} kB", end="")
        print(f" in {requests} requests")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(*json.loads(sys.argv[1]))))
    else:
        main()
