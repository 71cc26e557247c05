"""People who open pages of a real server: it is started as an installation is, and pages are asked for over HTTP."""

from __future__ import annotations

import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

PATIENCE = 60
"""Seconds after which a server that does not answer counts as not started."""
AT_ONCE = 64
"""So many visitors can wait for a page at one moment."""


class Page(NamedTuple):
    """A page as one visitor opens it: what the table calls it, where it is, and whose session asks."""

    name: str
    path: str
    session: str


class Opened(NamedTuple):
    """One opening of a page, from the click to the last byte."""

    name: str
    milliseconds: float


class Server(NamedTuple):
    """A server that runs, and the processes that serve its pages."""

    port: int
    processes: Sequence[int]


@contextmanager
def serving(processes: int) -> Iterator[Server]:
    """Serve the installation of this environment in so many processes while the block runs."""
    port = _free_port()
    environment = {**os.environ, "ALONGSIDE_WEB_PROCESSES": str(processes)}
    command = [sys.executable, "-m", "alongside.commands", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment)
    try:
        _wait_for(port, server)
        yield Server(port, _web_processes(server.pid))
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def visit(port: int, pages: Sequence[Page], *, a_minute: float, seconds: float, seed: int) -> list[Opened]:
    """Open pages by chance, at moments by chance (Poisson), ``a_minute`` on average.

    Who comes does not wait until those before are served: a slow server gets a queue, and its wait is counted.
    """
    chance = random.Random(seed)
    with ThreadPoolExecutor(AT_ONCE) as visitors:
        began, coming = time.perf_counter(), []
        for moment in _moments(chance, a_minute / 60, seconds):
            time.sleep(max(0.0, began + moment - time.perf_counter()))
            coming.append(visitors.submit(open_page, port, _one_of(pages, chance), began + moment))
        return [each.result() for each in coming]


def as_many_as_possible(port: int, pages: Sequence[Page], *, at_once: int, seconds: float, seed: int) -> float:
    """Return how many pages a second come when each of a few visitors opens the next as soon as one is there."""
    until = time.perf_counter() + seconds

    def visitor(number: int) -> int:
        chance, opened = random.Random(seed + number), 0
        while time.perf_counter() < until:
            open_page(port, _one_of(pages, chance), time.perf_counter())
            opened += 1
        return opened

    with ThreadPoolExecutor(at_once) as visitors:
        return sum(visitors.map(visitor, range(at_once))) / seconds


def percentiles(opened: Sequence[Opened]) -> tuple[float, float, float]:
    """Return the median, the 95th and the 99th percentile, in milliseconds."""
    cuts = statistics.quantiles([each.milliseconds for each in opened], n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98]


def peak_memory(process: int) -> float:
    """Return the most memory a process has held so far, in megabytes."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM:"))


def seconds_at_work(processes: Sequence[int]) -> float:
    """Return how long some processes have computed so far, together: that other programs run meanwhile adds little."""
    ticks = 0
    for process in processes:
        # After the name, which is in brackets and may hold spaces, the 12th and 13th are time in and below the program.
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _moments(chance: random.Random, a_second: float, seconds: float) -> Iterator[float]:
    moment = chance.expovariate(a_second)
    while moment < seconds:
        yield moment
        moment += chance.expovariate(a_second)


def _one_of(pages: Sequence[Page], chance: random.Random) -> Page:
    """Choose a kind of page, each as often, then one of that kind: few have a queue, many a mentorship."""
    name = chance.choice(sorted({page.name for page in pages}))
    return chance.choice([page for page in pages if page.name == name])


def open_page(port: int, page: Page, asked_at: float) -> Opened:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    cookie = f"sessionid={page.session}"
    connection.request("GET", page.path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{page.path} did not open: {answer.status}")
    return Opened(page.name, 1000 * (time.perf_counter() - asked_at))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        if _answers(port):
            return
        time.sleep(0.2)
    raise RuntimeError("The server did not start.")


def _answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/health/")
        return connection.getresponse().status < 500
    except OSError:
        return False


def _web_processes(server: int) -> list[int]:
    """Return the children of a server that serve pages: all but the worker beside them, which is a command."""
    children = Path(f"/proc/{server}/task").glob("*/children")
    found = [int(child) for listed in children for child in listed.read_text().split()]
    is_worker: Callable[[int], bool] = lambda child: b"\0work\0" in Path(f"/proc/{child}/cmdline").read_bytes()  # noqa: E731
    return sorted(child for child in found if not is_worker(child))
