"""Processes that are killed at a chosen step: ``Installation.kill`` says where, ``Installation.do`` lets one finish.

A process that has loaded everything waits, and splits (``fork``) for each job: so a case takes a fraction of a second.
Run as a program, this is that process: each line it reads is a job, each line it writes what became of it.
"""

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2]
JOBS = "tests.commands.jobs_to_kill"


class Installation:
    """An installation of its own, and the processes that work in it."""

    def __init__(self, environment: dict[str, str]) -> None:
        command = [sys.executable, "-m", "tests.commands.killed"]
        self._waiting = subprocess.Popen(
            command, env=environment, cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def do(self, job: str, *given: Any) -> Any:
        """Let a process do a job to its end, and return what it says."""
        became = self._ask(job=job, given=given)
        assert became["ended"] == 0, became["said"]
        return became["said"]

    def kill(self, job: str, *given: Any, at: str, after: bool = False, time: int = 1) -> None:
        """Let a process do a job until it calls the function ``at`` for the nth time, and kill it before or after."""
        became = self._ask(job=job, given=given, at=at, after=after, time=time)
        assert became["ended"] == -signal.SIGKILL, f"it never came to {at}: {became['said']}"

    def close(self) -> None:
        with self._waiting:  # nothing more to read: it ends
            pass

    def _ask(self, **asked: Any) -> dict[str, Any]:
        assert self._waiting.stdin
        assert self._waiting.stdout
        print(json.dumps(asked), file=self._waiting.stdin, flush=True)
        became: dict[str, Any] = json.loads(self._waiting.stdout.readline())
        return became


def wait_for_jobs() -> None:
    """Do what each line asks for in a process of its own, and tell what became of it."""
    jobs = import_module(JOBS)
    for line in sys.stdin:
        mine, theirs = os.pipe()
        process = os.fork()
        if not process:
            _do(jobs, json.loads(line), theirs)
        os.close(theirs)
        with os.fdopen(mine) as said:
            words = said.read()
        _, status = os.waitpid(process, 0)
        print(json.dumps({"ended": os.waitstatus_to_exitcode(status), "said": json.loads(words or "null")}), flush=True)


def _do(jobs: Any, asked: dict[str, Any], out: int) -> None:
    ended, said = 0, None
    try:
        if "at" in asked:
            _make_deadly(asked["at"], after=asked["after"], time=asked["time"])
        said = getattr(jobs, asked["job"])(*asked["given"])
    except Exception:  # noqa: BLE001 - told to whoever asked
        ended, said = 1, traceback.format_exc()
    os.write(out, json.dumps(said).encode())
    os._exit(ended)


def _make_deadly(path: str, *, after: bool, time: int) -> None:
    """Let the nth call of a function be the last thing this process does."""
    module, _, name = path.partition(":")
    place: Any = import_module(module)
    *outer, name = name.split(".")
    for each in outer:
        place = getattr(place, each)
    setattr(place, name, _deadly(getattr(place, name), after, time))


def _deadly(function: Callable[..., Any], after: bool, time: int) -> Callable[..., Any]:
    left = time

    @wraps(function)
    def called(*given: Any, **named: Any) -> Any:
        nonlocal left
        left -= 1
        if not left and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        returned = function(*given, **named)
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return returned

    return called


if __name__ == "__main__":
    wait_for_jobs()
