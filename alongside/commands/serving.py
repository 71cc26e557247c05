"""Serve an installation: the web in one process or several, a worker beside it."""

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from alongside.commands.demonstration import KINDS, build_if_missing, sign_in_address
from alongside.commands.receiving import keep_receiving
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel import clock
from alongside.notifications import outbox

# A job a killed worker left running is given to another after this long; every job of ours is safe to repeat.
ABANDONED_AFTER = timedelta(minutes=15)
CLOCKS_EVERY = 30.0
logger = logging.getLogger(__name__)


def serve(*, host: str, port: int) -> int:
    """Serve the web on ``host:port`` until interrupted."""
    migrate()
    gather_static_files()
    connection.close()  # the processes that follow open their own
    with worker_beside():
        _serve_web(host, port)
    return 0


def demo(*, port: int) -> int:
    """Serve the demonstration network, built on the first start."""
    migrate()
    build_if_missing()
    print(f"\nAlongside is at http://127.0.0.1:{port}/ — every email it sends is at /outbox/\n")
    for kind in KINDS:
        print(f"  {kind:<14} {sign_in_address(kind, port)}")
    print(
        f"\nCtrl+C stops it. What it remembers is in {settings.STATE}; delete that folder to begin anew.\n", flush=True
    )
    return serve(host="127.0.0.1", port=port)


def migrate() -> None:
    """Bring the database up to date; quick where it is."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)


def work() -> int:
    """Run long jobs, and beside them the clocks, the outbox and the way in for answers by email, until stopped."""
    threading.Thread(target=_run_clocks_and_outbox, daemon=True).start()
    keep_receiving()
    worker = Worker(
        queue_names=["default"], interval=1, batch=False, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id=f"worker-{os.getpid()}", excluded_queue_names=[],
    )  # fmt: skip
    worker.run()
    return 0


def take_back_abandoned_jobs() -> int:
    """Queue again what a killed worker left running; return how many."""
    abandoned = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lte=clock.now() - ABANDONED_AFTER
    )
    return int(abandoned.update(status=TaskResultStatus.READY, started_at=None))


def gather_static_files() -> None:
    """Copy the static files under names made from their content, compressed; quick where nothing changed."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    sources = (storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    if not manifest.exists() or manifest.stat().st_mtime < max(os.path.getmtime(source) for source in sources):
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)


@contextmanager
def worker_beside() -> Iterator[None]:
    """Keep a worker process while the block runs; one that dies is replaced."""
    stopping = threading.Event()
    keeper = threading.Thread(target=_keep_a_worker, args=(stopping,))
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join()


def _keep_a_worker(stopping: threading.Event) -> None:
    while not stopping.is_set():
        process = subprocess.Popen([sys.executable, "-m", "alongside.commands", "work"])
        while process.poll() is None and not stopping.wait(1):
            pass
        process.terminate()
        process.wait(timeout=30)


def _serve_web(host: str, port: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "config.wsgi:application", address=host, port=port, interface=Interfaces.WSGI,
        workers=settings.WEB_PROCESSES, blocking_threads=4,
        log_access=False, log_level=LogLevels.warning,
    ).serve()  # fmt: skip


def _run_clocks_and_outbox() -> None:
    last = 0.0
    while True:
        sent = 0
        try:
            sent = outbox.send_due(at=clock.now())
            if time.monotonic() - last > CLOCKS_EVERY:
                run_clocks(at=clock.now())
                outbox.take_back_abandoned(at=clock.now())
                take_back_abandoned_jobs()
                last = time.monotonic()
        except Exception:  # without this thread no email leaves and no clock runs, and nobody would notice
            logger.exception("worker: a round failed; the next one tries again")
        finally:
            connection.close()
        if not sent:
            time.sleep(1)
